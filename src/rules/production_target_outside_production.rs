//! `production-target-outside-production`: an environment talks to a host that is production's.

use std::collections::{HashMap, HashSet};

use super::looks::Look;
use super::{Case, Check, Draft, Rule, Severities};
use crate::model::mention::{mentions_name, mentions_production};
use crate::model::place::{Host, Place, is_store};
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

/// A key's path in a stack.
type Key<'p> = (&'p str, &'p str);

fn check(case: &Case<'_>) -> Vec<Draft> {
    let (production, others): (Vec<&Environment>, Vec<_>) =
        case.environments().partition(|one| is_production(one));
    if production.is_empty() || others.is_empty() {
        return Vec::new();
    }
    let facts = Facts::of(case, &production);
    let mut groups: HashMap<(usize, &Host), Vec<Binding<'_>>> = HashMap::new();
    for environment in others {
        let told = facts.places_of_production(case, environment);
        for look in case.looks.of(&environment.name).iter().filter(|look| !told.contains(&key(&look.binding)))
        {
            for host in look.hosts().iter().filter(|host| facts.is_taken_over(look, host)) {
                groups.entry((look.slot, host)).or_default().push(look.binding);
            }
        }
    }
    let found = groups.into_iter().filter(|((slot, host), users)| facts.is_productions(*slot, host, users));
    let mut drafts: Vec<_> = found.filter_map(|((_, host), users)| facts.draft(host, &users)).collect();
    drafts.sort_by(|a, b| a.key.cmp(&b.key));
    drafts
}

fn is_production(environment: &Environment) -> bool {
    environment.tier == Tier::Production
}

fn key<'p>(binding: &Binding<'p>) -> Key<'p> {
    (binding.stack, binding.key())
}

/// What all environments together say about hosts.
#[derive(Default)]
struct Facts<'c, 'p> {
    /// Who names a host in production.
    production: HashMap<&'c Host, Vec<&'c Look<'p>>>,
    /// Where production keeps its data.
    places: HashSet<&'c Place>,
    /// How many environments name a host under a key.
    users: HashMap<(usize, &'c Host), usize>,
    /// How many environments have a key, by the number of its slot.
    holders: Vec<usize>,
    /// The hosts of a key outside production, by their domain.
    siblings: HashMap<(usize, Host), HashSet<&'c Host>>,
    /// What is declared the same in production and in the environment of this name.
    same: HashSet<(usize, &'p str)>,
}

impl<'c, 'p> Facts<'c, 'p> {
    fn of(case: &'c Case<'p>, production: &[&Environment]) -> Self {
        let mut facts = Self { holders: vec![0; case.looks.slots().len()], ..Self::default() };
        let is_same_there = |key: &KeySpec| production.iter().any(|one| case.is_in(&key.same, one));
        for environment in production {
            facts.places.extend(case.looks.places(&environment.name).map(|(place, _)| place));
        }
        for look in case.looks.all() {
            let environment = look.binding.environment;
            facts.holders.iter_mut().skip(look.slot).take(1).for_each(|count| *count += 1);
            let is_same = |key: &KeySpec| case.is_in(&key.same, environment) && is_same_there(key);
            if !look.hosts().is_empty() && case.project.spec(&look.binding).is_some_and(is_same) {
                facts.same.insert((look.slot, environment.name.as_str()));
            }
            for host in look.hosts() {
                *facts.users.entry((look.slot, host)).or_default() += 1;
                if is_production(environment) {
                    facts.production.entry(host).or_default().push(look);
                } else if let Some(domain) = host.domain() {
                    facts.siblings.entry((look.slot, domain)).or_default().insert(host);
                }
            }
        }
        facts
    }

    /// The keys whose place is production's: `same-target` tells about them.
    fn places_of_production(&self, case: &'c Case<'p>, environment: &Environment) -> HashSet<Key<'p>> {
        let places = case.looks.places(&environment.name);
        places.filter(|(place, _)| self.places.contains(place)).map(|(_, binding)| key(&binding)).collect()
    }

    /// Is the host production's by a value of its own, rather than by a line that both stand on?
    fn is_taken_over(&self, look: &Look<'p>, host: &Host) -> bool {
        let is_shared_line = |other: &&Look<'_>| std::ptr::eq(other.binding.entry, look.binding.entry);
        let own_name = look.binding.environment.name.as_str();
        self.production.get(host).is_some_and(|users| !users.iter().any(is_shared_line))
            && !self.same.contains(&(look.slot, own_name))
            && !host.judge(|host| mentions_name(host, own_name))
    }

    /// A host that all use is shared on purpose, one that two environments of two use only if production's name is in
    /// it. Else it is production's where data is kept there, or where others have a host of their own in its domain.
    fn is_productions(&self, slot: usize, host: &Host, users: &[Binding<'p>]) -> bool {
        let in_production = self.production.get(host).map(Vec::as_slice).unwrap_or_default();
        let is_under_the_same_key = in_production.iter().any(|user| user.slot == slot);
        let all = self.users.get(&(slot, host)).copied().unwrap_or_default();
        let is_shared = all >= self.holders.get(slot).copied().unwrap_or_default();
        if host.judge(mentions_production) {
            return !is_shared || all < 3;
        }
        let there = in_production.iter().map(|user| &user.binding);
        let keeps_data = users.iter().chain(there).any(is_store);
        let has_siblings = host.domain().is_some_and(|domain| {
            let is_platform = domain.judge(|domain| PLATFORMS.contains(&domain));
            !is_platform && self.siblings.get(&(slot, domain)).is_some_and(|hosts| hosts.len() > 1)
        });
        !is_shared && is_under_the_same_key && (keeps_data || has_siblings)
    }

    fn draft(&self, host: &Host, users: &[Binding<'p>]) -> Option<Draft> {
        let (last, others) = users.split_last()?;
        let production = &self.production.get(host)?.first()?.binding;
        let message = format!("{} leads to a host of {}", last.key(), production.environment.name);
        let help =
            format!("point it at a host of {}'s own, or accept it with a reason", last.environment.name);
        let draft = others.iter().fold(Draft::on(last, message).help(help), Draft::with);
        Some(draft.with(production))
    }
}
