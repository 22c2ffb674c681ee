//! `only-in`: a key is set where the manifest does not allow it.

use super::{Case, Check, Draft, Rule, Severities};
use crate::model::schema::Scope;

/// The rule.
pub const RULE: Rule = Rule {
    id: "only-in",
    group: "isolation",
    summary: "a key is set outside the environments that its `only-in` names",
    why: "A key that resets the database, prints requests or skips the payment is right on one machine, and the accident everywhere else.",
    fix: "Take the key out of the environment's files, or extend its `only-in`.",
    severity: Severities::ERROR,
    check: Check::Environments(check),
};

fn check(case: &Case<'_>) -> Vec<Draft> {
    let mut drafts = Vec::new();
    for key in case.keys() {
        let Some(allowed) = &key.only_in else { continue };
        for environment in case.environments().filter(|environment| !case.is_in(allowed, environment)) {
            for binding in case.find(environment, &key.name).filter(|binding| !binding.is_empty()) {
                let message = format!("{} may be set only in {}", key.name, words(allowed));
                let draft = Draft::on(&binding, message).at(binding.source.key_origin(binding.entry));
                drafts.push(draft.help(
                    "take it out; where a file of all environments has it, move it to those that need it",
                ));
            }
        }
    }
    drafts
}

fn words(scope: &Scope) -> String {
    match scope {
        Scope::In(words) => words.join(", "),
        Scope::Everywhere | Scope::Nowhere => String::new(),
    }
}
