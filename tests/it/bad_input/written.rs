//! Places that envctl writes to, and that are not what they should be.

use std::fs;
use std::os::unix::fs::FileTypeExt;

use super::project;
use crate::project::{Project, Run};

const OUT: &str = "out.json";

#[test]
fn a_context_replaces_a_file_and_nothing_else() {
    let not_ours: &[fn(Project) -> Project] = &[
        |p| p.dir(OUT),
        |p| p.fifo(OUT),
        |p| p.link(OUT, "target").file("target", "old"),
        |p| p.link(OUT, "/dev/null"),
    ];
    for make in not_ours {
        let project = make(project());
        let path = project.root().join(OUT);
        let before = fs::symlink_metadata(&path).unwrap().file_type();
        project.run("context --output out.json").code(2).stdout("").stderr(
            "error: out.json is no regular file, and is not replaced\n  help: name a file, or print it with --stdout\n",
        );
        let after = fs::symlink_metadata(&path).unwrap().file_type();
        assert_eq!(
            (before.is_fifo(), before.is_symlink(), before.is_dir()),
            (after.is_fifo(), after.is_symlink(), after.is_dir())
        );
    }
    let missing = project().run("context --output no/where.json").code(2).stdout("");
    missing.says("no/where.json cannot be written: its folder does not exist");
}

#[test]
fn a_selection_that_is_none_is_told_and_the_next_switch_mends_it() {
    const STATE: &str = ".envctl/state.json";
    let broken: &[fn(Project) -> Project] = &[
        |p| p.file(STATE, "{"),
        |p| p.file(STATE, "\"x\u{1b}[2J"),
        |p| p.file(STATE, "x".repeat(1 << 21)),
        |p| p.file(STATE, b"\xff"),
        |p| p.fifo(STATE),
        |p| p.file("other", "{}").link(STATE, "../other"),
    ];
    for make in broken {
        let project = make(project().file("envctl.toml", ""));
        for args in ["current", "list", "banner", "context --stdout"] {
            let run = project.run(args).code(2).stdout("").shows_all();
            run.says("error: .envctl/state.json ").says("help: select again: envctl switch NAME");
        }
        project.run("prompt").code(0).stdout("?\n").stderr("");
        project.run("validate").code(0);
        project.run("switch development").code(0).says("switched to development");
        project.run("current").code(0).stdout("development\n").stderr("");
    }
}

#[test]
fn a_state_folder_that_is_none_is_never_written_through() {
    let cases: &[fn(Project) -> Project] = &[
        |p| p.file(".envctl", ""),
        |p| p.fifo(".envctl"),
        |p| p.dir("elsewhere").link(".envctl", "elsewhere"),
        |p| p.link(".envctl", "nowhere"),
    ];
    for make in cases {
        let project = make(project());
        for args in ["switch development", "context"] {
            project.run(args).code(2).stdout("").says("error: .envctl");
        }
        let elsewhere = project.root().join("elsewhere");
        assert!(fs::read_dir(elsewhere).map_or(0, Iterator::count) == 0);
    }
}

#[test]
fn a_project_that_may_not_be_written_keeps_its_selection_and_is_told() {
    let project = project().mode(".", 0o555);
    for args in ["switch development", "context"] {
        let run = Run::of(project.command_of_a_user().args(args.split(' ')));
        run.code(2)
            .stdout("")
            .says(".envctl cannot be created: permission denied")
            .says("help: make its folder writable");
    }
    project.mode(".", 0o755);
}
