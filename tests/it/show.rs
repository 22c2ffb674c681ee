//! `show`: what an environment holds, where it comes from, and everything about a key.

use serde_json::{Value, json};

use crate::project::{Project, Run};

const MANIFEST: &str = "\
[project]
default = \"development\"
[[stack]]
files = [\".env\", \"envs/{env}/env.toml\", \"envs/{env}/.env\", \"envs/{env}/.env.local\"]
[keys.LEVEL]
type = \"enum\"
values = [\"debug\", \"info\"]
required = [\"production\"]
help = \"how much is logged\"
[keys.LEVEL.in.production]
values = [\"info\"]
[keys.NOTE]
secret = false
[keys.PIN]
secret = true
[keys.ONLY_DECLARED]
required = true
provided-by = \"vault\"
";

/// Three environments over a base layer, with everything that a list has to tell.
fn project() -> Project {
    Project::new()
        .file("envctl.toml", MANIFEST)
        .file(".env", "REGION=eu\nLEVEL=info\nA_TOKEN=canary-base\nHOST=base\n")
        .file(
            "envs/development/env.toml",
            "description = \"for us\"\n[about]\nusers = \"developers\"\n[vars]\nLEVEL = \"trace\"\nPIN = \"1234\"\n",
        )
        .file(
            "envs/development/.env",
            "HOST=first\nURL=http://${HOST}/${GONE}\nHOST=localhost\nA_TOKEN=canary-dev\nEMPTY=\nKEY_TOKEN=\"${A_TOKEN}x\"\nNOTE=\nLINK=x${HOST}\n",
        )
        .file("envs/development/.env.local", "LEVEL=debug\n")
        .file("envs/production/.env", "LEVEL=debug\nA_TOKEN=canary-base\nPROD_ONLY=1\n")
        .file("envs/staging/.env", "broken\n")
}

#[test]
fn what_counts_stands_by_file_in_the_order_of_layers_and_lines() {
    project().run("show development").code(0).stderr("").stdout(
        "\
development (development)
  description  for us
  users        developers

.env  (3 overridden below)
  REGION  eu

envs/development/env.toml  (1 overridden below)
  PIN  set  (secret)

envs/development/.env  (1 overridden below)
  URL        http://${HOST}/${GONE}  (refers to HOST, GONE, unresolved)
  HOST       localhost
  A_TOKEN    set  (secret)
  EMPTY      empty
  KEY_TOKEN  set  (secret, refers to A_TOKEN)
  NOTE       empty
  LINK       x${HOST}  (refers to HOST)

envs/development/.env.local
  LEVEL  debug

10 keys in 4 sources, 3 secret
",
    );
}

#[test]
fn without_a_name_the_current_environment_is_shown() {
    let project = project();
    let expected = project.run("show production").code(0).stdout;
    project.run("--env production show").code(0).stdout(&expected);
    project.run_with(&[("ENVCTL_ENV", "prod")], "show").code(0).stdout(&expected);
    assert!(project.run("show").code(0).stdout.starts_with("development (development)\n"));
    project.run("--env production show dev").code(0).says("development (development)");
}

#[test]
fn without_a_current_environment_the_way_out_is_named() {
    let project = Project::new().file("envs/a-dev/.env", "A=1\n").file("envs/b-dev/.env", "A=2\n");
    let help = "error: no environment is selected\n  help: name one: `envctl show ENV`; or select one with `envctl switch ENV`\n";
    for args in ["show", "show A", "show A --format json"] {
        project.run(args).code(2).stdout("").stderr(help);
    }
    project.run("show b-dev A").code(0).says("2");
    project.run("show c-dev").code(2).says("there is no environment and no key `c-dev`").says("did you mean");
}

#[test]
fn globs_choose_keys_and_sources() {
    let project = project();
    let rows = |args: &str| -> Vec<String> {
        let run = project.run(&format!("show development {args}")).code(0);
        let (_, list) = run.stdout.split_once("\n\n").unwrap();
        list.lines()
            .filter_map(|line| line.strip_prefix("  ")?.split(' ').next())
            .map(str::to_owned)
            .collect()
    };
    assert_eq!(rows("--key *_TOKEN"), ["A_TOKEN", "KEY_TOKEN"]);
    assert_eq!(rows("--source *.local"), ["LEVEL"]);
    assert_eq!(rows("--source .env"), ["REGION"]);
    assert_eq!(
        rows("--source envs/{env}/.env"),
        ["REGION", "PIN", "URL", "HOST", "A_TOKEN", "EMPTY", "KEY_TOKEN", "NOTE", "LINK", "LEVEL"]
    );
    assert_eq!(rows("--source envs/*/.env --key ?O*"), ["HOST", "NOTE"]);
    assert!(rows("--key nothing").is_empty());
    project
        .run("show development --key LEVEL")
        .code(0)
        .says(".env  (1 overridden below)\n\nenvs/development/env.toml");
    project.run("show development --key nothing").code(0).says("0 keys in 0 sources, 0 secret");
    for args in ["show development LEVEL --key L*", "show LEVEL --source x"] {
        project.run(args).code(2).stdout("").says("leave one of them out");
    }
}

#[test]
fn an_environment_without_keys_is_shown_as_such() {
    let project = Project::new().file("envs/dev/.env", "").file("envs/dev/.env.local", "# nothing\n");
    project.run("show dev").code(0).stdout("dev (development)\n\n0 keys in 0 sources, 0 secret\n");
    assert_eq!(project.run("show dev --format json").code(0).json()["entries"], json!([]));
}

#[test]
fn the_inspector_tells_the_winner_the_losers_and_what_is_asked() {
    project().run("show development LEVEL").code(0).stderr("").stdout(
        "\
LEVEL in development (development)
  value     debug
  from      envs/development/.env.local:1:1
  over      envs/development/env.toml:5:1  trace
            .env:2:1  info
  identity  envs/{env}/.env::LEVEL
  type      enum
  required  no
  allowed   one of debug, info
  help      how much is logged
  also in   staging, production
",
    );
    project().run("show production LEVEL").code(0).stdout(
        "\
LEVEL in production (production, protected)
  value     debug
  from      envs/production/.env:1:1
  over      .env:2:1  info
  identity  envs/{env}/.env::LEVEL
  type      enum
  required  yes
  allowed   one of info
  help      how much is logged
  also in   development, staging
  error     LEVEL is none of info [not-allowed-value]
",
    );
}

#[test]
fn a_secret_and_what_it_overrides_are_told_by_state_and_equality_alone() {
    let project = project();
    let run = project.run("show production A_TOKEN").code(0).never_says("canary");
    for row in [
        "  value     set  (secret)\n",
        "  secret    its name says so\n",
        "  over      .env:3:1  the same value\n",
    ] {
        assert!(run.stdout.contains(row), "{row} in\n{}", run.stdout);
    }
    project
        .run("show dev A_TOKEN")
        .code(0)
        .never_says("canary")
        .says("  over      .env:3:1  another value\n");
    let hidden = Project::new()
        .file("envs/dev/.env", "STORE=localhost\nSTORE=\nSTORE=postgres://app:canary@db/app\n")
        .file("envs/prod/.env", "STORE=postgres://app:canary@db/app\nSTORE=localhost\n");
    let run = hidden.run("show dev STORE").code(0).never_says("canary").never_says("localhost");
    run.says("  over      envs/dev/.env:2:1  empty\n            envs/dev/.env:1:1  another value\n");
    hidden.run("show prod STORE").code(0).never_says("canary").says("envs/prod/.env:1:1  another value\n");
    let json = hidden.run("show prod STORE --format json").code(0).never_says("canary").json();
    assert_eq!(json["keys"][0]["entry"]["value"], "localhost");
    assert_eq!(json["keys"][0]["entry"]["overridden"][0].get("value"), None);
}

#[test]
fn why_a_value_is_secret_is_told() {
    let project = Project::new()
        .file("envctl.toml", "[keys.PIN]\nsecret = true\n[keys.OPEN_TOKEN]\nsecret = false\n")
        .file("envs/dev/.env", "PIN=1\nX_TOKEN=1\nURL=redis://:pw@h\nOPAQUE=a8f3k2m9x1q7\nOPEN_TOKEN=1\n");
    for (key, text, word) in [
        ("PIN", "declared in the manifest", "declared"),
        ("X_TOKEN", "its name says so", "name"),
        ("URL", "its value looks like a credential", "shape"),
        ("OPAQUE", "nothing says that its value is public", "opaque"),
    ] {
        project.run(&format!("show dev {key}")).code(0).says(&format!("  secret    {text}\n"));
        let json = project.run(&format!("show dev {key} --format json")).json();
        assert_eq!(json["keys"][0]["secret_because"], word, "{key}");
        assert_eq!(json["keys"][0]["entry"].get("value"), None, "{key}");
    }
    project.run("show dev OPEN_TOKEN").code(0).says("  value     1\n").never_says("secret  ");
}

#[test]
fn references_are_told_with_what_they_mean() {
    let run = project().run("show development URL").code(0);
    run.says("  value       http://${HOST}/${GONE}  (unresolved)\n")
        .says("  refers to   HOST  envs/development/.env:1:1\n              GONE  not defined before it\n")
        .says("  error       URL refers to ${GONE}, which is not defined before it [undefined-reference]\n");
    let json = project().run("show development URL --format json").code(0).json();
    let expected = json!([
        { "name": "HOST", "found": { "file": "envs/development/.env", "line": 1, "column": 1 } },
        { "name": "GONE", "found": null },
    ]);
    assert_eq!(json["keys"][0]["references"], expected);
    assert_eq!(json["keys"][0]["entry"]["resolved"], false);
    let odd = Project::new().file("envs/dev/.env", "PASS=pa${canaryX9q7Zp2Kd8Lm4}\n");
    for format in ["text", "json"] {
        odd.run(&format!("show dev --format {format}")).code(0).never_says("canary");
        odd.run(&format!("show dev PASS --format {format}")).code(0).never_says("canary");
    }
}

#[test]
fn a_key_that_only_others_have_or_that_is_only_asked_for_is_missing_and_no_error() {
    let project = project().file(".env.example", "WANTED=\n").file("envs/test/.env", "A=1\n");
    let run = project.run("show development PROD_ONLY").code(0).stderr("");
    run.stdout(
        "\
PROD_ONLY in development (development)
  value       missing
  identity    envs/{env}/.env::PROD_ONLY
  also in     production
  not in      test
  unknown in  staging
  warning     PROD_ONLY is set in production, and missing in development and test [parity]
",
    );
    let run = project.run("show development ONLY_DECLARED").code(0);
    run.says("  value       missing\n").says("  required    yes\n").says("  provided    by vault\n");
    project.run("show dev WANTED").code(0).says("  wanted by   .env.example:1:1\n");
    let json = project.run("show dev PROD_ONLY ONLY_DECLARED WANTED --format json").code(0).json();
    let keys = json["keys"].as_array().unwrap();
    assert_eq!(keys.len(), 3);
    assert!(keys.iter().all(|key| key["state"] == "missing" && key["entry"].is_null()), "{json:#}");
    assert_eq!(keys[0]["stack"], "envs/{env}/.env");
    assert_eq!(keys[1]["stack"], Value::Null);
    assert_eq!(keys[2]["wanted_by"], json!([{ "file": ".env.example", "line": 1, "column": 1 }]));
}

#[test]
fn a_required_key_that_is_missing_comes_with_the_finding() {
    let project = Project::new()
        .file("envctl.toml", "[keys.A]\nrequired = true\n")
        .file("envs/dev/.env", "A=1\n")
        .file("envs/prod/.env", "B=1\n");
    project
        .run("show prod A")
        .code(0)
        .says("  required  yes\n  also in   dev\n  error     A is required in prod and not set [missing-required]\n");
}

#[test]
fn a_key_of_several_stacks_is_shown_for_each_and_named_by_its_identity_for_one() {
    let project = Project::new()
        .file("envctl.toml", "[[stack]]\nfiles = [\"api.{env}.env\"]\n[keys.PORT]\ntype = \"port\"\n")
        .file("api.dev.env", "PORT=x1\n")
        .file("api.prod.env", "PORT=2\n")
        .file("envs/dev/.env", "PORT=3\n")
        .file("envs/prod/.env", "NAME=3\n");
    let run = project.run("show dev PORT").code(0);
    let cards: Vec<&str> = run.stdout.split("\n\n").collect();
    assert_eq!(cards.len(), 2, "{}", run.stdout);
    assert!(cards[0].contains("api.{env}.env::PORT\n") && cards[0].contains("[wrong-type]"), "{}", cards[0]);
    assert!(
        cards[1].contains("envs/{env}/.env::PORT\n") && !cards[1].contains("[wrong-type]"),
        "{}",
        cards[1]
    );
    assert!(cards[0].contains("also in   prod\n") && cards[1].contains("not in    prod"), "{}", run.stdout);
    let one = project.run("show dev api.{env}.env::PORT").code(0);
    assert_eq!(one.stdout.trim_end(), cards[0]);
    project.run("show prod PORT").code(0).says("value     2\n").says("value     missing\n");
}

#[test]
fn the_findings_of_another_environment_are_told_where_the_key_takes_part() {
    let secret = "canary-of-seven-chars";
    let project = Project::new()
        .file("envs/dev/.env", format!("OLD_TOKEN={secret}\nX_TOKEN=a\n"))
        .file("envs/prod/.env", format!("NEW_TOKEN={secret}\n"));
    for args in ["show dev OLD_TOKEN", "show prod NEW_TOKEN"] {
        let run = project.run(args).code(0).never_says("canary");
        run.says("NEW_TOKEN is the same secret as OLD_TOKEN in dev [same-secret]\n");
    }
    project.run("show dev X_TOKEN").code(0).never_says("same-secret");
    let json = project.run("show dev OLD_TOKEN --format json").code(0).json();
    assert_eq!(json["keys"][0]["findings"][0]["rule"], "same-secret");
    assert_eq!(json["keys"][0]["findings"][0]["severity"], "error");
}

#[test]
fn what_the_shell_sets_beside_the_files_is_compared_and_never_shown() {
    let project = project();
    let shell = |value: &str, args: &str| {
        let run = project.run_with(&[("A_TOKEN", value), ("PROD_ONLY", "canary")], args).code(0);
        run.never_says("canary")
    };
    shell("canary-else", "show dev A_TOKEN").says("  shell     also sets A_TOKEN, to another value\n");
    shell("canary-dev", "show dev A_TOKEN").says("  shell     also sets A_TOKEN, to the same value\n");
    shell("", "show dev A_TOKEN").says("  shell     also sets A_TOKEN, to another value\n");
    shell("x", "show dev PROD_ONLY").says("  shell       sets PROD_ONLY\n");
    let json = |value: &str, args: &str| {
        shell(value, &format!("{args} --format json")).json()["keys"][0]["shell"].clone()
    };
    assert_eq!(json("canary-else", "show dev A_TOKEN"), "different");
    assert_eq!(json("canary-dev", "show dev A_TOKEN"), "same");
    assert_eq!(json("x", "show dev PROD_ONLY"), "set");
    assert_eq!(json("x", "show dev LEVEL"), Value::Null);
    let expanded = Run::of(project.command().args(["show", "dev", "LINK"]).env("LINK", "xlocalhost")).code(0);
    expanded.says("also sets LINK, to the same value");
    let bytes = std::os::unix::ffi::OsStrExt::from_bytes(b"\xff");
    let odd: &std::ffi::OsStr = bytes;
    let run = Run::of(project.command().args(["show", "dev", "LINK"]).env("LINK", odd)).code(0);
    run.says("also sets LINK, to another value");
}

#[test]
fn a_variable_that_was_taken_from_the_shell_is_no_second_opinion_of_it() {
    let project = Project::new()
        .file("envs/dev/env.toml", "process-env = [\"A_*\"]\n[vars]\nA_PORT = \"1\"\n")
        .file("envs/prod/.env", "A_PORT=2\n");
    let run = project.run_with(&[("A_PORT", "3")], "show dev A_PORT").code(0);
    run.says("  value     3\n  from      process environment\n  over      envs/dev/env.toml:3:1  1\n")
        .never_says("shell");
    project.run_with(&[("A_PORT", "3")], "show dev").code(0).says("\nprocess environment\n  A_PORT  3\n");
    let json = project.run_with(&[("A_PORT", "3")], "show dev A_PORT --format json").code(0).json();
    let entry = &json["keys"][0]["entry"];
    assert_eq!((&entry["file"], &entry["line"]), (&json!("process environment"), &Value::Null));
}

#[test]
fn an_unknown_key_is_an_error_with_the_nearest_name() {
    let project = project();
    let error = |args: &str| project.run(args).code(2).stdout("").stderr;
    assert_eq!(error("show dev LEVL"), "error: there is no key `LEVL`\n  help: did you mean `LEVEL`?\n");
    assert_eq!(
        error("show LEVL"),
        "error: there is no environment and no key `LEVL`\n  help: did you mean `LEVEL`?\n"
    );
    assert_eq!(
        error("show prodution"),
        "error: there is no environment and no key `prodution`\n  help: did you mean `production`?\n"
    );
    assert_eq!(
        error("show prodution LEVEL"),
        "error: there is no environment and no key `prodution`\n  help: did you mean `production`?\n"
    );
    assert!(error("show dev ONLY_DECLRED").contains("did you mean `ONLY_DECLARED`?"));
    assert!(error("show dev LEVEL NOTHING_LIKE_IT").contains("`envctl show ENV` lists the keys"));
    assert!(error("show dev nowhere::LEVEL").contains("there is no key"));
}

#[test]
fn what_looks_like_a_secret_is_neither_suggested_nor_repeated() {
    let token = "sk_live_51CanaryQ7zP2xW9lM4kD8rT";
    let project =
        Project::new().file("envs/dev/.env", "A=1\n").file("envctl.toml", format!("[keys.{token}]\n"));
    let typo = token.replace("sk_", "sx_");
    for args in [format!("show dev {token}x"), format!("show dev {typo}"), format!("show {token}y")] {
        let run = Run::of(project.command().args(args.split(' '))).code(2).stdout("");
        assert!(!run.stderr.contains(token), "{}", run.stderr);
    }
    project.run(&format!("show dev {token}x")).says("there is no key of this name\n");
}

#[test]
fn half_an_environment_is_not_shown() {
    let project = project();
    for args in
        ["show staging", "show staging LEVEL", "show staging --key X --format json", "show staging NOPE"]
    {
        project.run(args).code(2).stdout("").says("envs/staging/.env:1:1: this line is neither");
    }
    project.run("show production").code(0);
}

#[test]
fn json_of_a_list_has_exactly_the_fields_of_the_contract() {
    let entry = |key: &str, source: &str, line: u32| {
        json!({
            "source": source, "file": source, "line": line, "column": 1, "stack": "envs/{env}/.env",
            "key": key, "name": key, "kind": "variable", "type": "string", "secret": false, "state": "set",
            "references": [], "resolved": true, "overridden": [],
        })
    };
    let project = Project::new()
        .file("envs/base-dev/.env", "A=0\n")
        .file(
            "envs/dev/env.toml",
            "description = 'd'\ninherits = 'base-dev'\n[about]\nb = 'c'\n[vars]\nA = '1'\nC='${'\n",
        )
        .file("envs/dev/.env", "A=${Z:-2}\nB_TOKEN=\n");
    let place =
        |source: &str, line: u32| json!({ "source": source, "file": source, "line": line, "column": 1 });
    let loser = |source: &str, line: u32, value: &str| {
        let mut place = place(source, line);
        let more =
            json!({ "type": "string", "secret": false, "state": "set", "same": false, "value": value });
        place.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        place
    };
    let mut a = entry("A", "envs/dev/.env", 1);
    a["value"] = json!("${Z:-2}");
    a["references"] = json!(["Z"]);
    a["overridden"] = json!([loser("envs/dev/env.toml", 6, "1"), loser("envs/base-dev/.env", 1, "0")]);
    let mut b = entry("B_TOKEN", "envs/dev/.env", 2);
    b["secret"] = json!(true);
    b["state"] = json!("empty");
    let mut c = entry("C", "envs/dev/env.toml", 7);
    c["value"] = json!("${");
    let expected = json!({
        "schema_version": 1,
        "environment": {
            "name": "dev", "tier": "development", "protected": false, "description": "d", "inherits": "base-dev",
            "about": { "b": "c" },
        },
        "entries": [c, a, b],
    });
    assert_eq!(project.run("show dev --format json").code(0).stderr("").json(), expected);
}

#[test]
fn json_of_a_key_has_exactly_the_fields_of_the_contract() {
    let project = Project::new()
        .file("envctl.toml", "[keys.PORT]\ntype = 'port'\nmin = 1024\nsame = true\nprefix = '{env}'\n")
        .file("envs/dev/.env", "PORT=80\n")
        .file("envs/prod/.env", "");
    let json = project.run("show dev PORT --format json").code(0).stderr("").json();
    let mut key = json["keys"][0].clone();
    let entry = key["entry"].take();
    assert_eq!(entry["value"], "80");
    let findings = key["findings"].take();
    let rules: Vec<&str> =
        findings.as_array().unwrap().iter().map(|one| one["rule"].as_str().unwrap()).collect();
    assert_eq!(rules, ["parity", "not-allowed-value", "not-allowed-value"]);
    let expected = json!({
        "key": "PORT", "stack": "envs/{env}/.env", "state": "set", "entry": null, "secret_because": null,
        "references": [], "wanted_by": [], "findings": null, "also_in": [], "not_in": ["prod"], "unknown_in": [],
        "shell": null,
        "demand": {
            "type": "port", "required": false, "only_in": null, "deprecated": null, "secret": null, "distinct": false,
            "same": true, "provided_by": null, "help": null, "example": null, "docs": null, "monotonic": null,
            "max_age_days": null, "rotated": null, "values": null, "schemes": null, "min": 1024.0, "max": null, "min_len": null,
            "max_len": null, "pattern": null, "prefix": "dev", "suffix": null, "separator": null,
        },
    });
    assert_eq!(key, expected);
    assert_eq!(json.get("entries"), None);
}

#[test]
fn every_demand_is_put_into_words() {
    let project = Project::new()
        .file(
            "envctl.toml",
            "[keys.A]\ntype = 'url'\nschemes = ['https', 'ftp']\nmin-len = 3\nmax-len = 9\npattern = '^{env}'\nprefix = 'p'\nsuffix = '-{env}'\ndistinct = true\n\
             [keys.B]\ntype = 'list'\nseparator = ';'\nmax = 3.5\nvalues = ['sk_live_51CanaryQ7zP2xW9lM4kD8rT']\n",
        )
        .file("envs/a.dev/.env", "A=\nB=\n");
    project.run("show a.dev A").code(0).says(
        "  type      url
  required  no
  allowed   scheme https, ftp
            3 to 9 characters
            begins with `p`
            ends with `-a.dev`
            matches `^a\\.dev`
            never the same in two environments
",
    );
    let run = project.run("show a.dev B").code(0).never_says("Canary");
    run.says(
        "one of what looks like a secret\n            at most 3.5\n            items separated by `;`\n",
    );
}

#[test]
fn the_words_about_a_key_are_put_into_words() {
    let project = Project::new()
        .file(
            "envctl.toml",
            "[keys.MODE]\n[keys.SIZE]\nrequired-if = { MODE = 'fixed' }\nonly-in = ['development', 'qa']\ndocs = 'https://wiki.example.com/size'\n\
             example = 512\nmonotonic = true\ndistinct = ['qa']\nhelp = 'ask ops'\n\
             [keys.OLD]\ndeprecated = 'use SIZE'\nmax-age = '12w'\n[keys.OLD.in.dev]\nrotated = 2030-01-31\n",
        )
        .file("envs/dev/.env", "MODE=fixed\nOLD=1\n")
        .file("envs/qa/.env", "");
    project.run("show dev SIZE").code(0).says(
        "  required  yes because of MODE
  only in   development, qa
  allowed   shared by no other environment in qa
            rising from development to production
  help      ask ops
  example   512
  docs      https://wiki.example.com/size
",
    );
    project.run("show dev OLD").code(0).says(
        "  deprecated  use SIZE
  rotated     every 84 days, last on 2030-01-31
",
    );
    project
        .run("validate dev")
        .code(1)
        .says("SIZE is required in dev because of MODE and not set")
        .says("ask ops; for example 512; see https://wiki.example.com/size; then set it in envs/dev/.env");
    let demand = |key: &str| {
        let json = project.run(&format!("show dev {key} --format json")).code(0).json();
        json["keys"][0]["demand"].clone()
    };
    let size = demand("SIZE");
    assert_eq!(size["only_in"], json!(["development", "qa"]));
    assert_eq!((&size["example"], &size["docs"]), (&json!("512"), &json!("https://wiki.example.com/size")));
    assert_eq!((&size["monotonic"], &size["distinct"]), (&json!("rising"), &json!(true)));
    let old = demand("OLD");
    assert_eq!((&old["deprecated"], &old["max_age_days"]), (&json!("use SIZE"), &json!(84)));
    assert_eq!(old["rotated"], json!("2030-01-31"));
}

#[test]
fn free_words_that_look_like_a_secret_are_left_out() {
    let words = "description = 'sk_live_51CanaryQ7zP2xW9lM4kD8rT'\n[about]\nurl = 'https://u:canary@h'\nok = 'fine'\n";
    let project = Project::new().file("envs/dev/env.toml", words);
    for format in ["text", "json"] {
        let run = project.run(&format!("show dev --format {format}")).code(0).says("fine");
        assert!(!run.stdout.to_lowercase().contains("canary"), "{}", run.stdout);
    }
}

#[test]
fn one_long_key_or_value_does_not_make_every_line_long() {
    let long = "x".repeat(100_000);
    let lines: String = (0..20_000).map(|n| format!("K{n}=1\n")).collect();
    let project = Project::new().file("envs/dev/.env", format!("K{long}=1\nV={long}\n{lines}"));
    let run = project.run("show dev").code(0);
    assert!(run.stdout.len() < 1_000_000, "{}", run.stdout.len());
    project.run(&format!("show dev K{}", "x".repeat(50_000))).code(2).stdout("");
    project.run("show dev V").code(0);
}
