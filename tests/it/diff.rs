//! `diff`: two environments compared, in text and JSON, and what it refuses to compare.

mod check;
mod fingerprint;
mod fold;
mod headings;
mod many;
mod markdown;
mod since;
mod times;

use proptest::prelude::*;
use serde_json::{Value, json};

use crate::project::Project;

/// Two environments over a base layer, with every kind of difference.
fn project() -> Project {
    Project::new()
        .file("envctl.toml", "[[stack]]\nfiles = [\".env\", \"envs/{env}/.env\"]\n[keys.NOTE]\nsecret = false\n")
        .file(".env", "REGION=eu\nLEVEL=info\n")
        .file(
            "envs/development/.env",
            "LEVEL=debug\nHOST=localhost\nURL=http://${HOST}/\nDEV_ONLY=1\nA_TOKEN=canary-a\nB_TOKEN=canary-b\nC_TOKEN=canary-c\nD_TOKEN=\n",
        )
        .file(
            "envs/production/.env",
            "HOST=localhost\nURL=https://${HOST}/\nPROD_ONLY=\"x y\"\nA_TOKEN=canary-z\nB_TOKEN=canary-b\nD_TOKEN=canary-d\nE_TOKEN=\n",
        )
        .file("envs/staging/.env", "LEVEL=debug\nHOST=localhost\nURL=http://${HOST}/\n")
}

const COUNTS: &str = "4 different, 2 only in development, 2 only in production, 3 same\n";

#[test]
fn differences_are_told_key_by_key_and_secrets_only_as_set_empty_or_missing() {
    project().run("diff development production").code(0).stderr("").stdout(&format!(
        "\
envs/{{env}}/.env
  ~  A_TOKEN    different            set → set  (secret)
  -  C_TOKEN    only in development  set  (secret)
  -  DEV_ONLY   only in development  1
  ~  D_TOKEN    different            empty → set  (secret)
  +  E_TOKEN    only in production   empty  (secret)
  ~  LEVEL      different            debug → info
  +  PROD_ONLY  only in production   x y
  ~  URL        different            http://${{HOST}}/ → https://${{HOST}}/

{COUNTS}"
    ));
}

#[test]
fn all_keys_lists_what_is_the_same_too() {
    let run = project().run("diff development production --all-keys").code(0);
    for line in [
        "  =  B_TOKEN    same                 set  (secret)\n",
        "  =  HOST       same                 localhost\n",
        "  =  REGION     same                 eu\n",
        "  ~  A_TOKEN    different            set → set  (secret)\n",
    ] {
        assert!(run.stdout.contains(line), "{line:?} in\n{}", run.stdout);
    }
    assert!(run.stdout.ends_with(COUNTS));
}

#[test]
fn names_alone_hold_no_value() {
    project().run("diff development production --keys").code(0).stderr("").stdout(&format!(
        "\
envs/{{env}}/.env
  ~  A_TOKEN    different
  -  C_TOKEN    only in development
  -  DEV_ONLY   only in development
  ~  D_TOKEN    different
  +  E_TOKEN    only in production
  ~  LEVEL      different
  +  PROD_ONLY  only in production
  ~  URL        different

{COUNTS}"
    ));
    let json = project().run("diff development production --keys --all-keys --format json").code(0).json();
    let keys = json["keys"].as_array().unwrap();
    assert_eq!(keys.len(), 11);
    assert!(keys.iter().all(|key| key.get("values").is_none()), "{json}");
}

fn key(path: &str, status: &str, within: &[&str], values: Option<Value>) -> Value {
    let mut key = json!({
        "source": "envs/{env}/.env", "path": path, "status": status, "in": within, "secret": values.is_none(),
    });
    if status == "different" {
        key["kind"] = if values.is_none() { json!("secret") } else { json!("value") };
    }
    if let Some(values) = values {
        key["values"] = values;
    }
    key
}

/// The counts of the project, development and production as they are given.
fn counts(only_in: Value) -> Value {
    json!({
        "only_in": only_in, "different": 4, "same": 3,
        "name_only": 0, "whitespace": 0, "type": 0, "value": 2, "secret": 2,
    })
}

#[test]
fn json_has_exactly_the_fields_of_the_contract() {
    let both = &["production", "development"];
    let changed = |path: &str, dev: &str, prod: &str| {
        key(path, "different", both, Some(json!({"development": dev, "production": prod})))
    };
    let expected = json!({
        "schema_version": 1,
        "environments": ["production", "development"],
        "mode": "effective",
        "keys": [
            key("A_TOKEN", "different", both, None),
            key("C_TOKEN", "only-in", &["development"], None),
            key("DEV_ONLY", "only-in", &["development"], Some(json!({"development": "1"}))),
            key("D_TOKEN", "different", both, None),
            key("E_TOKEN", "only-in", &["production"], None),
            changed("LEVEL", "debug", "info"),
            key("PROD_ONLY", "only-in", &["production"], Some(json!({"production": "x y"}))),
            changed("URL", "http://${HOST}/", "https://${HOST}/"),
        ],
        "counts": counts(json!({"production": 2, "development": 2})),
    });
    let run = project().run("diff prod dev --format json").code(0);
    assert_eq!(run.json(), expected);
    let (left, right) = (run.stdout.rfind("\"production\": 2"), run.stdout.rfind("\"development\": 2"));
    assert!(left < right, "only_in keeps the order of the arguments:\n{}", run.stdout);
}

#[test]
fn all_keys_in_json_adds_the_same_ones_and_changes_no_count() {
    let json = project().run("diff development production --all-keys --format json").code(0).json();
    let both = &["development", "production"];
    let keys = json["keys"].as_array().unwrap();
    assert_eq!(keys.len(), 11);
    assert!(keys.contains(&key("B_TOKEN", "same", both, None)));
    assert!(keys.contains(&key(
        "REGION",
        "same",
        both,
        Some(json!({"development": "eu", "production": "eu"}))
    )));
    assert_eq!(json["counts"], counts(json!({"development": 2, "production": 2})));
}

#[test]
fn no_secret_is_told_in_any_format() {
    for args in ["", "--all-keys", "--keys", "--format json --all-keys", "--key *_TOKEN", "--color always"] {
        project().run(&format!("diff development production {args}")).code(0).never_says("canary");
    }
}

#[test]
fn a_secret_on_one_side_hides_both_sides() {
    let project = Project::new()
        .file("envs/dev/.env", "STORE=postgres://localhost/app\n")
        .file("envs/prod/.env", "STORE=postgres://app:canary@db/app\n");
    project.run("diff dev prod").code(0).never_says("localhost").says("set → set  (secret)");
    let json = project.run("diff dev prod --format json").code(0).never_says("localhost").json();
    assert_eq!(json["keys"][0], key("STORE", "different", &["dev", "prod"], None));
}

#[test]
fn a_declared_key_is_what_it_is_declared_to_be() {
    let project = Project::new()
        .file("envctl.toml", "[keys.A_TOKEN]\nsecret = false\n[keys.PORT]\nsecret = true\n")
        .file("envs/dev/.env", "A_TOKEN=one\nPORT=1\n")
        .file("envs/prod/.env", "A_TOKEN=two\nPORT=2\n");
    project.run("diff dev prod").code(0).stdout(
        "\
envs/{env}/.env
  ~  A_TOKEN  different  one → two
  ~  PORT     different  set → set  (secret)

2 different, 0 only in dev, 0 only in prod, 0 same
",
    );
}

#[test]
fn the_exit_code_tells_of_differences_only_when_asked() {
    let project = project();
    project.run("diff development production").code(0);
    project.run("diff development production --exit-code").code(1);
    project.run("diff development production --exit-code --format json").code(1);
    project.run("diff development production --exit-code --key LEVEL").code(1);
    project.run("diff development production --exit-code --key REGION").code(0);
}

#[test]
fn identical_environments_differ_in_nothing() {
    let project = Project::new()
        .file("envs/a-dev/.env", "A=1\nT_TOKEN=x\n")
        .file("envs/b-dev/.env", "T_TOKEN='x'\nA=1 # one\n");
    project
        .run("diff a-dev b-dev --exit-code")
        .code(0)
        .stderr("")
        .stdout("0 different, 0 only in a-dev, 0 only in b-dev, 2 same\n");
    let json = project.run("diff a-dev b-dev --format json --exit-code").code(0).json();
    assert_eq!(json["keys"], json!([]));
    assert_eq!(json["counts"]["same"], 2);
}

#[test]
fn references_are_compared_as_written() {
    let project = project();
    let json = project.run("diff development staging --key URL --all-keys --format json").code(0).json();
    assert_eq!(json["keys"][0]["status"], "same");
    let undefined = Project::new().file("envs/dev/.env", "A=${GONE}\n").file("envs/prod/.env", "A=x\n");
    undefined.run("diff dev prod").code(0).says("${GONE} → x");
}

#[test]
fn a_glob_picks_keys_and_the_counts_follow() {
    project().run("diff dev prod --key *_ONLY").code(0).stdout(
        "\
envs/{env}/.env
  -  DEV_ONLY   only in development  1
  +  PROD_ONLY  only in production   x y

0 different, 1 only in development, 1 only in production, 0 same
",
    );
    project()
        .run("diff dev prod --key ?_TOKEN --keys")
        .code(0)
        .says("2 different, 1 only in development, 1 only in production, 1 same");
    project()
        .run("diff dev prod --key nothing")
        .code(0)
        .stdout("0 different, 0 only in development, 0 only in production, 0 same\n");
    project()
        .run("diff dev prod --key level")
        .code(0)
        .stdout("0 different, 0 only in development, 0 only in production, 0 same\n");
}

#[test]
fn names_come_in_any_spelling_and_the_canonical_one_is_told() {
    for (left, right) in [("dev", "prod"), ("DEVELOPMENT", "Production"), ("develop", "live")] {
        let json = project().run(&format!("diff {left} {right} --format json")).code(0).json();
        assert_eq!(json["environments"], json!(["development", "production"]), "{left} {right}");
    }
}

#[test]
fn a_stack_of_its_own_is_compared_by_itself() {
    let project = Project::new()
        .file("envctl.toml", "[[stack]]\nfiles = [\"api.{env}.env\"]\n")
        .file("api.dev.env", "PORT=1\n")
        .file("api.prod.env", "PORT=2\n")
        .file("envs/dev/.env", "PORT=3\n")
        .file("envs/prod/.env", "PORT=3\n");
    project.run("diff dev prod --all-keys").code(0).stdout(
        "\
api.{env}.env
  ~  PORT  different  1 → 2

envs/{env}/.env
  =  PORT  same  3

1 different, 0 only in dev, 0 only in prod, 1 same
",
    );
}

#[test]
fn an_unknown_environment_is_an_error_and_never_a_guess() {
    project()
        .run("diff development prodution")
        .code(2)
        .stdout("")
        .stderr("error: there is no environment `prodution`\n  help: did you mean `production`?\n");
    for args in ["diff development", "diff development --all", "diff development production staging x"] {
        project().run(args).code(2).stdout("");
    }
    let alone = Project::new().file("envs/dev/.env", "A=1\n");
    for args in ["diff", "diff --all", "diff dev", "diff dev dev dev"] {
        alone.run(args).code(2).stdout("").stderr(
            "error: diff compares two environments or more, and there is dev alone\n  help: name another one; `envctl list` says which there are\n",
        );
    }
}

#[test]
fn half_a_comparison_is_refused() {
    let project = project().file("envs/production/.env", "A=1\nB=\"canary\n");
    for args in ["", "--exit-code", "--format json", "--key A"] {
        project.run(&format!("diff development production {args}")).code(2).stdout("").stderr(
            "error: envs/production/.env:2:3: the quote that opens here is never closed\n  help: close the quote; inside double quotes write `\\\"` for a quote; `envctl validate production` shows every problem\n",
        );
    }
    project.run("diff development staging").code(0);
    let project = project.file("envs/production/.env", b"A=\xFF");
    project
        .run("diff production staging")
        .code(2)
        .stdout("")
        .says("envs/production/.env:1:3: the file is not UTF-8 from here on");
    let project = project.file(".env", "oops\n");
    project.run("diff development staging").code(2).stdout("").says(".env:1:1: this line is neither");
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, ..ProptestConfig::default() })]

    #[test]
    fn counts_add_up_and_the_other_way_round_is_the_mirror_image(
        one in proptest::collection::btree_map("[A-F]", "[ab]?", 0..6),
        two in proptest::collection::btree_map("[A-F]", "[ab]?", 0..6),
    ) {
        let text = |keys: &std::collections::BTreeMap<String, String>| {
            keys.iter().map(|(key, value)| format!("{key}={value}\n")).collect::<String>()
        };
        let project = Project::new().file("envs/dev/.env", text(&one)).file("envs/prod/.env", text(&two));
        let there = project.run("diff dev prod --all-keys --format json").code(0).json();
        let back = project.run("diff prod dev --all-keys --format json").code(0).json();
        let all: std::collections::BTreeSet<_> = one.keys().chain(two.keys()).collect();
        let counts = &there["counts"];
        let count = |value: &Value| value.as_u64().unwrap();
        let sum = count(&counts["only_in"]["dev"]) + count(&counts["only_in"]["prod"]) + count(&counts["different"]) + count(&counts["same"]);
        prop_assert_eq!(sum, all.len() as u64);
        prop_assert_eq!(there["keys"].as_array().unwrap().len(), all.len());
        prop_assert_eq!(count(&counts["same"]), one.iter().filter(|(key, value)| two.get(*key) == Some(value)).count() as u64);
        prop_assert_eq!(counts, &back["counts"]);
        let differ = i32::from(one != two);
        project.run("diff dev prod --exit-code").code(differ);
    }
}
