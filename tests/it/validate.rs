//! `validate`: what it says, in which shape, how it ends. What it finds is the table of `rules`.

use proptest::prelude::*;
use serde_json::json;

use crate::project::Project;

/// A project in which much is wrong, over a base layer and three environments.
fn broken() -> Project {
    let manifest = "\
[project]
name = \"demo\"
default = \"development\"

[[stack]]
files = [\".env\", \"envs/{env}/env.toml\", \"envs/{env}/.env\"]

[keys.BOT_TOKEN]
required = true
secret = true
help = \"Create a bot with @BotFather and copy its token\"

[keys.LOG_LEVEL]
type = \"enum\"
values = [\"debug\", \"info\"]
[keys.LOG_LEVEL.in.production]
values = [\"info\"]

[keys.DATABASE_URL]
[keys.APP_ENV]
[keys.PORT]
type = \"port\"

[flags.beta]
allowed-in = [\"development\"]

[rules]
unknown-key = \"note\"
parity = \"off\"
";
    let production = "\
# the live one
APP_ENV=staging
export LOG_LEVEL=\"debug\"
DATABASE_URL=changeme-7742
BAD CANARY LINE
";
    Project::new()
        .file("envctl.toml", manifest)
        .file(".env", "PORT=7780\n")
        .file("envs/development/.env", "LOG_LEVEL=debug\nBOT_TOKEN=9912345:canary\nAPP_ENV=dev\n")
        .file("envs/staging/.env", "BOT_TOKEN=9912345:canary\nLOG_LEVL=info\nPORT=80a\nPORT=80b\n")
        .file("envs/production/env.toml", "description = \"Live\"\n[flags]\nbeta = true\n")
        .file("envs/production/.env", production)
}

/// Two environments that share a secret, and nothing else.
fn sharing() -> Project {
    Project::new()
        .file("envs/development/.env", "API_TOKEN=canary-1\n")
        .file("envs/production/.env", "# x\nAPI_TOKEN=canary-1\n")
        .file("envs/staging/.env", "API_TOKEN=another\n")
}

#[test]
fn the_shipped_environments_are_clean() {
    Project::shipped().run("validate").code(0).stderr("").stdout(
        "\
development  development  ok  6 keys  envs/development/env.toml envs/development/.env
staging      staging      ok  6 keys  envs/staging/env.toml envs/staging/.env
production   production   ok  6 keys  envs/production/env.toml envs/production/.env
ok: 3 environments, no problems
",
    );
}

#[test]
fn findings_stand_under_their_environment_with_place_mask_and_help_and_a_last_line_counts() {
    broken().run("validate").code(1).stderr("").stdout(
        "\
staging

warning[same-secret]: BOT_TOKEN is the same secret in development and staging
 --> envs/staging/.env:1:11
  |
1 | BOT_TOKEN=••••••
  |           ^^^^^^
  |
  = note: development: envs/development/.env:2:11
  = help: give BOT_TOKEN a secret of its own in each environment, or accept it with a reason

note[unknown-key]: LOG_LEVL is not declared in the manifest
 --> envs/staging/.env:2:1
  |
2 | LOG_LEVL=••••••
  | ^^^^^^^^
  |
  = help: did you mean LOG_LEVEL?

warning[duplicate-key]: PORT is set again; this line wins
 --> envs/staging/.env:4:1
  |
4 | PORT=••••••
  | ^^^^
  |
  = note: staging: envs/staging/.env:3:1
  = help: keep one of the lines

error[wrong-type]: PORT is not a port from 1 to 65535
 --> envs/staging/.env:4:6
  |
4 | PORT=••••••
  |      ^^^^^^
  |
  = help: for example 5432

production

error[missing-required]: BOT_TOKEN is required in production and not set
--> envctl.toml:8:7
 = help: Create a bot with @BotFather and copy its token; then set it in envs/production/.env

error[self-name-mismatch]: APP_ENV names another environment than production
 --> envs/production/.env:2:9
  |
2 | APP_ENV=••••••
  |         ^^^^^^
  |
  = help: expected production

error[debug-in-production]: LOG_LEVEL switches debugging on
 --> envs/production/.env:3:18
  |
3 | export LOG_LEVEL=••••••
  |                  ^^^^^^
  |
  = help: switch it off here, or move it to development

error[not-allowed-value]: LOG_LEVEL is none of info
 --> envs/production/.env:3:18
  |
3 | export LOG_LEVEL=••••••
  |                  ^^^^^^
  |
  = help: correct the value

error[placeholder]: DATABASE_URL is still a placeholder
 --> envs/production/.env:4:14
  |
4 | DATABASE_URL=••••••
  |              ^^^^^^
  |
  = help: put in the real value

error[parse-error]: this line is neither a comment nor `KEY=value`
--> envs/production/.env:5:1
 = help: write `KEY=value`, or start the line with `#`

error[flag-not-allowed]: the flag beta is on and not allowed in production
 --> envs/production/env.toml:3:8
  |
3 | beta = ••••••
  |        ^^^^^^
  |
  = help: set it to false

note[portability]: envs/production/.env: 1 portability note, --portable lists it

development  1 warning            same-secret 1
staging      1 error, 2 warnings  wrong-type 1, duplicate-key 1, same-secret 1
production   7 errors             debug-in-production 1, flag-not-allowed 1, missing-required 1, not-allowed-value 1, parse-error 1, placeholder 1, self-name-mismatch 1
not safe: production: 7 errors; staging: 1 error, 2 warnings; development: 1 warning
next: envctl explain missing-required
",
    );
}

#[test]
fn json_has_exactly_the_fields_of_the_contract() {
    let json = sharing().run("validate --format json").code(1).json();
    let expected = json!({
        "schema_version": 1,
        "status": "error",
        "environments": [
            {"name": "development", "tier": "development", "errors": 1, "warnings": 0},
            {"name": "staging", "tier": "staging", "errors": 0, "warnings": 0},
            {"name": "production", "tier": "production", "errors": 1, "warnings": 0},
        ],
        "findings": [{
            "rule": "same-secret",
            "severity": "error",
            "environments": ["development", "production"],
            "key": "API_TOKEN",
            "message": "API_TOKEN is the same secret in development and production",
            "help": "give API_TOKEN a secret of its own in each environment, or accept it with a reason",
            "file": "envs/production/.env",
            "line": 2,
            "column": 11,
            "related": [
                {"environment": "development", "file": "envs/development/.env", "line": 1, "column": 11},
            ],
        }],
        "accepted": 0,
        "baseline": null,
        "not_reported": [],
    });
    assert_eq!(json, expected);
}

#[test]
fn what_a_finding_has_not_is_null_in_json() {
    let project = Project::new().file("envs/production/.env", b"\xFF\xFEA\0");
    let finding = &project.run("validate --format json").code(1).json()["findings"][0];
    assert_eq!(
        *finding,
        json!({
            "rule": "parse-error", "severity": "error", "environments": ["production"], "key": null,
            "message": "the file is UTF-16, not UTF-8", "help": "save it as UTF-8",
            "file": "envs/production/.env", "line": null, "column": null, "related": [],
        })
    );
}

#[test]
fn named_environments_alone_are_counted_and_told() {
    let json = broken().run("validate staging --format json").code(1).json();
    let expected = json!([{"name": "staging", "tier": "staging", "errors": 1, "warnings": 2}]);
    assert_eq!(json["environments"], expected);
    assert_eq!(json["findings"].as_array().unwrap().len(), 4);
    broken().run("validate development").code(0).stderr("").stdout(
        "\
staging

warning[same-secret]: BOT_TOKEN is the same secret in development and staging
 --> envs/staging/.env:1:11
  |
1 | BOT_TOKEN=••••••
  |           ^^^^^^
  |
  = note: development: envs/development/.env:2:11
  = help: give BOT_TOKEN a secret of its own in each environment, or accept it with a reason

development  1 warning  same-secret 1
ok, with doubts: development: 1 warning
next: envctl explain same-secret
",
    );
}

#[test]
fn no_finding_holds_a_value_in_any_format() {
    for args in ["", "--format json", "--color always", "--phase structure", "production --format json"] {
        let run = broken().run(&format!("validate {args}")).code(1);
        for value in ["9912345", "canary", "changeme", "7742", "7780", "80a", "80b", "CANARY"] {
            assert!(
                !run.stdout.contains(value) && run.stderr.is_empty(),
                "{value} in {args:?}:\n{}",
                run.stdout
            );
        }
    }
    sharing().run("validate").code(1).never_says("canary-1");
}

#[test]
fn the_exit_code_is_the_verdict_and_the_status_says_the_same() {
    for (rules, code, status, last) in [
        ("", 1, "error", "not safe: production: 1 error; development: 1 error; staging clean"),
        (
            "\"warning\"",
            0,
            "warning",
            "ok, with doubts: production: 1 warning; development: 1 warning; staging clean",
        ),
        ("\"note\"", 0, "ok", "ok: 3 environments, 1 note"),
        ("\"off\"", 0, "ok", "ok: 3 environments, no problems"),
    ] {
        let rules =
            if rules.is_empty() { String::new() } else { format!("[rules]\nsame-secret = {rules}\n") };
        let project = sharing().file("envctl.toml", rules);
        assert_eq!(project.run("validate --format json").code(code).json()["status"], status);
        assert_eq!(
            project.run("validate").code(code).stdout.lines().rfind(|line| !line.starts_with("next: ")),
            Some(last)
        );
    }
}

#[test]
fn an_acceptance_that_ended_is_told_from_one_that_never_did_anything() {
    let today = crate::rules::today();
    let accept = |day: jiff::civil::Date| {
        let text = format!("[[accept]]\nrule = \"same-secret\"\nreason = \"r\"\nuntil = {day}\n");
        Project::new().file("envctl.toml", text).file("envs/production/.env", "").run("validate").code(0)
    };
    let yesterday = today.yesterday().unwrap();
    accept(yesterday).says(&format!("the acceptance of same-secret ended on {yesterday}"));
    accept(today.tomorrow().unwrap()).says("the acceptance of same-secret excuses nothing");
    let until_today = accept(today);
    if crate::rules::today() == today {
        until_today.says("the acceptance of same-secret excuses nothing");
    }
}

#[test]
fn an_unknown_environment_is_an_error_and_never_a_guess() {
    let project = sharing();
    project
        .run("validate prodution")
        .code(2)
        .stdout("")
        .stderr("error: there is no environment `prodution`\n  help: did you mean `production`?\n");
    project.run("validate development zzz").code(2).stdout("").stderr(
        "error: there is no environment `zzz`\n  help: environments: development, staging, production\n",
    );
}

#[test]
fn names_may_come_in_any_case_and_in_another_spelling() {
    for name in ["staging", "STAGING", "stg", "Stage"] {
        let json = sharing().run(&format!("validate {name} --format json")).code(0).json();
        assert_eq!(json["environments"][0]["name"], "staging", "{name}");
    }
}

#[test]
fn a_project_is_found_from_below_from_afar_and_exactly() {
    let project = sharing().file("envctl.toml", "").dir("src/deep");
    let counted = |run: crate::project::Run| run.json()["environments"].as_array().unwrap().len();
    assert_eq!(counted(project.run("-C src/deep validate --format json").code(1)), 3);
    assert_eq!(counted(project.run("validate -C src/deep --format json").code(1)), 3);
    assert_eq!(counted(project.run("--project . validate --format json").code(1)), 3);
    assert_eq!(counted(project.run("-C src --project .. validate --format json").code(1)), 3);
    project.run("--project src/deep validate").code(2).stdout("").says("there are no environments in");
    project.run("-C nowhere validate").code(2).stdout("").says("nowhere is no folder that can be entered");
}

#[test]
fn the_structure_is_judged_without_any_secret() {
    let manifest = "[keys.API_TOKEN]\nrequired = true\n[keys.REGION]\nrequired = true\n";
    let project = Project::new().file("envctl.toml", manifest).file("envs/production/.env", "REGION=eu\n");
    project.run("validate --phase structure").code(0);
    project.run("validate --phase value").code(1).says("API_TOKEN is required in production and not set");
    project.run("validate --phase nonsense").code(2).stdout("");
}

#[test]
fn rules_are_listed_each_with_a_line_and_explained() {
    let project = Project::new();
    let json = project.run("validate --rules --format json").code(0).json();
    assert_eq!(json["schema_version"], 1);
    let text = project.run("validate --rules").code(0).stdout;
    let rules = json["rules"].as_array().unwrap();
    assert_eq!(text.lines().count(), rules.len() + 1);
    for rule in rules {
        let id = rule["id"].as_str().unwrap();
        let explained = project.run(&format!("explain {id}")).code(0).stdout;
        for field in ["summary", "why", "fix"] {
            assert!(explained.contains(rule[field].as_str().unwrap()), "{id} {field}");
        }
        assert!(text.lines().any(|line| line.split_whitespace().next() == Some(id)), "{id}");
    }
    project.run("explain same-secre").code(2).stdout("").says("same-secret");
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, ..ProptestConfig::default() })]

    #[test]
    fn counts_of_environments_add_up_to_their_findings(
        dev in "(A_TOKEN=[ab]\n|B=changeme\n|bad\n|C=1\nC=2\n){0,4}",
        prod in "(A_TOKEN=[ab]\n|B=changeme\n|bad\n|D=\\$\\{D\\}\n){0,4}",
        base in "(A_TOKEN=[ab]\n|E=changeme\n|APP_ENV=test\n){0,3}",
    ) {
        let project = Project::new()
            .file("envctl.toml", "[[stack]]\nfiles = [\".env\", \"envs/{env}/.env\"]\n")
            .file(".env", base)
            .file("envs/dev/.env", dev)
            .file("envs/prod/.env", prod)
            .dir("envs/staging");
        let run = project.run("validate --format json");
        let json = run.json();
        let findings = json["findings"].as_array().unwrap();
        for environment in json["environments"].as_array().unwrap() {
            for (field, severity) in [("errors", "error"), ("warnings", "warning")] {
                let mine = findings.iter().filter(|finding| {
                    finding["severity"] == severity
                        && finding["environments"].as_array().unwrap().contains(&environment["name"])
                });
                prop_assert_eq!(&environment[field], mine.count());
            }
        }
        let worst = |severity: &str| findings.iter().any(|finding| finding["severity"] == severity);
        let status = if worst("error") { "error" } else if worst("warning") { "warning" } else { "ok" };
        prop_assert_eq!(&json["status"], status);
        prop_assert_eq!(run.code, Some(i32::from(status == "error")));
    }

    #[test]
    fn what_is_told_of_one_environment_is_what_all_tell_of_it(
        dev in "(A_TOKEN=[ab]\n|B=changeme\n|bad\n){0,4}",
        prod in "(A_TOKEN=[ab]\n|B=changeme\n|bad\n){0,4}",
    ) {
        let project = Project::new().file("envs/dev/.env", dev).file("envs/prod/.env", prod);
        let all = project.run("validate --format json").json();
        for name in ["dev", "prod"] {
            let one = project.run(&format!("validate {name} --format json")).json();
            let mine = all["findings"].as_array().unwrap().iter().filter(|finding| {
                finding["environments"].as_array().unwrap().contains(&json!(name))
            });
            prop_assert_eq!(one["findings"].as_array().unwrap().iter().collect::<Vec<_>>(), mine.collect::<Vec<_>>());
        }
    }
}

#[test]
fn the_global_option_names_an_environment_and_is_never_passed_over() {
    let project = Project::shipped().edit("envs/staging/.env", "BOT_TOKEN=", "#");
    project.run("--env production validate").code(0).says("1 environment, no problems");
    project.run("--env staging validate").code(1).says("missing-required");
    for command in ["validate", "list", "diff staging production", "switch development", "context --stdout"] {
        let run = project.run(&format!("--env prodution {command}")).code(2).stdout("");
        run.says("there is no environment `prodution`").says("did you mean `production`?");
    }
}

#[test]
fn what_cannot_be_read_cannot_be_switched_off() {
    let project = Project::new().file("envs/dev/.env", "broken");
    for rules in ["[rules]\nparse-error = \"off\"", "[rules.in.dev]\nparse-error = \"off\""] {
        let run =
            Project::new().file("envs/dev/.env", "broken").file("envctl.toml", rules).run("validate").code(2);
        run.says("envctl.toml:2:1: what cannot be read cannot be called safe");
    }
    project.run("validate").code(1);
}

#[test]
fn who_provides_a_missing_key_is_said_where_it_is_asked_for() {
    let project = Project::new()
        .file("envctl.toml", "[keys.API_TOKEN]\nrequired = true\nprovided-by = \"vault\"\n")
        .file("envs/production/.env", "");
    project.run("validate").code(0);
    project.run("validate production").code(1).says("vault provides it: run this where it does");
    project.run("--env production banner").code(0).never_says("validation finds");
}

#[test]
fn an_environment_that_nobody_can_place_is_noted_with_what_to_do() {
    let project = Project::new().file("envs/blue/.env", "A=1\n").file("envs/dev/.env", "A=1\n");
    let note = "\
note: what blue is for is not known: guarded like production, judged like staging
  help: say it with `tier = \"…\"` in envs/blue/env.toml, or in [environments.blue]
";
    project.run("validate").code(0).stderr(note);
    project.run("list").code(0).stderr(note);
    project.run("list -q").code(0).stderr("");
    project.file("envs/blue/env.toml", "tier = \"staging\"\n").run("validate").code(0).stderr("");
}

#[test]
fn a_dotenv_file_whose_name_nobody_knows_is_told_of() {
    let project = Project::new().file(".env.staging", "A=1\n").file(".env.prodution", "A=1\n");
    let project = project.file(".env.example", "A=\n").file(".env.staging.bak", "A=1\n");
    project
        .run("validate")
        .says("note: not judged: .env.prodution: its name means no environment that envctl knows")
        .says("did you mean production?");
    let project = project.file("envctl.toml", "[project]\nignore = [\".env.prodution\"]\n");
    project.run("validate").never_says("not judged");
}
