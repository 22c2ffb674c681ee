//! `log`: what is written down, where, and how it is shown.

use std::fs;
use std::os::unix::fs::{PermissionsExt, symlink};
use std::path::PathBuf;

use serde_json::{Value, json};

use crate::project::Project;

/// The file that the log lies in.
fn file(project: &Project) -> PathBuf {
    project.root().join("../home/.local/state/envctl/audit.jsonl")
}

/// The lines as they lie there, without what is another one on each machine.
#[track_caller]
fn lines(project: &Project) -> Vec<Value> {
    let text = fs::read_to_string(file(project)).unwrap_or_default();
    let line = |line: &str| {
        let mut line: Value = serde_json::from_str(line).unwrap();
        let fields = line.as_object_mut().unwrap();
        assert!(fields.remove("time").unwrap().as_str().unwrap().ends_with('Z'));
        assert!(!fields.remove("host").unwrap().as_str().unwrap().is_empty());
        assert_eq!(fields.remove("project").unwrap(), project.root().to_str().unwrap());
        assert_eq!(fields.remove("schema_version").unwrap(), 1);
        fields.retain(|_, value| !value.is_null());
        line
    };
    text.lines().map(line).collect()
}

#[test]
fn a_switch_a_consent_a_force_and_a_refusal_are_a_line_each() {
    let project = Project::shipped();
    let ann = [("USER", "ann")];
    project.run_with(&ann, "switch staging").code(0);
    project
        .run_with(&[("LOGNAME", "bob"), ("CLAUDECODE", "1")], "switch production --confirm production")
        .code(3);
    project.run_with(&ann, "switch production --confirm production").code(0);
    let project = project.edit("envs/production/.env", "BOT_TOKEN=", "BOT_TOKEN=changeme #");
    project.run_with(&ann, "switch production").code(3);
    project.run_with(&ann, "switch production --force --reason incident-7").code(0);
    let mut lines = lines(&project);
    assert!(lines[2].as_object_mut().unwrap().remove("until").unwrap().is_string());
    let ann = |more: Value| {
        let mut line = json!({"user": "ann", "action": "switch", "from": "production", "to": "production"});
        line.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        line
    };
    let agent = "production is protected, and a coding agent may not confirm (CLAUDECODE is set)";
    assert_eq!(
        lines,
        [
            ann(json!({"from": "development", "to": "staging", "result": "done"})),
            json!({"user": "bob", "action": "switch", "from": "staging", "to": "production", "agent": "CLAUDECODE",
                "result": "refused", "reason": agent}),
            ann(json!({"from": "staging", "action": "grant", "result": "done", "agents": false})),
            ann(json!({"from": "staging", "result": "done"})),
            ann(json!({"result": "refused", "reason": "production has 2 errors"})),
            ann(json!({"result": "forced", "reason": "incident-7"})),
        ]
    );
}

#[test]
fn an_export_is_told_of_where_the_environment_is_protected_or_it_was_refused() {
    let project = Project::shipped();
    project.run("export staging").code(0);
    project.run("export production --names").code(0);
    assert!(lines(&project).is_empty());
    project.run("export production").code(3);
    project.run("export production --confirm production").code(0);
    project.run("show production BOT_TOKEN --reveal").code(3);
    let refused = |action: &str, why: &str| json!({"action": action, "to": "production", "result": "refused", "reason": why});
    assert_eq!(
        lines(&project),
        [
            refused("export", "production is protected, and nobody is there to confirm"),
            json!({"action": "export", "to": "production", "result": "done"}),
            refused("reveal", "a value is revealed to a person at a terminal, and nobody is there"),
        ]
    );
}

#[test]
fn branch_and_commit_are_told_and_the_files_are_the_owners_alone() {
    let project = Project::shipped().committed();
    project.run("switch staging").code(0);
    let line = &lines(&project)[0];
    assert_eq!(line["commit"].as_str().unwrap().len(), 7, "{line}");
    assert!(["main", "master"].contains(&line["branch"].as_str().unwrap()), "{line}");
    let mode = |path: PathBuf| fs::metadata(path).unwrap().permissions().mode() & 0o777;
    assert_eq!((mode(file(&project)), mode(file(&project).parent().unwrap().to_owned())), (0o600, 0o700));
}

#[test]
fn what_others_chose_is_cut_and_escaped() {
    let project = Project::shipped().edit("envs/staging/.env", "BOT_TOKEN=", "BOT_TOKEN=changeme #");
    let reason = format!("\u{1b}[31m\u{202e}{}", "x".repeat(5000));
    let mut command = project.command();
    command.args(["switch", "staging", "--force", "--reason", &reason]).env("USER", "y\nz".repeat(500));
    crate::project::Run::of(&mut command).code(0);
    let text = fs::read_to_string(file(&project)).unwrap();
    assert!(text.len() < 2000 && text.lines().count() == 1, "{text}");
    assert!(text.contains("\\u001b[31m\\u202exxx"), "{text}");
    project.run("log").code(0).shows_all().says("because: \\u{1b}[31m\\u{202e}xxx");
}

#[test]
fn it_shows_this_project_newest_last_or_all_of_them() {
    let project = Project::shipped();
    project.run("log").code(0).stdout("").stderr("nothing has been written down yet\n");
    let line = |minute: u8, root: &str, rest: &str| {
        format!(
            "{{\"schema_version\":1,\"time\":\"2026-11-21T10:0{minute}:05Z\",\"project\":\"{root}\",{rest}}}\n"
        )
    };
    let root = project.root().to_str().unwrap();
    let text = line(1, "/other", r#""user":"eve","action":"export","result":"done","to":"staging""#)
        + &line(
            2,
            root,
            r#""user":"ann","action":"switch","result":"forced","from":"dev","to":"prod","reason":"why""#,
        )
        + "half a line\n{\"schema_version\":2}\n"
        + &line(
            3,
            root,
            r#""action":"run","result":"refused","to":"prod","program":"psql","agent":"GEMINI_CLI""#,
        )
        + &line(
            4,
            root,
            r#""user":"ann","action":"grant","result":"done","to":"prod","until":"2026-11-21T11:04:05Z""#,
        );
    fs::create_dir_all(file(&project).parent().unwrap()).unwrap();
    fs::write(file(&project), text).unwrap();
    let unreadable = "note: 2 lines of the log cannot be read\n";
    let last = "2026-11-21 10:03 UTC  ? (GEMINI_CLI)  run psql  prod  refused\n\
        2026-11-21 10:04 UTC  ann             grant     prod  done     until 2026-11-21 11:04 UTC\n";
    let first = "2026-11-21 10:02 UTC  ann             switch    dev → prod  forced   because: why\n";
    project
        .run("log")
        .code(0)
        .stdout(&(first.to_owned() + &last.replace("  prod  ", "  prod        ")))
        .stderr(unreadable);
    project
        .run("log -n 2")
        .code(0)
        .stdout(last)
        .stderr(&format!("note: 1 line before these; -n shows more\n{unreadable}"));
    let all = project.run("log --all --format json").code(0).json();
    assert_eq!((&all["unreadable"], all["lines"].as_array().unwrap().len()), (&json!(2), 4));
    project.run("log --all -q -C /").code(0).stderr("").says("eve").says("/other");
}

#[test]
fn the_log_goes_its_own_way_whatever_lies_in_its_place() {
    let project = Project::shipped().file("target", "old");
    fs::create_dir_all(file(&project).parent().unwrap()).unwrap();
    symlink(project.root().join("target"), file(&project)).unwrap();
    let quiet = project.run("switch staging").code(0).stdout("switched to staging\n");
    assert!(!quiet.stderr.contains("log"), "{}", quiet.stderr);
    project.run("switch staging -v").code(0).says("note: this is not in the log: ");
    assert_eq!(fs::read_to_string(project.root().join("target")).unwrap(), "old");
    project.run("log").code(2).says("audit.jsonl is a link, and is not followed");
    let homeless = project.run_with(&[("HOME", "relative")], "switch development").code(0);
    let log = project.run_with(&[("HOME", "relative")], "log").code(2).stdout("");
    log.says("there is no folder to keep a log in, and nothing is written down");
    homeless.stdout("switched to development\n");
}

#[test]
fn a_dry_run_and_an_answer_without_consequences_leave_no_line() {
    let project = Project::shipped();
    project.run("switch production --dry-run").code(0);
    project.run("show production").code(0);
    project.run("guard --not production").code(0);
    assert!(!file(&project).exists());
}
