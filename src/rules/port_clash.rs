//! `port-clash`: two services, or two environments, publish the same port of the host.

use std::collections::{BTreeMap, HashMap, HashSet};

use super::{Case, Check, Draft, Rule, Severities};
use crate::model::finding::Severity;
use crate::model::port::{Port, published};
use crate::model::project::{Binding, Environment};
use crate::model::source::Source;

/// The rule.
pub const RULE: Rule = Rule {
    id: "port-clash",
    group: "isolation",
    summary: "two services of a Compose file, or two environments, publish the same port of the host",
    why: "The second one does not start; or, worse, what was meant for staging answers as production.",
    fix: "Publish another port of the host, or none: services of one network reach each other without.",
    severity: Severities::WARNING,
    check: Check::Environments(check),
};

fn check(case: &Case<'_>) -> Vec<Draft> {
    let mut drafts = Vec::new();
    let mut publishers: BTreeMap<Port, Vec<Binding<'_>>> = BTreeMap::new();
    for environment in case.environments() {
        let own: HashSet<*const Source> =
            case.project.own_sources(environment).map(std::ptr::from_ref).collect();
        let is_own = |binding: &Binding<'_>| own.contains(&std::ptr::from_ref(binding.source));
        let mut first: HashMap<(*const Source, Port), Binding<'_>> = HashMap::new();
        for binding in case.bindings(environment) {
            for port in published(&binding) {
                let place = (std::ptr::from_ref(binding.source), port.clone());
                match first.get(&place) {
                    Some(other) => drafts.extend(within(case, &binding, other)),
                    None => drop(first.insert(place, binding)),
                }
                if is_own(&binding) {
                    publishers.entry(port).or_default().push(binding);
                }
            }
        }
    }
    drafts.extend(across(publishers.into_values()));
    drafts
}

/// Two services of one file; those that belong to profiles need not run together.
fn within(case: &Case<'_>, binding: &Binding<'_>, other: &Binding<'_>) -> Option<Draft> {
    let has_profile = |binding: &Binding<'_>| {
        let service = binding.key().strip_suffix("ports").unwrap_or_default();
        let profiles = format!("{service}profiles");
        case.project.find(binding.environment, &profiles).any(|one| one.stack == binding.stack)
    };
    if binding.key() == other.key() || has_profile(binding) || has_profile(other) {
        return None;
    }
    let message = format!("{} publishes the same port of the host as {}", binding.key(), other.key());
    let draft = Draft::on(binding, message).help("publish another port of the host, or none");
    Some(draft.with(other))
}

/// One note for those environments that share ports, however many: mostly each has a host of its own.
fn across<'p>(publishers: impl Iterator<Item = Vec<Binding<'p>>>) -> Vec<Draft> {
    let mut shared: BTreeMap<Vec<&str>, Vec<Vec<Binding<'p>>>> = BTreeMap::new();
    for mut users in publishers {
        users.dedup_by_key(|user| &user.environment.name);
        let names: Vec<_> = users.iter().map(|user| user.environment.name.as_str()).collect();
        if names.len() > 1 {
            shared.entry(names).or_default().push(users);
        }
    }
    shared.into_values().filter_map(|ports| note(&ports)).collect()
}

fn note(ports: &[Vec<Binding<'_>>]) -> Option<Draft> {
    let (last, others) = ports.first()?.split_last()?;
    let names: Vec<_> = others.iter().map(|other| name(other.environment)).collect();
    let ports = match ports.len() {
        1 => "a port".to_owned(),
        count => format!("{count} ports"),
    };
    let message = format!(
        "{} publishes {ports} of the host that {} publishes too",
        name(last.environment),
        names.join(", ")
    );
    let draft = Draft::on(last, message).help("where they run on one host, publish other ports");
    Some(others.iter().fold(draft, Draft::with).at_most(Severity::Note))
}

fn name(environment: &Environment) -> &str {
    environment.name.as_str()
}
