//! The rules: what each finds and what it leaves alone, as a table of projects and of the findings they must give.

mod compose;
mod crossing;
mod custody;
mod drift;
mod engine;
mod hygiene;
mod isolation;
mod mutations;
mod parity;
mod portability;
mod presence;
mod production;
mod safety;
mod shape;
mod terraform;
mod types;
mod wanted;
mod words;

use std::collections::BTreeMap;

use jiff::civil::Date;
use jiff::{Timestamp, ToSpan, tz::TimeZone};
use serde_json::Value;

use crate::project::Project;

pub const MANIFEST: &str = "envctl.toml";
pub const DEV: &str = "envs/development/.env";
pub const TEST: &str = "envs/test/.env";
pub const STAGING: &str = "envs/staging/.env";
pub const PROD: &str = "envs/production/.env";

/// A project, and the findings that `validate` must give for it: all of them and no others.
#[derive(Clone, Copy)]
pub struct Case {
    rule: &'static str,
    name: &'static str,
    files: &'static [(&'static str, &'static str)],
    vars: &'static [(&'static str, &'static str)],
    args: &'static str,
    git: Option<&'static [&'static str]>,
    mode: Option<u32>,
    finds: &'static [&'static str],
}

/// A case for `rule`. Texts of files may hold `{yesterday}`, `{today}` and `{tomorrow}`.
pub const fn case(rule: &'static str, name: &'static str) -> Case {
    Case { rule, name, files: &[], vars: &[], args: "", git: None, mode: None, finds: &[] }
}

impl Case {
    pub const fn files(self, files: &'static [(&'static str, &'static str)]) -> Self {
        Self { files, ..self }
    }

    pub const fn vars(self, vars: &'static [(&'static str, &'static str)]) -> Self {
        Self { vars, ..self }
    }

    pub const fn args(self, args: &'static str) -> Self {
        Self { args, ..self }
    }

    /// The project is a repository that tracks these files.
    pub const fn git(self, tracked: &'static [&'static str]) -> Self {
        Self { git: Some(tracked), ..self }
    }

    /// All files have these permissions, instead of those for their owner alone.
    pub const fn mode(self, mode: u32) -> Self {
        Self { mode: Some(mode), ..self }
    }

    /// What must be found: `rule severity environment,… key file:line:column`, with `-` for what there is none of.
    pub const fn finds(self, finds: &'static [&'static str]) -> Self {
        Self { finds, ..self }
    }

    /// Does the case show what its rule finds, rather than what it leaves alone?
    fn is_positive(&self) -> bool {
        self.finds.iter().any(|line| line.split(' ').next() == Some(self.rule))
    }

    fn project(&self, today: Date) -> Project {
        let put = |project: Project, (path, text): &(&str, &str)| {
            let project = project.file(path, dated(text, today));
            self.mode.into_iter().fold(project, |project, mode| project.mode(path, mode))
        };
        let project = self.files.iter().fold(Project::new(), put);
        self.git.into_iter().fold(project, Project::tracked)
    }

    /// What is wrong with this case, if anything.
    fn complaint(&self) -> Option<String> {
        let before = self::today();
        let run = self.project(before).run_with(self.vars, &format!("validate --format json {}", self.args));
        if today() != before {
            return self.complaint(); // midnight passed: the dates in the files are those of another day
        }
        let found = match run.code {
            Some(0 | 1) => all_lines(&run.json()),
            _ => vec![run.stderr.clone()],
        };
        let code = i32::from(found.iter().any(|line| line.split(' ').nth(1) == Some("error")));
        let found = told(self.rule, found);
        let complaint = format!(
            "{}: {}\n  expected {:#?}\n  found    {found:#?}, exit {:?}\n",
            self.rule, self.name, self.finds, run.code
        );
        (found != self.finds || run.code != Some(code)).then_some(complaint)
    }
}

/// Today, as envctl counts days.
pub fn today() -> Date {
    Timestamp::now().to_zoned(TimeZone::UTC).date()
}

fn dated(text: &str, today: Date) -> String {
    let (yesterday, tomorrow) = (today - 1.day(), today + 1.day());
    text.replace("{today}", &today.to_string())
        .replace("{yesterday}", &yesterday.to_string())
        .replace("{tomorrow}", &tomorrow.to_string())
}

/// Rules that find something in nearly every small project: they speak in their own cases alone.
const TALKATIVE: &[&str] = &["portability", "parity", "weak-secret"];

/// Every finding in one line.
pub fn all_lines(report: &Value) -> Vec<String> {
    report["findings"].as_array().unwrap().iter().map(line).collect()
}

/// What a case of `rule` is about.
fn told(rule: &str, mut lines: Vec<String>) -> Vec<String> {
    lines.retain(|line| {
        let id = line.split(' ').next().unwrap_or_default();
        id == rule || !TALKATIVE.contains(&id)
    });
    lines
}

/// A finding in one line.
fn line(finding: &Value) -> String {
    let text = |field: &str| finding[field].as_str().unwrap_or("-").to_owned();
    let names: Vec<_> =
        finding["environments"].as_array().unwrap().iter().map(|name| name.as_str().unwrap()).collect();
    let number = |field: &str| finding[field].as_u64().map_or("-".to_owned(), |number| number.to_string());
    format!(
        "{} {} {} {} {}:{}:{}",
        text("rule"),
        text("severity"),
        names.join(","),
        text("key"),
        text("file"),
        number("line"),
        number("column")
    )
}

fn all() -> impl Iterator<Item = &'static Case> {
    [
        presence::CASES,
        parity::CASES,
        shape::CASES,
        portability::CASES,
        isolation::CASES,
        crossing::CASES,
        compose::CASES,
        terraform::CASES,
        drift::CASES,
        production::CASES,
        safety::CASES,
        hygiene::CASES,
        custody::CASES,
        engine::CASES,
        wanted::CASES,
        words::CASES,
    ]
    .into_iter()
    .flatten()
}

/// Every case of a table in one go, so that one run shows everything that is wrong.
#[track_caller]
fn check(cases: &[Case]) {
    let complaints: Vec<String> = cases.iter().filter_map(Case::complaint).collect();
    assert!(
        complaints.is_empty(),
        "{} of {} cases:\n{}",
        complaints.len(),
        cases.len(),
        complaints.join("\n")
    );
}

#[test]
fn rules_of_presence_find_what_is_missing_and_nothing_else() {
    check(presence::CASES);
}

#[test]
fn parity_finds_what_some_have_and_others_lack_and_nothing_else() {
    check(parity::CASES);
}

#[test]
fn what_examples_and_modules_ask_for_is_found_missing_and_nothing_else() {
    check(wanted::CASES);
}

#[test]
fn rules_of_shape_find_what_is_malformed_and_nothing_else() {
    check(shape::CASES);
}

#[test]
fn portability_finds_what_other_readers_read_otherwise_and_nothing_else() {
    check(portability::CASES);
}

#[test]
fn rules_of_isolation_find_what_environments_share_and_nothing_else() {
    check(isolation::CASES);
}

#[test]
fn rules_of_isolation_find_what_leads_into_another_environment_and_nothing_else() {
    check(crossing::CASES);
}

#[test]
fn rules_about_terraforms_backends_find_what_breaks_the_state_and_nothing_else() {
    check(terraform::CASES);
}

#[test]
fn rules_of_drift_find_other_kinds_and_other_versions_and_nothing_else() {
    check(drift::CASES);
}

#[test]
fn rules_about_compose_files_find_whose_files_and_ports_they_take_and_nothing_else() {
    check(compose::CASES);
}

#[test]
fn rules_of_production_find_what_users_must_not_meet_and_nothing_else() {
    check(production::CASES);
}

#[test]
fn rules_of_safety_find_what_lets_strangers_in_and_nothing_else() {
    check(safety::CASES);
}

#[test]
fn rules_of_hygiene_find_what_leaks_or_runs_strange_code_and_nothing_else() {
    check(hygiene::CASES);
}

#[test]
fn rules_of_custody_find_secrets_that_others_can_reach_and_nothing_else() {
    check(custody::CASES);
}

#[test]
fn severities_acceptances_and_discovery_work_for_every_rule() {
    check(engine::CASES);
}

#[test]
fn words_of_the_manifest_ask_for_what_they_say_and_for_nothing_else() {
    check(words::CASES);
}

#[test]
fn every_rule_has_cases_of_what_it_finds_and_of_what_it_leaves_alone() {
    let mut counts: BTreeMap<&str, (usize, usize)> = BTreeMap::new();
    for case in all() {
        let (positive, negative) = counts.entry(case.rule).or_default();
        *(if case.is_positive() { positive } else { negative }) += 1;
    }
    let listed = Project::new().run("validate --rules --format json").code(0).json();
    let rules: Vec<&str> =
        listed["rules"].as_array().unwrap().iter().map(|rule| rule["id"].as_str().unwrap()).collect();
    for rule in &rules {
        let (positive, negative) = counts.get(rule).copied().unwrap_or_default();
        assert!(
            positive >= 2 && negative >= 2,
            "{rule} has {positive} positive and {negative} negative cases"
        );
    }
    let strangers: Vec<_> = counts.keys().filter(|id| **id != ENGINE && !rules.contains(id)).collect();
    assert!(strangers.is_empty(), "there are cases for rules that do not exist: {strangers:?}");
}

/// The "rule" of cases that are about what all rules have in common.
pub const ENGINE: &str = "any rule";
