//! The README's examples, run in order in a copy of the shipped project.

use std::fs;
use std::path::Path;
use std::process::Command;

use crate::project::Project;

/// A piece of the README: text, or a command with what it printed.
enum Piece {
    Text(String),
    Command { line: String, printed: String },
}

/// Splits the README at the `$ ` lines of its console blocks.
fn pieces(readme: &str) -> Vec<Piece> {
    let (mut pieces, mut in_console) = (Vec::new(), false);
    for line in readme.lines() {
        let fence = line.starts_with("```");
        in_console = if fence { line == "```console" } else { in_console };
        match (pieces.last_mut(), line.strip_prefix("$ ")) {
            (_, Some(command)) if in_console => {
                pieces.push(Piece::Command { line: command.to_owned(), printed: String::new() });
            }
            (Some(Piece::Command { printed, .. }), _) if in_console => *printed += &format!("{line}\n"),
            (Some(Piece::Text(text)), _) => *text += &format!("{line}\n"),
            _ => pieces.push(Piece::Text(format!("{line}\n"))),
        }
    }
    pieces
}

/// The shipped project in a repository of its own, with one commit on `main`.
fn project() -> Project {
    let project = Project::shipped();
    let mut options = git2::RepositoryInitOptions::new();
    let repository = git2::Repository::init_opts(project.root(), options.initial_head("main")).unwrap();
    let mut index = repository.index().unwrap();
    index.add_all(["*"], git2::IndexAddOption::DEFAULT, None).unwrap();
    index.write().unwrap();
    let tree = repository.find_tree(index.write_tree().unwrap()).unwrap();
    let author = git2::Signature::new("a", "a@example.com", &git2::Time::new(0, 0)).unwrap();
    repository.commit(Some("HEAD"), &author, &author, "Configure the bot", &tree, &[]).unwrap();
    project
}

/// Runs one line as a shell would, and gives what it printed.
fn run(project: &Project, line: &str, last: i32) -> (String, i32) {
    let binary = Path::new(env!("CARGO_BIN_EXE_envctl")).parent().unwrap();
    let path = format!("{}:/usr/bin:/bin", binary.display());
    let script = format!("exec 2>&1; (exit {last}); {line}");
    let mut command = Command::new("sh");
    command.env_clear().env("HOME", project.root().join("../home")).env("PATH", path).env("USER", "ann");
    let output = command.args(["-c", &script]).current_dir(project.root()).output().unwrap();
    (String::from_utf8(output.stdout).unwrap(), output.status.code().unwrap())
}

/// Dates and commits change; everything else is compared to the letter.
fn lasting(text: &str) -> String {
    let date = regex_lite::Regex::new(r"\d{4}-\d\d-\d\d \d\d:\d\d UTC").unwrap();
    let commit = regex_lite::Regex::new(r"(commit +)[0-9a-f]{7,}").unwrap();
    commit.replace_all(&date.replace_all(text, "DATE"), "${1}COMMIT").into_owned()
}

/// `ENVCTL_BLESS=1 cargo test` writes what the commands print into the README.
#[test]
fn every_example_prints_what_the_readme_says() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("README.md");
    let readme = fs::read_to_string(&path).unwrap();
    let (project, mut written, mut last) = (project(), String::new(), 0);
    let bless = std::env::var_os("ENVCTL_BLESS").is_some();
    for piece in pieces(&readme) {
        match piece {
            Piece::Text(text) => written += &text,
            Piece::Command { line, printed } => {
                let (now, code) = run(&project, &line, last);
                last = code;
                assert!(
                    bless || lasting(&now) == lasting(&printed),
                    "$ {line}\nprints\n{now}\nREADME.md says\n{printed}"
                );
                written += &format!("$ {line}\n{now}");
            }
        }
    }
    if bless {
        fs::write(&path, written).unwrap();
    }
}

#[test]
fn the_tables_of_the_readme_are_real_tables() {
    let readme = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("README.md")).unwrap();
    let blocks: Vec<&str> =
        readme.split("```toml\n").skip(1).map(|rest| rest.split("```").next().unwrap()).collect();
    let environment = blocks.iter().find(|block| block.contains("[about]")).unwrap();
    let manifest = blocks.iter().find(|block| block.contains("[project]")).unwrap();
    let project = Project::new()
        .file("envctl.toml", manifest)
        .file("envs/staging/env.toml", environment)
        .file("envs/development/.env", "")
        .file("envs/production/.env", "");
    let rules = project.run("validate --format json --phase structure").rules();
    assert!(!rules.contains(&"parse-error".to_owned()), "{rules:?}");
}
