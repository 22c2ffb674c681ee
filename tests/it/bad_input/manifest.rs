//! Manifests that are broken, mistaken, contradictory, or no files.

use super::{manifest_fails, project};
use crate::project::{Project, Run};

/// A manifest, and what is said of it: place and message, help. Never a line of it.
const BROKEN: &[(&str, &str, &str)] = &[
    (
        "[project]\nname = 'x\n",
        "2:10: a string is not closed on its line",
        "add the missing quote; for many lines use '''",
    ),
    (
        "[project]\nname = x\n",
        "2:8: a value is missing or not quoted",
        "write text in quotes: key = \"value\"",
    ),
    ("[project\nname = 'x'\n", "1:9: a `[table]` heading is not closed", "add the missing `]`"),
    ("name\n", "1:5: a key has no value", "write key = value"),
    (
        "[project]\nname = 'x' 'y'\n",
        "2:12: there is more on this line than one key and its value",
        "start a new line",
    ),
    ("[project]\n[project]\n", "2:2: the same key or table is set a second time", "keep one of them"),
    ("\u{feff}[projekt]\n", "1:2: unknown key `projekt`", "did you mean `project`?"),
    ("[keys.A]\nrequierd = true\n", "2:1: unknown key `requierd`", "did you mean `required`?"),
    (
        "[project]\nzzz = 1\n",
        "2:1: unknown key `zzz`",
        "known here: name, envctl, default, selector, inherit, exclusive, loader, context, baseline, ignore, environments",
    ),
    (
        "[keys.A]\nrequired = 5\n",
        "2:12: expected true, false, or a list of environments, found a whole number",
        "write true, false, or a list of environments here",
    ),
    (
        "[keys.A]\nrequired = ['prodution', 'production']\n",
        "2:13: no environment or tier is called `prodution`",
        "did you mean `production`?",
    ),
    ("[rules]\nplaceholdr = 'off'\n", "2:1: there is no rule `placeholdr`", "did you mean `placeholder`?"),
    (
        "[project]\ndefault = '../x'\n",
        "2:11: an environment cannot be named `../x`: it holds a character that is not allowed",
        NAMES,
    ),
    (
        "[environments.'a/b']\n",
        "1:15: an environment cannot be named `a/b`: it holds a character that is not allowed",
        NAMES,
    ),
    (
        "[environments.CON]\n",
        "1:15: an environment cannot be named `CON`: it is a device name on Windows",
        NAMES,
    ),
    (
        "[environments.Prod]\n[environments.prod]\n",
        "2:15: the environments `Prod` and `prod` differ only in case",
        "make them one, or rename one of them",
    ),
    (
        "[[stack]]\nfiles = ['/etc/{env}']\n",
        "2:10: a path must be relative and stay in the project",
        "write it from the folder of envctl.toml, with `/` and without `..`",
    ),
    (
        "[project]\nenvctl = 'newest'\n",
        "2:10: this is no version requirement",
        "write for example envctl = \">=0.1\"",
    ),
];

const NAMES: &str = "use letters, digits, `.`, `_` and `-`, for example `staging` or `prod-eu`";

#[test]
fn a_broken_manifest_is_told_with_its_place_and_without_its_text() {
    for (manifest, message, help) in BROKEN {
        for args in ["validate", "list", "diff development development"] {
            manifest_fails(manifest, args, &format!("error: envctl.toml:{message}\n  help: {help}\n"));
        }
    }
}

#[test]
fn a_manifest_for_a_newer_envctl_is_answered_with_exactly_that() {
    let manifest = "[project]\nenvctl = '>=99'\nfuture = true\n[unheard.of]\nthing = [1, 'x']\n";
    let here = env!("CARGO_PKG_VERSION");
    let expected = format!(
        "error: this project needs envctl >=99, and this is envctl {here}\n  help: install a version that the project asks for\n"
    );
    manifest_fails(manifest, "validate", &expected);
    manifest_fails(manifest, "list --format json", &expected);
}

#[test]
fn a_manifest_that_is_no_text_file_is_told_and_never_passed_over() {
    let cases: &[(Make, &str, &str)] = &[
        (|p| p.dir(FILE), "this is a folder, not a file", MOVE),
        (|p| p.fifo(FILE), "this is a pipe, not a file", MOVE),
        (|p| p.link(FILE, "nowhere"), "a link leads nowhere", MOVE),
        (|p| p.link(FILE, "/etc/passwd"), "a link leads out of the project, and is not followed", MOVE),
        (|p| p.file(FILE, "#\n".repeat(1 << 20)), "the file is larger than 1 MiB", MOVE),
        (|p| p.file(FILE, b"\xff\xfe#\0"), "the file is UTF-16, not UTF-8", "save it as UTF-8"),
    ];
    for (make, message, help) in cases {
        let project = make(project());
        let expected = format!("error: envctl.toml: {message}\n  help: {help}\n");
        project.run("validate").code(2).stdout("").stderr(&expected);
        project.run("list -C envs/development").code(2).stdout("").stderr(&expected);
    }
    // A healthy one further up must not take its place.
    let nested = project().file(FILE, "").fifo("envs/envctl.toml");
    nested.run("list -C envs/development").code(2).stdout("").says("this is a pipe, not a file");
    let expected =
        "error: envctl.toml:2:3: the file is not UTF-8 from here on\n  help: save the file as UTF-8\n";
    project().file(FILE, b"[project]\n# \xff\n").run("list").code(2).stdout("").stderr(expected);
}

#[test]
fn a_manifest_that_may_not_be_read_is_told() {
    let project = project().file(FILE, "").mode(FILE, 0o000);
    let expected = format!("error: envctl.toml: the file may not be read\n  help: {MOVE}\n");
    Run::of(project.command_of_a_user().arg("validate")).code(2).stdout("").stderr(&expected);
}

type Make = fn(Project) -> Project;

const FILE: &str = "envctl.toml";
const MOVE: &str = "this name belongs to the manifest of envctl; mend it, move it away, or use --project";

#[test]
fn a_field_that_two_places_set_is_an_error() {
    for field in
        ["description = 'x'", "tier = 'production'", "branches = ['main']", "debug = false", "flags.a = true"]
    {
        let name = field.split([' ', '.']).next().unwrap();
        let project = project()
            .file("envs/production/env.toml", field)
            .file("envctl.toml", format!("[environments.production]\n{field}\n"));
        project.run("validate").code(2).stdout("").stderr(&format!(
            "error: envctl.toml:1:15: `{name}` of production is set here and in its env.toml\n  help: keep one of the two, so that nobody corrects the other\n"
        ));
    }
}

#[test]
fn a_protected_default_is_refused() {
    let project =
        project().file("envs/production/.env", "A=1").file(FILE, "[project]\ndefault = 'production'\n");
    project.run("list").code(2).stdout("").stderr(
        "error: envctl.toml:2:11: production is protected and may not be the default\n  help: the default is what everybody gets who says nothing\n",
    );
}
