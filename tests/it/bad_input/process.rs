//! What a process is given beside its arguments: streams, variables, a current folder.

use std::ffi::OsStr;
use std::fs::{self, File};
use std::io::pipe;
use std::os::unix::ffi::OsStrExt;
use std::process::Stdio;

use super::project;
use crate::project::{Project, Run};

const ALL: &[&str] =
    &["validate", "list", "diff development development", "explain distinct", "validate --rules", "--help"];

#[test]
fn a_reader_that_goes_away_is_no_error() {
    for args in ALL {
        let (reader, writer) = pipe().unwrap();
        drop(reader);
        let project = project_with_findings();
        let mut command = project.command();
        command.args(args.split_whitespace()).stdout(writer).stderr(Stdio::piped());
        let child = command.spawn().unwrap();
        let code = if *args == "validate" { 1 } else { 0 };
        Run::wait(child).code(code).stderr("");
    }
}

fn project_with_findings() -> Project {
    project().file("envs/development/.env.local", "A=1\nA=2\n").file("envs/staging/.env", "nothing\n")
}

#[test]
fn a_full_disk_is_told_and_fails() {
    let Ok(full) = File::options().write(true).open("/dev/full") else {
        return; // only Linux has it
    };
    for args in ALL {
        let project = project();
        let mut command = project.command();
        command.args(args.split_whitespace()).stdout(full.try_clone().unwrap()).stderr(Stdio::piped());
        let run = Run::wait(command.spawn().unwrap()).code(2);
        assert!(run.stderr.starts_with("error: the output could not be written\n"), "{args}: {}", run.stderr);
    }
}

#[test]
fn closed_streams_do_not_stop_a_command() {
    let project = project();
    Run::of(&mut project.shell("exec \"$@\" <&-", "list")).code(0).stderr("").says("envs/{env}/.env");
    for closed in [">&-", "2>&-", ">&- 2>&-", "<&- >&- 2>&-"] {
        Run::of(&mut project.shell(&format!("exec \"$@\" {closed}"), "list")).code(0);
        Run::of(&mut project.shell(&format!("exec \"$@\" {closed}"), "validate nowhere")).code(2);
        Run::of(&mut project.shell(&format!("exec \"$@\" {closed}"), "--nonsense")).code(2);
    }
}

#[test]
fn a_current_folder_that_is_gone_is_told() {
    let project = project().dir("gone");
    let script = "cd gone && rmdir ../gone && exec \"$@\"";
    let expected =
        "error: the current folder does not exist any more\n  help: go to an existing one with cd or -C\n";
    Run::of(&mut project.shell(script, "list")).code(2).stdout("").stderr(expected);
    fs::create_dir(project.root().join("gone")).unwrap();
    let elsewhere = format!("list -C {}", project.root().display());
    Run::of(&mut project.shell(script, &elsewhere)).code(0).stderr("");
}

#[test]
fn an_unset_empty_or_odd_home_changes_nothing() {
    let project = project();
    let expected = project.run("list").code(0).stdout;
    Run::of(project.command().env_remove("HOME").arg("list")).code(0).stdout(&expected).stderr("");
    for home in [&b""[..], b"nowhere", b"\xff", b"/"] {
        Run::of(project.command().env("HOME", OsStr::from_bytes(home)).arg("list")).code(0).stdout(&expected);
    }
}

#[test]
fn the_search_for_a_project_stops_at_home_even_through_a_link() {
    let project =
        Project::new().file("../envctl.toml", "[projekt]\n").file("../home/here/envs/development/.env", "");
    let project = project.link("../link", "home");
    let here = project.root().join("../home/here");
    for home in ["../home", "../link"] {
        Run::of(project.command().env("HOME", project.root().join(home)).arg("list").current_dir(&here))
            .code(0);
    }
}

#[test]
fn arguments_that_are_not_utf_8_are_told() {
    let project = project();
    for args in [&[&b"validate"[..], b"\xff"], &[b"list", b"--env=\xff"], &[b"\xff", b"\xff"]] {
        let run = Run::of(project.command().args(args.iter().map(|arg| OsStr::from_bytes(arg))));
        let run = run.code(2).stdout("").shows_all();
        assert!(run.stderr.starts_with("error: "), "{}", run.stderr);
    }
    // A folder may be called anything.
    let run =
        Run::of(project.command().args([OsStr::new("list"), OsStr::new("-C"), OsStr::from_bytes(b"\xff")]));
    run.code(2).stdout("").says("is no folder that can be entered");
}

#[test]
fn variables_that_are_not_utf_8_never_select_by_being_passed_over() {
    let project = project().file("envs/development/env.toml", "process-env = ['*']\n");
    let odd = OsStr::from_bytes(b"\xff\xfe");
    Run::of(project.command().env("ENVCTL_ENV", odd).arg("list"))
        .code(2)
        .stdout("")
        .says("(ENVCTL_ENV asks for it)");
    let odd_name = OsStr::from_bytes(b"N\xff");
    Run::of(project.command().env(odd_name, "1").env("B", odd).args(["validate", "development"]))
        .code(0)
        .stderr("");
}
