//! `flag-undeclared`: a feature flag that the manifest does not know.

use super::{Case, Check, Draft, Rule, Severities};
use crate::model::nearest::nearest;
use crate::model::toml;

/// The rule.
pub const RULE: Rule = Rule {
    id: "flag-undeclared",
    group: "production",
    summary: "a feature flag is set that the manifest does not declare",
    why: "A misspelt flag is off everywhere, and one that nobody declared has no owner, no end and no limits.",
    fix: "Correct the name, or declare it: [flags.NAME]. Projects that declare no flags at all are not asked.",
    severity: Severities::WARNING,
    check: Check::Environments(check),
};

fn check(case: &Case<'_>) -> Vec<Draft> {
    let known: Vec<&str> = case.project.schema.flags.iter().map(|spec| spec.name.as_str()).collect();
    let mut drafts = Vec::new();
    for environment in case.environments().filter(|_| !known.is_empty()) {
        for flag in environment.about.flags.iter().filter(|flag| !known.contains(&flag.name.as_str())) {
            let near = nearest(&flag.name, known.iter().copied());
            let help = near.map_or_else(
                || format!("declare it: [flags.{}]", toml::name(&flag.name)),
                |near| format!("did you mean {near}?"),
            );
            let draft =
                Draft::new(environment, format!("the flag {} is not declared in the manifest", flag.name));
            let origin = case.project.origin(flag.at);
            drafts.push(Draft { origin, ..draft.key(&flag.name).help(help) });
        }
    }
    drafts
}
