//! Layouts: what is found in projects as people have them, without a manifest, and the same after `init`.

mod projects;
mod traps;

use std::collections::BTreeSet;

use serde_json::Value;

use crate::project::Project;
use projects::{LAYOUTS, Layout};
use traps::TRAPS;

fn layouts() -> impl Iterator<Item = &'static Layout> {
    LAYOUTS.iter().chain(TRAPS)
}

fn project(layout: &Layout) -> Project {
    layout.files.iter().fold(Project::new(), |project, (path, text)| project.file(path, text))
}

/// The identities that `diff A B` gives, by what it says of them.
fn diff(project: &Project, args: &str) -> BTreeSet<String> {
    let json = project.run(&format!("diff {args} --all-keys --format json")).code(0).json();
    let line = |key: &Value| {
        let status = match key["status"].as_str().unwrap() {
            "only-in" => format!("only in {}", key["in"][0].as_str().unwrap()),
            other => other.to_owned(),
        };
        format!("{status}: {}::{}", key["source"].as_str().unwrap(), key["path"].as_str().unwrap())
    };
    json["keys"].as_array().unwrap().iter().map(line).collect()
}

fn environments(project: &Project) -> Vec<String> {
    let json = project.run("list --format json").code(0).json();
    let name = |one: &Value| one["name"].as_str().unwrap().to_owned();
    json["environments"].as_array().unwrap().iter().map(name).collect()
}

#[test]
fn every_layout_gives_its_environments_and_identities() {
    let mut wrong = String::new();
    for layout in layouts() {
        let project = project(layout);
        let found = environments(&project);
        if found != layout.environments {
            wrong += &format!("{}: environments {found:?}\n", layout.name);
        }
        for (args, wanted) in layout.diffs {
            let wanted: BTreeSet<String> = wanted.iter().map(|line| (*line).to_owned()).collect();
            let found = diff(&project, args);
            for line in found.symmetric_difference(&wanted) {
                let side = if found.contains(line) { "found" } else { "missing" };
                wrong += &format!("{}: diff {args}: {side} {line}\n", layout.name);
            }
        }
    }
    assert!(wrong.is_empty(), "\n{wrong}");
}

#[test]
fn what_was_passed_over_is_told_with_its_reason() {
    for layout in layouts() {
        let told = project(layout).run("list -v").code(0).stdout;
        for (path, reason) in layout.skipped {
            let line = format!("passed over: {path}: {reason}\n");
            assert!(told.contains(&line), "{}: {line}{told}", layout.name);
        }
    }
}

/// What `list`, `diff` and `validate` say, without what an `init` changes by intent: who decided, and why a path was
/// passed over.
fn said(project: &Project, layout: &Layout) -> Vec<String> {
    let mut listed = project.run("list --format json").code(0).json();
    for field in ["project", "skipped", "current_by"] {
        listed.as_object_mut().unwrap().remove(field);
    }
    let mut said = vec![listed.to_string()];
    for (args, _) in layout.diffs {
        said.push(project.run(&format!("diff {args} --all-keys --format json")).code(0).stdout);
    }
    let mut validated = project.run("validate --format json").json();
    validated.as_object_mut().unwrap().remove("manifest");
    said.push(validated.to_string());
    said
}

#[test]
fn after_init_everything_is_as_it_was() {
    for layout in layouts() {
        let project = project(layout);
        let before = said(&project, layout);
        let printed = project.run("init --dry-run").code(0).stdout;
        project.run("init").code(0);
        assert_eq!(std::fs::read_to_string(project.root().join("envctl.toml")).unwrap(), printed);
        for (before, after) in before.iter().zip(said(&project, layout)) {
            assert_eq!(*before, after, "{}\n{printed}", layout.name);
        }
    }
}

#[test]
fn a_project_without_environments_is_told_what_belongs_to_none() {
    let run = Project::new()
        .file("app/.env", "A=1\n")
        .file(".env", "A=1\n")
        .file(".env.example", "A=\n")
        .run("list");
    let said = run.code(2).stderr;
    assert!(said.contains(".env belongs to no environment"), "{said}");
    assert!(said.contains(".env.development"), "{said}");
    let odd = Project::new().file("a\"b/.env", "A=1\n").run("list").code(2).stderr;
    assert!(odd.contains("files = [\"a\\\"b/.env\"]"), "{odd}");
}

#[test]
fn a_search_that_ends_before_the_project_does_is_said() {
    let project = Project::new().file(".env.dev", "A=1\n").file(".env.prod", "A=2\n").dir("data");
    for number in 0..50_001 {
        std::fs::File::create(project.root().join(format!("data/{number}"))).unwrap();
    }
    let run = project.run("validate").code(0);
    assert!(run.stderr.starts_with("note: the search for files ended at data: "), "{}", run.stderr);
}
