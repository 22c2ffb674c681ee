//! Names of environments, of folders and of options that mean nothing here.

use std::os::unix::fs::symlink;

use super::project;
use crate::project::{Project, Run};

#[test]
fn a_folder_without_environments_says_how_to_begin() {
    let empty = Project::new();
    let root = empty.root().display();
    let expected = format!(
        "error: there are no environments in {root}\n  help: create one: a folder such as envs/development with a file .env; or go to a project with -C\n"
    );
    for args in ["validate", "list", "diff a b"] {
        empty.run(args).code(2).stdout("").stderr(&expected);
    }
    let file = Project::new().file("envs", "");
    file.run("list").code(2).stdout("").says("envs was passed over: not a folder; create one");
}

/// A name, how it is shown, and why it cannot be one; nothing where it could.
const UNKNOWN: &[(&str, &str, &str)] = &[
    ("prodution", "prodution", ""),
    ("zzz", "zzz", ""),
    ("", "", "it is empty"),
    ("../x", "../x", CHARACTER),
    ("a/b", "a/b", CHARACTER),
    ("\u{1b}[2J", "\\u{1b}[2J", CHARACTER),
    ("a\nb\t\u{7}", "a\\u{a}b\\u{9}\\u{7}", CHARACTER),
    ("\u{202e}dorp", "\\u{202e}dorp", CHARACTER),
    ("prоduction", "prоduction", CHARACTER),
    ("CON", "CON", "it is a device name on Windows"),
    ("example", "example", "the word stands for a template or a shared layer"),
];

const CHARACTER: &str = "it holds a character that is not allowed";

#[test]
fn an_unknown_environment_is_an_error_and_never_a_fallback() {
    let (long, shortened) = ("x".repeat(300), format!("{}…", "x".repeat(40)));
    let project = project().file("envs/production/.env", "A=1\n").file("envctl.toml", "");
    let long = (&*long, &*shortened, "it is longer than 64 characters");
    for (name, shown, why) in UNKNOWN.iter().copied().chain([long]) {
        let help = match (why, name) {
            ("", "prodution") => "did you mean `production`?",
            ("", _) => "environments: development, production",
            _ => "use letters, digits, `.`, `_` and `-`, for example `staging` or `prod-eu`",
        };
        let fault = |by: &str| match why {
            "" => format!("error: there is no environment `{shown}`{by}\n  help: {help}\n"),
            _ => format!("error: an environment cannot be named `{shown}`: {why}{by}\n  help: {help}\n"),
        };
        let calls = [
            &["validate", name][..],
            &["diff", name, "production"],
            &["diff", "production", name],
            &["switch", name],
            &["list", "--env", name],
            &["current", "--env", name],
            &["banner", "--env", name],
            &["context", "--env", name],
        ];
        for args in calls {
            Run::of(project.command().args(args)).code(2).stdout("").stderr(&fault("")).shows_all();
        }
        for args in ["list", "current", "banner", "context --stdout"].iter().filter(|_| !name.is_empty()) {
            let run = project.run_with(&[("ENVCTL_ENV", name)], args).code(2).stdout("").shows_all();
            run.stderr(&fault(" (ENVCTL_ENV asks for it)"));
        }
        Run::of(project.command().args(["prompt", "--env", name])).code(0).stdout("?\n").stderr("");
    }
}

#[test]
fn a_name_that_reads_like_an_option_is_a_usage_error() {
    let run = project().run("validate -x").code(2).stdout("");
    run.says("error: unexpected argument '-x' found").says("Usage: envctl validate [OPTIONS] [ENV]...");
    project()
        .run("validate -- -x")
        .code(2)
        .stdout("")
        .says("an environment cannot be named `-x`: it does not start with a letter or a digit");
}

#[test]
fn case_does_not_matter_in_the_name_of_an_environment() {
    let project = project().file("envs/Production/.env", "A=1\n");
    project.run("validate PRODUCTION").code(0).says("Production  production  ok");
    project.run("diff DEVELOPMENT production").code(0).says("only in Production");
}

#[test]
fn two_folders_whose_names_differ_only_in_case_are_an_error() {
    let project = project().file("envs/Production/.env", "A=1\n");
    if project.root().join("envs/production").exists() {
        return; // a disk that does not tell them apart cannot hold both
    }
    let project = project.file("envs/production/.env", "A=2\n");
    for args in ["validate", "list", "validate development"] {
        project.run(args).code(2).stdout("").stderr(
            "error: envs/Production and envs/production differ only in case, and one name must mean one environment\n  help: rename or remove one of them, or name it in [project] ignore\n",
        );
    }
    let manifest = "[[stack]]\nfiles = ['.env.{env}']\n";
    let stack = super::project().file("envctl.toml", manifest).file(".env.Prod", "").file(".env.prod", "");
    stack.run("list").code(2).stdout("").says(".env.Prod and .env.prod differ only in case");
}

#[test]
fn folders_that_are_no_environments_are_passed_over_and_named() {
    let long = "x".repeat(100);
    let project = [" ", "a b", "CON", "example", "x.", "\u{1b}[2J", "\u{202e}x", long.as_str()]
        .iter()
        .fold(project(), |project, name| project.file(&format!("envs/{name}/.env"), "A=1"));
    symlink("/etc", project.root().join("envs/outside")).unwrap();
    symlink("outer", project.root().join("envs/outer")).unwrap();
    let run = project.run("list -v").code(0).stderr("").shows_all();
    for shown in [
        "envs/ ",
        "envs/a b",
        "envs/CON",
        "envs/example",
        "envs/x.",
        "envs/\\u{1b}[2J",
        "envs/\\u{202e}x",
        &format!("envs/{long}"),
    ] {
        let line = format!("passed over: {shown}: not a name for an environment\n");
        assert!(run.stdout.contains(&line), "{line}{}", run.stdout);
    }
    let run = run.says("passed over: envs/outside: a link that leads out of the project\n");
    run.says("passed over: envs/outer: not a folder\n");
}

#[test]
fn a_root_that_is_no_folder_is_told() {
    let project = project().file("file", "");
    for (args, shown) in [
        ("-C file", "file"),
        ("-C nowhere", "nowhere"),
        ("--project file", "file"),
        ("--project nowhere", "nowhere"),
        ("-C envs --project nowhere", "envs/nowhere"),
    ] {
        project.run(&format!("list {args}")).code(2).stdout("").stderr(&format!(
            "error: {shown} is no folder that can be entered\n  help: name an existing folder with -C or --project\n"
        ));
    }
    let hostile = Run::of(project.command().args(["list", "-C", "\u{1b}[2J\u{202e}"])).code(2).stdout("");
    hostile.shows_all().says("\\u{1b}[2J\\u{202e} is no folder that can be entered");
}

#[test]
fn an_option_that_does_not_exist_is_told_with_what_does() {
    let run = project().run("list --format xml").code(2).stdout("");
    run.says("error: invalid value 'xml' for '--format <FORMAT>'").says("[possible values: text, json]");
    project().run("list --color mauve").code(2).stdout("").says("[possible values: auto, always, never]");
    project().run("lst").code(2).stdout("").says("error: unrecognized subcommand 'lst'").says("'list'");
    project().run("").code(2).stdout("").says("error: 'envctl' requires a subcommand");
    project().run("diff development").code(2).stdout("").says("diff compares two environments or more");
    project().run("explain nothing").code(2).stdout("").says("missing-required");
    project().run("list -q -v").code(2).stdout("").says("cannot be used with");
}

#[test]
fn an_alias_that_means_two_environments_is_refused() {
    let staging = |alias: &str| {
        Project::new()
            .file("envs/staging/env.toml", format!("aliases = [\"{alias}\"]\n"))
            .file("envs/production/env.toml", "aliases = [\"live\"]\n")
    };
    for alias in ["PRODUCTION", "live"] {
        staging(alias).run("list").code(2).stdout("").stderr(&format!(
            "error: the alias `{alias}` of staging means production too\n  \
             help: one name must mean one environment: remove the alias\n"
        ));
    }
    staging("rc").run("validate RC").code(0);
}
