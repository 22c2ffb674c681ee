//! `unmet-group`: of keys that belong together, too few or too many are set.

use super::{Case, Check, Draft, Rule, Severities};
use crate::model::project::{Binding, Environment};
use crate::model::schema::{GroupDemand, GroupSpec, KeySpec};

/// The rule.
pub const RULE: Rule = Rule {
    id: "unmet-group",
    group: "presence",
    summary: "of keys that belong together, too few or too many are set",
    why: "A user without its password fails at the first connection; with two payment providers configured, customers pay the one that nobody watches.",
    fix: "Set what is missing, or take out what is too much. `in = [\"production\"]` limits the [[group]] to some environments.",
    severity: Severities::ERROR,
    check: Check::Environments(check),
};

fn check(case: &Case<'_>) -> Vec<Draft> {
    let groups = case.project.schema.groups.iter();
    let pairs = groups.flat_map(|group| case.environments().map(move |environment| (group, environment)));
    let holds = |(group, environment): &(&GroupSpec, &Environment)| case.is_in(&group.within, environment);
    pairs.filter(holds).filter_map(|(group, environment)| unmet(case, group, environment)).collect()
}

fn unmet(case: &Case<'_>, group: &GroupSpec, environment: &Environment) -> Option<Draft> {
    let find = |key: &str| case.find(environment, key).find(|binding| !binding.is_empty());
    let set: Vec<(&str, Binding<'_>)> =
        group.keys.iter().filter_map(|key| Some((key.as_str(), find(key)?))).collect();
    let is_unset = |key: &&str| set.iter().all(|(name, _)| name != key);
    let unset: Vec<&str> = group.keys.iter().map(String::as_str).filter(is_unset).collect();
    let (is_elsewhere, is_here): (Vec<_>, Vec<_>) =
        unset.into_iter().partition(|key| is_elsewhere(case, group, environment, key));
    match (group.demand, set.as_slice(), is_here.as_slice()) {
        (GroupDemand::AllOrNone, [(_, first), ..], [missing, ..]) => {
            let names: Vec<&str> = set.iter().map(|(name, _)| *name).collect();
            let (need, are) = (plural(&names, "needs", "need"), plural(&is_here, "is", "are"));
            let message = format!(
                "{} {need} {}, which {are} not set in {}",
                list(&names),
                list(&is_here),
                environment.name
            );
            let draft = Draft::new(environment, message).key(missing);
            let help = "set what is missing, or take the others out";
            Some(draft.at(first.source.key_origin(first.entry)).help(help_or(group, help)))
        }
        (GroupDemand::ExactlyOne | GroupDemand::AtLeastOne, [], [first, ..]) if is_elsewhere.is_empty() => {
            let keys: Vec<&str> = group.keys.iter().map(String::as_str).collect();
            let number = if group.demand == GroupDemand::ExactlyOne { "one" } else { "at least one" };
            let message =
                format!("{number} of {} must be set in {}, and none is", list(&keys), environment.name);
            let draft = Draft::new(environment, message).key(first).at(case.in_manifest(group.at));
            Some(draft.help(help_or(group, "set one of them")))
        }
        (GroupDemand::ExactlyOne, [others @ .., (key, last)], _) if !others.is_empty() => {
            let names: Vec<&str> = set.iter().map(|(name, _)| *name).collect();
            let message =
                format!("{} are set in {}, and only one of them may be", list(&names), environment.name);
            let draft = Draft::on(last, message).key(key).help(help_or(group, "keep one of them"));
            Some(others.iter().fold(draft, |draft, (_, other)| draft.with(other)))
        }
        _ => None,
    }
}

/// May a key that no file has be there all the same?
fn is_elsewhere(case: &Case<'_>, group: &GroupSpec, environment: &Environment, key: &str) -> bool {
    let undeclared = KeySpec::new(key, group.at);
    let mut withheld = case.project.find(environment, key).filter(|binding| !binding.is_empty());
    let key = case.project.schema.key(key).unwrap_or(&undeclared);
    case.is_provided(key, environment)
        || case.withholds(&key.name, key.secret)
        || withheld.next().is_some()
        || case.project.sources_of(environment).any(|source| source.is_unreadable)
}

fn help_or(group: &GroupSpec, help: &str) -> String {
    group.help.clone().unwrap_or_else(|| help.to_owned())
}

fn plural<'t>(words: &[&str], one: &'t str, several: &'t str) -> &'t str {
    if words.len() == 1 { one } else { several }
}

/// `A, B and C`.
fn list(words: &[&str]) -> String {
    match words {
        [first @ .., last] if !first.is_empty() => format!("{} and {last}", first.join(", ")),
        words => words.concat(),
    }
}
