//! The engine: runs the rules, weighs what they say, and takes away what is accepted.

use std::collections::{BTreeSet, HashMap, HashSet};

use jiff::civil::Date;

use super::acceptances::Acceptances;
use super::{Case, Check, Draft, Excuses, RULES, Rule};
use crate::model::finding::{Finding, Severity};
use crate::model::project::{Environment, Project};
use crate::model::schema::Level;

/// What the rules say.
#[derive(Debug, Default)]
pub struct Judgement {
    /// What is found and not accepted, in the order of environments, files and lines.
    pub findings: Vec<Finding>,
    /// How many findings are accepted.
    pub accepted: usize,
}

/// What is found that concerns the environments asked about.
pub fn judge(case: &Case<'_>) -> Judgement {
    let (mut findings, mut accepted) = (Vec::new(), Vec::new());
    let mut acceptances = Acceptances::new(case);
    let mut excuses = Excuses::new(case);
    for rule in RULES.iter().filter(|rule| case.asks(rule.id)) {
        let drafts = match rule.check {
            Check::Environments(check) => check(case),
            Check::Custody(check) => check(&case.held),
            Check::Acceptances(_) => continue,
        };
        let weighed = drafts.into_iter().filter_map(|draft| weigh(case, rule, draft));
        let (excused, left): (Vec<_>, Vec<_>) =
            weighed.partition(|finding| acceptances.accept(case, finding) | excuses.accept(finding));
        findings.extend(merge(case, left));
        accepted.extend(merge(case, excused));
    }
    for rule in RULES.iter().filter(|rule| case.asks(rule.id)) {
        if let Check::Acceptances(check) = rule.check {
            findings.extend(
                check(case, acceptances.used(), &excuses)
                    .into_iter()
                    .filter_map(|draft| weigh(case, rule, draft)),
            );
        }
    }
    findings.retain(|finding| concerns(case, finding));
    findings.sort_by_cached_key(|finding| place(case, finding));
    let accepted = accepted.iter().filter(|finding| concerns(case, finding)).count();
    Judgement { findings, accepted }
}

/// What is found in one environment as its files are: what somebody else provides is not missed.
pub fn judge_one(project: &Project, environment: &Environment, today: Date) -> Vec<Finding> {
    about(judge(&Case::new(project, today)).findings, environment)
}

/// The same, by no other rules than those that find an error somewhere in the project, and those of `also`.
pub fn judge_errors(
    project: &Project,
    environment: &Environment,
    today: Date,
    also: &[&str],
) -> Vec<Finding> {
    about(judge(&errors_alone(Case::new(project, today), also)).findings, environment)
}

/// The same where a program is about to start in the environment: what somebody else provides must be there.
pub fn judge_at_start(
    project: &Project,
    environment: &Environment,
    today: Date,
    also: &[&str],
) -> Vec<Finding> {
    let named = vec![environment.name.clone()];
    let case = Case { named, ..Case::new(project, today) };
    about(judge(&errors_alone(case, also)).findings, environment)
}

/// The case without the rules that warn at worst: half of the work, of which an action that errors alone stop takes no
/// notice. Where an acceptance that excuses nothing is an error, every rule has to say what there is to excuse.
fn errors_alone<'p>(mut case: Case<'p>, also: &[&str]) -> Case<'p> {
    let is_error = |rule: &Rule| {
        let in_one = |one| severity(&case, rule, one, Severity::Error) == Some(Severity::Error);
        case.environments().any(in_one)
    };
    let (counting, judging): (Vec<&Rule>, Vec<&Rule>) =
        RULES.iter().partition(|rule| matches!(rule.check, Check::Acceptances(_)));
    if !counting.into_iter().any(is_error) {
        let asked = judging.into_iter().filter(|rule| also.contains(&rule.id) || is_error(rule));
        case.rules = Some(asked.map(|rule| rule.id).collect());
    }
    case
}

fn about(mut findings: Vec<Finding>, environment: &Environment) -> Vec<Finding> {
    findings.retain(|finding| finding.environments.contains(&environment.name));
    findings
}

/// Joins what is said of several environments about one and the same line of a shared file, where it is equally
/// bad in them: what production must not have does no harm to development.
fn merge(case: &Case<'_>, findings: Vec<Finding>) -> Vec<Finding> {
    let mut merged: Vec<Finding> = Vec::new();
    let (mut seen, mut joined) = (HashMap::new(), BTreeSet::new());
    for finding in findings {
        let place = finding.origin.as_ref().map(|origin| (origin.file.clone(), origin.at));
        let identity = (place, finding.key.clone(), finding.message.clone(), finding.severity);
        match seen.get(&identity).and_then(|index: &usize| Some((*index, merged.get_mut(*index)?))) {
            Some((index, first)) if identity.0.is_some() => {
                first.environments.extend(finding.environments);
                extend(&mut first.related, finding.related);
                extend(&mut first.parts, finding.parts);
                joined.insert(index);
            }
            _ => {
                seen.insert(identity, merged.len());
                merged.push(finding);
            }
        }
    }
    for index in joined {
        let mut named = HashSet::new();
        let first = merged.get_mut(index).into_iter();
        first.for_each(|first| {
            first.environments.retain(|name| named.insert(name.clone()));
            first.environments.sort_by_cached_key(|name| case.position(name));
        });
    }
    merged
}

/// Adds those that are not there yet.
fn extend<T: PartialEq>(all: &mut Vec<T>, more: Vec<T>) {
    for one in more {
        if !all.contains(&one) {
            all.push(one);
        }
    }
}

/// Gives a draft the worst severity that its environments have for the rule; nothing where it is off in all.
fn weigh(case: &Case<'_>, rule: &Rule, mut draft: Draft) -> Option<Finding> {
    draft.environments.sort_by_cached_key(|name| case.position(name));
    let involved = case.among(&draft.environments);
    let severity =
        involved.filter_map(|environment| severity(case, rule, environment, draft.at_most)).max()?;
    Some(Finding {
        rule: rule.id,
        severity,
        environments: draft.environments,
        key: draft.key,
        parts: draft.parts,
        message: draft.message,
        help: draft.help,
        origin: draft.origin,
        related: draft.related,
    })
}

/// What the manifest says for this environment's name, else for its tier, else for all, else the rule itself; only what
/// the rule itself calls a warning is an error in a strict environment.
fn severity(case: &Case<'_>, rule: &Rule, environment: &Environment, at_most: Severity) -> Option<Severity> {
    let rank = |level: &&Level| match &level.within {
        None => Some(0),
        Some(word) if environment.answers_to(word) => Some(2),
        Some(word) => case.project.covers(word, environment).then_some(1),
    };
    let levels = case.project.schema.levels.iter().filter(|level| level.rule == rule.id);
    let closest = levels.filter_map(|level| Some((rank(&level)?, level))).max_by_key(|(rank, _)| *rank);
    let level = closest.map_or_else(|| rule.severity.within(environment), |(_, level)| level.severity);
    let severity = level?.min(at_most);
    let is_strict = case.strict || (environment.about.strict == Some(true) && closest.is_none());
    Some(if is_strict && severity == Severity::Warning { Severity::Error } else { severity })
}

fn concerns(case: &Case<'_>, finding: &Finding) -> bool {
    case.named.is_empty() || finding.environments.iter().any(|name| case.named.contains(name))
}

/// Findings stand with the last, most precious of their environments, then in the order of files and lines.
fn place(case: &Case<'_>, finding: &Finding) -> impl Ord + use<> {
    let last = finding.environments.last();
    let environment = last.and_then(|name| case.position(name));
    let origin = finding.origin.as_ref();
    (environment, origin.map(|origin| (origin.file.clone(), origin.at)), finding.rule)
}
