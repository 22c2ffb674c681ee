//! `show --reveal`: one value, for a person at a terminal, and for nobody else.

use std::process::{Command, Stdio};

use crate::project::Project;
use crate::terminal::Terminal;

const QUESTION: &str = "production is protected. Type its name to go on: ";
const NOBODY: &str = "refused: a value is revealed to a person at a terminal, and nobody is there\n  help: a person runs it in a terminal of their own, without a pipe or a redirection\n";

fn project() -> Project {
    Project::new()
        .file("envctl.toml", "[project]\ndefault = \"dev\"\n[[stack]]\nfiles = [\"api.{env}.env\"]\n")
        .file("api.dev.env", "PORT=1\n")
        .file(
            "envs/dev/.env",
            "PORT=2\nPASS=hunter2\nURL=redis://:${PASS}@h\nEMPTY_TOKEN=\nGONE_TOKEN=x${NOT_HERE}\nAFTER_TOKEN=${GONE_TOKEN}\nODD_TOKEN=${canaryX9q7Zp2Kd8Lm4}\nPEM_KEY=\"one\ntwo\n\"\n",
        )
        .file("envs/dev/env.toml", "[vars]\nHOSTILE_TOKEN = \"\\u001b[31m\\u202Ex\\ty\\u009b\"\n")
        .file("envs/production/.env", "PASS=canary-bird\n")
}

fn command(project: &Project, args: &str) -> Command {
    let mut command = project.command();
    command.args(args.split_whitespace()).args(["--color", "never"]);
    command
}

/// Runs it with a person at all three streams: the exit code, and the screen.
fn person(project: &Project, args: &str) -> (Option<i32>, String) {
    let (code, screen) = Terminal::new(80).start(&mut command(project, args)).end();
    (code, screen.replace("\r\n", "\n"))
}

fn says(code: i32, text: &str) -> (Option<i32>, String) {
    (Some(code), text.to_owned())
}

#[test]
fn a_person_gets_the_value_and_nothing_else() {
    let project = project();
    assert_eq!(person(&project, "show dev PASS --reveal"), says(0, "hunter2\n"));
    assert_eq!(person(&project, "show PASS --reveal"), says(0, "hunter2\n"));
    assert_eq!(person(&project, "show dev envs/{env}/.env::PORT --reveal"), says(0, "2\n"));
    assert_eq!(person(&project, "show dev URL --reveal"), says(0, "redis://:hunter2@h\n"));
    assert_eq!(person(&project, "show dev PEM_KEY --reveal"), says(0, "one\ntwo\n\n"));
}

#[test]
fn what_acts_on_a_terminal_is_printed_as_escapes_and_that_is_said() {
    let note = "note: characters that act on a terminal or hide in it are shown as escapes\n";
    let shown = "\\u{1b}[31m\\u{202e}x\\u{9}y\\u{9b}\n";
    let project = project();
    assert_eq!(person(&project, "show dev HOSTILE_TOKEN --reveal"), says(0, &format!("{note}{shown}")));
    assert_eq!(person(&project, "show dev HOSTILE_TOKEN --reveal -q"), says(0, shown));
}

#[test]
fn without_a_person_at_all_three_streams_it_is_refused() {
    let project = project();
    project.run("show dev PASS --reveal").code(3).stdout("").stderr(NOBODY);
    for absent in ["stdin", "stdout", "stderr"] {
        let terminal = Terminal::new(80);
        let mut command = command(&project, "show dev PASS --reveal");
        let end = |name: &str| if name == absent { Stdio::null() } else { terminal.end() };
        command.stdin(end("stdin")).stdout(end("stdout")).stderr(end("stderr"));
        let (code, screen) = terminal.start_as_it_is(&mut command).end();
        let screen = screen.replace("\r\n", "\n");
        let expected = if absent == "stderr" { "" } else { NOBODY };
        assert_eq!((code, screen.as_str()), (Some(3), expected), "{absent}");
    }
}

#[test]
fn a_coding_agent_and_a_ci_job_get_nothing_whatever_they_have() {
    let project = project();
    project.run("switch production --confirm production").code(0);
    for (variable, why) in [
        ("CLAUDECODE", "a coding agent may not see a secret (CLAUDECODE is set)"),
        ("AI_AGENT", "a coding agent may not see a secret (AI_AGENT is set)"),
        ("CI", "nobody is there"),
    ] {
        for args in ["show dev PASS", "show production PASS", "show production PASS --confirm production"] {
            let mut command = command(&project, &format!("{args} --reveal"));
            let (code, screen) = Terminal::new(80).start(command.env(variable, "1")).end();
            assert!(code == Some(3) && screen.contains(why), "{variable} {args}: {screen}");
            assert!(!screen.contains("canary") && !screen.contains("hunter2"), "{variable} {args}: {screen}");
        }
    }
}

#[test]
fn a_protected_environment_asks_for_its_name_each_time_and_grants_nothing() {
    let project = project();
    for _ in 0..2 {
        let mut session = Terminal::new(80).start(&mut command(&project, "show production PASS --reveal"));
        session.wait_for(QUESTION);
        assert!(!session.screen().contains("canary"));
        session.keys("production\r");
        let (code, screen) = session.end();
        assert!(code == Some(0) && screen.ends_with("canary-bird\r\n"), "{screen}");
    }
    for answer in ["prod\r", "\r", "yes\r"] {
        let mut session = Terminal::new(80).start(&mut command(&project, "show production PASS --reveal"));
        session.wait_for(QUESTION).keys(answer);
        let (code, screen) = session.end();
        assert!(code == Some(3) && screen.contains("refused: that is not its name"), "{answer:?} {screen}");
        assert!(!screen.contains("canary"), "{screen}");
    }
    let mut session = Terminal::new(80).start(&mut command(&project, "show production PASS --reveal"));
    session.wait_for(QUESTION).keys("\u{3}");
    assert_eq!(session.end().0, Some(130));
    assert!(!project.root().join("../home/.local/state/envctl/grants.json").exists());
    assert!(!project.root().join(".envctl").exists());
}

#[test]
fn a_confirmed_name_or_a_live_consent_needs_no_question() {
    let project = project();
    let show = "show production PASS --reveal";
    assert_eq!(person(&project, &format!("{show} --confirm production")), says(0, "canary-bird\n"));
    let refused = |why: &str| {
        says(3, &format!("refused: production is protected, and {why}\n  help: write --confirm production\n"))
    };
    for wrong in ["prod", "staging", "PRODUCTION"] {
        let said = person(&project, &format!("{show} --confirm {wrong}"));
        assert_eq!(said, refused("--confirm names something else"), "{wrong}");
    }
    assert_eq!(person(&project, &format!("{show} --no-input")), refused("nobody is there to confirm"));
    project.run("switch production --confirm production --for 5m").code(0);
    assert_eq!(person(&project, show), says(0, "canary-bird\n"));
    assert_eq!(person(&project, "show PASS --reveal --no-input"), says(0, "canary-bird\n"));
    assert_eq!(
        person(&project, &format!("{show} --confirm prod")),
        refused("--confirm names something else")
    );
}

#[test]
fn a_name_that_is_typed_or_confirmed_counts_for_nothing_without_a_terminal() {
    let project = project();
    project.run("switch production --confirm production").code(0);
    project.run("show production PASS --reveal --confirm production").code(3).stdout("").stderr(NOBODY);
}

#[test]
fn what_is_no_one_value_is_a_fault_before_anybody_is_asked() {
    let project = project().file("envs/production/.env", "PASS=canary-bird\nNONE=\n");
    let one = "error: --reveal prints one value, and one key has to be named\n  help: envctl show ENV KEY --reveal\n";
    let several =
        "error: PORT means 2 values\n  help: name one of `api.{env}.env::PORT`, `envs/{env}/.env::PORT`\n";
    let nothing = "  help: there is nothing to reveal\n";
    let reference = "  help: mend the reference\n";
    for (args, error) in [
        ("show --reveal", one.to_owned()),
        ("show production --reveal", one.to_owned()),
        ("show dev PASS PORT --reveal", one.to_owned()),
        ("show dev PORT --reveal", several.to_owned()),
        ("show production NONE --reveal", format!("error: NONE is empty\n{nothing}")),
        ("show dev EMPTY_TOKEN --reveal", format!("error: EMPTY_TOKEN is empty\n{nothing}")),
        (
            "show dev GONE_TOKEN --reveal",
            format!(
                "error: GONE_TOKEN has no value: it refers to ${{NOT_HERE}}, which is not defined before it\n{reference}"
            ),
        ),
        (
            "show dev AFTER_TOKEN --reveal",
            format!(
                "error: AFTER_TOKEN has no value: it refers to ${{GONE_TOKEN}}, whose own references lead nowhere\n{reference}"
            ),
        ),
        (
            "show dev ODD_TOKEN --reveal",
            format!(
                "error: ODD_TOKEN has no value: it refers to a key, which is not defined before it\n{reference}"
            ),
        ),
        (
            "show production URL --reveal",
            "error: URL is missing in production\n  help: `envctl show production URL` tells who has it\n"
                .to_owned(),
        ),
        (
            "show dev PASSS --reveal",
            "error: there is no key `PASSS`\n  help: did you mean `PASS`?\n".to_owned(),
        ),
    ] {
        assert_eq!(person(&project, args), says(2, &error), "{args}");
    }
}

#[test]
fn options_that_contradict_it_are_errors_of_usage() {
    let project = project();
    project
        .run("show dev PASS --reveal --format json")
        .code(2)
        .stdout("")
        .stderr("error: --reveal prints the bare value, and no JSON\n  help: leave one of them out\n");
    for args in
        ["show dev PASS --reveal --key P*", "show dev PASS --reveal --source x", "show dev --confirm dev"]
    {
        project.run(args).code(2).stdout("").never_says("hunter2");
    }
}

#[test]
fn an_environment_that_cannot_be_read_whole_reveals_nothing() {
    let project = project().file("envs/dev/.env", "PASS=hunter2\nbroken\n");
    let (code, screen) = person(&project, "show dev PASS --reveal");
    assert!(
        code == Some(2) && screen.contains("envs/dev/.env:2:1") && !screen.contains("hunter2"),
        "{screen}"
    );
}
