//! `guard`: silent where everything holds, and a line for each assertion that does not.

use std::fs;
use std::process::Command;

use crate::project::{Project, Run};

/// `dev` is the default; production's database is on a host of its own.
fn project() -> Project {
    Project::new()
        .file("envctl.toml", "[project]\ndefault = \"dev\"\n")
        .file(
            "envs/dev/.env",
            "DATABASE_URL=postgres://dev:a@db.dev.example.com/app\nPORT=80\nEMPTY=\nGONE=${X}\n",
        )
        .file("envs/prod-eu/.env", "DATABASE_URL=postgres://app:hunter2@db.example.com:5432/app\n")
        .file("envs/blue/.env", "DATABASE_URL=postgres://x:y@db.blue.example.com/app\nSEALED=encrypted:abc\n")
        .tracked(&[])
        .file(".git/HEAD", "ref: refs/heads/feature/x\n")
}

#[track_caller]
fn holds(args: &str) {
    project().run(&format!("guard {args}")).code(0).stdout("").stderr("");
}

/// It fails with exactly this line.
#[track_caller]
fn fails(args: &str, line: &str) {
    let expected = format!("failed: {line}\n");
    project().run(&format!("guard {args}")).code(1).stdout("").stderr(&expected);
}

#[test]
fn an_environment_is_told_by_its_name_its_alias_or_its_tier() {
    for args in
        ["--not production", "--not prod-eu,staging", "--only dev", "--only test,development", "--only DEV"]
    {
        holds(args);
    }
    holds("--env prod-eu --only production");
    let select = "another one with --env, ENVCTL_ENV or `envctl switch`";
    let eu = "the current environment is prod-eu (production, by --env)";
    fails("--env prod-eu --not production", &format!("--not production: {eu}; select {select}"));
    fails("--env prod-eu --not staging,prod-eu", &format!("--not staging,prod-eu: {eu}; select {select}"));
    fails(
        "--only test",
        "--only test: the current environment is dev (development, the default); select one of them with --env, ENVCTL_ENV or `envctl switch`",
    );
    let by_variable = project().run_with(&[("ENVCTL_ENV", "prod-eu")], "guard --not production").code(1);
    by_variable.says("prod-eu (production, by ENVCTL_ENV)");
    project().run("guard --not prodction").code(2).says("there is no environment `prodction`");
    project().run_with(&[("ENVCTL_ENV", "prodction")], "guard --not production").code(2);
}

#[test]
fn what_cannot_be_known_does_not_hold() {
    let unknown = "--not production: what blue is for is not known; declare its tier, in envs/blue/env.toml or in [environments.blue]";
    fails("--env blue --not production", unknown);
    holds("--env blue --not dev,prod-eu");
    let nothing =
        Project::new().file("envs/one/env.toml", "tier = 'test'").file("envs/two/env.toml", "tier = 'test'");
    for args in ["--not production", "--only test", "--require PORT", "--distinct-from two PORT"] {
        let run = nothing.run(&format!("guard {args}")).code(1).stdout("");
        run.says("no environment is selected; select one with --env, ENVCTL_ENV or `envctl switch`");
    }
    let dark = project().file("envs/dev/env.toml", "tier = ");
    dark.run("guard --not production").code(2).stdout("").says("nobody knows what it is for");
    dark.run("guard --host *").code(0);
}

#[test]
fn the_default_is_no_stand_in_for_an_environment_whose_consent_ended() {
    let project = project();
    project.run("switch prod-eu --confirm prod-eu --force --reason untracked").code(0);
    project.run("guard --only production").code(0).stderr("");
    fs::remove_file(project.root().join("../home/.local/state/envctl/grants.json")).unwrap();
    let line =
        "failed: --not production: the consent to prod-eu has ended; `envctl switch prod-eu` renews it\n";
    project.run("guard --not production").code(1).stdout("").stderr(line);
    project.run("guard --env dev --not production").code(0).stderr("");
}

#[test]
fn a_required_key_is_set_and_not_empty() {
    holds("--require DATABASE_URL,PORT");
    let lacking = "EMPTY, MISSING not set in dev, or empty there; set it in the files of dev; `envctl show dev` lists what is set";
    fails("--require PORT,EMPTY,MISSING", &format!("--require PORT,EMPTY,MISSING: {lacking}"));
    project().run("guard --require GONE").code(1).says("GONE not set in dev");
    let dark = project().file("envs/dev/.env.local", "no line\n");
    dark.run("guard --require PORT").code(2).says("envs/dev/.env.local:1:1");
    dark.run("guard --not production").code(0).stderr("");
}

#[test]
fn a_host_and_a_branch_match_globs() {
    holds("--host * --branch main,feature/*");
    fails("--branch main", "--branch main: the branch is feature/x; check out a branch that matches");
    let name = String::from_utf8(Command::new("uname").arg("-n").output().unwrap().stdout).unwrap();
    let name = name.trim().to_uppercase();
    holds(&format!("--host nowhere,{name}"));
    let run = project().run("guard --host no-such-*").code(1);
    run.says(&format!("failed: --host no-such-*: this machine is {}; run it", name.to_lowercase()));
    let detached = project().file(".git/HEAD", "0".repeat(40) + "\n");
    detached.run("guard --branch *").code(1).says("there is no branch here");
    let hostile = project().file(".git/HEAD", "ref: refs/heads/\u{1b}[31m\u{202e}\n");
    hostile.run("guard --branch main").code(1).shows_all().says("the branch is \\u{1b}[31m");
}

/// A key of the process beside `--distinct-from prod-eu DATABASE_URL`.
fn distinct(process: &str) -> Run {
    project().run_with(&[("DATABASE_URL", process)], "guard --distinct-from prod-eu DATABASE_URL")
}

#[test]
fn tests_never_get_the_database_of_production_whoever_logs_in() {
    holds("--distinct-from prod-eu DATABASE_URL");
    for process in
        ["postgres://localhost/test", "sqlite://x", "postgres://app:hunter2@db.example.com:5432/test"]
    {
        distinct(process).code(0).stdout("").stderr("");
    }
    for process in [
        "postgres://app:hunter2@db.example.com:5432/app",
        "postgresql+asyncpg://other:pass@DB.example.com/app?ssl=1",
    ] {
        let line = "failed: --distinct-from prod-eu DATABASE_URL: the variable DATABASE_URL of the process leads where it does in prod-eu; unset it, or set it to something else\n";
        distinct(process).code(1).stdout("").stderr(line);
    }
    let shared = project().file("envs/dev/.env.local", "DATABASE_URL=postgres://t:t@db.example.com/app\n");
    for process in [vec![], vec![("DATABASE_URL", "postgres://localhost/test")]] {
        let run = shared.run_with(&process, "guard --distinct-from prod-eu DATABASE_URL").code(1);
        run.says("DATABASE_URL leads to the same place in dev and in prod-eu").never_says("db.example.com");
    }
}

#[test]
fn a_comparison_that_cannot_be_made_does_not_hold() {
    fails(
        "--distinct-from prod-eu PORT",
        "--distinct-from prod-eu PORT: PORT is not set in the files of prod-eu, so nobody can tell; set it where this runs, or check with --host or --not instead",
    );
    project().run("guard --distinct-from blue SEALED").code(1).says("SEALED has no readable value in blue");
    project()
        .run("guard --env prod-eu --distinct-from prod-eu DATABASE_URL")
        .code(1)
        .says("is prod-eu itself");
    let open = project().file("envs/prod-eu/.env.local", "GONE=x\n");
    open.run("guard --distinct-from prod-eu GONE").code(1).says("GONE has no readable value in dev");
    open.run_with(&[("GONE", "y")], "guard --distinct-from prod-eu GONE").code(0);
    project().run("guard --distinct-from nowhere PORT").code(2).says("there is no environment `nowhere`");
    let dark = project().file("envs/prod-eu/.env.local", "no line\n");
    dark.run("guard --distinct-from prod-eu DATABASE_URL").code(2).says("envs/prod-eu/.env.local:1:1");
    holds("--distinct-from dev DATABASE_URL --env blue");
}

#[test]
fn every_assertion_that_does_not_hold_is_told_and_a_warning_goes_on() {
    let run = project().run("guard --env prod-eu --not production --require PORT --branch main").code(1);
    assert_eq!(run.stderr.lines().filter(|line| line.starts_with("failed: --")).count(), 3, "{}", run.stderr);
    let warned =
        project().run("guard --env prod-eu --not production --warn -- echo on").code(0).stdout("on\n");
    warned.says("warning: --not production: the current environment is prod-eu");
}

#[test]
fn a_program_runs_in_its_place_only_where_everything_holds() {
    let project = project();
    project.run("guard --not production -- echo one -two").code(0).stdout("one -two\n").stderr("");
    project.run("guard --env prod-eu --not production -- touch ran").code(1).stdout("");
    assert!(!project.root().join("ran").exists());
    let shell = |script: &str| {
        let mut command = project.command();
        Run::of(command.args(["guard", "--not", "production", "--", "sh", "-c", script]).env("MINE", "x y"))
    };
    shell("exit 7").code(7);
    shell("echo $MINE").code(0).stdout("x y\n");
    assert_eq!(shell("kill -TERM $$").code, None, "it is the same process");
    let gone = project.run("guard --not production -- no-such-program").code(127);
    gone.stdout("").stderr("error: no-such-program cannot be started: there is no such program\n");
    project.run("guard --not production -- ./envctl.toml").code(126).says("it may not be executed");
    project.run("guard --not production -C envs -- pwd").code(0).says("/project/envs\n");
}

#[test]
fn without_an_assertion_it_is_an_error_of_usage() {
    for args in [
        "guard",
        "guard --warn",
        "guard -- true",
        "guard --distinct-from prod-eu",
        "guard --not production --format json",
    ] {
        project().run(args).code(2).stdout("");
    }
}

#[test]
fn a_list_of_keys_that_a_script_left_empty_is_no_assertion_that_holds() {
    for args in ["guard --require=", "guard --require PORT,"] {
        project().run(args).code(2).stdout("").says("--require");
    }
}

#[test]
fn a_connection_string_leads_where_it_does_however_it_is_written_and_whoever_logs_in() {
    let string = "'Server=tcp:sql.acme.io,1433;Database=shop;User Id=live;Password=x'";
    let project = project().file("envs/prod-eu/.env.local", format!("SQL={string}\n"));
    let guard = |process: &str| project.run_with(&[("SQL", process)], "guard --distinct-from prod-eu SQL");
    guard("server=SQL.acme.io; database=shop; uid=tests; pwd=y")
        .code(1)
        .says("leads where it does in prod-eu");
    guard("server=sql.acme.io;database=shop_test;uid=tests;pwd=y").code(0).stderr("");
}
