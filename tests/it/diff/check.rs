//! `diff --check`: what the manifest explains, what it rules out, and what nothing explains.

use serde_json::json;

use crate::project::Project;

fn project(manifest: &str) -> Project {
    Project::new()
        .file("envctl.toml", manifest)
        .file("envs/dev/.env", "LEVEL=debug\nHOST=app-dev.example\nA_TOKEN=canary-a\nREGION=eu\nSEED=1\n")
        .file("envs/staging/.env", "LEVEL=info\nHOST=app-staging.example\nA_TOKEN=canary-b\nREGION=eu\n")
        .file("envs/prod/.env", "LEVEL=warn\nHOST=app.example\nA_TOKEN=canary-c\nREGION=eu\nCDN=on\n")
}

#[test]
fn what_nothing_explains_is_listed_and_the_answer_is_no() {
    project("[keys.A_TOKEN]\ndistinct = true\n").run("diff --check staging prod").code(1).never_says("canary").stdout(
        "\
envs/{env}/.env
  +  CDN    only in prod  on
  ~  LEVEL  different     info → warn

2 unexplained, 2 explained, 1 same
help: bring the values together, or declare what is meant: varies = \"REASON\" at the key, or [[varies]] for many
",
    );
}

#[test]
fn every_word_of_the_manifest_that_explains_does() {
    for (manifest, key, by) in [
        ("[keys.LEVEL]\nvaries = 'as loud as it may be'", "LEVEL", "varies"),
        ("[[varies]]\nkeys = ['*V*']\nreason = 'x'", "LEVEL", "varies"),
        ("[[varies]]\nkeys = ['envs/{env}/.env::L*']\nreason = 'x'", "LEVEL", "varies"),
        ("[keys.'envs/{env}/.env::LEVEL']\nvaries = 'x'", "LEVEL", "varies"),
        ("[keys.LEVEL]\ndistinct = true", "LEVEL", "distinct"),
        ("[keys.LEVEL]\nmonotonic = true", "LEVEL", "monotonic"),
        (
            "[keys.LEVEL.in.prod]\nvalues = ['warn']\n[keys.LEVEL.in.staging]\nvalues = ['info']",
            "LEVEL",
            "values",
        ),
        ("[keys.LEVEL]\nvaries = 'x'", "HOST", "name-only"),
        ("[keys.SEED]\nonly-in = ['dev']", "SEED", "only-in"),
        ("[keys.SEED]\nvaries = 'x'", "SEED", "varies"),
        ("[[varies]]\nkeys = ['SEED']\nin = ['dev']\nreason = 'x'", "SEED", "varies"),
        ("[keys.CDN]\nrequired = ['production']", "CDN", "required"),
        ("[keys.CDN.in.production]\nrequired = true", "CDN", "required"),
        ("[keys.CDN]\nrequired-if = { LEVEL = 'warn' }", "CDN", "required-if"),
        ("[keys.CDN]\nprovided-by = 'ci'", "CDN", "provided-by"),
        ("[keys.CDN]\ndeprecated = true", "CDN", "deprecated"),
        (
            "[environments.dev]\nprovided-by = 'ci'\n[environments.staging]\nprovided-by = 'ci'",
            "CDN",
            "provided-by",
        ),
        ("[[group]]\nexactly-one = ['CDN', 'SEED', 'X']", "CDN", "group"),
    ] {
        let run = project(manifest).run(&format!("diff --check --all --format json --key {key}")).code(0);
        let json = run.json();
        let judged = &json["comparisons"][0]["keys"][0];
        assert_eq!((&judged["explained"], &judged["by"]), (&json!(true), &json!([by])), "{manifest}");
        assert_eq!(judged.get("reasons").is_some(), by == "varies", "{manifest}");
        project(manifest)
            .run(&format!("diff --check --all --key {key}"))
            .code(0)
            .says("0 unexplained, 1 explained");
    }
}

#[test]
fn what_explains_something_else_does_not() {
    for (manifest, key) in [
        ("", "LEVEL"),
        ("[keys.LEVEL]\nrequired = ['production']", "LEVEL"),
        ("[keys.LEVEL]\nonly-in = ['production']", "LEVEL"),
        ("[keys.LEVEL]\ndistinct = ['production']", "LEVEL"),
        ("[keys.LEVEL.in.prod]\nvalues = ['warn']", "LEVEL"),
        ("[keys.LEVEL.in.prod]\nvalues = ['error']\n[keys.LEVEL.in.dev]\nvalues = ['debug']", "LEVEL"),
        ("[[varies]]\nkeys = ['LEVEL']\nin = ['dev']\nreason = 'x'", "LEVEL"),
        ("[[varies]]\nkeys = ['LEVE', 'a::LEVEL']\nreason = 'x'", "LEVEL"),
        ("[keys.CDN]\nrequired = true", "CDN"),
        ("[keys.CDN]\nonly-in = ['staging', 'prod']", "CDN"),
        ("[keys.CDN]\ndistinct = true", "CDN"),
        ("[keys.CDN.in.prod]\nvalues = ['on']", "CDN"),
        ("[environments.dev]\nprovided-by = 'ci'", "CDN"),
        ("[[varies]]\nkeys = ['CDN']\nin = ['dev']\nreason = 'x'", "CDN"),
    ] {
        let run = project(manifest).run(&format!("diff --check --all --format json --key {key}")).code(1);
        assert_eq!(run.json()["comparisons"][0]["keys"][0]["explained"], json!(false), "{manifest}");
    }
}

#[test]
fn what_the_manifest_rules_out_is_told_as_such_also_where_nothing_differs() {
    project("[keys.LEVEL]\nsame = ['staging', 'production']")
        .run("diff --check --all --key LEVEL")
        .code(1)
        .says("LEVEL must be the same in staging, production\n")
        .says("1 unexplained, 0 explained, 0 same\n");
    project("[keys.REGION]\ndistinct = ['production']")
        .run("diff --check staging prod --key REGION")
        .code(1)
        .says("  =  REGION  same  eu\n")
        .says("REGION must be distinct in production, and is the same\n");
    let run = project("[keys.HOST]\nsame = true").run("diff --check --all --format json --key HOST").code(1);
    assert_eq!(run.json()["comparisons"][0]["keys"][0]["breaks"], "same");
    project("[keys.REGION]\ndistinct = ['production']").run("diff --check dev staging --key REGION").code(0);
    project("[keys.REGION]\nsame = true").run("diff --check --all --key REGION").code(0).says("1 same");
}

#[test]
fn demands_are_held_against_what_references_come_to() {
    let files = |manifest| {
        Project::new()
            .file("envctl.toml", manifest)
            .file("envs/dev/.env", "NAME=one\nURL=http://${NAME}.example/\n")
            .file("envs/prod/.env", "NAME=two\nURL=http://${NAME}.example/\n")
    };
    files("[keys.URL]\ndistinct = true").run("diff --check --key URL").code(0);
    files("[keys.URL]\nsame = true")
        .run("diff --check --key URL")
        .code(1)
        .says("URL must be the same everywhere\n");
}

#[test]
fn images_that_must_be_one_are_identical_everywhere_or_the_gate_closes() {
    let values = |digest: &str| format!("image:\n  digest: sha256:{digest}\nreplicas: 1\n");
    let manifest = "[keys.'values-{env}.yaml::image.digest']\nsame = true\n";
    let project = ["dev", "staging", "prod"]
        .iter()
        .fold(Project::new().file("envctl.toml", manifest), |project, name| {
            project.file(&format!("values-{name}.yaml"), values("aa"))
        });
    project.run("diff --all --key *image*").code(0).says("1 identical in 3 environments\n");
    project.run("diff --all --check --key *image*").code(0);
    let project = project.file("values-prod.yaml", values("bb"));
    project.run("diff --all --key *image*").code(0).says("0 identical in 3 environments\n");
    project.run("diff --all --check").code(1).says("image.digest must be the same everywhere\n");
}

#[test]
fn what_explains_nothing_is_told_where_everything_was_compared() {
    let idle = "envctl.toml:1: the `varies` of REG*, GONE explains nothing: remove it, or correct its keys\n";
    let manifest = "[[varies]]\nkeys = ['REG*', 'GONE']\nreason = 'x'\n[[varies]]\nkeys = ['LEVEL', 'CDN', 'SEED']\nreason = 'y'\n[keys.A_TOKEN]\ndistinct = true\n";
    for args in ["diff --check", "diff --check --all"] {
        project(manifest).run(args).code(0).says(idle).never_says("CDN");
    }
    for args in ["diff --check dev prod", "diff --check --all --key REGION", "diff --check --all --raw"] {
        project(manifest).run(args).code(0).never_says("explains nothing");
    }
    let json = project(manifest).run("diff --check --format json").code(0).json();
    assert_eq!(json["explains_nothing"], json!([{ "line": 1, "keys": "REG*, GONE", "reason": "x" }]));
    assert_eq!(json["comparisons"].as_array().unwrap().len(), 2);
    assert_eq!(json["comparisons"][1]["counts"], json!({ "unexplained": 0, "explained": 4, "same": 1 }));
}

#[test]
fn a_varying_key_is_no_gap_for_parity_either() {
    let rules = |manifest| project(manifest).run("validate --rule parity --format json").rules();
    assert_eq!(rules("[keys.SEED]\nonly-in = ['dev']"), ["parity"]);
    assert_eq!(rules("[keys.SEED]\nonly-in = ['dev']\n[keys.CDN]\nvaries = 'x'"), [""; 0]);
}

#[test]
fn hostile_names_and_reasons_reach_no_terminal() {
    let manifest = "[[varies]]\nkeys = [\"A\\u001b[31m\\u202e\\n*\"]\nreason = \"\\u001b]0;x\"\n";
    project(manifest).run("diff --check").code(1).shows_all().says("explains nothing");
    project("").run("diff --check --format markdown").code(2).says("diff --check");
    project("").run("diff --check --exit-code dev prod").code(2);
    project("").run("diff --check --all-keys dev prod").code(2);
}
