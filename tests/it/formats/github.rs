//! `--format github`: what the runner makes of it, and the job's summary.

use std::fs;

use super::hostile;
use crate::project::Project;

/// What a command says beside its data.
type Properties = Vec<(String, String)>;

/// A command as the runner reads it: its kind, its properties, its data.
/// After ActionCommand.TryParseV2 of github.com/actions/runner.
fn parsed(line: &str) -> Option<(String, Properties, String)> {
    let (head, data) = line.trim_start().strip_prefix("::")?.split_once("::")?;
    let (kind, properties) = head.split_once(' ').unwrap_or((head, ""));
    let unescape = |text: &str| text.replace("%0D", "\r").replace("%0A", "\n");
    let properties =
        properties.split(',').filter_map(|property| property.split_once('=')).map(|(name, value)| {
            let value = unescape(&value.replace("%3A", ":").replace("%2C", ",")).replace("%25", "%");
            (name.to_owned(), value)
        });
    Some((kind.to_owned(), properties.collect(), unescape(data).replace("%25", "%")))
}

#[test]
fn a_finding_is_an_annotation_with_its_place_and_what_takes_part() {
    let project = Project::new()
        .file("envs/development/.env", "API_TOKEN=canary-1\n")
        .file("envs/production/.env", "# x\nAPI_TOKEN=canary-1\n");
    project.run("validate --format github").code(1).stderr("").stdout(
        "\
::error file=envs/production/.env,line=2,col=11,title=same-secret::API_TOKEN is the same secret in development and \
production%0Adevelopment: envs/development/.env:1:11%0Ahelp: give API_TOKEN a secret of its own in each environment, \
or accept it with a reason
not safe: production: 1 error; development: 1 error
",
    );
}

#[test]
fn a_path_is_one_of_the_repository() {
    let project = Project::new().file("app/envctl.toml", "").file("app/envs/production/.env", "A=changeme\n");
    git2::Repository::init(project.root()).unwrap();
    let run = project.run("-C app validate --format github").code(1);
    run.says("file=app/envs/production/.env,line=1,col=3,title=placeholder::");
    let linked = project.run_with(
        &[("GITHUB_WORKSPACE", project.root().parent().unwrap().to_str().unwrap())],
        "-C app validate --format github",
    );
    linked.says("file=app/envs");
    let bare = Project::new().file("app/envctl.toml", "").file("app/envs/production/.env", "A=changeme\n");
    let workspace = bare.root().to_str().unwrap();
    let run = bare.run_with(&[("GITHUB_WORKSPACE", workspace)], "-C app validate --format github");
    run.says("file=app/envs/production/.env");
    bare.run("-C app validate --format github").says("file=envs/production/.env");
}

#[test]
fn there_are_ten_of_a_kind_and_a_count_of_the_rest() {
    let run = hostile::crowd(1000).run("validate --format github").code(1);
    let kinds: Vec<_> = run.stdout.lines().filter_map(parsed).map(|(kind, _, _)| kind).collect();
    let count = |kind: &str| kinds.iter().filter(|other| *other == kind).count();
    assert_eq!((count("error"), count("warning"), count("notice")), (10, 10, 1), "{kinds:?}");
    assert!(kinds.is_sorted_by_key(|kind| ["error", "warning", "notice"].iter().position(|k| k == kind)));
    run.says("::notice title=envctl::and 1980 more, all in envctl validate");
}

#[test]
fn no_name_becomes_a_command_a_property_or_a_line() {
    let run = hostile::project().run("validate --format github").code(1).shows_all();
    let lines: Vec<_> = run.stdout.lines().collect();
    let (verdict, commands) = lines.split_last().unwrap();
    assert!(verdict.starts_with("not safe: production: "), "{verdict}");
    for line in commands {
        let (kind, properties, data) = parsed(line).unwrap();
        assert!(["error", "warning", "notice"].contains(&kind.as_str()), "{line}");
        let names: Vec<_> = properties.iter().map(|(name, _)| name.as_str()).collect();
        assert!(names == ["file", "line", "col", "title"] || names == ["title"], "{line}");
        assert!(!data.is_empty() && !data.starts_with("fake"), "{line}");
    }
    run.says("%250A::error::fake is still a placeholder")
        .says("file=envs/production/%250A%3A%3Aerror%3A%3A%2C<x>");
}

#[test]
fn the_summary_is_added_to_and_never_fails_a_run() {
    let project = hostile::crowd(5000).file("summary.md", "before\n").fifo("pipe");
    let run = |file: &str| {
        let path = project.root().join(file);
        project.run_with(&[("GITHUB_STEP_SUMMARY", path.to_str().unwrap())], "validate --format github")
    };
    run("summary.md").code(1).stderr("");
    let summary = fs::read_to_string(project.root().join("summary.md")).unwrap();
    assert!(summary.starts_with("before\n### envctl: not safe\n"));
    assert!(summary.len() < 1 << 20 && summary.contains(" more: `envctl validate` tells all"));
    run("summary.md").code(1).stderr("note: the job summary was not written: the system refused\n");
    assert_eq!(fs::read_to_string(project.root().join("summary.md")).unwrap(), summary);
    run("new.md").code(1).stderr("").says("all in the job summary and in envctl validate");
    assert!(fs::read_to_string(project.root().join("new.md")).unwrap().starts_with("### envctl"));
    for file in ["none/new.md", "pipe", ""] {
        assert!(run(file).code(1).stderr.starts_with("note: the job summary was not written: "), "{file}");
    }
    let path = project.root().join("summary.md");
    project
        .run_with(&[("GITHUB_STEP_SUMMARY", path.to_str().unwrap())], "validate --format json")
        .code(1)
        .stderr("");
}
