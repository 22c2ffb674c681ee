//! `same`: a key that must be equal everywhere is not.

use super::{Case, Check, Draft, Rule, Severities};
use crate::model::project::Binding;
use crate::model::schema::{KeySpec, Scope};

/// The rule.
pub const RULE: Rule = Rule {
    id: "same",
    group: "isolation",
    summary: "a key declared `same` differs between environments",
    why: "What was tested is not what runs: another image, another region, another version of the database.",
    fix: "Bring the values together, list those that must agree (`same = [\"staging\", \"production\"]`), or remove `same` from the key.",
    severity: Severities::ERROR,
    check: Check::Environments(check),
};

fn check(case: &Case<'_>) -> Vec<Draft> {
    let keys = case.keys().filter(|key| key.same != Scope::Nowhere);
    keys.flat_map(|key| case.project.stacks.iter().filter_map(|stack| differing(case, key, &stack.id)))
        .collect()
}

/// One finding a key and stack: at the last environment that differs from the first, with all others that do.
fn differing(case: &Case<'_>, key: &KeySpec, stack: &str) -> Option<Draft> {
    let covered = case.environments().filter(|environment| case.is_in(&key.same, environment));
    let all = covered.flat_map(|environment| case.find(environment, &key.name));
    let mut known = all.filter(|binding| binding.stack == stack && binding.value().is_some());
    let first = known.next()?;
    let differs = |other: &Binding<'_>| first.value().zip(other.value()).is_some_and(|(a, b)| !a.same_as(b));
    let differing: Vec<_> = known.filter(differs).collect();
    let (last, others) = differing.split_last()?;
    let place = match &key.same {
        Scope::In(words) => format!("in {}", words.join(" and ")),
        _ => "everywhere".to_owned(),
    };
    let message =
        format!("{} must be the same {place} and differs from {}", key.name, first.environment.name);
    let draft = Draft::on(last, message).help("bring the values together").with(&first);
    Some(others.iter().fold(draft, Draft::with))
}
