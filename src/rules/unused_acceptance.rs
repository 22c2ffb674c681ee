//! `unused-acceptance`: an `[[accept]]`, or an acceptance in a file, that excuses nothing.

use wildmatch::WildMatch;

use super::{
    Case, Check, Draft, Excuses, Phase, Portability, Rule, Severities, Written, empty_required,
    missing_required, undefined_reference,
};
use crate::model::finding::Severity;
use crate::model::name::EnvName;
use crate::model::nearest::nearest;
use crate::model::project::Environment;
use crate::model::schema::Acceptance;

/// The rule.
pub const RULE: Rule = Rule {
    id: "unused-acceptance",
    group: "presence",
    summary: "an acceptance excuses nothing, has run out, or says no rule or no reason",
    why: "An exception that outlives its reason hides the next finding of the same kind.",
    fix: "Remove the acceptance, or correct it: rule, key or environments of the [[accept]] table; `# envctl: accept RULE reason` in a file, on the line above what it excuses. After its `until` day, mend the finding or give a new date.",
    severity: Severities::WARNING,
    check: Check::Acceptances(check),
};

fn check(case: &Case<'_>, used: &[bool], excuses: &Excuses<'_>) -> Vec<Draft> {
    let mut drafts = in_manifest(case, used);
    drafts.extend(excuses.idle().filter_map(|written| in_file(case, written)));
    drafts
}

fn in_manifest(case: &Case<'_>, used: &[bool]) -> Vec<Draft> {
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
            parts: Vec::new(),
            message,
            help: Some(help.to_owned()),
            origin: Some(case.in_manifest(acceptance.at)),
            related: Vec::new(),
            at_most: Severity::Error,
        }
    };
    unused.map(draft).collect()
}

/// What is wrong with an acceptance in a file that excuses nothing.
fn in_file(case: &Case<'_>, written: &Written<'_>) -> Option<Draft> {
    let Written { source, excuse, .. } = written;
    let known = super::find(&excuse.rule);
    let (message, help) = match known.map(|rule| rule.id) {
        None => ("this acceptance names no rule".to_owned(), meant(&excuse.rule)),
        Some(id) if !super::may_be_accepted(id) => {
            (format!("{id} cannot be accepted"), "mend what it finds, and remove this".to_owned())
        }
        Some(id) if !excuse.has_reason => {
            let help = "say behind the rule why the finding is harmless, for whoever reads this next year";
            (format!("this acceptance of {id} gives no reason"), help.to_owned())
        }
        Some(id) if depends_on_place(id) || !is_judged(case, id, true) => return None,
        Some(id) => {
            let help = "remove it, or put it on the line above what it excuses";
            (format!("the acceptance of {id} excuses nothing"), help.to_owned())
        }
    };
    Some(Draft {
        environments: written.environments(case),
        key: None,
        parts: Vec::new(),
        message,
        help: Some(help),
        origin: Some(source.excuse_origin(excuse)),
        related: Vec::new(),
        at_most: Severity::Error,
    })
}

fn meant(rule: &str) -> String {
    match nearest(rule, super::ids()) {
        Some(near) => format!("did you mean `{near}`?"),
        None => "write `envctl: accept RULE reason`; `envctl validate --rules` lists the rules".to_owned(),
    }
}

/// Did the rule look at single lines or keys?
fn is_judged(case: &Case<'_>, rule: &str, is_single: bool) -> bool {
    let is_told = match case.portability {
        Portability::Unasked => false,
        Portability::Counted => !is_single,
        Portability::Listed => true,
    };
    case.phase == Phase::Value && case.asks(rule) && (rule != super::portability::RULE.id || is_told)
}

/// Was that judged which the acceptance excuses?
fn could_be_used(case: &Case<'_>, acceptance: &Acceptance) -> bool {
    let is_over = acceptance.until.is_some_and(|until| until < case.today);
    (is_over || !depends_on_place(&acceptance.rule))
        && is_judged(case, &acceptance.rule, acceptance.key.is_some())
        && !is_provided(case, acceptance)
}

/// Does the rule find in one clone what it does not find in another? What one excuses, another may need.
fn depends_on_place(rule: &str) -> bool {
    super::find(rule).is_some_and(|rule| matches!(rule.check, Check::Custody(_)))
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
