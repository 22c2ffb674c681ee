//! `--format FORMAT[=FILE]`: which command writes which format, and where to.

mod github;
mod gitlab;
mod hostile;
mod junit;
mod markdown;
mod sarif;
mod text;

use std::fs;
use std::os::unix::fs::PermissionsExt;

use crate::project::{Project, Run};

/// A project with one error in production.
fn broken() -> Project {
    Project::new()
        .file("envs/development/.env", "API_URL=https://dev.example.com\n")
        .file("envs/production/.env", "API_URL=changeme\n")
}

#[test]
fn a_product_goes_to_a_file_and_text_still_to_stdout() {
    let project = broken().dir("out");
    let text = project.run("validate").code(1).stdout;
    let json = project.run("validate --format json").code(1).stdout;
    project.run("validate --format json=out/a.json").code(1).stdout(&text).stderr("");
    assert_eq!(fs::read_to_string(project.root().join("out/a.json")).unwrap(), json);
    let mode = fs::metadata(project.root().join("out/a.json")).unwrap().permissions().mode();
    assert_eq!(mode & 0o777, 0o644);
    project.run("validate --format json --format text=out/a.txt --color always").code(1).stdout(&json);
    assert_eq!(fs::read_to_string(project.root().join("out/a.txt")).unwrap(), text);
    project.run("-C envs validate --format json=../out/b.json").code(1);
    assert!(project.root().join("out/b.json").exists());
}

#[test]
fn a_file_that_cannot_be_written_keeps_nothing_else_back() {
    let project = broken();
    let text = project.run("validate").code(1).stdout;
    let run = project.run("validate --format json=no/where.json --format text=a.txt").code(2).stdout(&text);
    run.stderr("error: no/where.json cannot be written: its folder does not exist\n");
    assert_eq!(fs::read_to_string(project.root().join("a.txt")).unwrap(), text);
}

#[test]
fn nothing_that_is_no_report_is_replaced() {
    let project = broken().dir("folder").fifo("pipe").link("link", "envs/production/.env");
    for (file, why) in [
        ("folder", "folder is no regular file"),
        ("pipe", "pipe is no regular file"),
        ("/dev/null", "/dev/null is no regular file"),
        ("envs/production/.env", "envs/production/.env is a file of the project"),
        ("link", "link is a file of the project"),
        ("envs/../envs/production/.env", "is a file of the project"),
        ("envctl.toml", "envctl.toml would be read as a file of the project"),
        ("envs/production/.env.local", "would be read as a file of the project"),
        ("envs/production/env.toml", "would be read as a file of the project"),
    ] {
        project.run(&format!("validate --format json={file}")).code(2).says(why);
    }
    let kept = fs::read_to_string(project.root().join("envs/production/.env")).unwrap();
    assert_eq!(kept, "API_URL=changeme\n");
}

#[test]
fn what_contradicts_itself_is_refused_before_anything_is_written() {
    for (args, why) in [
        ("validate --format text --format json", "only one format can go to stdout"),
        ("validate --format json=a --format text=a", "two formats cannot both go to a"),
        ("validate --format json=a --format text=./a", "two formats cannot both go to ./a"),
        ("validate --format json=- --format text", "only one format can go to stdout"),
        ("validate --write-baseline --format sarif=a", "`validate --write-baseline` writes"),
        ("validate --write-baseline=envctl.toml", "envctl.toml would be read as a file of the project"),
        ("validate production --env staging", "--env names staging, and the list of environments another"),
        ("list --format json --format text", "only one format can go to stdout"),
        ("list --format json=a", "`list` writes to stdout alone"),
        ("validate --rules --format json=a", "`validate --rules` writes to stdout alone"),
        ("validate --format json=", "invalid value 'json=' for '--format <FORMAT[=FILE]>'"),
    ] {
        let project = broken();
        project.run(args).code(2).stdout("").says(why);
        assert!(!project.root().join("a").exists(), "{args}");
    }
}

/// What a shell offers behind `--format` on this line.
fn offered(line: &str) -> Vec<String> {
    let project = Project::new();
    let mut command = project.command();
    command.env("ENVCTL_COMPLETE", "fish").args(["--", "envctl", line, "--format", ""]);
    let run = Run::of(&mut command).code(0);
    run.stdout.lines().map(|line| line.split('\t').next().unwrap().to_owned()).collect()
}

#[test]
fn help_errors_and_completion_offer_what_a_command_writes() {
    let project = Project::new();
    for command in ["list", "validate"] {
        let error = project.run(&format!("{command} --format xml")).code(2).stdout("").stderr;
        let (_, values) = error.split_once("[possible values: ").unwrap();
        let values: Vec<_> = values.split_once(']').unwrap().0.split(", ").collect();
        assert_eq!(offered(command), values);
        let help = project.run(&format!("{command} --help")).code(0).stdout;
        assert!(values.iter().all(|value| help.contains(value)), "{help}");
    }
    assert_eq!(offered("list"), ["text", "json"]);
}
