//! `unused-acceptance`: an `[[accept]]` that excuses nothing.

use wildmatch::WildMatch;

use super::{
    Case, Check, Draft, Phase, Portability, Rule, Severities, empty_required, missing_required,
    undefined_reference,
};
use crate::model::finding::Severity;
use crate::model::name::EnvName;
use crate::model::project::Environment;
use crate::model::schema::Acceptance;

/// The rule.
pub const RULE: Rule = Rule {
    id: "unused-acceptance",
    group: "presence",
    summary: "an acceptance excuses nothing, or has run out",
    why: "An exception that outlives its reason hides the next finding of the same kind.",
    fix: "Remove the [[accept]] table, or correct its rule, key or environments. After its `until` day, mend the finding or give a new date.",
    severity: Severities::WARNING,
    check: Check::Acceptances(check),
};

fn check(case: &Case<'_>, used: &[bool]) -> Vec<Draft> {
    let acceptances = case.project.schema.acceptances.iter().zip(used);
    let unused = acceptances.filter(|(_, used)| !**used).map(|(acceptance, _)| acceptance);
    let unused = unused.filter(|acceptance| could_be_used(case, acceptance));
    let draft = |acceptance: &Acceptance| {
        let expired = acceptance.until.filter(|until| *until < case.today);
        let message = match expired {
            Some(until) => format!("the acceptance of {} ended on {until}", acceptance.rule),
            None => format!("the acceptance of {} excuses nothing", acceptance.rule),
        };
        let help = if expired.is_some() { "mend the finding, or renew the date" } else { "remove it" };
        Draft {
            environments: covered(case, acceptance),
            key: acceptance.key.clone(),
            message,
            help: Some(help.to_owned()),
            origin: Some(case.in_manifest(acceptance.at)),
            related: Vec::new(),
            at_most: Severity::Error,
        }
    };
    unused.map(draft).collect()
}

/// Was that judged which the acceptance excuses?
fn could_be_used(case: &Case<'_>, acceptance: &Acceptance) -> bool {
    // notes that are only counted name no key
    let is_counted = acceptance.rule == super::portability::RULE.id
        && acceptance.key.is_some()
        && case.portability != Portability::Listed;
    let is_judged = case.phase == Phase::Value && case.asks(&acceptance.rule) && !is_counted;
    is_judged && !is_provided(case, acceptance)
}

/// Is it about a key that is missed only where its environment is asked about by name?
fn is_provided(case: &Case<'_>, acceptance: &Acceptance) -> bool {
    let of_presence = [missing_required::RULE.id, empty_required::RULE.id, undefined_reference::RULE.id];
    let is_meant = |key: &str| acceptance.key.as_deref().is_none_or(|glob| WildMatch::new(glob).matches(key));
    let mut keys =
        case.keys().filter(|key| is_meant(&key.name) || acceptance.rule == undefined_reference::RULE.id);
    let words = &acceptance.environments;
    let covers = |environment: &&Environment| {
        words.is_empty() || words.iter().any(|word| case.project.covers(word, environment))
    };
    of_presence.contains(&acceptance.rule.as_str())
        && keys.any(|key| case.environments().filter(covers).any(|one| case.is_provided(key, one)))
}

/// The environments that the acceptance was meant for.
fn covered(case: &Case<'_>, acceptance: &Acceptance) -> Vec<EnvName> {
    let words = &acceptance.environments;
    let covered = case.environments().filter(|environment| {
        words.is_empty() || words.iter().any(|word| case.project.covers(word, environment))
    });
    covered.map(|environment| environment.name.clone()).collect()
}
