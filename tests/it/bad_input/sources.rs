//! Files of environments that are no files, no text, or no dotenv.

use super::project;
use crate::project::{Project, Run};

type Make = fn(Project) -> Project;

/// What stands at `envs/production/.env`, by a maker, and what is said of it: message, place, help.
const CASES: &[(&str, Make, &str, &str, &str)] = &[
    ("a folder", |p| p.dir(ENV), "this is a folder, not a file", "", IGNORE),
    ("a pipe", |p| p.fifo(ENV), "this is a pipe, not a file", "", IGNORE),
    (
        "a link out of the project",
        |p| p.link(ENV, "/etc/passwd"),
        "a link leads out of the project, and is not followed",
        "",
        "copy the file into the project",
    ),
    (
        "a relative link out of the project",
        |p| p.file("../outside", "A=1").link(ENV, "../../../outside"),
        "a link leads out of the project, and is not followed",
        "",
        "copy the file into the project",
    ),
    (
        "a dangling link",
        |p| p.link(ENV, "nowhere"),
        "a link leads nowhere",
        "",
        "remove it, or create its target",
    ),
    (
        "a link to itself",
        |p| p.link(ENV, ".env"),
        "a link leads nowhere",
        "",
        "remove it, or create its target",
    ),
    (
        "2 MiB",
        |p| p.file(ENV, "A=xxxxxxxxxxxxx\n".repeat(1 << 17)),
        "the file is larger than 1 MiB",
        "",
        "keep data out of configuration, or name it in `ignore`",
    ),
    (
        "not UTF-8",
        |p| p.file(ENV, b"A=1\nB=\xff\n"),
        "the file is not UTF-8 from here on",
        ":2:3",
        "save the file as UTF-8",
    ),
    (
        "UTF-16, little end first",
        |p| p.file(ENV, b"\xff\xfeA\0=\x001\0"),
        "the file is UTF-16, not UTF-8",
        "",
        "save it as UTF-8",
    ),
    (
        "UTF-16, big end first",
        |p| p.file(ENV, b"\xfe\xff\0A\0=\x001"),
        "the file is UTF-16, not UTF-8",
        "",
        "save it as UTF-8",
    ),
    (
        "a NUL byte",
        |p| p.file(ENV, "A=1\nB=x\0y\n"),
        "the file holds a NUL byte",
        ":2:4",
        "remove it; is this a text file?",
    ),
    (
        "an unterminated quote",
        |p| p.file(ENV, "A=\"x\nB=2\n"),
        "the quote that opens here is never closed",
        ":1:3",
        "close the quote; inside double quotes write `\\\"` for a quote",
    ),
    (
        "no assignment",
        |p| p.file(ENV, "\u{feff}A=1\r\nnothing\r\n"),
        "this line is neither a comment nor `KEY=value`",
        ":2:1",
        "write `KEY=value`, or start the line with `#`",
    ),
    (
        "a broken env.toml",
        |p| p.file("envs/production/env.toml", "tier = 'production'\n[vars]\nA = x\n").file(ENV, "A=1"),
        "a value is missing or not quoted",
        ".toml:3:5",
        "write text in quotes: key = \"value\"",
    ),
    (
        "an unknown key in env.toml",
        |p| p.file("envs/production/env.toml", "teir = 'production'\n").file(ENV, "A=1"),
        "unknown key `teir`",
        ".toml:1:1",
        "did you mean `tier`?",
    ),
    (
        "inheriting from nobody",
        |p| p.file("envs/production/env.toml", "inherits = 'nobody'\n").file(ENV, "A=1"),
        "no environment has this name",
        ".toml:1:12",
        "name another environment of this project in `inherits`",
    ),
];

const ENV: &str = "envs/production/.env";
const IGNORE: &str = "remove it, or name it in `ignore`";

#[test]
fn what_cannot_be_read_is_a_finding_for_validate_and_an_error_for_diff() {
    for (what, make, message, at, help) in CASES {
        let project = make(project());
        let place = format!("{}{at}", if at.starts_with('.') { "envs/production/env" } else { ENV });
        let finding = format!("error[parse-error]: {message}\n--> {place}\n = help: {help}\n");
        let validated = project.run("validate").code(1).stderr("").shows_all();
        assert!(validated.stdout.contains(&finding), "{what}: {finding}\n{}", validated.stdout);
        let fault = format!(
            "error: {place}: {message}\n  help: {help}; `envctl validate production` shows every problem\n"
        );
        project.run("diff development production").code(2).stdout("").stderr(&fault);
    }
}

#[test]
fn one_unreadable_file_hides_nothing_of_the_others() {
    let project = project().dir(ENV).file("envs/staging/.env", "A=\"open\nB=2\n1C=3\nD=4\n");
    let project = project.file("envctl.toml", "[rules]\nparity = \"off\"\n");
    let run = project.run("validate --format json").code(1);
    assert_eq!(run.rules(), ["parse-error"; 3]);
    let listed = project.run("list").code(0).stderr("");
    assert!(listed.stdout.contains("envs/{env}/.env  1            2"), "{}", listed.stdout);
    assert!(listed.stdout.contains(&format!("{ENV}: cannot be read as it is; see `envctl validate`")));
}

#[test]
fn a_byte_order_mark_and_carriage_returns_change_nothing() {
    let project = project().file("envs/staging/.env", "\u{feff}A=1\r\n\r\nB='x'\r\n").file(ENV, "A=1\nB=x\n");
    let run = project.run("diff staging production --exit-code").code(0).stderr("");
    assert_eq!(run.stdout, "0 different, 0 only in staging, 0 only in production, 2 same\n");
}

#[test]
fn a_circle_of_inheritance_is_told_in_each_of_its_environments() {
    let project = project()
        .file("envs/development/env.toml", "inherits = 'staging'\n")
        .file("envs/staging/env.toml", "inherits = 'development'\n");
    let run = project.run("validate").code(1).says("envs/staging/env.toml:1:12");
    run.says("envs/development/env.toml:1:12").says("environments inherit from each other in a circle");
    let itself = project.file("envs/staging/env.toml", "inherits = 'staging'\n");
    itself.run("validate").code(1).says("environments inherit from each other in a circle");
}

fn as_user(project: &Project, args: &str) -> Run {
    Run::of(project.command_of_a_user().args(args.split_whitespace()))
}

#[test]
fn a_file_that_may_not_be_read_is_a_finding() {
    let project = project().file(ENV, "A=1\n").mode(ENV, 0o000);
    let expected = format!(
        "production

error[parse-error]: the file may not be read
--> {ENV}
 = help: change its owner or its mode

production  1 error  parse-error 1
not safe: production: 1 error; development clean
next: envctl explain parse-error
"
    );
    as_user(&project, "validate").code(1).stderr("").stdout(&expected);
    as_user(&project, "diff development production").code(2).stdout("").says("the file may not be read");
}

#[test]
fn a_folder_that_may_not_be_read_is_told() {
    let closed = project().mode("envs", 0o000);
    let run = as_user(&closed, "validate").code(2).stdout("");
    run.says("there are no environments in")
        .says("envs was passed over: the folder may not be read; create one");
    closed.mode("envs", 0o755);
    let closed = project().file(ENV, "A=1\n").mode("envs/production", 0o000);
    as_user(&closed, "validate").code(1).stderr("").says("the file may not be read").says(ENV);
    closed.mode("envs/production", 0o755);
}

#[test]
fn a_project_that_may_not_be_written_is_judged_like_any_other() {
    let project = project().file(ENV, "A=1\n");
    for path in [ENV, "envs/production", "envs", "."] {
        let mode = if path == ENV { 0o444 } else { 0o555 };
        std::fs::set_permissions(
            project.root().join(path),
            std::os::unix::fs::PermissionsExt::from_mode(mode),
        )
        .unwrap();
    }
    for (args, code) in [("validate", 0), ("list", 0), ("diff development production --exit-code", 0)] {
        as_user(&project, args).code(code).stderr("");
    }
    for path in ["envs", "envs/production", "."] {
        std::fs::set_permissions(
            project.root().join(path),
            std::os::unix::fs::PermissionsExt::from_mode(0o755),
        )
        .unwrap();
    }
}
