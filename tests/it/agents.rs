//! Coding agents: what a person may let them do, and that they cannot let themselves do it.

use std::fs;
use std::thread::sleep;
use std::time::{Duration, Instant};

use crate::project::Project;
use crate::terminal::Terminal;

/// Every variable that tells of an agent.
pub const AGENTS: &[&str] = &[
    "CLAUDECODE",
    "CODEX_SANDBOX",
    "CODEX_THREAD_ID",
    "GEMINI_CLI",
    "CURSOR_AGENT",
    "COPILOT_CLI",
    "OPENCODE",
    "AI_AGENT",
];

const REFUSED: &str = "a coding agent may not confirm";

#[test]
fn what_a_person_allows_an_agent_uses_as_long_as_it_lasts() {
    let project = Project::shipped();
    let granted = project.run("switch production --confirm production --for 15m --allow-agents -q").code(0);
    assert!(granted.stdout.ends_with(" UTC, for coding agents too\n"), "{}", granted.stdout);
    for agent in AGENTS {
        let variables = [(*agent, "1")];
        project
            .run_with(&variables, "export production --key LOG_LEVEL")
            .code(0)
            .says("export LOG_LEVEL='warning'");
        project.run_with(&variables, "switch production -q").code(0);
    }
    project
        .run("log")
        .code(0)
        .says(", for coding agents too")
        .says("? (CURSOR_AGENT)     export  production  ");
}

#[test]
fn an_agent_is_told_whether_a_consent_is_for_it() {
    let project = Project::shipped();
    for (args, allowed) in [("", false), (" --allow-agents", true)] {
        project.run(&format!("switch production --confirm production{args}")).code(0);
        let agents = |args: &str, part: &str| {
            project.run_with(&[("CLAUDECODE", "1")], args).code(0).json().pointer(part).cloned()
        };
        assert_eq!(agents("current --format json", "/agents"), Some(allowed.into()));
        assert_eq!(agents("context --stdout", "/environment/agents"), Some(allowed.into()));
        assert_eq!(agents("context --stdout --env staging", "/environment/agents"), Some(().into()));
    }
}

#[test]
fn no_agent_grants_renews_or_widens_a_consent() {
    for agent in AGENTS {
        let project = Project::shipped();
        let grants = project.root().join("../home/.local/state/envctl/grants.json");
        let confirmed = "switch production --confirm production --allow-agents";
        project.run_with(&[(agent, "1")], confirmed).code(3).says(REFUSED);
        assert!(!grants.exists());
        project.run("switch production --confirm production --allow-agents").code(0);
        let before = fs::read(&grants).unwrap();
        for args in [confirmed, "switch production --for 12h", "export production --confirm production"] {
            project.run_with(&[(agent, "1")], args).code(3).says(REFUSED).says("--for 15m --allow-agents");
        }
        assert_eq!(fs::read(&grants).unwrap(), before);
    }
}

#[test]
fn a_consent_for_persons_is_none_for_agents_and_takes_the_place_of_one_that_was() {
    let project = Project::shipped();
    let agent = [("CLAUDECODE", "1")];
    project.run("switch production --confirm production --allow-agents").code(0);
    project.run_with(&agent, "export production --names").code(0);
    project.run_with(&agent, "export production").code(0);
    project.run("switch production --confirm production").code(0);
    project.run_with(&agent, "export production").code(3).stdout("").says(REFUSED);
    project.run("export production").code(0);
}

#[test]
fn it_ends_when_it_ends() {
    let project = Project::shipped();
    project.run("switch production --confirm production --for 1s --allow-agents").code(0);
    let until = Instant::now() + Duration::from_secs(20);
    while project.run_with(&[("AI_AGENT", "x")], "export production").code == Some(0) {
        assert!(Instant::now() < until, "it never ends");
        sleep(Duration::from_millis(100));
    }
    project.run_with(&[("AI_AGENT", "x")], "export production").code(3).says(REFUSED);
    project.run("export production").code(3).says("nobody is there to confirm");
}

#[test]
fn an_agent_at_a_terminal_is_not_asked_at_all() {
    for agent in AGENTS {
        let project = Project::shipped();
        let mut command = project.command();
        command.env(agent, "1").args(["switch", "production", "--allow-agents"]);
        let (code, screen) = Terminal::new(80).start(&mut command).end();
        assert!(code == Some(3) && !screen.contains("Type its name"), "{agent}: {screen}");
    }
}

#[test]
fn an_agent_that_is_allowed_in_still_gets_to_see_no_value() {
    let project = Project::shipped();
    project.run("switch production --confirm production --allow-agents").code(0);
    let agent = [("CLAUDECODE", "1")];
    project
        .run_with(&agent, "show production BOT_TOKEN --reveal")
        .code(3)
        .stdout("")
        .says("may not see a secret");
}
