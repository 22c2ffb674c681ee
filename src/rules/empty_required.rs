//! `empty-required`: a key that must be set is set to nothing.

use super::asked::asked;
use super::{Case, Check, Draft, Rule, Severities};
use crate::model::project::Binding;

/// The rule.
pub const RULE: Rule = Rule {
    id: "empty-required",
    group: "presence",
    summary: "a required key is set to nothing",
    why: "An empty value passes every check for presence and is as useless as none: `if token:` is false, a URL without a host connects nowhere.",
    fix: "Give the key a value. Where emptiness is meant, do not declare the key required in that environment.",
    severity: Severities::ERROR,
    check: Check::Environments(check),
};

fn check(case: &Case<'_>) -> Vec<Draft> {
    let mut drafts = Vec::new();
    for key in case.keys() {
        let asked =
            |environment: &&_| case.is_required(key, environment) && !case.is_provided(key, environment);
        for environment in case.environments().filter(asked) {
            for binding in case.find(environment, &key.name).filter(|binding| binding.is_empty()) {
                let because = case.because(key, environment);
                let draft = Draft::on(&binding, format!("{} is required{because} and empty", key.name));
                drafts.push(draft.help(key.advice().unwrap_or_else(|| "give it a value".to_owned())));
            }
        }
    }
    drafts.extend(wanted(case));
    drafts
}

/// Keys that an example file marks as required.
fn wanted(case: &Case<'_>) -> Vec<Draft> {
    let required = asked(case).flat_map(|asked| {
        let keys = asked.keys(case).into_iter().filter(|key| key.required == Some(true));
        keys.map(move |key| (asked, key)).collect::<Vec<_>>()
    });
    let empty = required.flat_map(|(asked, key)| {
        let found = asked.found(case, &key.name).filter(Binding::is_empty);
        found.map(move |binding| {
            let message = format!("{} requires {}, which is empty", asked.file.path, key.name);
            Draft::on(&binding, message).help("give it a value")
        })
    });
    empty.collect()
}
