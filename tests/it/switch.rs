//! `switch`: what it says, writes and refuses, where nobody is at a terminal.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};

use serde_json::{Value, json};

use crate::project::{Project, Run};

const TO_STAGING: &str = "\
development → staging (staging)
  keys: 6 change, 0 come, 0 go
  SUPABASE_URL  hbmdjikvnaroiuaimbhz.supabase.co
  WEBHOOK_URL  telbot-staging.example.com
";

/// The selection as stored, and the time taken out.
fn state(project: &Project) -> Value {
    let text = fs::read_to_string(project.root().join(".envctl/state.json")).unwrap();
    let mut state: Value = serde_json::from_str(&text).unwrap();
    let time = state.as_object_mut().unwrap().remove("switched_at").unwrap();
    assert!(time.as_str().unwrap().ends_with('Z'), "{time}");
    let seen = state.as_object_mut().unwrap().remove("seen").unwrap();
    assert!(seen["manifest"]["size"].is_u64() && seen["description"]["modified"].is_string(), "{seen}");
    state
}

/// Everything below `dir`: path, mode and content.
fn snapshot(dir: &Path) -> Vec<(PathBuf, u32, Vec<u8>)> {
    let mut all = Vec::new();
    for entry in fs::read_dir(dir).unwrap() {
        let path = entry.unwrap().path();
        let meta = fs::symlink_metadata(&path).unwrap();
        let content = if meta.is_file() { fs::read(&path).unwrap() } else { Vec::new() };
        all.push((path.clone(), meta.permissions().mode(), content));
        if meta.is_dir() {
            all.extend(snapshot(&path));
        }
    }
    all.sort();
    all
}

/// All that a project's tests may change: the project, and the home beside it, but for the log.
fn world(project: &Project) -> Vec<(PathBuf, u32, Vec<u8>)> {
    let mut all = snapshot(project.outside());
    let state = project.outside().join("home/.local/state/envctl");
    all.retain(|(path, ..)| !path.ends_with("audit.jsonl") && !state.starts_with(path));
    all
}

#[test]
fn it_tells_what_changes_and_writes_one_selection() {
    let project = Project::shipped();
    project.run("switch staging").code(0).stdout("switched to staging\n").stderr(TO_STAGING);
    let written = json!({"schema_version": 1, "environment": "staging", "tier": "staging", "protected": false,
        "previous": "development"});
    assert_eq!(state(&project), written);
    project.run("switch DEV -q").code(0).stdout("switched to development\n").stderr("");
    assert_eq!(
        (&state(&project)["environment"], &state(&project)["previous"]),
        (&json!("development"), &json!("staging"))
    );
}

#[test]
fn its_folder_and_files_are_the_owners_alone_and_ignore_themselves() {
    let project = Project::shipped();
    project.run("switch production --confirm production").code(0);
    let mode = |path: &Path| fs::symlink_metadata(path).unwrap().permissions().mode() & 0o777;
    let (local, grants) =
        (project.root().join(".envctl"), project.root().join("../home/.local/state/envctl"));
    let names = |dir: &Path| {
        let mut names: Vec<_> = fs::read_dir(dir)
            .unwrap()
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .collect();
        names.sort();
        names
    };
    assert_eq!(names(&local), [".gitignore", "lock", "state.json"]);
    assert_eq!(names(&grants), ["audit.jsonl", "grants.json", "lock"]);
    assert_eq!(fs::read_to_string(local.join(".gitignore")).unwrap(), "*\n");
    for dir in [&local, &grants] {
        assert_eq!(mode(dir), 0o700, "{}", dir.display());
        for name in names(dir) {
            assert_eq!(mode(&dir.join(&name)), 0o600, "{name}");
        }
    }
}

#[test]
fn a_dash_is_the_environment_before() {
    let project = Project::shipped();
    let none = "error: there is no environment before this one\n  help: name one: envctl switch NAME\n";
    project.run("switch -").code(2).stdout("").stderr(none);
    project.run("switch staging").code(0);
    for name in ["development", "staging", "development"] {
        project.run("switch - -q").code(0).stdout(&format!("switched to {name}\n"));
        project.run("current").stdout(&format!("{name}\n"));
    }
    project.run("switch development").code(0); // the same again: what was before stays
    project.run("switch -q -").code(0).stdout("switched to staging\n");
    project.run("switch production --confirm production").code(0);
    project.run("switch -q -").code(0).stdout("switched to staging\n");
}

#[test]
fn a_dash_back_to_a_protected_environment_asks_again_when_the_consent_is_over() {
    let project = Project::shipped();
    project.run("switch production --confirm production --for 1s").code(0);
    project.run("switch staging").code(0);
    std::thread::sleep(std::time::Duration::from_millis(1100));
    project.run("switch -").code(3).stdout("").says("write --confirm production");
    project.run("current").stdout("staging\n");
}

#[test]
fn a_dry_run_shows_the_same_and_changes_nothing() {
    let project = Project::shipped();
    let before = world(&project);
    project.run("switch staging --dry-run").code(0).stdout(TO_STAGING).stderr("");
    project.run("switch production --confirm production --dry-run").code(0).says("development → production");
    project.run_with(&[("CI", "true")], "switch staging --dry-run").code(0).stdout(TO_STAGING);
    assert_eq!(world(&project), before);
}

#[test]
fn without_a_name_or_a_terminal_it_lists_the_names() {
    let project = Project::shipped();
    let before = world(&project);
    let names = "development\nstaging\nproduction\n";
    project.run("switch").code(0).stdout(names).stderr("name one of these: envctl switch NAME\n");
    assert_eq!(world(&project), before);
}

#[test]
fn what_cannot_be_meant_changes_nothing() {
    let cases = [
        (
            "switch prodction",
            2,
            "error: there is no environment `prodction`\n  help: did you mean `production`?\n",
        ),
        ("switch qqq", 2, "help: environments: development, staging, production\n"),
        ("switch ../development", 2, "an environment cannot be named `../development`"),
        ("switch --confirm production", 0, "name one of these"),
        ("switch staging --allow-agents", 2, "--allow-agents is about a consent, and staging needs none"),
        ("switch staging --for 10m", 2, "--for is about a consent, and staging needs none"),
        ("switch staging --force", 2, "--reason <TEXT>"),
        ("switch staging --reason why", 2, "--force"),
        ("switch staging development", 2, "unexpected argument"),
    ];
    let project = Project::shipped();
    let before = world(&project);
    for (args, code, part) in cases {
        project.run(args).code(code).says(part);
        assert_eq!(world(&project), before, "{args}");
    }
}

#[test]
fn in_ci_it_refuses_whatever_is_asked() {
    let project = Project::shipped();
    project.run("switch staging").code(0);
    let before = world(&project);
    for args in ["development", "-", "production --confirm production", "development --force --reason x"] {
        project.run_with(&[("CI", "true")], &format!("switch {args}")).code(3).stdout("").stderr(
            "refused: in CI nothing is selected: a job says on every command where it is\n  help: use --env NAME, or set ENVCTL_ENV\n",
        );
        assert_eq!(world(&project), before, "{args}");
    }
}

#[test]
fn a_target_with_errors_is_refused_unless_that_is_overridden() {
    let project = Project::shipped().edit("envs/staging/.env", "SUPABASE_URL=https", "SUPABASE_URL=ftp");
    let before = world(&project);
    for args in ["switch staging", "switch staging --dry-run"] {
        let run = project.run(args).code(3).says("envs/staging/.env:6");
        let last =
            "refused: staging has 1 error\n  help: mend it, or override it with --force --reason TEXT\n";
        assert!(run.stderr.ends_with(last), "{}", run.stderr);
        assert_eq!(world(&project), before);
    }
    let run = Run::of(project.command().args(["switch", "staging", "--force", "--reason", "a demo"])).code(0);
    run.stdout("switched to staging\n").says("warning: 1 error of staging overridden\n");
}

#[test]
fn what_only_warns_stops_nobody_unless_the_manifest_makes_it_an_error() {
    let gap = |manifest: &str| {
        let project = Project::new().file("envctl.toml", manifest).file("envs/dev/.env", "A=1\nB=2\n");
        project.file("envs/staging/.env", "A=1\n").file("envs/qa/.env", "A=1\nB=2\n")
    };
    gap("").run("switch staging").code(0);
    gap("[rules]\nparity = 'error'\n").run("switch staging").code(3).says("staging has 1 error");
    gap("[rules.in.staging]\nparity = 'error'\n").run("switch staging").code(3).says("staging has 1 error");
    gap("[rules.in.qa]\nparity = 'error'\n").run("switch staging").code(0);
    let strict = gap("").file("envs/staging/env.toml", "strict = true\n");
    strict.run("switch staging").code(3).says("staging has 1 error");
    let accepted = "[[accept]]\nrule = 'parity'\nkey = 'B'\nreason = 'x'\n";
    let counted = format!("{accepted}[rules]\nunused-acceptance = 'error'\n");
    gap(&counted).run("switch staging").code(0);
    let unused = counted.replace("'B'", "'C'");
    gap(&unused).run("switch staging").code(3).says("unused-acceptance");
}

#[test]
fn force_overrides_a_check_and_never_the_confirmation() {
    let project = Project::shipped().edit("envs/production/.env", "SUPABASE_URL=https", "SUPABASE_URL=ftp");
    project.run("switch production --confirm production").code(3).says("production has 1 error");
    project.run("switch production --force --reason x").code(3).says("write --confirm production");
    project.run("current").stdout("development\n");
    project.run("switch production --force --reason x --confirm production").code(0);
    project.run("current").stdout("production\n");
}

#[test]
fn a_target_that_cannot_be_read_is_refused() {
    let project = Project::shipped().file("envs/staging/.env", b"A=\xff\n");
    project.run("switch staging").code(3).says("refused: staging has ");
    project.run("switch development").code(0);
}

#[test]
fn a_variable_that_overrides_the_new_selection_is_said_at_once() {
    let project = Project::shipped();
    let run = project.run_with(&[("ENVCTL_ENV", "development")], "switch staging").code(0);
    let said = "note: ENVCTL_ENV selects development; envctl switch had selected staging\n";
    run.stdout("switched to staging\n").stderr(&format!("{TO_STAGING}{said}"));
}

#[test]
fn a_folder_that_cannot_be_written_leaves_the_old_selection() {
    let project = Project::shipped();
    project.run("switch staging").code(0);
    let (root, local) = (project.root().to_owned(), project.root().join(".envctl"));
    let program = project.outside().join("envctl");
    fs::copy(env!("CARGO_BIN_EXE_envctl"), &program).unwrap();
    let is_root = rustix::process::getuid().is_root();
    if is_root {
        for (path, ..) in world(&project) {
            std::os::unix::fs::lchown(path, Some(65534), Some(65534)).unwrap();
        }
        fs::set_permissions(project.outside(), PermissionsExt::from_mode(0o755)).unwrap();
    }
    let switch = || {
        let mut command = std::process::Command::new(&program);
        command.env_clear().env("HOME", root.join("../home")).current_dir(&root);
        if is_root {
            command.uid(65534).gid(65534);
        }
        Run::of(command.args(["switch", "development", "-q"]))
    };
    let old = fs::read(local.join("state.json")).unwrap();
    fs::set_permissions(&local, PermissionsExt::from_mode(0o500)).unwrap();
    let said = "error: the selection cannot be written: permission denied\n  help: nothing has changed\n";
    switch().code(2).stdout("").stderr(said);
    assert_eq!(fs::read(local.join("state.json")).unwrap(), old);
    fs::set_permissions(&local, PermissionsExt::from_mode(0o700)).unwrap();
    fs::remove_dir_all(&local).unwrap();
    fs::set_permissions(&root, PermissionsExt::from_mode(0o555)).unwrap();
    let said = "error: .envctl cannot be created: permission denied\n  help: make its folder writable\n";
    switch().code(2).stdout("").stderr(said);
    fs::set_permissions(&root, PermissionsExt::from_mode(0o755)).unwrap();
    switch().code(0);
}

#[test]
fn force_does_not_pass_a_description_that_cannot_be_read() {
    let project = Project::shipped().file("envs/staging/env.toml", "protected = true\nflags =");
    let run = project.run("switch staging --force --reason hurry").code(3).stdout("");
    run.says("refused: the description of staging cannot be read, so nobody knows whether it is protected\n");
    project.run("current").code(0).stdout("development\n");
}

#[test]
fn the_projects_own_next_step_is_shown_and_never_taken() {
    let project = Project::new()
        .file("envs/dev/env.toml", "")
        .file("envs/staging/env.toml", "after-switch = \"touch taken\\u001b[31m\"\n")
        .file("envctl.toml", "[environments.dev]\nafter-switch = 'make up'\n");
    let run = project.run("switch staging").code(0).stdout("switched to staging\n").shows_all();
    assert!(run.stderr.ends_with("\nnext: touch taken\\u{1b}[31m\n"), "{}", run.stderr);
    project.run("switch dev").code(0).says("next: make up\n");
    project.run("switch dev -q").code(0).stderr("");
    project.run("switch staging --dry-run").code(0).never_says("next:");
    assert!(!project.root().join("taken").exists());
}
