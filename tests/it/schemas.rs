//! The published schemas, held against what the program really writes, and against manifests that it takes or refuses.

mod schema;

use std::fs;
use std::path::Path;

use serde_json::{Map, Value};

use crate::project::Project;
use schema::Schema;

/// What of the document breaks the schema of this name.
fn violations(name: &str, document: &Value) -> Vec<String> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("schemas").join(format!("{name}.schema.json"));
    let schema: Value = serde_json::from_str(&fs::read_to_string(path).unwrap()).unwrap();
    Schema { root: &schema, node: &schema }.violations(document, "$")
}

fn assert_valid(name: &str, document: &Value) {
    let violations = violations(name, document);
    assert!(violations.is_empty(), "{violations:#?}\nin {document:#}");
}

/// The shipped project with everything wrong that fits in: findings of many rules, files that are passed over, gaps, a Compose file.
fn broken() -> Project {
    Project::shipped()
        .edit("envs/production/env.toml", "beta_features = false", "beta_features = true")
        .edit("envs/production/env.toml", "debug = false", "debug = true")
        .edit("envs/staging/.env", "BOT_TOKEN", "BOT_TOKEN=\nNO LINE\nBOT_TOKEN")
        .file("envs/production/.env.local", "LOG_LEVEL=none${GONE}\nOTHER=\nOTHER=changeme\n")
        .file("envs/qa/env.toml", "tier = 'nowhere'")
        .file("envs/pen/.env", "A=1\n")
        .file("docker-compose.prod.yml", "services:\n  web:\n    image: a:latest\n    env_file: [gone.env]\n")
        .file(".env.example", "SOMETHING=\n")
        .file("envs/production/old.bin", [0, 1])
}

fn projects() -> [Project; 4] {
    let shared =
        |project: Project, name: &str| project.file(&format!("envs/{name}/.env"), "API_KEY=Zk3v9QpX7mB2w\n");
    [
        Project::shipped(),
        broken(),
        Project::new().file("envs/dev/.env", "A=\nB=x\n"),
        ["dev", "staging", "prod"].into_iter().fold(Project::new(), shared),
    ]
}

#[test]
fn every_json_keeps_to_its_schema() {
    for (schema, line) in [
        ("validate", "validate"),
        ("validate", "validate --portable --fail-fast"),
        ("validate", "validate --phase structure --rule parity"),
        ("validate-rules", "validate --rules"),
        ("validate-write-baseline", "validate --write-baseline=known.json"),
        ("validate", "validate --baseline=known.json"),
        ("validate", "validate --baseline=known.json --env dev"),
        ("explain", "explain same-secret"),
        ("explain", "explain parse-error"),
        ("list", "list"),
        ("current", "current"),
        ("current", "current --env production"),
        ("banner", "banner"),
        ("banner", "banner --env production"),
        ("context", "context --stdout"),
        ("context", "context --stdout --env staging"),
        ("context", "context --stdout --env production"),
        ("diff", "diff"),
        ("diff", "diff dev prod"),
        ("diff", "diff development staging --raw --all-keys"),
        ("diff", "diff --all"),
        ("diff-check", "diff --check"),
        ("diff-check", "diff --check --all"),
        ("diff-dedupe", "diff --dedupe"),
        ("show", "show"),
        ("show", "show production"),
        ("show", "show production LOG_LEVEL OTHER BOT_TOKEN"),
        ("show", "show WEBHOOK_URL"),
    ] {
        let mut documents = 0;
        for project in projects() {
            let run = |line: &str| project.run(&format!("{line} --format json"));
            if line.contains("--baseline") {
                run("validate --write-baseline=known.json").code(0);
            }
            let run = run(line);
            if !run.stdout.is_empty() {
                assert_valid(schema, &run.json());
                documents += 1;
            }
        }
        assert!(documents > 0, "{line} prints no JSON anywhere");
    }
}

#[test]
fn what_changed_since_a_revision_keeps_to_its_schema() {
    let project = Project::shipped()
        .file("envs/old/.env", "A=1\n")
        .file("envs/qa/.env", "A=1\nB='\n")
        .committed()
        .without("envs/old/.env")
        .file("envs/new/.env", "A=1\n")
        .file("envs/production/.env.local", "A=1\n")
        .edit("envctl.toml", "[keys.LOG_LEVEL]", "[keys.FRESH]\nrequired = true\n[keys.LOG_LEVEL]")
        .edit("envs/staging/.env", "BOT_TOKEN", "OTHER=1\nBOT_TOKEN");
    assert_valid("diff-since", &project.run("diff --since HEAD --all-keys --format json").code(0).json());
}

#[test]
fn what_selects_is_one_of_the_words_of_the_schema() {
    let project = Project::shipped();
    for (variables, line) in [(vec![], ""), (vec![("ENVCTL_ENV", "staging")], ""), (vec![], "--env staging")]
    {
        let run = project.run_with(&variables, &format!("current --format json {line}"));
        assert_valid("current", &run.json());
    }
    project.run("switch staging").code(0);
    assert_valid("current", &project.run("current --format json").json());
}

#[test]
fn a_baseline_keeps_to_its_schema() {
    for project in projects() {
        project.run("validate --write-baseline").code(0);
        let written = fs::read_to_string(project.root().join("envctl-baseline.json")).unwrap();
        assert_valid("baseline", &serde_json::from_str(&written).unwrap());
    }
}

#[test]
fn a_schema_holds_for_one_version_of_the_format() {
    for (name, line) in
        [("validate", "validate"), ("list", "list"), ("show", "show"), ("explain", "explain same")]
    {
        let mut document = Project::shipped().run(&format!("{line} --format json")).code(0).json();
        assert_eq!(violations(name, &document), [""; 0]);
        document["schema_version"] = 2.into();
        assert_eq!(violations(name, &document), ["$.schema_version breaks const 1"]);
        document.as_object_mut().unwrap().remove("schema_version");
        assert_eq!(violations(name, &document).len(), 1);
    }
}

/// A text in TOML as editors hand it to a schema: dates are texts.
fn toml(text: &str) -> Value {
    fn json(value: toml::Value) -> Value {
        match value {
            toml::Value::String(text) => text.into(),
            toml::Value::Integer(number) => number.into(),
            toml::Value::Float(number) => number.into(),
            toml::Value::Boolean(on) => on.into(),
            toml::Value::Datetime(date) => date.to_string().into(),
            toml::Value::Array(items) => items.into_iter().map(json).collect(),
            toml::Value::Table(table) => {
                table.into_iter().map(|(name, value)| (name, json(value))).collect::<Map<_, _>>().into()
            }
        }
    }
    json(toml::Value::Table(text.parse().unwrap()))
}

#[test]
fn the_manifests_of_this_repository_keep_to_the_schemas() {
    let text = |path: &str| fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(path)).unwrap();
    assert_valid("envctl", &toml(&text("envctl.toml")));
    for environment in ["development", "staging", "production"] {
        assert_valid("env", &toml(&text(&format!("envs/{environment}/env.toml"))));
    }
    let readme = text("README.md");
    let blocks: Vec<&str> =
        readme.split("```toml\n").skip(1).map(|rest| rest.split("```").next().unwrap()).collect();
    let blocks: Vec<&str> = blocks.into_iter().filter(|block| !block.starts_with("# ~/")).collect();
    assert_eq!(blocks.len(), 3, "a block for another program begins with the path of its file, # ~/…");
    for block in blocks {
        assert_valid(if block.contains("\n[about]") { "env" } else { "envctl" }, &toml(block));
    }
}

#[test]
fn what_init_writes_keeps_to_the_schema() {
    for project in projects() {
        let line = if project.root().join(".env.example").exists() {
            "init --dry-run --from .env.example"
        } else {
            "init --dry-run"
        };
        assert_valid("envctl", &toml(&project.run(line).code(0).stdout));
    }
}

/// Does envctl take it?
fn is_taken(file: &str, text: &str) -> bool {
    let project =
        Project::new().file("envs/dev/.env", "A=1\n").file("envs/prod/.env", "A=2\n").file(file, text);
    let run = project.run("validate --rule parse-error");
    assert!(run.code.is_some_and(|code| code <= 2), "{}", run.stderr);
    run.code == Some(0)
}

#[test]
fn the_schema_takes_what_envctl_takes() {
    for text in [
        "",
        "[project]\nloader = ['node', 'docker-compose']\nenvironments = ['dev', 'prod']\ncontext = 'a.json'",
        "[[stack]]\nfiles = ['.env', '{env}.env']",
        "[environments.dev]\ntier = 'development'\nfiles = ['a.env']\n[environments.dev.vars]\nA = 1\nB = 1.5\nC = true\nD = ''",
        "[keys.A]\nrequired = ['dev', 'production']\ndistinct = ['prod']\nsame = false\nrequired-if = { B = 1, C = ['a', true] }",
        "[keys.A]\ndeprecated = 'use B'\n[keys.B]\ndeprecated = true\n[keys.C]\nmonotonic = 'falling'\n[keys.D]\nmonotonic = true",
        "[keys.A]\nmax-age = '12w'\nrotated = 2026-01-31\nexample = 3\nmin = 1\nmax = 1.5\nmin-len = 0",
        "[keys.A.in.prod]\nrequired = false\nmax-age = '1d'\ntype = 'int'\nvalues = ['1']\npattern = '.'",
        "[[group]]\nat-least-one = ['A', 'B']\nin = ['prod']",
        "[flags.a]\n[flags.b]\nallowed-in = []\nexpires = 2040-01-31",
        "[rules]\nparity = 'off'\nparse-error = 'warning'\n[rules.in.dev]\nsame-secret = 'note'\n[rules.in.production]\n",
        "[[accept]]\nrule = 'parity'\nreason = 'x'\nuntil = 2040-01-31",
    ] {
        assert!(is_taken("envctl.toml", text), "{text}");
        assert_valid("envctl", &toml(text));
    }
}

#[test]
fn the_schema_refuses_what_envctl_refuses() {
    for text in [
        "unknown = 1",
        "[project]\nnam = 'x'",
        "[project]\nloader = ['composer']",
        "[project]\nname = 1",
        "[[stack]]\nfile = ['.env']",
        "[[stack]]",
        "[environments.dev]\ntier = 'unknown'",
        "[environments.dev.vars]\nA = ['x']",
        "[environments.dev.flags]\na = 'on'",
        "[keys.A]\nrequird = true",
        "[keys.A]\nrequired = 'dev'",
        "[keys.A]\ntype = 'strng'",
        "[keys.A]\nmonotonic = 'up'",
        "[keys.A]\nmax-age = '90'",
        "[keys.A]\nmin-len = -1",
        "[keys.A.in.prod]\nsecret = true",
        "[keys.A.in.prod]\nrequired = ['prod']",
        "[keys.A.in.prod.in.dev]\n",
        "[[group]]\nhelp = 'x'",
        "[[group]]\nexactly-one = ['A', 'B']\nall-or-none = ['A', 'B']",
        "[flags.a]\nexpire = 2040-01-31",
        "[rules]\nparitty = 'off'",
        "[rules]\nparity = 'loud'",
        "[rules]\nparse-error = 'off'",
        "[rules.in]\nparity = 'off'",
        "[rules.in.dev]\nparitty = 'off'",
        "[rules.in.dev.in.dev]\nparity = 'off'",
        "[[accept]]\nrule = 'parity'",
        "[[accept]]\nreason = 'x'",
        "[[accept]]\nrule = 'parse-error'\nreason = 'x'",
    ] {
        assert!(!is_taken("envctl.toml", text), "envctl takes {text}");
        assert!(!violations("envctl", &toml(text)).is_empty(), "the schema takes {text}");
    }
    for text in
        ["unknown = 1", "tier = 'prod'", "files = ['a']", "debug = 'no'", "[vars]\nA = []", "[about]\na = 1"]
    {
        assert!(!is_taken("envs/dev/env.toml", text), "envctl takes {text}");
        assert!(!violations("env", &toml(text)).is_empty(), "the schema takes {text}");
    }
}
