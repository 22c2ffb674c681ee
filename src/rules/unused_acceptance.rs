//! `unused-acceptance`: an `[[accept]]` that excuses nothing.

use super::{Case, Check, Draft, Phase, Portability, Rule, Severities};
use crate::model::finding::Severity;
use crate::model::name::EnvName;
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
    if case.phase == Phase::Structure {
        return Vec::new(); // what was not judged cannot have been excused
    }
    let acceptances = case.project.schema.acceptances.iter().zip(used);
    let is_judged = |acceptance: &&Acceptance| {
        let by_key = acceptance.rule == super::portability::RULE.id && acceptance.key.is_some();
        case.portability == Portability::Listed || !by_key // notes that are only counted name no key
    };
    let unused = acceptances.filter(|(_, used)| !**used).map(|(acceptance, _)| acceptance).filter(is_judged);
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

/// The environments that the acceptance was meant for.
fn covered(case: &Case<'_>, acceptance: &Acceptance) -> Vec<EnvName> {
    let words = &acceptance.environments;
    let covered = case.environments().filter(|environment| {
        words.is_empty() || words.iter().any(|word| case.project.covers(word, environment))
    });
    covered.map(|environment| environment.name.clone()).collect()
}
