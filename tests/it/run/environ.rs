//! The program's environment, exactly: which variables of the process reach it, and which never do.

use std::collections::BTreeMap;

use crate::project::{Project, Run};

/// Everything that the program finds in its environment, but for `HOME`.
fn environ(project: &Project, variables: &[(&str, &str)], args: &str) -> BTreeMap<String, String> {
    let run = start(project, variables, args).code(0);
    let pairs = run.stdout.split_terminator('\0').map(|pair| pair.split_once('=').unwrap());
    let mut environ: BTreeMap<_, _> =
        pairs.map(|(name, value)| (name.to_owned(), value.to_owned())).collect();
    assert!(environ.remove("HOME").is_some(), "{environ:?}");
    environ
}

fn start(project: &Project, variables: &[(&str, &str)], args: &str) -> Run {
    let mut command = project.command();
    command.envs(variables.iter().copied()).arg("run").args(args.split_whitespace());
    Run::of(command.args(["--", "/usr/bin/env", "-0"]))
}

fn names(project: &Project, variables: &[(&str, &str)], args: &str) -> Vec<String> {
    environ(project, variables, args).into_keys().collect()
}

fn project() -> Project {
    Project::new()
        .file("envctl.toml", "[project]\ndefault = \"dev\"\ninherit = [\"AWS_*\", \"DB_*\", \"SHARED\"]\n")
        .file("envs/dev/.env", "PORT=80\nSHARED=file\n")
        .file("envs/production/.env", "DB_HOST=db.example.com\nTZ=UTC\n")
        .file("envs/production/env.toml", "process-prefix = \"PROD_\"\nprocess-suffix = \"_LIVE\"\n")
}

#[test]
fn it_is_the_machine_s_the_environment_s_and_its_name() {
    let machine = [
        ("PATH", "/usr/bin:/bin"),
        ("LANG", "C"),
        ("LC_ALL", "C"),
        ("TERM", "dumb"),
        ("TZ", "Europe/Berlin"),
        ("XDG_DATA_HOME", "/x"),
        ("SSH_AUTH_SOCK", "/s"),
        ("NO_COLOR", ""),
        ("CI", "1"),
        ("CLAUDECODE", "1"),
    ];
    let strange = [("AWS_PROFILE", "me"), ("LD_LIBRARY_PATH", "/x"), ("OTHER", "1"), ("CODEX_HOME", "/x")];
    let found = environ(&project(), &[machine.as_slice(), &strange].concat(), "dev");
    let own = [("AWS_PROFILE", "me"), ("ENVCTL_ENV", "dev"), ("PORT", "80"), ("SHARED", "file")];
    let expected = machine.into_iter().chain(own);
    assert_eq!(found, expected.map(|(name, value)| (name.to_owned(), value.to_owned())).collect());
}

#[test]
fn what_only_other_environments_define_never_leaks_in() {
    let exported = [
        ("DB_HOST", "db.example.com"),
        ("DB_PORT", "1"),
        ("DB_PASS_LIVE", "1"),
        ("PROD_DB_PASS", "1"),
        ("OTHER", "1"),
    ];
    assert_eq!(names(&project(), &exported, "dev"), ["DB_PORT", "ENVCTL_ENV", "PORT", "SHARED"]);
    let all = ["DB_PORT", "ENVCTL_ENV", "OTHER", "PORT", "SHARED"];
    assert_eq!(names(&project(), &exported, "dev --inherit-all"), all);
    assert_eq!(
        names(&project(), &exported, "dev --inherit-all --key PORT"),
        ["DB_PORT", "ENVCTL_ENV", "OTHER", "PORT"]
    );
    let manifest = "[project]\ninherit = [\"*\"]\n[keys.OTHER]\nonly-in = [\"production\"]\n";
    let project = project().file("envctl.toml", manifest);
    assert_eq!(names(&project, &exported, "dev"), ["DB_PORT", "ENVCTL_ENV", "PORT", "SHARED"]);
}

#[test]
fn the_name_on_the_command_line_beats_the_variable_and_a_selector_never_contradicts_it() {
    let selector = "[project]\nselector = [\"APP_ENV\"]\ninherit = [\"*\"]\n";
    let project = project().file("envctl.toml", selector);
    let staging = [("ENVCTL_ENV", "production"), ("ENVCTL_ENV_UNTIL", "1"), ("APP_ENV", "production")];
    let found = environ(&project, &staging, "dev");
    assert_eq!(found["ENVCTL_ENV"], "dev");
    assert_eq!(found.into_keys().collect::<Vec<_>>(), ["ENVCTL_ENV", "PORT", "SHARED"]);
    let same = environ(&project, &[("APP_ENV", "DEV")], "dev");
    assert_eq!(same["APP_ENV"], "DEV");
    let named = project.file("envs/dev/.env.local", "ENVCTL_ENV=production\n");
    assert_eq!(environ(&named, &[], "dev")["ENVCTL_ENV"], "dev");
}

#[test]
fn an_envctl_in_the_program_stands_where_the_program_does_whatever_the_terminal_or_a_file_says() {
    let project = project().file("envs/production/env.toml", "protected = false\n");
    let place = format!("production:{}", project.root().display());
    let terminal =
        [("ENVCTL_ENV", "production"), ("ENVCTL_ENV_PROJECT", &place), ("ENVCTL_ENV_UNTIL", "99999999999")];
    let elsewhere = [("ENVCTL_ENV", "production"), ("ENVCTL_ENV_PROJECT", "production:/other")];
    for variables in [terminal.as_slice(), &elsewhere] {
        let mut command = project.command();
        command.envs(variables.iter().copied()).args(["run", "production", "--confirm", "production"]);
        command.args(["--inherit-all", "--", env!("CARGO_BIN_EXE_envctl"), "current"]);
        Run::of(&mut command).code(0).stdout("production\n").stderr("");
    }
    let forged = "ENVCTL_ENV_PROJECT=dev:/other\nENVCTL_ENV_UNTIL=1\nCLAUDECODE=\nCI=false\nAI_AGENT=x\n";
    let forged = project.file("envs/dev/.env.local", forged);
    let found = environ(&forged, &[("CLAUDECODE", "1"), ("CI", "true")], "dev --inherit-all");
    assert_eq!((found["CLAUDECODE"].as_str(), found["CI"].as_str()), ("1", "true"));
    assert!(!found.contains_key("ENVCTL_ENV_PROJECT") && !found.contains_key("ENVCTL_ENV_UNTIL"));
}

#[test]
fn the_file_wins_over_an_exported_variable_and_says_so_unless_the_environment_opted_in() {
    let project = project();
    let run = start(&project, &[("SHARED", "shell"), ("PORT", "80")], "dev").code(0);
    assert!(run.stdout.contains("SHARED=file\0"), "{}", run.stdout);
    run.stderr("note: the files of dev win over exported variables: SHARED\n");
    start(&project, &[("SHARED", "shell")], "dev -q").code(0).stderr("");
    let many: Vec<_> = (0..10).map(|n| format!("KEY_{n}")).collect();
    let text: String = many.iter().map(|name| format!("{name}=1\n")).collect();
    let exported: Vec<_> = many.iter().map(|name| (name.as_str(), "2")).collect();
    let project = project.file("envs/dev/.env.local", text);
    start(&project, &exported, "dev")
        .code(0)
        .says("variables: KEY_0, KEY_1, KEY_2, KEY_3, KEY_4, KEY_5, KEY_6, KEY_7 and 2 more\n");
    let project = project.file("envs/dev/env.toml", "process-env = [\"SHARED\"]\n");
    let opted_in = start(&project, &[("SHARED", "shell")], "dev").code(0).stderr("");
    assert!(opted_in.stdout.contains("SHARED=shell\0"), "{}", opted_in.stdout);
}

#[test]
fn a_folder_to_start_in_is_where_the_program_starts_and_pwd_does_not_say_otherwise() {
    let project = project().dir("sub");
    let mut command = project.command();
    command.args(["-C", "sub", "run", "dev", "--", "/bin/sh", "-c", "pwd"]).env("PWD", "/elsewhere");
    let expected = format!("{}\n", project.root().join("sub").display());
    Run::of(&mut command).code(0).stdout(&expected);
    let run = start(&project, &[("PWD", "/elsewhere")], "dev -C sub").code(0);
    assert!(!run.stdout.contains("PWD="), "{}", run.stdout);
}
