//! `deprecated-key`: a key is set that the manifest wants to be rid of.

use super::{Case, Check, Draft, Rule, Severities};

/// The rule.
pub const RULE: Rule = Rule {
    id: "deprecated-key",
    group: "presence",
    summary: "a key is set that the manifest declares `deprecated`",
    why: "Somebody changes the old key, and nothing happens; somebody takes it out too early, and something breaks. Both end when it is gone.",
    fix: "Do what the key's `deprecated` says, then remove its table from the manifest.",
    severity: Severities::WARNING,
    check: Check::Environments(check),
};

fn check(case: &Case<'_>) -> Vec<Draft> {
    let mut drafts = Vec::new();
    for key in case.keys() {
        let Some(advice) = &key.deprecated else { continue };
        for binding in case.environments().flat_map(|environment| case.find(environment, &key.name)) {
            let draft = Draft::on(&binding, format!("{} is deprecated", key.name));
            drafts.push(draft.at(binding.source.key_origin(binding.entry)).help(advice.clone()));
        }
    }
    drafts
}
