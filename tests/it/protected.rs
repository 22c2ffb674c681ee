//! Protected environments: who may confirm, for how long, and that no project brings a consent along.

use std::fs;
use std::path::Path;
use std::process::Command;
use std::thread::sleep;
use std::time::Duration;

use serde_json::Value;

use crate::project::{Project, Run};

const CONFIRM: &str = "  help: write --confirm production\n";
const NOBODY: &str = "refused: production is protected, and nobody is there to confirm\n";
const ENDED: &str = "note: the consent to production has ended; `envctl switch production` renews it\n";

fn grants(project: &Project) -> Vec<Value> {
    let path = project.root().join("../home/.local/state/envctl/grants.json");
    let text = fs::read_to_string(path).unwrap_or_else(|_| r#"{"grants":[]}"#.to_owned());
    let json: Value = serde_json::from_str(&text).unwrap();
    json["grants"].as_array().unwrap().clone()
}

/// Refused, nothing written, nothing selected.
#[track_caller]
fn refused(project: &Project, variables: &[(&str, &str)], args: &str, stderr: &str) {
    let run = project.run_with(variables, args).code(3).stdout("");
    assert!(run.stderr.ends_with(stderr), "{}", run.stderr);
    assert!(grants(project).is_empty() && !project.root().join(".envctl").exists());
    project.run("current").stdout("development\n").stderr("");
}

#[test]
fn nobody_at_the_terminal_is_a_refusal_that_names_the_flag() {
    let project = Project::shipped();
    let shown = "\
development → production (production)
  keys: 6 change, 0 come, 0 go
  SUPABASE_URL  crsgfkbdpnyqbslbxsyu.supabase.co
  WEBHOOK_URL  telbot.example.com
";
    project.run("switch production").code(3).stdout("").stderr(&format!("{shown}{NOBODY}{CONFIRM}"));
    let nobody = format!("{NOBODY}{CONFIRM}");
    let asks =
        format!("{shown}  production is protected: a person has to type its name, or --confirm production\n");
    project.run("switch production --confirm production --dry-run").code(0).stdout(&asks).stderr("");
    refused(&project, &[], "switch production --no-input", &nobody);
    refused(&project, &[], "--env production switch production", &nobody);
    refused(&project, &[("ENVCTL_ENV", "production")], "switch production", &nobody);
    for wrong in ["prod", "PRODUCTION", "production ", "yes", "staging", ""] {
        let run = Run::of(project.command().args(["switch", "production", "--confirm", wrong])).code(3);
        let said = "refused: production is protected, and --confirm names something else\n";
        assert!(run.stderr.ends_with(&format!("{said}{CONFIRM}")), "{wrong:?}: {}", run.stderr);
    }
    assert!(grants(&project).is_empty());
}

#[test]
fn a_coding_agent_may_not_confirm_even_while_a_persons_consent_lasts() {
    let project = Project::shipped();
    let said = |agent: &str| {
        format!(
            "refused: production is protected, and a coding agent may not confirm ({agent} is set)\n  \
             help: a person runs `envctl switch production --for 15m --allow-agents` in a shell of their own\n"
        )
    };
    for agent in crate::agents::AGENTS {
        refused(&project, &[(agent, "1")], "switch production --confirm production", &said(agent));
        refused(&project, &[(agent, "x")], "switch production", &said(agent));
    }
    project.run("switch production --confirm production").code(0);
    project.run("switch development").code(0);
    let run = project.run_with(&[("CLAUDECODE", "1")], "switch production").code(3);
    assert!(run.stderr.ends_with(&said("CLAUDECODE")), "{}", run.stderr);
    project.run("current").stdout("development\n");
    project.run_with(&[("CLAUDECODE", "1")], "switch staging").code(0);
}

#[test]
fn a_persons_settings_are_no_agent() {
    for variable in
        [("CODEX_HOME", "/x"), ("CLAUDECODE", ""), ("CLAUDE_CONFIG_DIR", "/x"), ("OPENCODE_CONFIG", "x")]
    {
        let project = Project::shipped();
        project.run_with(&[variable], "switch production --confirm production").code(0);
    }
}

#[test]
fn a_consent_lasts_an_hour_or_as_long_as_said_and_at_most_twelve() {
    for (length, minutes) in [("", 60), ("--for 30m", 30), ("--for 12h", 720), ("--for PT2H", 120)] {
        let project = Project::shipped();
        let run = project.run(&format!("switch production --confirm production {length}")).code(0);
        assert!(
            run.stderr.ends_with("telbot.example.com\n"),
            "nothing is said after the target: {}",
            run.stderr
        );
        let granted = &grants(&project)[0];
        let time = |name: &str| granted[name].as_str().unwrap().parse::<jiff::Timestamp>().unwrap();
        let (from, until) = (time("granted_at"), time("expires_at"));
        assert_eq!(from.duration_until(until).as_secs(), minutes * 60, "{length}");
        run.stdout(&format!("switched to production until {}\n", until.strftime("%Y-%m-%d %H:%M UTC")));
    }
}

#[test]
fn a_length_out_of_bounds_is_an_error_of_usage() {
    let project = Project::shipped();
    for length in
        ["0", "0s", "-5m", "13h", "12h1s", "1d", "bla", "", "99999999999999999999h", "1mo", "\u{1b}[31m"]
    {
        let run = Run::of(
            project
                .command()
                .args(["switch", "production", "--confirm", "production"])
                .arg(format!("--for={length}")),
        );
        let run = run.code(2).stdout("").says("--for");
        assert!(!run.stderr.contains('\u{1b}') && grants(&project).is_empty(), "{length:?}: {}", run.stderr);
    }
}

#[test]
fn when_the_consent_ends_it_is_the_default_again_and_said_once_per_command() {
    let project = Project::shipped();
    project.run("switch production --confirm production --for 3s").code(0);
    project.run("current").code(0).stdout("production\n").stderr("");
    sleep(Duration::from_millis(3100));
    for command in ["current", "list", "banner", "context --stdout", "switch development --dry-run"] {
        let run = project.run(command).code(0);
        assert_eq!(run.stderr, ENDED, "{command}");
        if !command.contains("--stdout") {
            assert!(!run.stdout.contains("consent"), "{command}: {}", run.stdout);
        }
    }
    project.run("prompt").code(0).stdout("development\n").stderr("");
    project.run("switch production").code(3);
    project.run("switch production --confirm production").code(0);
    project.run("current").code(0).stdout("production\n").stderr("");
}

#[test]
fn a_live_consent_is_not_asked_for_again_and_a_new_one_replaces_it() {
    let project = Project::shipped();
    project.run("switch production --confirm production --for 10m").code(0);
    project.run("switch staging").code(0);
    project.run("switch production").code(0);
    project.run("switch production --for 5m").code(3).says("write --confirm production");
    project.run("switch production --for 5m --confirm production").code(0);
    assert_eq!(grants(&project).len(), 1);
}

#[test]
fn a_tier_or_a_declaration_protects_and_so_does_a_name_that_nobody_can_place() {
    let cases = [
        ("live", "tier = \"development\"\n", 0),
        ("live", "", 3),
        ("prod-eu", "", 3),
        ("blue", "", 3),
        ("blue", "tier = \"test\"\n", 0),
        ("qa", "protected = true\n", 3),
        ("production", "protected = false\n", 3),
    ];
    for (name, text, code) in cases {
        let project = Project::new().file(&format!("envs/{name}/env.toml"), text);
        project.run(&format!("switch {name}")).code(code);
        project.run(&format!("switch {name} --confirm {name}")).code(0);
    }
}

/// `from` copied with everything in it.
fn copy(from: &Path, to: &Path) {
    assert!(Command::new("cp").arg("-R").args([from, to]).status().unwrap().success());
}

#[test]
fn a_copied_or_moved_project_has_no_consent_and_a_link_to_it_has() {
    let project = Project::shipped();
    project.run("switch production --confirm production").code(0);
    let twin = project.root().join("../twin");
    copy(project.root(), &twin);
    let current = |dir: &Path| Run::of(project.command().arg("-C").arg(dir).arg("current")).code(0);
    current(&twin).stdout("development\n").stderr(ENDED);
    let link = project.root().join("../link");
    std::os::unix::fs::symlink(project.root(), &link).unwrap();
    current(&link).stdout("production\n").stderr("");
    fs::rename(project.root(), project.root().join("../moved")).unwrap();
    fs::create_dir(project.root()).unwrap();
    current(&project.root().join("../moved")).stdout("development\n").stderr(ENDED);
}

#[test]
fn a_clone_that_brings_a_selection_of_production_along_is_not_on_production() {
    let state = r#"{"schema_version":1,"environment":"production","tier":"development","protected":false,
        "switched_at":"2026-01-01T00:00:00Z","previous":null}"#;
    let grants = r#"{"schema_version":1,"grants":[{"project":"PATH","environment":"production",
        "granted_at":"2026-01-01T00:00:00Z","expires_at":"2099-01-01T00:00:00Z"}]}"#;
    let project = Project::shipped().file(".envctl/state.json", state);
    let grants = grants.replace("PATH", project.root().to_str().unwrap());
    let project = project.file(".envctl/grants.json", grants);
    project.run("current").code(0).stdout("development\n").stderr(ENDED);
    project.run("prompt").code(0).stdout("development\n").stderr("");
}

#[test]
fn a_forged_selection_that_knows_every_stamp_is_not_believed_either() {
    let project = Project::shipped();
    project.run("switch production --confirm production").code(0);
    fs::remove_file(project.root().join("../home/.local/state/envctl/grants.json")).unwrap();
    let path = project.root().join(".envctl/state.json");
    let real = fs::read_to_string(&path).unwrap();
    for (from, to) in [
        ("", ""),
        ("\"protected\": true", "\"protected\": false"),
        ("\"tier\": \"production\"", "\"tier\": \"development\""),
    ] {
        let forged = fs::read_to_string(&path).unwrap().replace(from, to);
        assert!(from.is_empty() || forged != real, "nothing was forged");
        fs::write(&path, forged).unwrap();
        project.run("current").code(0).stdout("development\n").stderr(ENDED);
        project.run("prompt").code(0).stdout("development\n").stderr("");
        project.run("export").code(3).stdout("");
    }
}

#[test]
fn grants_that_are_none_of_ours_grant_nothing() {
    let one = |from: &str, until: &str, version: u32| {
        format!(
            r#"{{"schema_version":{version},"grants":[{{"project":"PATH","environment":"production","granted_at":"{from}","expires_at":"{until}"}}]}}"#
        )
    };
    let (now, second) = (jiff::Timestamp::now(), jiff::SignedDuration::from_secs(1));
    let (before, soon, late) = (now - second * 60, now + second * 600, now + second * 3600 * 13);
    let cases = [
        (one(&before.to_string(), &soon.to_string(), 1), "production\n"),
        (one(&before.to_string(), &soon.to_string(), 2), "development\n"),
        (one(&before.to_string(), &late.to_string(), 1), "development\n"),
        (one(&soon.to_string(), &(soon + second).to_string(), 1), "development\n"),
        ("{".to_owned(), "development\n"),
        (String::new(), "development\n"),
        ("[]".to_owned(), "development\n"),
    ];
    for (text, name) in cases {
        let project = Project::shipped();
        project.run("switch production --confirm production").code(0);
        let text = text.replace("PATH", project.root().to_str().unwrap());
        let project = project.file("../home/.local/state/envctl/grants.json", &text);
        assert_eq!(project.run("current").code(0).stdout, name, "{text}");
        project.run("switch production --confirm production").code(0);
        project.run("current").code(0).stdout("production\n");
    }
}

#[test]
fn without_an_absolute_folder_for_it_there_is_no_consent() {
    let project = Project::shipped();
    let cases: &[&[(&str, &str)]] = &[
        &[("HOME", "")],
        &[("HOME", "home")],
        &[("HOME", "home"), ("XDG_STATE_HOME", "state")],
        &[("HOME", ""), ("XDG_STATE_HOME", "./state")],
    ];
    for variables in cases {
        let run = project.run_with(variables, "switch production --confirm production").code(2).stdout("");
        let said = "error: there is no folder to keep a consent in\n  help: set HOME or XDG_STATE_HOME to an absolute path\n";
        assert!(run.stderr.ends_with(said), "{}", run.stderr);
        project.run_with(variables, "current").code(0).stdout("development\n").stderr("");
        project.run_with(variables, "switch staging").code(0);
        fs::remove_dir_all(project.root().join(".envctl")).unwrap();
        assert!(!project.root().join("state").exists() && !project.root().join("home").exists());
    }
    let state = project.root().join("../elsewhere");
    let variables = [("HOME", ""), ("XDG_STATE_HOME", state.to_str().unwrap())];
    project.run_with(&variables, "switch production --confirm production").code(0);
    assert!(state.join("envctl/grants.json").exists());
    project.run_with(&variables, "current").code(0).stdout("production\n");
    project.run("current").code(0).stdout("development\n").stderr(ENDED);
}
