//! `flag-not-allowed`: a feature flag is on where it may not be.

use super::{Case, Check, Draft, Rule, Severities};

/// The rule.
pub const RULE: Rule = Rule {
    id: "flag-not-allowed",
    group: "production",
    summary: "a feature flag is on in an environment outside its `allowed-in`",
    why: "An unfinished feature in front of the users was the outage that envctl was written after.",
    fix: "Switch the flag off there, or extend its `allowed-in` when the feature is ready.",
    severity: Severities::ERROR,
    check: Check::Environments(check),
};

fn check(case: &Case<'_>) -> Vec<Draft> {
    let mut drafts = Vec::new();
    for environment in case.environments() {
        for flag in environment.about.flags.iter().filter(|flag| flag.on) {
            let spec = case.project.schema.flags.iter().find(|spec| spec.name == flag.name);
            if spec.is_some_and(|spec| !case.is_in(&spec.allowed, environment)) {
                let message = format!("the flag {} is on and not allowed in {}", flag.name, environment.name);
                let draft = Draft::new(environment, message).key(&flag.name).help("set it to false");
                let origin = case.project.origin(flag.at);
                drafts.push(Draft { origin, ..draft });
            }
        }
    }
    drafts
}
