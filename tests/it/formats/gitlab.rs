//! `--format gitlab`: Code Quality as GitLab documents it.

use std::collections::BTreeSet;

use super::hostile;
use crate::project::Project;

#[test]
fn an_issue_has_the_fields_that_gitlab_wants() {
    let project = Project::new()
        .file("envctl.toml", "[keys.TOKEN]\nrequired = true\n[keys.B]\n[keys.PORT]\ntype = \"port\"\n")
        .file("envs/staging/.env", "PORT=1\nPORT=2\nTOKEN=abc1\n")
        .file("envs/production/.env", "PORT=eighty\nB=x\n");
    let json = project.run("validate --format gitlab").code(1).stderr("").json();
    let issues = json.as_array().unwrap();
    let told: Vec<_> = issues
        .iter()
        .map(|issue| {
            let place = (&issue["location"]["path"], &issue["location"]["lines"]["begin"]);
            format!("{} {} {}:{}", issue["severity"], issue["check_name"], place.0, place.1).replace('"', "")
        })
        .collect();
    assert_eq!(
        told,
        [
            "minor parity envs/production/.env:2",
            "minor duplicate-key envs/staging/.env:2",
            "blocker missing-required envctl.toml:1",
            "blocker wrong-type envs/production/.env:1",
        ]
    );
}

/// The fingerprints of a project's findings.
fn fingerprints(project: &Project) -> Vec<String> {
    let json = project.run("validate --format gitlab").json();
    let issues = json.as_array().unwrap().iter();
    issues.map(|issue| issue["fingerprint"].as_str().unwrap().to_owned()).collect()
}

#[test]
fn fingerprints_are_unique_and_stay_when_lines_move() {
    let content = "A=changeme\nnonsense\nnonsense\nB=changeme\n";
    let project = Project::new().file("envs/production/.env", content);
    let before = fingerprints(&project);
    assert_eq!(before.iter().collect::<BTreeSet<_>>().len(), 4, "{before:?}");
    let moved = project.file("envs/production/.env", format!("# new\n\n{content}"));
    assert_eq!(fingerprints(&moved), before);
    let other = moved.file("envs/production/.env", content.replace("B=", "C="));
    assert_eq!(fingerprints(&other).iter().filter(|one| before.contains(one)).count(), 3);
}

#[test]
fn every_place_is_a_file_and_every_name_is_data() {
    let run = hostile::project().run("validate --format gitlab").code(1).shows_all();
    let issues = run.json();
    let names: BTreeSet<_> = issues[0].as_object().unwrap().keys().map(String::as_str).collect();
    assert_eq!(names, ["check_name", "description", "fingerprint", "location", "severity"].into());
    for issue in issues.as_array().unwrap() {
        assert!(issue["location"]["lines"]["begin"].as_u64() >= Some(1), "{issue}");
        assert!(issue["location"]["path"].as_str().unwrap().starts_with("envs/"), "{issue}");
    }
    let crowd = hostile::crowd(1000).run("validate --format gitlab").code(1).json();
    assert_eq!(crowd.as_array().unwrap().len(), 2000);
}

#[test]
fn nothing_found_is_an_empty_list() {
    Project::shipped().run("validate --format gitlab").code(0).stdout("[]\n");
}
