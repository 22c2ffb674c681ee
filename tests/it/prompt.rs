//! `prompt`: never an error, never in the way, and nothing in it that a shell could act upon.

use std::fs;
use std::process::Command;

use crate::project::{Project, Run};
use crate::terminal::Terminal;
use crate::tools::{self, need};

/// The project, on a branch of this name.
fn on_branch(project: Project, branch: &str) -> Project {
    project.dir(".git/objects").dir(".git/refs").file(".git/HEAD", format!("ref: refs/heads/{branch}\n"))
}

#[test]
fn it_is_the_name_and_a_mark_where_care_is_needed() {
    let project = Project::shipped();
    project.run("prompt").code(0).stdout("development\n").stderr("");
    project.run("--env prod prompt").code(0).stdout("production!\n").stderr("");
    project.run_with(&[("ENVCTL_ENV", "staging")], "prompt").code(0).stdout("staging\n").stderr("");
}

#[test]
fn outside_a_project_it_is_nothing() {
    let plain = Project::new().file("envs/development/.env", "A=1\n").dir("deep/er");
    for args in [
        "prompt",
        "prompt --template {name}",
        "-C deep/er prompt",
        "-C nowhere prompt",
        "--project nowhere prompt",
    ] {
        plain.run(args).code(0).stdout("").stderr("");
    }
    let run = Run::of(plain.command().current_dir(plain.outside()).args(["prompt", "--shell", "bash"]));
    run.code(0).stdout("").stderr("");
    let gone = Project::shipped().dir("gone");
    let script = "cd gone && rmdir ../gone && exec \"$0\" prompt";
    let mut command = Command::new("sh");
    command.args(["-c", script, env!("CARGO_BIN_EXE_envctl")]).env_clear().current_dir(gone.root());
    Run::of(&mut command).code(0).stdout("").stderr("");
}

#[test]
fn what_it_cannot_know_is_a_question_mark_and_no_error() {
    let unknown = Project::shipped();
    let broken = [
        Project::shipped().file("envctl.toml", "[project\n"),
        Project::shipped().file("envctl.toml", b"\xff"),
        Project::shipped().file("envctl.toml", "[project]\nenvctl = \">=99\"\n"),
        Project::shipped().edit("envctl.toml", "\"development\"", "\"production\""),
        Project::new().file("envctl.toml", ""),
        Project::shipped().file(".envctl/state.json", "garbage"),
    ];
    unknown.run_with(&[("ENVCTL_ENV", "qqq")], "prompt").code(0).stdout("?\n").stderr("");
    unknown.run("--env $(x) prompt").code(0).stdout("?\n").stderr("");
    for project in broken {
        project.run("prompt").code(0).stdout("?\n").stderr("");
        project.run("prompt --template {name}/{tier}/{branch}").code(0).stdout("?/?/?\n").stderr("");
        project.run("prompt --shell bash").code(0).stdout("?\n").stderr("");
    }
    let nobody = Project::new().file("envs/staging/.env", "A=1\n").dir(".envctl");
    nobody.run("prompt").code(0).stdout("").stderr("");
}

#[test]
fn a_template_says_what_else() {
    let project = on_branch(Project::shipped(), "feature/x-1");
    let cases = [
        ("{name}", "staging\n"),
        ("[{tier}] {name}@{branch} ", "[staging] staging@feature/x-1 \n"),
        ("{name}{name}", "stagingstaging\n"),
        ("{other} {", "{other} {\n"),
        ("", "\n"),
    ];
    for (template, stdout) in cases {
        let mut command = project.command();
        let run = Run::of(command.args(["--env", "staging", "prompt", "--template", template]));
        assert_eq!(
            (run.code, run.stdout.as_str(), run.stderr.as_str()),
            (Some(0), stdout, ""),
            "{template:?}"
        );
    }
}

#[test]
fn a_branch_loses_all_that_a_shell_or_a_terminal_could_act_upon() {
    let cases = [
        ("main", "main"),
        ("feature/a.b_c-d+e#1@f=g", "feature/a.b_c-d+e#1@f=g"),
        ("日本/ünïcode", "日本/ünïcode"),
        ("$(touch${IFS}x)", "??touch??IFS?x?"),
        ("`touch x`", "?touch?x?"),
        ("%n%{\\u\\h!!", "?n???u?h??"),
        ("a\u{1b}[31m\u{202e}\u{200b}\u{3164}\u{9b}b", "a??31m????b"),
        ("{name}", "?name?"),
        ("a;b|c&d<e>f*g?h~i'j\"k", "a?b?c?d?e?f?g?h?i?j?k"),
        (&"x".repeat(300), &"x".repeat(80)),
    ];
    for (branch, shown) in cases {
        let project = on_branch(Project::shipped(), branch);
        project.run("prompt --template {branch}").code(0).stdout(&format!("{shown}\n"));
    }
    let mut bytes = b"ref: refs/heads/a\xff\xfeb".to_vec();
    bytes.push(b'\n');
    let project = on_branch(Project::shipped(), "x").file(".git/HEAD", bytes);
    project.run("prompt --template {branch}").code(0).stdout("a??b\n");
}

#[test]
fn the_branch_is_read_only_when_it_is_asked_for() {
    need!("strace"; tools::can_trace() => "strace that may trace");
    let project = on_branch(Project::shipped(), "main");
    let reads_git = |args: &str| {
        let mut strace = Command::new("strace");
        strace.args(["-f", "-e", "trace=open,openat,readlink,readlinkat", env!("CARGO_BIN_EXE_envctl")]);
        strace.args(args.split(' ')).env_clear().current_dir(project.root());
        let run = Run::of(&mut strace).code(0);
        assert!(!run.stderr.contains("/.env\""), "a prompt reads no file of values: {}", run.stderr);
        run.stderr.contains("/HEAD\"")
    };
    assert!(!reads_git("prompt"));
    assert!(!reads_git("prompt --template {name}"));
    assert!(reads_git("prompt --template {branch}"));
}

#[test]
fn colours_are_wrapped_for_the_shell_that_counts_columns() {
    let (green, red, off) = ("\u{1b}[32m", "\u{1b}[1;31m", "\u{1b}[0m");
    let cases = [
        ("prompt", "development\n".to_owned()),
        ("prompt --color always", format!("{green}development{off}\n")),
        ("--env prod prompt --color always", format!("{red}production!{off}\n")),
        ("prompt --shell bash", format!("\u{1}{green}\u{2}development\u{1}{off}\u{2}\n")),
        ("--env prod prompt --shell bash", format!("\u{1}{red}\u{2}production!\u{1}{off}\u{2}\n")),
        ("--env prod prompt --shell zsh", format!("%{{{red}%}}production!%{{{off}%}}\n")),
        ("prompt --shell zsh --color never", "development\n".to_owned()),
    ];
    let project = Project::shipped();
    for (args, stdout) in cases {
        project.run(args).code(0).stdout(&stdout);
    }
    project.run_with(&[("NO_COLOR", "1")], "prompt --shell bash").code(0).stdout("development\n");
    project.run_with(&[("TERM", "dumb")], "prompt --shell bash").code(0).stdout("development\n");
}

/// Branches that would run something or read something if a shell expanded what it is given.
const HOSTILE: &[&str] =
    &["$(touch${IFS}x)", "`touch${IFS}x`", "\\$(touch${IFS}x)", "%n%m", "\\u\\w", "!!", "${PS1}", "%(?.a.b)"];

/// Starts an interactive shell whose prompt is ours, on each hostile branch, and gives what it showed.
fn shown_by(shell: &[&str], prompt: &str) {
    for branch in HOSTILE {
        let project = on_branch(Project::shipped(), branch);
        let mut command = Command::new(shell[0]);
        command
            .args(&shell[1..])
            .env_clear()
            .env("HOME", project.root().join("../home"))
            .env("TERM", "xterm");
        command.env("ENVCTL", env!("CARGO_BIN_EXE_envctl")).env("PS1", prompt).current_dir(project.root());
        let mut session = Terminal::new(80).start(&mut command);
        session.wait_for("~~~>").keys("exit\r");
        let (_, screen) = session.end();
        let safe: String =
            branch.chars().map(|c| if c.is_ascii_alphanumeric() || c == '.' { c } else { '?' }).collect();
        assert!(screen.contains(&format!("development\u{1b}[0m {safe} ~~~>")), "{branch}: {screen:?}");
        assert!(!project.root().join("x").exists(), "{branch} was run by {shell:?}");
    }
}

#[test]
fn in_the_prompt_of_a_real_bash_nothing_of_a_branch_is_run_or_expanded() {
    need!("bash");
    let prompt = "$(\"$ENVCTL\" prompt --shell bash) $(\"$ENVCTL\" prompt --template {branch}) ~~~>";
    shown_by(&["bash", "--norc", "--noprofile", "-i"], prompt);
}

#[test]
fn in_the_prompt_of_a_real_zsh_nothing_of_a_branch_is_run_or_expanded() {
    need!("zsh");
    let prompt = "$(\"$ENVCTL\" prompt --shell zsh) $(\"$ENVCTL\" prompt --template {branch}) ~~~>";
    shown_by(&["zsh", "-f", "-i", "-o", "prompt_subst", "-o", "prompt_bang"], prompt);
}

#[test]
fn what_changed_since_the_switch_is_seen_at_the_next_prompt() {
    let staging = || {
        let project = Project::shipped();
        project.run("switch staging").code(0);
        project.run("prompt").code(0).stdout("staging\n");
        project
    };
    let (manifest, description) = ("envctl.toml", "envs/staging/env.toml");
    let guarded = staging().edit(description, "debug = true", "debug = true\nprotected = true");
    guarded.run("prompt").code(0).stdout("development\n");
    let production = staging().edit(description, "tier = \"staging\"", "tier = \"production\"");
    production.run("current").code(0).stdout("development\n");
    let selected = staging().edit(manifest, "TELBOT_ENVIRONMENT", "OTHER");
    selected.run_with(&[("OTHER", "development")], "prompt").code(0).stdout("development\n");
    let gone = staging();
    fs::remove_dir_all(gone.root().join("envs/staging")).unwrap();
    gone.run("prompt").code(0).stdout("?\n");
    gone.run("current").code(2).stdout("");
}

#[test]
fn what_a_variable_asks_for_is_shown_without_a_manifest_too() {
    let project = Project::new().file("envs/dev/.env", "A=1\n").file("envs/prod/.env", "A=2\n");
    project.run("prompt").code(0).stdout("");
    project.run_with(&[("ENVCTL_ENV", "prod")], "prompt").code(0).stdout("prod!\n");
    Project::new().run_with(&[("ENVCTL_ENV", "prod")], "prompt").code(0).stdout("");
}

#[test]
fn what_the_manifest_and_the_folders_name_is_told_without_a_search_through_the_project() {
    let project = Project::new()
        .file("envctl.toml", "[project]\ndefault = \"dev\"\n")
        .file("envs/dev/.env", "A=1\n")
        .file("config/Prod.json", "{}\n")
        .file("config/prod.json", "{}\n")
        .file("config/dev.json", "{}\n");
    project.run("list").code(2).says("differ only in case"); // what a search would come upon
    project.run("prompt").code(0).stdout("dev\n");
    project.run("current").code(0).stdout("dev\n");
    project.run_with(&[("ENVCTL_ENV", "DEV")], "prompt").code(0).stdout("dev\n");
    project.run_with(&[("ENVCTL_ENV", "prod")], "prompt").code(0).stdout("?\n");
}
