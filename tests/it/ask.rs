//! Questions to a person at a terminal: asked, answered, broken off, and not asked where nobody is there.

use std::fs;
use std::process::Stdio;

use crate::project::Project;
use crate::terminal::{Session, Terminal};

const QUESTION: &str = "production is protected. Type its name to go on: ";
const SHOW_CURSOR: &str = "\u{1b}[?25h";

fn start(project: &Project, args: &str) -> Session {
    let mut command = project.command();
    Terminal::new(80).start(command.args(args.split_whitespace()))
}

/// Nothing was selected, and nothing consented to.
#[track_caller]
fn unchanged(project: &Project) {
    assert!(!project.root().join(".envctl").exists());
    assert!(!project.root().join("../home/.local/state/envctl/grants.json").exists());
}

#[test]
fn the_target_is_shown_then_the_name_typed_and_the_consent_given() {
    let project = Project::shipped();
    let mut session = start(&project, "switch production --color never --for 30m");
    session.wait_for(QUESTION);
    let asked = session.screen();
    assert!(asked.contains("telbot.example.com") && asked.contains("development → production"), "{asked}");
    unchanged(&project);
    session.keys("prox\u{7f}duction\r");
    let (code, screen) = session.end();
    assert_eq!(code, Some(0), "{screen}");
    assert!(screen.contains("switched to production until 2"), "{screen}");
    project.run("current").code(0).stdout("production\n").stderr("");
    let again = start(&project, "switch production --color never");
    let (code, screen) = again.end();
    assert!(code == Some(0) && !screen.contains(QUESTION), "a live consent was asked for again: {screen}");
}

#[test]
fn any_other_answer_is_a_refusal() {
    for answer in ["prod", "PRODUCTION", "y", "yes", "", "staging", "production x", "\u{1b}[A"] {
        let project = Project::shipped();
        let mut session = start(&project, "switch production");
        session.wait_for(QUESTION).keys(&format!("{answer}\r"));
        let (code, screen) = session.end();
        assert_eq!(code, Some(3), "{answer:?}: {screen}");
        assert!(screen.contains("refused: that is not its name"), "{answer:?}: {screen}");
        unchanged(&project);
    }
}

#[test]
fn ctrl_c_ctrl_d_and_escape_end_it_with_130_and_the_cursor_back() {
    for (args, shown) in [("switch production", QUESTION), ("switch", "development (development)")] {
        for keys in ["\u{3}", "\u{4}", "\u{1b}", "interrupt"] {
            if keys == "\u{4}" && args == "switch" {
                continue; // the list of dialoguer takes no notice of it
            }
            let project = Project::shipped();
            let mut session = start(&project, args);
            session.wait_for(shown);
            std::thread::sleep(std::time::Duration::from_millis(100)); // until it waits for a key
            if keys == "interrupt" {
                session.interrupt()
            } else {
                session.keys(keys)
            };
            let (code, screen) = session.end();
            assert_eq!(code, Some(130), "{args} {keys:?}: {screen}");
            let (hidden, back) = (screen.rfind("\u{1b}[?25l"), screen.rfind(SHOW_CURSOR));
            assert!(back.is_some() && back > hidden, "{args} {keys:?}: {screen:?}");
            unchanged(&project);
        }
    }
}

#[test]
fn the_list_is_walked_with_the_arrow_keys() {
    let cases =
        [("\r", "development"), ("\u{1b}[B\r", "staging"), ("\u{1b}[B\u{1b}[A\r", "development"), ("jj", "")];
    for (keys, name) in cases {
        let project = Project::shipped();
        let mut session = start(&project, "switch --color never");
        session.wait_for("production (production, protected)").keys(keys);
        if name.is_empty() {
            session.keys("\r").wait_for(QUESTION).keys("production\r");
        }
        let (code, screen) = session.end();
        let name = if name.is_empty() { "production" } else { name };
        assert!(code == Some(0) && screen.contains(&format!("switched to {name}")), "{keys:?}: {screen}");
        project.run("current").stdout(&format!("{name}\n"));
    }
}

#[test]
fn the_list_begins_with_the_current_environment() {
    let project = Project::shipped();
    project.run("switch staging").code(0);
    let mut session = start(&project, "switch --color never");
    session.wait_for("production (production, protected)").keys("\r");
    let (code, screen) = session.end();
    assert!(code == Some(0) && screen.contains("staging → staging"), "{screen}");
}

#[test]
fn without_a_person_at_both_ends_it_is_refused_and_does_not_hang() {
    let refused = |args: &str, variables: &[(&str, &str)], stdin: bool, stderr: bool| {
        let project = Project::shipped();
        let terminal = Terminal::new(80);
        let mut command = project.command();
        command.envs(variables.iter().copied()).args(args.split_whitespace()).stdout(Stdio::null());
        command.stdin(if stdin { terminal.end() } else { Stdio::piped() });
        command.stderr(if stderr { terminal.end() } else { Stdio::null() });
        let (code, screen) = terminal.start_as_it_is(&mut command).end();
        assert_eq!(code, Some(3), "{args} {variables:?} {screen}");
        assert_eq!(screen.contains("write --confirm production"), stderr && variables.is_empty(), "{screen}");
        unchanged(&project);
    };
    refused("switch production", &[], false, true);
    refused("switch production", &[], true, false);
    refused("switch production --no-input", &[], true, true);
    refused("switch production", &[("CI", "true")], true, true);
    refused("switch production", &[("CLAUDECODE", "1")], true, true);
}

#[test]
fn a_list_is_no_question_where_nobody_can_answer() {
    let project = Project::shipped();
    let terminal = Terminal::new(80);
    let mut command = project.command();
    command.arg("switch").stdin(Stdio::piped()).stdout(terminal.end()).stderr(terminal.end());
    let (code, screen) = terminal.start_as_it_is(&mut command).end();
    assert_eq!(
        (code, screen.as_str()),
        (Some(0), "development\r\nstaging\r\nproduction\r\nname one of these: envctl switch NAME\r\n")
    );
}

#[test]
fn colour_goes_by_the_stream_it_is_written_to() {
    let project = Project::shipped();
    let shown = project.outside().join("shown");
    let terminal = Terminal::new(80);
    let mut command = project.command();
    command.args(["switch", "production", "--dry-run"]).stdin(terminal.end()).stderr(terminal.end());
    command.stdout(fs::File::create(&shown).unwrap());
    assert_eq!(terminal.start_as_it_is(&mut command).end().0, Some(0));
    assert!(!fs::read_to_string(&shown).unwrap().contains('\u{1b}'));
    let (_, screen) = start(&project, "switch production --dry-run").end();
    assert!(screen.contains("\u{1b}[31mproduction\u{1b}[0m"), "{screen:?}");
}
