//! `same-target`: two environments keep their data in the same place.

use std::collections::HashMap;

use super::{Case, Check, Draft, Rule, Severities};
use crate::model::finding::Severity;
use crate::model::place::Place;
use crate::model::project::Binding;
use crate::model::schema::Scope;

/// The rule.
pub const RULE: Rule = Rule {
    id: "same-target",
    group: "isolation",
    summary: "two environments keep their data in the same database, cache, queue or bucket, whoever logs in there",
    why: "Tests that clean up after themselves delete what belongs to the other environment, and a worker in staging takes production's jobs.",
    fix: "Give each environment a database, index, queue, bucket or state key of its own; another user on the same one is not enough. Where sharing is meant, declare the key `same = true`, or accept it with the reason.",
    severity: Severities::CROSSING,
    check: Check::Environments(check),
};

fn check(case: &Case<'_>) -> Vec<Draft> {
    let mut users: HashMap<&Place, Vec<Binding<'_>>> = HashMap::new();
    for environment in case.environments() {
        for (place, binding) in case.looks.places(&environment.name) {
            if !case.project.spec(&binding).is_some_and(|key| key.same == Scope::Everywhere) {
                users.entry(place).or_default().push(binding);
            }
        }
    }
    let mut drafts: Vec<_> =
        users.into_iter().filter_map(|(place, users)| draft(case, place, users)).collect();
    drafts.sort_by(|a, b| a.key.cmp(&b.key));
    drafts
}

fn draft(case: &Case<'_>, place: &Place, mut users: Vec<Binding<'_>>) -> Option<Draft> {
    users.sort_by_key(|user| case.position(&user.environment.name));
    users.dedup_by(|later, earlier| later.environment.name == earlier.environment.name);
    let (last, others) = users.split_last()?;
    let others: Vec<_> = others.iter().filter(|other| !case.must_agree(last, other)).collect();
    let is_told = |other: &&Binding<'_>| {
        let key = case.project.spec(last).filter(|_| other.key() == last.key());
        key.is_some_and(|key| case.must_differ(key, other.environment, last.environment))
            && other.value().zip(last.value()).is_some_and(|(a, b)| a.same_as(b))
    };
    if others.iter().all(is_told) {
        return None; // `distinct` says it
    }
    let service = place.as_str();
    let names: Vec<_> = others.iter().map(|other| other.environment.name.as_str()).collect();
    let message = format!("{} leads to the same {service} as in {}", last.key(), names.join(", "));
    let help = format!("give {} a {service} of its own", last.environment.name);
    let at_most = if place.is_public() { Severity::Warning } else { Severity::Error };
    let first = Draft::on(last, message).help(help).at_most(at_most);
    Some(others.iter().fold(first, |draft, other| draft.with(other)))
}
