//! `current`: who decides which environment is the current one, in which order, and what is said about it.

use std::ffi::OsStr;
use std::os::unix::ffi::OsStrExt;

use serde_json::json;

use crate::project::{Project, Run};

/// Variables, arguments before `current`, and what it must answer: code, stdout, stderr.
type Case<'c> = (&'c [(&'c str, &'c str)], &'c str, i32, &'c str, &'c str);

fn check(project: &Project, cases: &[Case<'_>]) {
    for (variables, args, code, stdout, stderr) in cases {
        let run = project.run_with(variables, &format!("{args} current"));
        let got = (run.code, run.stdout.as_str(), run.stderr.as_str());
        assert_eq!(got, (Some(*code), *stdout, *stderr), "{variables:?} {args:?}");
    }
}

#[test]
fn the_default_is_current_where_nobody_decides() {
    Project::shipped().run("current").code(0).stdout("development\n").stderr("");
}

#[test]
fn option_then_variable_then_selector_then_switch_then_default() {
    let project = Project::shipped();
    project.run("switch staging").code(0);
    let both = [("ENVCTL_ENV", "production"), ("TELBOT_ENVIRONMENT", "development")];
    let said = "note: ENVCTL_ENV selects production; envctl switch had selected staging\n";
    let said_selector = "note: TELBOT_ENVIRONMENT selects development; envctl switch had selected staging\n";
    check(
        &project,
        &[
            (&both, "--env staging", 0, "staging\n", ""),
            (&both, "", 0, "production\n", said),
            (&both[1..], "", 0, "development\n", said_selector),
            (&[("ENVCTL_ENV", ""), ("TELBOT_ENVIRONMENT", "")], "", 0, "staging\n", ""),
            (&[("ENVCTL_ENV", "staging")], "", 0, "staging\n", ""),
            (&both, "-q", 0, "production\n", ""),
            (&[], "", 0, "staging\n", ""),
        ],
    );
}

#[test]
fn in_ci_nobodys_switch_counts() {
    let project = Project::shipped();
    project.run("switch staging").code(0);
    check(
        &project,
        &[
            (&[("CI", "true")], "", 0, "development\n", ""),
            (&[("CI", "1")], "", 0, "development\n", ""),
            (&[("CI", "true"), ("ENVCTL_ENV", "production")], "", 0, "production\n", ""),
            (&[("CI", "false")], "", 0, "staging\n", ""),
            (&[("CI", "")], "", 0, "staging\n", ""),
        ],
    );
}

#[test]
fn an_unknown_name_is_an_error_and_never_a_fallback() {
    let near = "error: there is no environment `prodction`\n  help: did you mean `production`?\n";
    let by = "error: there is no environment `prodction` (ENVCTL_ENV asks for it)\n  help: did you mean `production`?\n";
    let selector = "error: there is no environment `qqq` (TELBOT_ENVIRONMENT asks for it)\n  help: environments: development, staging, production\n";
    let no_name = "error: an environment cannot be named `../staging`: it holds a character that is not allowed\n  help: use letters, digits, `.`, `_` and `-`, for example `staging` or `prod-eu`\n";
    check(
        &Project::shipped(),
        &[
            (&[], "--env prodction", 2, "", near),
            (&[("ENVCTL_ENV", "prodction")], "", 2, "", by),
            (&[("TELBOT_ENVIRONMENT", "qqq")], "", 2, "", selector),
            (&[], "--env ../staging", 2, "", no_name),
        ],
    );
}

#[test]
fn a_variable_that_is_not_utf_8_is_not_passed_over() {
    let project = Project::shipped();
    let run = Run::of(project.command().env("ENVCTL_ENV", OsStr::from_bytes(b"staging\xff")).arg("current"));
    run.code(2).stdout("").says("error: an environment cannot be named `staging\u{fffd}`");
}

#[test]
fn any_case_alias_and_spelling_of_the_family_is_the_name_and_the_answer_is_canonical() {
    let project = Project::shipped().edit("envs/staging/env.toml", "tier =", "aliases = [\"pre\"]\ntier =");
    for (word, name) in [("PRODUCTION", "production"), ("prod", "production"), ("Pre", "staging")] {
        project.run(&format!("--env {word} current")).code(0).stdout(&format!("{name}\n"));
    }
}

#[test]
fn json_says_who_decided_and_until_when() {
    let project = Project::shipped();
    let answer = |variables: &[(&str, &str)], args: &str| {
        project.run_with(variables, &format!("{args} current --format json")).code(0).json()
    };
    let json = |name: &str, tier: &str, source: &str, variable: Option<&str>| {
        json!({"schema_version": 1, "name": name, "tier": tier, "protected": name == "production",
            "source": source, "variable": variable, "expires_at": null, "agents": null})
    };
    assert_eq!(answer(&[], ""), json("development", "development", "default", None));
    assert_eq!(answer(&[], "--env prod"), json("production", "production", "option", None));
    let by_variable = json("staging", "staging", "variable", Some("TELBOT_ENVIRONMENT"));
    assert_eq!(answer(&[("TELBOT_ENVIRONMENT", "staging")], ""), by_variable);
    project.run("switch staging").code(0);
    assert_eq!(answer(&[], ""), json("staging", "staging", "state", None));
    project.run("switch production --confirm production").code(0);
    let granted = answer(&[], "");
    assert_eq!((&granted["name"], &granted["source"]), (&json!("production"), &json!("state")));
    assert!(granted["expires_at"].as_str().is_some_and(|until| until.ends_with('Z')), "{granted}");
}

#[test]
fn without_a_default_there_is_none_unless_there_is_one_development_environment() {
    let cases: &[(&[&str], i32, &str)] = &[
        (&["production"], 2, ""),
        (&["production", "staging"], 2, ""),
        (&["production", "dev"], 0, "dev\n"),
        (&["sandbox", "preview"], 2, ""),
        (&["sandbox", "development"], 0, "development\n"),
    ];
    for (names, code, stdout) in cases {
        let project = names
            .iter()
            .fold(Project::new(), |project, name| project.file(&format!("envs/{name}/.env"), "A=1\n"));
        let run = project.run("current");
        assert_eq!((run.code, run.stdout.as_str()), (Some(*code), *stdout), "{names:?}");
    }
}

#[test]
fn a_protected_default_is_an_error_of_the_manifest() {
    let help = "  help: the default is what everybody gets who says nothing\n";
    let named =
        Project::shipped().edit("envctl.toml", "default = \"development\"", "default = \"production\"");
    let said = "error: envctl.toml:6:11: production is protected and may not be the default\n";
    named.run("current").code(2).stdout("").stderr(&format!("{said}{help}"));
    let declared =
        Project::shipped().edit("envs/development/env.toml", "debug =", "protected = true\ndebug =");
    let said = "error: envctl.toml:6:11: development is protected and may not be the default\n";
    declared.run("current").code(2).stdout("").stderr(&format!("{said}{help}"));
}

#[test]
fn list_marks_the_current_environment_and_says_why() {
    let project = Project::shipped();
    let marked = |variables: &[(&str, &str)], args: &str| {
        let run = project.run_with(variables, args).code(0);
        let lines: Vec<_> = run.stdout.lines().filter(|line| line.starts_with('*')).collect();
        assert_eq!(lines.len(), 1, "{}", run.stdout);
        let words: Vec<_> = lines[0].split_whitespace().collect();
        (words[1].to_owned(), lines[0].split("current: ").nth(1).unwrap().to_owned())
    };
    let expect = |name: &str, why: &str| (name.to_owned(), why.to_owned());
    assert_eq!(marked(&[], "list"), expect("development", "the default"));
    assert_eq!(marked(&[], "--env prod list"), expect("production", "by --env"));
    assert_eq!(marked(&[("ENVCTL_ENV", "staging")], "list"), expect("staging", "by ENVCTL_ENV"));
    project.run("switch staging").code(0);
    assert_eq!(marked(&[], "list"), expect("staging", "by envctl switch"));
    let json = project.run("list --format json").code(0).json();
    assert_eq!((&json["current"], &json["current_by"]), (&json!("staging"), &json!("by envctl switch")));
}

#[test]
fn the_selected_environment_takes_its_variables_from_the_process_whoever_selected_it() {
    let text = "[vars]\nB = \"1\"\n";
    let names = ["development", "staging"];
    let project = names.iter().fold(Project::new(), |project, name| {
        project.file(&format!("envs/{name}/env.toml"), format!("process-env = [\"A_KEY\"]\n{text}"))
    });
    let project =
        project.file("envctl.toml", "[project]\nselector = [\"WHERE\"]\n[keys.A_KEY]\nrequired = true\n");
    let defined = |variables: &[(&str, &str)]| {
        let json = project.run_with(variables, "context --stdout").code(0).json();
        let is_set = json["variables"][0]["state"] == "set";
        (json["environment"]["current"].as_str().unwrap().to_owned(), is_set)
    };
    let a_key = ("A_KEY", "1");
    assert_eq!(defined(&[]), ("development".to_owned(), false));
    assert_eq!(defined(&[a_key]), ("development".to_owned(), true));
    assert_eq!(defined(&[a_key, ("WHERE", "staging")]), ("staging".to_owned(), true));
    assert_eq!(defined(&[a_key, ("ENVCTL_ENV", "staging")]), ("staging".to_owned(), true));
}
