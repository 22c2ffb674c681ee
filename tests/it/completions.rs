//! `completions`: the shipped scripts are fresh, and a shell gets commands, options and environments.

use std::fs;
use std::path::Path;

use crate::project::{Project, Run};

#[test]
fn the_shipped_scripts_are_what_the_command_prints() {
    let files = [
        ("bash", "envctl.bash"),
        ("zsh", "_envctl"),
        ("fish", "envctl.fish"),
        ("powershell", "_envctl.ps1"),
        ("elvish", "envctl.elv"),
    ];
    for (shell, file) in files {
        let printed = Project::new().run(&format!("completions {shell}")).code(0).stdout;
        let shipped =
            fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("completions").join(file));
        assert!(
            shipped.is_ok_and(|shipped| shipped == printed),
            "envctl completions {shell} > completions/{file}"
        );
    }
}

#[test]
fn environments_complete_with_their_tier() {
    for line in ["switch", "validate", "diff staging", "show", "--env"] {
        let words = format!("-- envctl {line}");
        let project = Project::shipped();
        let mut command = project.command();
        command.env("ENVCTL_COMPLETE", "fish").args(words.split(' ')).arg("");
        let run = Run::of(&mut command).code(0);
        assert!(
            run.stdout.starts_with("development\tdevelopment\nstaging\tstaging\nproduction\tproduction\n"),
            "{line}"
        );
    }
}

#[test]
fn behind_an_at_sign_and_after_since_tags_and_branches_complete() {
    let project = Project::new().file("envs/prod/.env", "A=1\n").committed();
    let repository = git2::Repository::open(project.root()).unwrap();
    let commit = repository.head().unwrap().peel_to_commit().unwrap();
    repository.tag_lightweight("v1.2.0", commit.as_object(), false).unwrap();
    repository.branch("release/7", &commit, false).unwrap();
    let completed = |words: &[&str]| {
        let mut command = project.command();
        Run::of(command.env("ENVCTL_COMPLETE", "fish").args(["--", "envctl", "diff"]).args(words))
            .code(0)
            .stdout
    };
    assert_eq!(completed(&["prod@v"]), "prod@v1.2.0\n");
    assert!(completed(&["prod@"]).contains("prod@release/7\n"));
    assert!(completed(&["p"]).starts_with("prod\tproduction\n"));
    assert_eq!(completed(&["--since", "rel"]), "release/7\n");
    assert_eq!(completed(&["--since", "nope"]), "");
}

#[test]
fn keys_complete_where_a_key_is_asked_for() {
    let completed = |project: &Project, line: &str| {
        let mut command = project.command();
        let words = format!("-- envctl {line}");
        Run::of(command.env("ENVCTL_COMPLETE", "fish").args(words.split(' ')).arg(""))
            .code(0)
            .stderr("")
            .stdout
    };
    let project = Project::shipped();
    let keys = "BOT_TOKEN\nLOG_LEVEL\nSUPABASE_KEY\nSUPABASE_URL\nTELBOT_ENVIRONMENT\nWEBHOOK_URL\n";
    assert!(completed(&project, "show staging").starts_with(keys));
    assert!(completed(&project, "show staging BOT_TOKEN").starts_with(keys));
    assert!(completed(&project, "show").contains(&format!("production\tproduction\n{keys}")));
    let odd = Project::new().file("envs/blue/env.toml", "[vars]\n\"a\\u001b[31m\" = '1'\nB = '1'\n");
    assert!(completed(&odd, "show blue").starts_with("B\n"));
    assert!(completed(&Project::new(), "show dev").starts_with("-"));
}

#[test]
fn outside_a_project_there_are_no_environments_to_complete() {
    let project = Project::new();
    let mut command = project.command();
    command.env("ENVCTL_COMPLETE", "fish").args(["--", "envctl", "switch", ""]);
    Run::of(&mut command).code(0).stderr("").never_says("development");
}

#[test]
fn a_shell_that_nobody_knows_is_told_so() {
    let project = Project::new();
    let mut command = project.command();
    command.env("ENVCTL_COMPLETE", "\u{1b}[31mtcsh").arg("--");
    Run::of(&mut command).code(2).stdout("").never_says("\u{1b}");
}
