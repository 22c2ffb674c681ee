//! `production-target-outside-production`: an environment talks to a host that is production's.

use std::collections::{HashMap, HashSet};

use super::{Case, Check, Draft, Rule, Severities};
use crate::model::mention::{mentions_name, mentions_production};
use crate::model::place::{Host, hosts, is_store, places};
use crate::model::project::{Binding, Environment};
use crate::model::schema::KeySpec;
use crate::model::tier::Tier;

/// The rule.
pub const RULE: Rule = Rule {
    id: "production-target-outside-production",
    group: "isolation",
    summary: "an environment other than production talks to a host that production's own values name",
    why: "A load test, a clean-up or a mail run of staging reaches the users.",
    fix: "Point the key at a host of the environment's own. Where it is meant (a read-only API, a shared server), accept it with the reason.",
    severity: Severities::CROSSING,
    check: Check::Environments(check),
};

/// What the hosts of a platform's services have in common says nothing about whose they are.
const PLATFORMS: &[&str] =
    &["amazonaws.com", "googleapis.com", "azure.com", "sentry.io", "datadoghq.com", "newrelic.com"];

/// A key in its stack.
type Slot<'p> = (&'p str, &'p str);

fn check(case: &Case<'_>) -> Vec<Draft> {
    let facts = Facts::of(case);
    let mut groups: HashMap<(Slot<'_>, Host), Vec<Binding<'_>>> = HashMap::new();
    for environment in case.environments().filter(|environment| !is_production(environment)) {
        let bindings: Vec<_> = case.bindings(environment).collect();
        let told = facts.places_of_production(&bindings);
        for binding in bindings.iter().filter(|binding| !told.contains(&slot(binding))) {
            for host in hosts(binding) {
                if facts.is_taken_over(binding, &host) {
                    groups.entry((slot(binding), host)).or_default().push(*binding);
                }
            }
        }
    }
    let found = groups.into_iter().filter(|((slot, host), users)| facts.is_productions(*slot, host, users));
    let mut drafts: Vec<_> = found.filter_map(|((_, host), users)| facts.draft(&host, &users)).collect();
    drafts.sort_by(|a, b| a.key.cmp(&b.key));
    drafts
}

fn is_production(environment: &Environment) -> bool {
    environment.tier == Tier::Production
}

fn slot<'p>(binding: &Binding<'p>) -> Slot<'p> {
    (binding.stack, binding.key())
}

/// What all environments together say about hosts.
#[derive(Default)]
struct Facts<'p> {
    /// Who names a host in production.
    production: HashMap<Host, Vec<Binding<'p>>>,
    /// Where production keeps its data.
    places: HashSet<crate::model::place::Place>,
    /// How many environments name a host under a key.
    users: HashMap<(Slot<'p>, Host), usize>,
    /// How many environments have a key.
    holders: HashMap<Slot<'p>, usize>,
    /// The hosts of a key outside production, by their domain.
    siblings: HashMap<(Slot<'p>, Host), HashSet<Host>>,
    /// What is declared the same in production and in the environment of this name.
    same: HashSet<(Slot<'p>, &'p str)>,
}

impl<'p> Facts<'p> {
    fn of(case: &Case<'p>) -> Self {
        let mut facts = Self::default();
        for environment in case.environments() {
            let bindings: Vec<_> = case.bindings(environment).collect();
            if is_production(environment) {
                facts.places.extend(places(&bindings).into_iter().map(|(place, _)| place));
            }
            for binding in &bindings {
                *facts.holders.entry(slot(binding)).or_default() += 1;
                let has_same = |key: &KeySpec| {
                    let in_production = |one: &Environment| is_production(one) && case.is_in(&key.same, one);
                    case.is_in(&key.same, environment) && case.environments().any(in_production)
                };
                if case.project.spec(binding).is_some_and(has_same) {
                    facts.same.insert((slot(binding), environment.name.as_str()));
                }
                for host in hosts(binding) {
                    *facts.users.entry((slot(binding), host.clone())).or_default() += 1;
                    if is_production(environment) {
                        facts.production.entry(host).or_default().push(*binding);
                    } else if let Some(domain) = host.domain() {
                        facts.siblings.entry((slot(binding), domain)).or_default().insert(host);
                    }
                }
            }
        }
        facts
    }

    /// The keys whose place is production's: `same-target` tells about them.
    fn places_of_production(&self, bindings: &[Binding<'p>]) -> HashSet<Slot<'p>> {
        let places = places(bindings).into_iter().filter(|(place, _)| self.places.contains(place));
        places.map(|(_, binding)| slot(&binding)).collect()
    }

    /// Is the host production's by a value of its own, rather than by a line that both stand on?
    fn is_taken_over(&self, binding: &Binding<'p>, host: &Host) -> bool {
        let is_shared_line = |other: &Binding<'_>| std::ptr::eq(other.entry, binding.entry);
        let own_name = binding.environment.name.as_str();
        self.production.get(host).is_some_and(|users| !users.iter().any(is_shared_line))
            && !self.same.contains(&(slot(binding), own_name))
            && !host.judge(|host| mentions_name(host, own_name))
    }

    /// A host that all use is shared on purpose, one that two environments of two use only if production's name is in
    /// it. Else it is production's where data is kept there, or where others have a host of their own in its domain.
    fn is_productions(&self, slot: Slot<'p>, host: &Host, users: &[Binding<'p>]) -> bool {
        let in_production = self.production.get(host).map(Vec::as_slice).unwrap_or_default();
        let is_under_the_same_key = in_production.iter().any(|user| self::slot(user) == slot);
        let all = self.users.get(&(slot, host.clone())).copied().unwrap_or_default();
        let is_shared = all >= self.holders.get(&slot).copied().unwrap_or_default();
        if host.judge(mentions_production) {
            return !is_shared || all < 3;
        }
        let keeps_data = users.iter().chain(in_production).any(is_store);
        let has_siblings = host.domain().is_some_and(|domain| {
            let is_platform = domain.judge(|domain| PLATFORMS.contains(&domain));
            !is_platform && self.siblings.get(&(slot, domain)).is_some_and(|hosts| hosts.len() > 1)
        });
        !is_shared && is_under_the_same_key && (keeps_data || has_siblings)
    }

    fn draft(&self, host: &Host, users: &[Binding<'p>]) -> Option<Draft> {
        let (last, others) = users.split_last()?;
        let production = self.production.get(host)?.first()?;
        let message = format!("{} leads to a host of {}", last.key(), production.environment.name);
        let help =
            format!("point it at a host of {}'s own, or accept it with a reason", last.environment.name);
        let draft = others.iter().fold(Draft::on(last, message).help(help), Draft::with);
        Some(draft.with(production))
    }
}
