//! The selection on disk, and what may lie in its place: nothing of it is followed, waited for or believed.

use std::fs;
use std::path::Path;
use std::process::Stdio;

use rustix::fs::{CWD, FileType, Mode, mknodat};

use crate::project::Project;

const MEND: &str = "  help: select again: envctl switch NAME\n";

fn json(environment: &str, version: u32) -> String {
    format!(
        r#"{{"schema_version":{version},"environment":{environment:?},"tier":"staging","protected":false,
        "switched_at":"2026-01-01T00:00:00Z","previous":"\u001b[31m"}}"#
    )
}

/// What lies at `.envctl/state.json`, and how `current` complains about it.
fn cases() -> Vec<(&'static str, Project, &'static str)> {
    let with = |text: &str| Project::shipped().file(".envctl/state.json", text);
    let pipe = Project::shipped().dir(".envctl");
    mknodat(CWD, pipe.root().join(".envctl/state.json"), FileType::Fifo, Mode::RWXU, 0).unwrap();
    let none = ".envctl/state.json holds no selection";
    let not_ours = ".envctl/state.json is no file of ours";
    vec![
        ("garbage", with("\0\u{1}garbage"), none),
        ("empty", with(""), none),
        ("half of one", with(json("staging", 1).trim_end_matches(['l', '}'])), none),
        ("two of them", with(&json("staging", 1).repeat(2)), none),
        ("a list", with("[]"), none),
        ("another version", with(&json("staging", 2)), none),
        ("a path", with(&json("../../etc", 1)), none),
        ("an escape", with(&json("\u{1b}[31m", 1)), none),
        ("no name", with(&json("", 1)), none),
        ("a deep nest", with(&"[".repeat(100_000)), none),
        ("huge", with(&" ".repeat(3 << 20)), not_ours),
        ("a pipe", pipe, not_ours),
        ("a folder", Project::shipped().dir(".envctl/state.json"), not_ours),
        (
            "a link",
            Project::shipped()
                .file("other.json", json("staging", 1))
                .link(".envctl/state.json", "../other.json"),
            ".envctl/state.json is a link, and is not followed",
        ),
        (
            "a dangling link",
            Project::shipped().link(".envctl/state.json", "nowhere"),
            ".envctl/state.json is a link, and is not followed",
        ),
    ]
}

#[test]
fn what_is_no_selection_is_said_and_never_believed() {
    for (what, project, why) in cases() {
        let run = project.run("current");
        let expected = (Some(2), "", format!("error: {why}\n{MEND}"));
        assert_eq!((run.code, run.stdout.as_str(), run.stderr), expected, "{what}");
        let prompt = project.run("prompt");
        assert_eq!(
            (prompt.code, prompt.stdout.as_str(), prompt.stderr.as_str()),
            (Some(0), "?\n", ""),
            "{what}"
        );
        let named = project.run("--env staging current");
        assert_eq!(
            (named.code, named.stdout.as_str(), named.stderr.as_str()),
            (Some(0), "staging\n", ""),
            "{what}"
        );
        project.run("validate").code(0);
    }
}

#[test]
fn the_next_switch_mends_it_where_that_removes_nothing_of_anybodys() {
    for (what, project, _) in cases() {
        let run = project.run("switch staging -q");
        if what == "a folder" {
            let said = "error: the selection cannot be written: a folder has that name\n  help: nothing has changed\n";
            run.code(2).stdout("").stderr(said);
            continue;
        }
        assert_eq!((run.code, run.stderr.as_str()), (Some(0), ""), "{what}");
        project.run("current").code(0).stdout("staging\n");
        if what == "a link" {
            assert_eq!(fs::read_to_string(project.root().join("other.json")).unwrap(), json("staging", 1));
        }
        assert!(!project.root().join(".envctl/nowhere").exists());
    }
}

#[test]
fn a_vanished_environment_is_said_and_another_can_be_selected() {
    let project = Project::shipped();
    project.run("switch staging").code(0);
    fs::remove_dir_all(project.root().join("envs/staging")).unwrap();
    let said = "error: staging was selected, and there is no such environment any more\n  help: select another: envctl switch NAME\n";
    project.run("current").code(2).stdout("").stderr(said);
    project.run("prompt").code(0).stdout("?\n").stderr("");
    project.run("switch development").code(0);
    project.run("current").code(0).stdout("development\n");
    project.run("switch -").code(2).says("there is no environment `staging`");
}

#[test]
fn a_hostile_name_before_is_shown_and_not_obeyed() {
    let project = Project::shipped().file(".envctl/state.json", json("staging", 1));
    project.run("switch -").code(2).stdout("").never_says("\u{1b}").says("\\u{1b}[31m");
}

#[test]
fn a_state_folder_that_is_a_link_or_a_file_is_not_used() {
    let inside = |path: &Path| fs::read_dir(path).map_or(0, Iterator::count);
    let linked = Project::shipped().dir("../elsewhere").link(".envctl", "../elsewhere");
    let file = Project::shipped().file(".envctl", "mine");
    let dangling = Project::shipped().link(".envctl", "../nowhere");
    for project in [&linked, &file, &dangling] {
        project.run("context").code(2).stdout("").says("error: .envctl");
        for args in ["switch staging", "switch production --confirm production"] {
            let run = project.run(args).code(2).stdout("");
            let said = "error: .envctl is no real folder\n  help: remove it; a link could lead anywhere\n";
            assert!(run.stderr.ends_with(said), "{args}: {}", run.stderr);
        }
    }
    assert_eq!(inside(&linked.root().join("../elsewhere")), 0);
    assert_eq!(fs::read_to_string(file.root().join(".envctl")).unwrap(), "mine");
    assert!(!dangling.root().join("../nowhere").exists());
    for project in [&linked, &dangling] {
        assert_eq!(
            inside(&project.root().join("../home/.local/state/envctl")),
            0,
            "a consent without a selection"
        );
    }
}

#[test]
fn a_selection_behind_a_linked_folder_is_not_believed() {
    let project = Project::shipped()
        .file("../elsewhere/state.json", json("staging", 1))
        .link(".envctl", "../elsewhere");
    let said = "error: .envctl/state.json lies behind a link, and is not followed\n";
    project.run("current").code(2).stdout("").stderr(&format!("{said}{MEND}"));
    project.run("prompt").code(0).stdout("?\n").stderr("");
}

#[test]
fn a_lock_that_is_no_file_is_refused_without_waiting() {
    let pipe = Project::shipped().dir(".envctl");
    mknodat(CWD, pipe.root().join(".envctl/lock"), FileType::Fifo, Mode::RWXU, 0).unwrap();
    let link = Project::shipped().file("mine", "mine").link(".envctl/lock", "../mine");
    for project in [pipe, link, Project::shipped().dir(".envctl/lock")] {
        let before = std::time::Instant::now();
        project.run("switch staging").code(2).stdout("").says("cannot be taken");
        assert!(before.elapsed().as_secs() < 4 && !project.root().join(".envctl/state.json").exists());
    }
}

#[test]
fn another_envctl_that_holds_the_lock_is_waited_for_and_then_named() {
    let project = Project::shipped().file(".envctl/lock", "");
    let lock = fs::File::open(project.root().join(".envctl/lock")).unwrap();
    lock.lock().unwrap();
    let run = project.run("switch staging -q").code(2).stdout("");
    run.says("another envctl has held the lock in ").says("for five seconds");
    let waiting = project.command().args(["switch", "staging", "-q"]).stdout(Stdio::null()).spawn().unwrap();
    std::thread::sleep(std::time::Duration::from_millis(300));
    lock.unlock().unwrap();
    assert!(waiting.wait_with_output().unwrap().status.success());
    project.run("current").stdout("staging\n");
}
