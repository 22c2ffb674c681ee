//! `flag-expired`: a feature flag has outlived its day.

use super::{Case, Check, Draft, Rule, Severities};

/// The rule.
pub const RULE: Rule = Rule {
    id: "flag-expired",
    group: "production",
    summary: "a feature flag is still set after its `expires` day",
    why: "Old flags are untested combinations: sooner or later somebody switches one.",
    fix: "Remove the flag from the code and the files, or give it a new `expires`.",
    severity: Severities::PRODUCTION,
    check: Check::Environments(check),
};

fn check(case: &Case<'_>) -> Vec<Draft> {
    let mut drafts = Vec::new();
    for spec in &case.project.schema.flags {
        let Some(expires) = spec.expires.filter(|expires| *expires < case.today) else { continue };
        let who = spec.owner.as_deref().map_or_else(String::new, |owner| format!("; ask {owner}"));
        for environment in case.environments() {
            if environment.about.flags.iter().any(|flag| flag.name == spec.name) {
                let draft = Draft::new(environment, format!("the flag {} expired on {expires}", spec.name));
                let help = format!("remove it from code and files{who}");
                drafts.push(draft.key(&spec.name).at(case.in_manifest(spec.at)).help(help));
            }
        }
    }
    drafts
}
