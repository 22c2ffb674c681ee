//! `run`: a program with exactly the variables of one environment, or the reason why not.

mod environ;
mod supervised;
mod words;

use std::ffi::OsStr;
use std::io::Write;
use std::os::unix::ffi::OsStrExt;
use std::os::unix::process::ExitStatusExt;
use std::process::Stdio;

use crate::project::{Project, Run};

const REFUSED: &str =
    "refused: production is protected, and nobody is there to confirm\n  help: write --confirm production\n";

/// `dev` is the default; production has a variable that no other environment has.
fn project() -> Project {
    Project::new()
        .file("envctl.toml", "[project]\ndefault = \"dev\"\n")
        .file("envs/dev/.env", "PORT=80\nPASS_TOKEN=\"it's\n100%\"\nURL=redis://:${PASS_TOKEN}@h\nEMPTY=\n")
        .file("envs/dev/app.yaml", "setting: 1\n")
        .file("envs/production/.env", "PASS_TOKEN=canary-bird\nDB_HOST=db.example.com\n")
}

/// What a script says in `dev`.
fn said(script: &str) -> String {
    let project = project();
    let mut command = project.command();
    command.args(["run", "--", "/bin/sh", "-c", script]);
    Run::of(&mut command).code(0).stderr("").stdout
}

#[test]
fn the_program_takes_the_place_of_envctl() {
    let project = project();
    let mut command = project.command();
    command.args(["run", "--", "/bin/sh", "-c", "echo $$"]).stdout(Stdio::piped());
    let child = command.spawn().unwrap();
    let pid = child.id();
    Run::wait(child).code(0).stdout(&format!("{pid}\n"));
}

#[test]
fn its_exit_code_and_the_signal_that_ends_it_are_those_of_the_run() {
    let project = project();
    for code in [0, 1, 3, 77, 255] {
        let script = format!("exit {code}");
        let mut command = project.command();
        Run::of(command.args(["run", "dev", "--", "/bin/sh", "-c", &script]))
            .code(code)
            .stdout("")
            .stderr("");
    }
    let mut command = project.command();
    let status = command.args(["run", "--", "/bin/sh", "-c", "kill -TERM $$"]).status().unwrap();
    assert_eq!(status.signal(), Some(15));
}

#[test]
fn arguments_and_streams_are_passed_on_byte_for_byte() {
    let project = project();
    let odd = OsStr::from_bytes(b"\xff\n{env} --x");
    let mut command = project.command();
    command.args(["run", "--", "printf", "%s|"]).arg(odd).args(["", "--", "-v"]);
    let output = command.output().unwrap();
    assert_eq!(output.stdout, b"\xff\n{env} --x||--|-v|");
    let mut command = project.command();
    command.args(["run", "--", "cat"]).stdin(Stdio::piped()).stdout(Stdio::piped());
    let mut child = command.spawn().unwrap();
    child.stdin.take().unwrap().write_all(b"\0\xff\r\n").unwrap();
    assert_eq!(child.wait_with_output().unwrap().stdout, b"\0\xff\r\n");
}

#[test]
fn values_are_what_the_files_say_with_their_references_put_in() {
    assert_eq!(
        said("printf '%s|' \"$PORT\" \"$PASS_TOKEN\" \"$URL\" \"${EMPTY-unset}\""),
        "80|it's\n100%|redis://:it's\n100%@h||"
    );
    assert_eq!(said("printf %s \"$ENVCTL_ENV\""), "dev");
}

#[test]
fn a_program_that_cannot_be_started_is_told_as_shells_do() {
    let project = project().file("data", "").dir("folder");
    let missing = project.run("run -- no-such-program").code(127).stdout("");
    missing.stderr("error: no-such-program cannot be started: there is no such program\n");
    project
        .run("run -- ./data")
        .code(126)
        .stderr("error: ./data cannot be started: it may not be executed\n");
    project.run("run -- ./folder").code(126);
}

#[test]
fn a_program_stands_behind_two_dashes() {
    let project = project();
    let help = "  help: a program stands behind `--`: envctl run [ENV] -- CMD\n";
    let words = project.run("run npm start").code(2).stdout("");
    words.stderr(&format!("error: `npm start` are no single environment\n{help}"));
    let none = "error: there is no program to start\n  help: write it behind `--`: envctl run [ENV] -- CMD\n";
    project.run("run").code(2).stderr(none);
    project.run("run npm").code(2).stderr(none);
    project.run("run dev --").code(2).stderr(none);
    project.run("run npm run --watch").code(2).says("--watch");
    project.run("run nowhere -- true").code(2).says("there is no environment `nowhere`");
    let twice = project.run("run dev --env production -- true").code(2);
    twice.stderr(
        "error: --env names production, and the command line dev\n  help: name the environment once\n",
    );
    project.run("run dev --env dev -- true").code(0);
}

#[test]
fn a_protected_environment_needs_a_consent() {
    let project = project();
    for args in
        ["run production -- true", "run --env production -- true", "run production --no-input -- true"]
    {
        project.run(args).code(3).stdout("").stderr(REFUSED);
    }
    project.run_with(&[("ENVCTL_ENV", "production")], "run -- true").code(3).stderr(REFUSED);
    project.run("run production --confirm prod -- true").code(3).says("names something else");
    project.run("run production --confirm production -- printenv DB_HOST").code(0).stdout("db.example.com\n");
    project.run("run production -- true").code(3);
    for variables in [[("CLAUDECODE", "1")], [("AI_AGENT", "x")]] {
        let run = project.run_with(&variables, "run production --confirm production -- true").code(3);
        run.says("a coding agent may not confirm");
        project.run_with(&variables, "run dev -- printenv PORT").code(0).stdout("80\n");
    }
    let in_ci = project.run_with(&[("CI", "true")], "run production --confirm production -- printenv CI");
    in_ci.code(0).stdout("true\n");
    project.run("switch production --confirm production").code(0);
    project.run("run -- printenv ENVCTL_ENV").code(0).stdout("production\n").stderr("");
}

#[test]
fn an_envctl_that_the_program_starts_keeps_its_rails() {
    let project = project();
    let nested = |variables: &[(&str, &str)]| {
        let mut command = project.command();
        command.args([
            "run",
            "dev",
            "--",
            env!("CARGO_BIN_EXE_envctl"),
            "run",
            "production",
            "--confirm",
            "production",
        ]);
        command.args(["--", "true"]).envs(variables.iter().copied());
        Run::of(&mut command)
    };
    nested(&[]).code(0);
    nested(&[("CLAUDECODE", "1")]).code(3).says("a coding agent may not confirm");
    let mut command = project.command();
    command.args(["run", "dev", "--", env!("CARGO_BIN_EXE_envctl"), "switch", "dev"]).env("CI", "true");
    Run::of(&mut command).code(3).says("in CI nothing is selected");
}

#[test]
fn nothing_starts_in_the_default_where_the_selected_environment_lost_its_consent() {
    let project = project();
    project.run("switch production --confirm production").code(0);
    std::fs::remove_file(project.root().join("../home/.local/state/envctl/grants.json")).unwrap();
    let run = project.run("run -- touch started").code(3).stdout("");
    run.says("the selected environment needs a new consent")
        .says("help: switch again, or name the environment");
    assert!(!project.root().join("started").exists());
    project.run("run dev -- printenv PORT").code(0).stdout("80\n");
}

#[test]
fn errors_of_the_environment_refuse_unless_they_are_overridden_with_a_reason() {
    let project = project().file("envctl.toml", "[keys.API_KEY]\nrequired = true\n");
    let run = project.run("run dev -- touch started").code(3).stdout("");
    run.says("error[missing-required]")
        .says("refused: dev has 1 error\n  help: mend it, or override it with");
    assert!(!project.root().join("started").exists());
    project.run("run dev --force -- true").code(2);
    let forced = project.run("run dev --force --reason why -- printenv PORT").code(0).stdout("80\n");
    forced.says("warning: 1 error of dev overridden\n");
    let broken = self::project().file("envs/dev/.env.local", "no assignment\n");
    broken.run("run -- true").code(3).says("envs/dev/.env.local:1:1").says("refused: dev has 1 error");
}

#[test]
fn what_somebody_else_provides_must_be_there_when_a_program_starts() {
    let manifest = "[project]\ndefault = \"dev\"\n[keys.API_KEY]\nrequired = true\nprovided-by = \"ci\"\n";
    let project =
        project().file("envctl.toml", manifest).file("envs/dev/env.toml", "process-env = ['API_*']\n");
    project.run("switch dev").code(0);
    project.run("run -- true").code(3).says("API_KEY is required in dev and not set").says("ci provides it");
    let given = project.run_with(&[("API_KEY", "abc")], "run -- printenv API_KEY");
    given.code(0).stdout("abc\n").stderr("");
}

#[test]
fn a_value_that_no_process_can_have_is_refused_by_its_name() {
    let nul = project().file("envs/dev/env.toml", "[vars]\nA = \"x\\u0000y\"\n");
    nul.run("run -- true").code(2).says("A holds a NUL");
    let gone = project().file("envs/dev/.env.local", "GONE=x${NOT_HERE}\n");
    gone.run("run -- true").code(3).says("GONE");
    gone.run("run --force --reason why -- true").code(2).says("error: GONE has no value in dev");
    let twice = Project::new().file(".env.dev", "PORT=1\n").file(".env.db.dev", "PORT=2\n");
    twice
        .run("run dev -- true")
        .code(2)
        .says("PORT has two values in dev")
        .says("choose files with --source GLOB");
    twice.run("run dev --source .env.db.dev -- printenv PORT").code(0).stdout("2\n");
}

#[test]
fn a_variable_that_decides_which_code_runs_needs_a_declaration() {
    let project = project().file("envs/dev/.env.local", "NODE_OPTIONS=--require ./x.js\n");
    project.run("run -- true").code(3).says("NODE_OPTIONS decides which code every program runs");
    project.run("run --key PORT -- printenv PORT").code(0).stdout("80\n");
    let declared = project.file("envctl.toml", "[keys.NODE_OPTIONS]\nhelp = \"ours\"\n");
    declared.run("run dev -- printenv NODE_OPTIONS").code(0).stdout("--require ./x.js\n");
}

#[test]
fn what_the_system_would_refuse_is_refused_with_the_name_of_the_key() {
    let longest = 32 * rustix::param::page_size();
    let fits = |length: usize| format!("BIG={}\n", "x".repeat(length - "BIG=\0".len()));
    let project = project().file("envs/dev/.env.local", fits(longest));
    project.run("run -- true").code(0).stderr("");
    let project = project.file("envs/dev/.env.local", fits(longest + 1));
    project.run("run -- touch started").code(2).stdout("").stderr(&format!(
        "error: BIG has {} KiB, and the system takes {} KiB\n  help: put it into a file, and the file's name into the variable\n",
        longest / 1024 + 1,
        longest / 1024
    ));
    let many = |count: usize| -> String {
        (0..count).map(|n| format!("KEY_{n}={}\n", "x".repeat(60_000 + n))).collect()
    };
    let narrow = |project: &Project| {
        // a quarter of the stack is for arguments and variables
        let mut shell = project.shell("ulimit -s 1024 && exec \"$@\"", "run dev -- true");
        Run::of(&mut shell)
    };
    let project = project.file("envs/dev/.env.local", many(4));
    narrow(&project).code(0).stderr("");
    let project = project.file("envs/dev/.env.local", many(5));
    let run = narrow(&project).code(2).stdout("");
    run.says("error: the variables and arguments have 294 KiB, and the system takes 256 KiB; the largest is KEY_4 with 59 KiB\n");
    assert!(!project.root().join("started").exists());
}

#[test]
fn it_says_where_it_starts_only_when_asked() {
    let run = project().run("run -v -- true").code(0).stdout("");
    run.stderr("note: starts in dev with 4 variables of its own, and 6 in all\n");
}
