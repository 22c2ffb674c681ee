//! Text that acts on a terminal, reorders what is read, or hides: never raw, on no stream.

use super::project;
use crate::project::{Project, Run};

/// Colour, a title, the screen's C1 twin of `ESC [`, right-to-left, zero width, a line of our own making.
const HOSTILE: &str = "x\u{1b}[31m\u{1b}]0;t\u{7}\u{9b}2J\u{202e}\u{2066}\u{200b}\u{feff}\r\nerror: fake";
const SHOWN: &str =
    "x\\u{1b}[31m\\u{1b}]0;t\\u{7}\\u{9b}2J\\u{202e}\\u{2066}\\u{200b}\\u{feff}\\u{d}\\u{a}error: fake";

/// The same as a TOML string, with escapes, because raw control characters are no TOML.
fn quoted() -> String {
    let escaped: String = HOSTILE.chars().map(|c| format!("\\U{:08X}", u32::from(c))).collect();
    format!("\"{escaped}\"")
}

fn hostile() -> Project {
    let key = quoted();
    Project::new()
        .file(
            "envctl.toml",
            format!("[project]\nname = {key}\n[keys.A]\nhelp = {key}\nrequired = true\n[flags.a]\n"),
        )
        .file(
            "envs/development/env.toml",
            format!("description = {key}\n[vars]\n{key} = 'changeme'\n[flags]\n{key} = true\n"),
        )
        .file(
            "envs/production/env.toml",
            format!("[vars]\n{key} = {key}\nB = {key}\n\"raw\u{9b}\u{202e} = :\" = 'changeme'\n"),
        )
        .file("envs/production/\u{1b}[2J\u{202e}.txt", "")
        .file("envs/\u{1b}[2J\u{202e}/.env", "")
}

#[test]
fn nothing_from_a_file_acts_on_a_terminal() {
    let commands = [
        "validate",
        "list",
        "list -v",
        "diff development production",
        "diff development production --all-keys",
        "diff production production --all-keys --keys",
        "show development",
        "show production",
        "show production A B",
    ];
    for args in commands {
        for format in ["text", "json"] {
            let run = hostile().run(&format!("{args} --format {format}")).stderr("").shows_all();
            assert!(
                run.code != Some(2) && !run.stdout.is_empty() && !run.stdout.contains("\nerror: fake"),
                "{args}"
            );
        }
    }
    hostile()
        .run("validate")
        .says(&format!("{SHOWN} is not declared"))
        .says("raw\\u{9b}\\u{202e} = : is still a placeholder");
}

#[test]
fn json_says_the_same_escaped() {
    let json = hostile().run("validate --format json").shows_all().json();
    let findings = json["findings"].as_array().unwrap();
    assert!(findings.iter().any(|finding| finding["key"] == HOSTILE), "{json:#}");
}

#[test]
fn a_line_that_can_only_be_shown_escaped_is_named_by_its_true_place_instead() {
    let project = Project::new().file("envs/production/env.toml", "[vars]\n\"\u{202e}k\" = 'changeme'\n");
    let run = project.run("validate").code(1).shows_all();
    run.says("\\u{202e}k is still a placeholder\n--> envs/production/env.toml:2:8\n = help");
    let tabs =
        Project::new().file("envs/production/.env", "export\tA\t=\tchangeme\n").run("validate").shows_all();
    tabs.says(
        "envs/production/.env:1:12\n  |\n1 | export    A    =    ••••••\n  |                     ^^^^^^\n",
    );
}

#[test]
fn no_manifest_key_acts_on_a_terminal() {
    let key = quoted();
    for manifest in [
        format!("{key} = 1\n"),
        format!("[keys.A]\n{key} = 1\n"),
        format!("[keys.A]\ntype = {key}\n"),
        format!("[rules]\n{key} = 'off'\n"),
        format!("[rules.in.{key}]\nplaceholder = 'off'\n"),
        format!("[environments.{key}]\n"),
        format!("[project]\ndefault = {key}\n"),
        format!("[keys.A]\nrequired = [{key}]\n"),
        format!("[[stack]]\nfiles = [{key}]\n"),
        format!("[environments.development]\ntier = {key}\n"),
    ] {
        let run = project().file("envctl.toml", &manifest).run("list").code(2).stdout("").shows_all();
        assert!(run.stderr.lines().count() == 2, "{}", run.stderr);
    }
}

#[test]
fn no_argument_acts_on_a_terminal() {
    let option = format!("--{HOSTILE}");
    let value = format!("--format={HOSTILE}");
    for args in [
        &["validate", HOSTILE][..],
        &["validate", &option],
        &["validate", &value],
        &["list", "--env", HOSTILE],
        &["list", "-C", HOSTILE],
        &["list", "--project", HOSTILE],
        &["list", HOSTILE],
        &["explain", HOSTILE],
        &["show", HOSTILE],
        &["show", "production", HOSTILE],
        &["diff", "development", HOSTILE],
        &[HOSTILE],
        &[&option],
        &["list", "--no-input=x\u{1b}[2J\nerror: fake"],
    ] {
        let run = Run::of(project().command().args(args).arg("--color=always")).code(2).stdout("");
        assert!(!run.stderr.contains("\nerror: fake") && run.stderr.starts_with("error: "), "{}", run.stderr);
        run.shows_all();
    }
}

#[test]
fn no_path_acts_on_a_terminal() {
    let project = Project::new().dir("\u{1b}[2J\u{202e}/.git");
    let root = project.root().join("\u{1b}[2J\u{202e}");
    let run = Run::of(project.command().current_dir(root).arg("list")).code(2).stdout("").shows_all();
    run.says("/\\u{1b}[2J\\u{202e}\n");
}
