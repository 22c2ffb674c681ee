//! `same`: a key that must be equal everywhere is not.

use super::{Case, Check, Draft, Rule, Severities};
use crate::model::schema::KeySpec;

/// The rule.
pub const RULE: Rule = Rule {
    id: "same",
    group: "isolation",
    summary: "a key declared `same` differs between environments",
    why: "What was tested is not what runs: another image, another region, another version of the database.",
    fix: "Bring the values together, or remove `same` from the key.",
    severity: Severities::ERROR,
    check: Check::Environments(check),
};

fn check(case: &Case<'_>) -> Vec<Draft> {
    case.keys().filter(|key| key.same).filter_map(|key| differing(case, key)).collect()
}

/// One finding a key: at the last environment that differs from the first.
fn differing(case: &Case<'_>, key: &KeySpec) -> Option<Draft> {
    let all: Vec<_> = case.environments().flat_map(|environment| case.find(environment, &key.name)).collect();
    let first = all.first()?;
    let other = all.iter().rev().find(|other| {
        first.value().zip(other.value()).is_some_and(|(a, b)| !a.same_as(b)) && other.stack == first.stack
    })?;
    let message =
        format!("{} must be the same everywhere and differs from {}", key.name, first.environment.name);
    Some(Draft::on(other, message).help("bring the values together").with(first))
}
