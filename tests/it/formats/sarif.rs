//! `--format sarif`: the structure that SARIF 2.1.0 and GitHub's code scanning ask for.

use serde_json::Value;

use super::hostile;
use crate::project::Project;

/// Asserts what the published schema requires of each object that envctl writes, and its enumerations.
fn check(log: &Value) {
    assert_eq!(log["version"], "2.1.0");
    assert!(log["$schema"].as_str().unwrap().ends_with("sarif-2.1.0.json"));
    only(log, &["$schema", "version", "runs"]);
    let run = &log["runs"][0];
    only(run, &["tool", "columnKind", "results"]);
    assert_eq!(run["columnKind"], "unicodeCodePoints");
    let driver = &run["tool"]["driver"];
    only(driver, &["name", "version", "semanticVersion", "rules"]);
    assert_eq!(driver["name"], "envctl");
    let rules = driver["rules"].as_array().unwrap();
    for rule in rules {
        only(
            rule,
            &["id", "shortDescription", "fullDescription", "help", "defaultConfiguration", "properties"],
        );
        for field in ["shortDescription", "fullDescription", "help"] {
            assert!(!rule[field]["text"].as_str().unwrap().is_empty(), "{rule}");
        }
        level(&rule["defaultConfiguration"]["level"]);
        assert!(rule["properties"]["tags"][0].is_string(), "{rule}");
    }
    for result in run["results"].as_array().unwrap() {
        let fields = ["ruleId", "ruleIndex", "level", "message", "locations", "relatedLocations"];
        only(result, &[&fields[..], &["partialFingerprints", "properties"]].concat());
        let index = usize::try_from(result["ruleIndex"].as_u64().unwrap()).unwrap();
        assert_eq!(rules[index]["id"], result["ruleId"]);
        level(&result["level"]);
        assert!(!result["message"]["text"].as_str().unwrap().is_empty());
        assert_eq!(result["locations"].as_array().unwrap().len(), 1);
        assert_eq!(result["partialFingerprints"]["envctl/v1"].as_str().unwrap().len(), 32);
        let related = result["relatedLocations"].as_array().unwrap();
        result["locations"].as_array().unwrap().iter().chain(related).for_each(location);
    }
}

fn only(value: &Value, known: &[&str]) {
    let fields: Vec<_> = value.as_object().unwrap().keys().collect();
    assert!(fields.iter().all(|field| known.contains(&field.as_str())), "{fields:?}");
}

fn level(level: &Value) {
    assert!(["none", "note", "warning", "error"].contains(&level.as_str().unwrap()), "{level}");
}

fn location(location: &Value) {
    only(location, &["id", "message", "physicalLocation"]);
    let place = &location["physicalLocation"];
    only(place, &["artifactLocation", "region"]);
    let file = &place["artifactLocation"];
    assert_eq!(file["uriBaseId"], "%SRCROOT%");
    let uri = file["uri"].as_str().unwrap();
    let is_plain = |c: char| c.is_ascii_alphanumeric() || "-._~/%".contains(c);
    assert!(!uri.is_empty() && !uri.starts_with('/') && uri.chars().all(is_plain), "{uri}");
    only(&place["region"], &["startLine", "startColumn"]);
    for field in ["startLine", "startColumn"] {
        assert!(place["region"][field].as_u64() >= Some(1), "{place}");
    }
}

#[test]
fn a_log_has_the_structure_of_the_schema() {
    check(&Project::shipped().run("validate --format sarif").code(0).json());
    check(&hostile::project().run("validate --format sarif").code(1).shows_all().json());
    check(&hostile::crowd(500).run("validate --format sarif").code(1).json());
}

#[test]
fn a_result_tells_what_is_wrong_where_and_what_takes_part() {
    let project = Project::new()
        .file("envs/development/.env", "API_TOKEN=canary-1\n")
        .file("envs/my prod/.env", "")
        .file("envs/production/.env", "# x\nAPI_TOKEN=canary-1\n");
    let log = project.run("validate --format sarif").code(1).never_says("canary").json();
    check(&log);
    let result = &log["runs"][0]["results"][0];
    assert_eq!(result["ruleId"], "same-secret");
    assert_eq!(result["level"], "error");
    let place = &result["locations"][0]["physicalLocation"];
    assert_eq!(place["artifactLocation"]["uri"], "envs/production/.env");
    assert_eq!((&place["region"]["startLine"], &place["region"]["startColumn"]), (&2.into(), &11.into()));
    assert_eq!(result["relatedLocations"][0]["message"]["text"], "development");
}

#[test]
fn a_finding_without_a_place_stands_at_the_manifest_and_what_is_no_file_too() {
    let project = Project::new()
        .file("app/envctl.toml", "# here\n[keys.PORT]\ntype = \"port\"\n")
        .file("app/envs/production/env.toml", "process-env = [\"PORT\"]\n");
    git2::Repository::init(project.root()).unwrap();
    let run = project.run_with(&[("PORT", "eighty")], "-C app validate production --format sarif").code(1);
    let log = run.json();
    check(&log);
    let places: Vec<_> = log["runs"][0]["results"]
        .as_array()
        .unwrap()
        .iter()
        .map(|result| &result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"])
        .collect();
    assert_eq!(places, ["app/envctl.toml"]);
}
