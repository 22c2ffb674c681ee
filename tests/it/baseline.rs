//! The baseline: an old project takes envctl in, and from then on only what is new is told.

use std::fs;

use serde_json::json;

use crate::project::Project;

const FILE: &str = "envctl-baseline.json";

/// Two placeholders under one key and a switch in production, one more placeholder in staging.
fn old() -> Project {
    Project::new()
        .file("envs/staging/.env", "A=x\nDEBUG=0\nB=changeme\n")
        .file("envs/production/.env", "A=changeme\nDEBUG=1\nB=changeme\n")
}

fn written(project: &Project) -> String {
    fs::read_to_string(project.root().join(FILE)).unwrap()
}

#[test]
fn what_is_written_down_is_told_no_more_and_what_is_new_is() {
    let project = old();
    let run = project.run("validate --write-baseline").code(0).stderr("");
    run.stdout("envctl-baseline.json: 4 findings, 3 errors\n");
    assert_eq!(
        written(&project),
        r#"{
  "schema_version": 1,
  "findings": [
    {"file":"envs/production/.env","key":"A","rule":"placeholder","environments":["production"],"severity":"error"},
    {"file":"envs/production/.env","key":"B","rule":"placeholder","environments":["production"],"severity":"error"},
    {"file":"envs/production/.env","key":"DEBUG","rule":"debug-in-production","environments":["production"],"severity":"error"},
    {"file":"envs/staging/.env","key":"B","rule":"placeholder","environments":["staging"],"severity":"warning"}
  ]
}
"#
    );
    let run = project.run("validate --baseline").code(0).stderr("");
    run.says("ok: 2 environments, no problems (4 in the baseline, 3 of them errors)\n");
    let project =
        project.file("envs/production/.env", "# moved\n\nB=changeme\nA=changeme\nDEBUG=yes\nC=changeme\n");
    let run = project.run("validate --baseline --format json").code(1).stderr("");
    let json = run.json();
    assert_eq!(json["baseline"], json!({ "file": FILE, "findings": 4, "errors": 3, "mended": 0 }));
    let keys: Vec<_> = json["findings"].as_array().unwrap().iter().map(|one| &one["key"]).collect();
    assert_eq!(keys, ["C", "C"]);
    assert!(project.run("validate --format json").code(1).json()["baseline"].is_null());
}

#[test]
fn what_is_mended_is_told_in_one_note_and_never_by_who_judges_a_part() {
    let project = old();
    project.run("validate --write-baseline").code(0);
    let project = project.file("envs/production/.env", "A=changeme\nB=real\nDEBUG=0\n");
    let run = project.run("validate --baseline").code(0);
    run.stderr("note: 2 findings of the baseline are mended\n  help: `envctl validate --write-baseline` takes out what is not found any more\n");
    for part in ["production", "--phase structure", "--rule placeholder", "--portable", "-q"] {
        project.run(&format!("validate --baseline {part}")).code(0).stderr("");
    }
    let run = project.run("validate production --baseline --format json").code(0);
    assert!(run.json()["baseline"]["mended"].is_null());
    project.run("validate --write-baseline").code(0);
    let run = project.run("validate --baseline --format json").code(0).stderr("");
    assert_eq!(run.json()["baseline"], json!({ "file": FILE, "findings": 2, "errors": 1, "mended": 0 }));
}

#[test]
fn what_became_worse_is_new() {
    let project = old();
    project.run("validate --write-baseline").code(0);
    let run = project.run("validate --baseline --strict --format json").code(1);
    assert_eq!(run.rules(), ["placeholder"]);
    let run = project
        .file("envctl.toml", "[rules]\nplaceholder = \"note\"\n")
        .run("validate --baseline --format json");
    assert_eq!(run.code(0).rules(), [""; 0]);
}

#[test]
fn equal_findings_are_counted() {
    let broken = |lines: usize| "A=1 # envctl: accept placeholder x\n".repeat(lines) + "B=1\n";
    let project = Project::new().file("envs/production/.env", broken(3));
    project.run("validate --write-baseline").code(0);
    assert!(written(&project).contains("\"rule\":\"unused-acceptance\",\"environments\":[\"production\"],\"severity\":\"warning\",\"count\":3}"));
    let rules = |project: Project| {
        project.run("validate --baseline --rule unused-acceptance,placeholder --format json").code(0).rules()
    };
    let project = project.file("envs/production/.env", broken(4));
    assert_eq!(rules(project), ["unused-acceptance"]);
}

#[test]
fn what_cannot_be_read_is_in_no_baseline() {
    let project = old().file("envs/production/.env", "nonsense\n");
    let run = project.run("validate --write-baseline").code(0);
    run.says("note: 1 finding of parse-error stay").says("envctl-baseline.json: ");
    assert!(!written(&project).contains("parse-error"));
    let entry = r#"{"file":"envs/production/.env","rule":"parse-error","environments":["production"],"severity":"error"}"#;
    let project = project.file(FILE, format!("{{\"schema_version\": 1, \"findings\": [{entry}]}}"));
    assert_eq!(
        project.run("validate --baseline --rule parity --format json").code(1).rules(),
        ["parse-error"]
    );
}

#[test]
fn the_manifest_makes_a_baseline_automatic() {
    let project = old().dir("ci").file("envctl.toml", "[project]\nbaseline = \"ci/known.json\"\n");
    let run = project.run("validate").code(2).stdout("");
    run.stderr("error: the baseline ci/known.json is not there\n  help: write it: envctl validate --write-baseline\n");
    project.run("validate --write-baseline").code(0).says("ci/known.json: 4 findings");
    project.run("validate").code(0).says("4 in the baseline");
    project.run("validate --no-baseline").code(1).never_says("baseline");
    project.run("validate --no-baseline --baseline").code(2);
    project.run("-C envs validate --write-baseline=mine.json").code(0).says("mine.json: 4 findings");
    assert!(project.root().join("envs/mine.json").is_file());
    project.run("validate --baseline=envs/mine.json").code(0).says("4 in the baseline");
    project.run("validate --baseline=other.json").code(2).says("the baseline other.json is not there");
    let outside = old().file("envctl.toml", "[project]\nbaseline = \"../known.json\"\n");
    outside.run("validate --write-baseline").code(2).says("envctl.toml:2:12: a path must be relative");
}

#[test]
fn a_baseline_replaces_nothing_but_a_baseline() {
    for text in [
        "CANARY",
        "",
        "{}",
        "{\"schema_version\": 1, \"findings\": [7]}",
        "{\"schema_version\": 2, \"findings\": []}",
    ] {
        let project = old().file(FILE, text);
        for args in ["--write-baseline", "--baseline"] {
            project.run(&format!("validate {args}")).code(2).stdout("").never_says("CANARY").says(FILE);
        }
        assert_eq!(written(&project), text);
    }
    let project =
        old().file("secret.json", "{\"schema_version\": 1, \"findings\": []}").link(FILE, "secret.json");
    project.run("validate --write-baseline").code(2).says("is a link, and is not followed");
    project.run("validate --baseline").code(2).says("is a link, and is not followed");
    let project = old().link("ci", "envs").file("envctl.toml", "[project]\nbaseline = \"ci/b.json\"\n");
    project.run("validate --write-baseline").code(2).says("leads through a link");
    old().fifo(FILE).run("validate --baseline").code(2);
    old().dir(FILE).run("validate --write-baseline").code(2);
    old().file(FILE, vec![b' '; 17 << 20]).run("validate --baseline").code(2);
    old().file(FILE, [0xff, 0xfe]).run("validate --baseline").code(2).says("is no baseline");
}

#[test]
fn a_conflict_of_a_merge_is_told_with_its_place_and_an_entry_twice_is_one() {
    let project = old();
    project.run("validate --write-baseline").code(0);
    let text = written(&project);
    let project = project.file(FILE, text.replacen("    {", "<<<<<<< ours\n    {", 1));
    project.run("validate --baseline").code(2).says("error: envctl-baseline.json:4:1: this is no JSON");
    let line = text.lines().nth(3).unwrap();
    let project = project.file(FILE, text.replacen(line, &format!("{line}\n{line}"), 1));
    let run = project.run("validate --baseline --format json").code(0);
    assert_eq!(run.json()["baseline"]["mended"], 0);
}

#[test]
fn a_baseline_is_of_everything() {
    for part in [
        "production",
        "--rule parity",
        "--skip parity",
        "--phase structure",
        "--portable",
        "--fail-fast",
        "--baseline",
        "--exit-zero",
    ] {
        old().run(&format!("validate --write-baseline {part}")).code(2).stdout("");
    }
    old().run("validate --write-baseline --env production").code(2).says("leave --env out");
    let run = old().run("validate --write-baseline --format json").code(0);
    assert_eq!(run.json(), json!({ "schema_version": 1, "file": FILE, "findings": 4, "errors": 3 }));
    let run = Project::shipped().run("validate --write-baseline").code(0);
    run.stdout("envctl-baseline.json: 0 findings, 0 errors\n");
}

#[test]
fn names_that_act_on_a_terminal_are_escaped_in_the_file() {
    let project = Project::new().file("envs/production/env.toml", "[vars]\n\"a\\u202e\" = \"changeme\"\n");
    project.run("validate --write-baseline").code(0).shows_all();
    assert!(written(&project).contains("\\u202e"), "{}", written(&project));
    project.run("validate --baseline").code(0).says("in the baseline");
}

#[test]
fn a_new_key_of_a_finding_about_several_is_new() {
    let needs = |keys: &str| {
        let lines: String = keys.split(' ').map(|key| format!("{key}=\n")).collect();
        format!("SHARED=1\n{lines}")
    };
    let project = Project::new()
        .file(".env.example", needs("ONE TWO"))
        .file("envs/staging/.env", "SHARED=1\n")
        .file("envs/production/.env", "SHARED=1\n");
    project.run("validate --write-baseline").code(0);
    let project = project.file(".env.example", needs("TWO ONE"));
    project.run("validate --baseline --rule missing-required").code(0).says("in the baseline");
    let project = project.file(".env.example", needs("ONE TWO THREE"));
    let run = project.run("validate --baseline --rule missing-required --format json");
    assert!(run.rules().contains(&"missing-required".to_owned()), "{}", run.stdout);
}

#[test]
fn a_new_secret_in_a_file_that_git_tracks_is_new() {
    let path = "envs/production/.env";
    let token = "API_TOKEN=kJ8sLq2Zx9Vb4Nm7Rt5w\n";
    let project = Project::new().file(path, token);
    let repository = git2::Repository::init(project.root()).unwrap();
    let mut index = repository.index().unwrap();
    index.add_path(std::path::Path::new(path)).unwrap();
    index.write().unwrap();
    project.run("validate --write-baseline").code(0).says("1 finding, 1 error");
    project.run("validate --baseline").code(0).says("1 in the baseline");
    let project = project.file(path, format!("{token}MAIL_PASSWORD=yT5rEw3Qa1Zx6Cv8Bn2m\n"));
    let run = project.run("validate --baseline --format json").code(1);
    assert_eq!(run.rules(), ["secret-tracked-by-git"]);
    assert_eq!(run.json()["baseline"]["mended"], 0);
    index.remove_path(std::path::Path::new(path)).unwrap();
    index.write().unwrap();
    fs::write(project.root().join(".gitignore"), ".env\n").unwrap();
    project.run("validate --baseline --skip file-mode").never_says("mended");
}

#[test]
fn a_pair_that_is_known_excuses_no_other_place() {
    let secret = "API_TOKEN=kJ8sLq2Zx9Vb4Nm7Rt5w\n";
    let project = Project::new().file("envs/staging/.env", secret).file("envs/production/.env", secret);
    project.run("validate --write-baseline").code(0).says("1 finding, 1 error");
    project.run("validate --baseline").code(0);
    let project = project.file("envs/staging/.env", secret.replace("API_TOKEN", "OTHER_TOKEN"));
    let run = project.run("validate --baseline --rule same-secret --format json").code(1);
    assert_eq!(run.rules(), ["same-secret"]);
}
