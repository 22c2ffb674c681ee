//! `init`: what was found, written down; and how a line of a manifest corrects a guess.

use std::fs;
use std::os::unix::fs::PermissionsExt;

use serde_json::json;

use crate::project::Project;

fn project() -> Project {
    Project::new()
        .file(".env.dev", "LOG_LEVEL=debug\n")
        .file(".env.prod", "LOG_LEVEL=info\n")
        .file(".env.example", "# Where rows live\nDATABASE_URL=\n# one of debug | info\nLOG_LEVEL=info\n")
        .file("config/settings/pen.yml", "a: 1\n")
        .file("config/settings/dev.yml", "a: 1\n")
        .file("config/settings/prod.yml", "a: 2\n")
}

const LAYOUT: &str = "\
# What envctl found here. `envctl list` shows the same; correct what is wrong.
# The lists of files are layers, later ones win; {env} stands for the environment's name.

[project]
name = \"project\"
default = \"dev\"
environments = [\"dev\", \"pen\", \"prod\"]

[[stack]]
files = [\".env\", \".env.local\", \".env.{env}\", \".env.{env}.local\"]

[[stack]]
files = [\"config/settings/{env}.yml\"]

# [environments.pen]
# Its name does not say what it is for: it is guarded like production and judged like staging.
# tier = \"development\"     # or \"test\", \"staging\", \"production\"
";

#[test]
fn the_manifest_says_what_was_found_and_a_dry_run_writes_nothing() {
    let project = project();
    project.run("init --dry-run").code(0).stdout(LAYOUT);
    assert!(!project.root().join("envctl.toml").exists());
    project.run("init").code(0).stdout("envctl.toml\n").says("`envctl init --force --from .env.example`");
    let path = project.root().join("envctl.toml");
    assert_eq!(fs::read_to_string(&path).unwrap(), LAYOUT);
    assert_eq!(fs::metadata(path).unwrap().permissions().mode() & 0o777, 0o644);
}

#[test]
fn an_example_file_becomes_declared_keys() {
    let project = project();
    project.run("init --from .env.example").code(0).stdout("envctl.toml\n");
    let text = fs::read_to_string(project.root().join("envctl.toml")).unwrap();
    let keys = text.strip_prefix(LAYOUT).unwrap();
    assert!(keys.contains("[keys.DATABASE_URL]\nrequired = true\n"), "{keys}");
    assert!(keys.contains("[keys.LOG_LEVEL]\ntype = \"enum\"\nvalues = [\"debug\", \"info\"]\n"), "{keys}");
    let found = project.run("validate --format json").code(1);
    assert_eq!(found.rules(), ["missing-required", "parity", "missing-required", "missing-required"]);
}

#[test]
fn a_manifest_that_is_there_is_replaced_only_by_force() {
    let project = project().file("envctl.toml", "[project]\nname = \"mine\"\n");
    project.run("init").code(2).stdout("").stderr(
        "error: envctl.toml is there already\n  help: --dry-run prints what would be written; --force replaces the file\n",
    );
    assert_eq!(
        fs::read_to_string(project.root().join("envctl.toml")).unwrap(),
        "[project]\nname = \"mine\"\n"
    );
    project.run("init --force").code(0);
    assert_eq!(fs::read_to_string(project.root().join("envctl.toml")).unwrap(), LAYOUT);
}

#[test]
fn what_cannot_be_written_down_is_refused_and_nothing_is_written() {
    let project = project().file("notes.txt", "nothing of that kind\n");
    for (args, fault) in [
        ("init --from nowhere", "error: nowhere is not there\n"),
        ("init --from notes.txt", "error: notes.txt names no key\n"),
        ("init --format json", "error: init writes TOML, and has no JSON\n"),
    ] {
        let run = project.run(args).code(2).stdout("");
        assert!(run.stderr.starts_with(fault), "{args}: {}", run.stderr);
    }
    assert!(!project.root().join("envctl.toml").exists());
    Project::new().run("init").code(2).says("there are no environments");
    let linked = project.link("envctl.toml", "../home/elsewhere.toml");
    linked.run("init --force").code(2).says("envctl.toml is no regular file, and is not replaced");
}

/// The files and the tier of each environment.
fn listed(project: &Project) -> serde_json::Value {
    let json = project.run("list --format json").code(0).json();
    let environments = json["environments"].as_array().unwrap().iter();
    let one = |one: &serde_json::Value| {
        let sources = one["sources"].as_array().unwrap().iter();
        let paths: Vec<_> = sources.map(|source| source["path"].as_str().unwrap()).collect();
        json!([one["name"], one["tier"], paths.join(" ")])
    };
    environments.map(one).collect()
}

#[test]
fn one_line_corrects_a_guess() {
    let project = || {
        Project::new()
            .file("application-dev.yml", "a: 1\n")
            .file("application-quartz.yml", "a: 2\n")
            .file("docker-compose.yml", "services: {}\n")
            .file("docker-compose.dev.yml", "services: {}\n")
            .file("docker-compose.prod.yml", "services: {}\n")
            .file(".env.local", "A=1\n")
            .file(".env.dev", "A=2\n")
    };
    let dev = ".env.dev application-dev.yml docker-compose.dev.yml";
    let prod = json!(["prod", "production", "docker-compose.prod.yml"]);
    for (manifest, expected) in [
        ("", json!([["dev", "development", dev], prod])),
        (
            "[project]\nignore = [\"docker-compose*\"]\n",
            json!([["dev", "development", ".env.dev application-dev.yml"]]),
        ),
        (
            "[environments.dev]\ntier = \"staging\"\n",
            json!([["dev", "staging", format!("envctl.toml {dev}")], prod]),
        ),
        (
            "[environments.quartz]\ntier = \"test\"\n",
            json!([
                ["dev", "development", dev],
                ["quartz", "test", "envctl.toml application-quartz.yml"],
                prod
            ]),
        ),
        ("[project]\nenvironments = [\"prod\"]\n", json!([prod])),
        (
            "[environments.prod]\nfiles = [\"docker-compose.yml\", \"application-quartz.yml\"]\n",
            json!([
                ["dev", "development", dev],
                [
                    "prod",
                    "production",
                    "envctl.toml docker-compose.yml docker-compose.prod.yml application-quartz.yml"
                ]
            ]),
        ),
        (
            "[environments.local]\n",
            json!([["dev", "development", dev], ["local", "development", "envctl.toml .env.local"], prod]),
        ),
    ] {
        assert_eq!(listed(&project().file("envctl.toml", manifest)), expected, "{manifest}");
    }
    let wins = |loader: &str| {
        let manifest = format!("[project]\nloader = [\"{loader}\"]\n");
        project().file("envctl.toml", manifest).run("show dev --key A").code(0).stdout
    };
    assert!(wins("vite").contains("A  2"), "{}", wins("vite"));
    assert!(wins("next").contains("A  1"), "{}", wins("next"));
}

#[test]
fn of_a_declared_stack_copies_and_ciphers_are_no_environments() {
    let project = Project::new()
        .file("envctl.toml", "[[stack]]\nfiles = [\".env.{env}\"]\n")
        .file(".env.prod", "A=1\n")
        .file(".env.prod.bak", "A=1\n")
        .file(".env.prod.gpg", "A=1\n")
        .file(".env.example", "A=\n");
    assert_eq!(listed(&project), json!([["prod", "production", ".env.prod"]]));
    let told = project.run("list -v").code(0).stdout;
    assert!(told.contains(".env.prod.bak: a copy") && told.contains(".env.prod.gpg: encrypted"), "{told}");
    let folder = Project::new()
        .file("envctl.toml", "[project]\nenvironments = [\"prod\"]\n[[stack]]\nfiles = [\"envs/{env}/a.tfvars\"]\n[[stack]]\nfiles = [\"{env}.tfvars\"]\n[[stack]]\nfiles = [\"{env}_x.tfvars\"]\n")
        .file("envs/prod/a.tfvars", "a = 1\n")
        .file("prod.tfvars", "a = 1\n")
        .file("prod_x.tfvars", "a = 1\n");
    let told = folder.run("list -v").code(0).stdout;
    assert!(!told.contains("passed over"), "{told}");
}

#[test]
fn a_file_that_one_environment_claims_stays_below_the_others() {
    let project = || {
        Project::new()
            .file("docker-compose.yml", "services: {w: {environment: {A: 1, B: 2}}}\n")
            .file("docker-compose.prod.yml", "services: {w: {environment: {A: 3}}}\n")
            .file("one.env", "SAME=1\nX=1\n")
            .file("two.env", "SAME=1\nX=2\n")
    };
    let claimed = project().file("envctl.toml", "[environments.dev]\nfiles = [\"docker-compose.yml\", \"one.env\"]\n[environments.prod]\nfiles = [\"two.env\"]\n");
    let found = claimed.run("diff dev prod --format json --all-keys").code(0).json();
    let keys: Vec<_> = found["keys"]
        .as_array()
        .unwrap()
        .iter()
        .map(|key| format!("{} {}", key["status"].as_str().unwrap(), key["path"].as_str().unwrap()))
        .collect();
    let expected =
        ["different services.w.environment.A", "same services.w.environment.B", "same SAME", "different X"];
    assert_eq!(keys, expected);
}

#[test]
fn everybodys_own_layer_and_the_variables_of_the_manifest_keep_their_height() {
    let project = Project::new()
        .file("envctl.toml", "[project]\nloader = [\"next\"]\n[environments.qa]\ninherits = \"staging\"\n[environments.qa.vars]\nV = \"manifest\"\n")
        .file(".env", "K=base\nV=base\n")
        .file(".env.local", "K=local\n")
        .file(".env.staging", "K=staging\nS=staging\n")
        .file(".env.qa", "K=qa\nQ=qa\n");
    let shown = project.run("show qa --format json").code(0).json();
    let values: Vec<_> = shown["entries"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| format!("{}={}", one["key"].as_str().unwrap(), one["value"].as_str().unwrap()))
        .collect();
    let mut sorted = values.clone();
    sorted.sort();
    assert_eq!(sorted, ["K=local", "Q=qa", "S=staging", "V=manifest"]);
}

#[test]
fn in_a_repository_of_several_programs_each_is_found_from_inside() {
    let project = Project::new()
        .file("apps/api/package.json", "{}\n")
        .file("apps/api/.env.dev", "A=1\n")
        .file("apps/api/src/index.js", "")
        .file("apps/web/package.json", "{}\n")
        .file("apps/web/.env.staging", "A=1\n")
        .file("libs/x/package.json", "{}\n");
    let names = |dir: &str| -> Vec<String> {
        let json = project.run(&format!("list -C {dir} --format json")).code(0).json();
        let names = json["environments"]
            .as_array()
            .unwrap()
            .iter()
            .map(|one| one["name"].as_str().unwrap().to_owned());
        names.collect()
    };
    assert_eq!(names("apps/api/src"), ["dev"]);
    assert_eq!(names("apps/web"), ["staging"]);
    assert_eq!(names("."), ["dev", "staging"]);
    assert_eq!(names("libs/x"), ["dev", "staging"]);
}
