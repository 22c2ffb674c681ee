//! `distinct`: a key that must differ is equal in two environments.

use super::{Case, Check, Draft, Rule, Severities};
use crate::model::project::Binding;
use crate::model::schema::{KeySpec, Scope};

/// The rule.
pub const RULE: Rule = Rule {
    id: "distinct",
    group: "isolation",
    summary: "a key declared `distinct` has the same value in two environments",
    why: "Two environments on one database, one bot or one webhook: the tests of one are the outage of the other.",
    fix: "Give each environment a value of its own, list those that must have one (`distinct = [\"production\"]`), or remove `distinct` from the key.",
    severity: Severities::ERROR,
    check: Check::Environments(check),
};

fn check(case: &Case<'_>) -> Vec<Draft> {
    case.keys().filter(|key| key.distinct != Scope::Nowhere).flat_map(|key| equal_values(case, key)).collect()
}

fn equal_values(case: &Case<'_>, key: &KeySpec) -> Vec<Draft> {
    let all: Vec<_> = case.environments().flat_map(|environment| case.find(environment, &key.name)).collect();
    let are_equal = |one: &Binding<'_>, other: &Binding<'_>| {
        are_equal(one, other) && case.must_differ(key, one.environment, other.environment)
    };
    let mut drafts = Vec::new();
    for (index, binding) in all.iter().enumerate() {
        let earlier: Vec<_> = all.iter().take(index).filter(|other| are_equal(binding, other)).collect();
        let later = all.iter().skip(index + 1).any(|other| are_equal(binding, other));
        if !earlier.is_empty() && !later {
            let names: Vec<_> = earlier.iter().map(|other| other.environment.name.as_str()).collect();
            let message = format!("{} must be distinct and is the same in {}", key.name, names.join(", "));
            let draft =
                Draft::on(binding, message).help(format!("give {} its own value", binding.environment.name));
            drafts.push(earlier.into_iter().fold(draft, Draft::with));
        }
    }
    drafts
}

fn are_equal(one: &Binding<'_>, other: &Binding<'_>) -> bool {
    one.environment.name != other.environment.name
        && one.value().zip(other.value()).is_some_and(|(a, b)| !a.is_empty() && a.same_as(b))
}
