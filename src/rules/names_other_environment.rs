//! `names-other-environment`: a host, a path or an identifier carries the name of another environment.

use std::collections::{HashMap, HashSet};

use super::looks::Look;
use super::{Case, Check, Draft, Rule, Severities};
use crate::model::finding::Severity;
use crate::model::mention::{mentions, mentions_name};
use crate::model::place::{Host, Place};
use crate::model::project::{Binding, Environment};
use crate::model::source::Entry;
use crate::model::tier::{Tier, spellings_of};
use crate::model::value::Fingerprints;

/// The rule.
pub const RULE: Rule = Rule {
    id: "names-other-environment",
    group: "isolation",
    summary: "a host, path, bucket or identifier carries the name of another environment",
    why: "A line that was copied and not changed: staging that calls app-prod, production that waits for redis-staging.",
    fix: "Correct the value. Where it is meant, accept it with the reason; a value that all environments share is not reported.",
    severity: Severities::CROSSING,
    check: Check::Environments(check),
};

/// Words of keys that speak about environments, modes and people instead of leading to one.
#[rustfmt::skip]
const SPEAKERS: &[&str] = &[
    "env", "envs", "environment", "environments", "profile", "profiles", "mode", "modes", "branch", "branches", "tier",
    "stage", "stages", "dockerfile", "target", "command", "entrypoint", "script", "mail", "email", "emails",
    "channel", "team", "owner", "author", "contact", "description", "title", "label", "labels", "level",
];

/// Last words of keys whose value leads somewhere though it is one word.
#[rustfmt::skip]
const IDENTIFIERS: &[&str] = &[
    "db", "database", "dbname", "bucket", "namespace", "cluster", "schema", "index", "queue", "topic", "host",
    "workspace", "vhost", "tenant",
];

/// Hosts of somebody else with such a word in their name, or with branches in their paths.
const STRANGERS: &[&str] =
    &["dev.azure.com", "dev.to", "dev.mysql.com", "github.com/", "gitlab.com/", "bitbucket.org/"];

/// A name without an environment in this project.
const NOBODY: usize = usize::MAX;

fn check(case: &Case<'_>) -> Vec<Draft> {
    let named = |binding: &Binding<'_>| {
        let other = binding.value().and_then(|value| value.judge(|text| other(case, binding, text)));
        other.filter(|_| leads_somewhere(binding))
    };
    let mut drafts = Vec::new();
    let mut told = None; // what other rules tell is worked out only where there is something to tell
    for environment in case.environments() {
        let looks = case.looks.of(&environment.name);
        let suspects: Vec<_> = looks.iter().filter_map(|one| Some((one, named(&one.binding)?))).collect();
        if suspects.is_empty() {
            continue;
        }
        let told = told.get_or_insert_with(|| Told::of(case));
        let shared = told.shared_places(case, environment);
        let new = suspects.into_iter().filter_map(|(look, other)| {
            let binding = &look.binding;
            let is_shared = shared.contains(&(binding.stack, binding.key()));
            let at_most = told.severity(look, other != NOBODY).filter(|_| !is_shared)?;
            Some(draft(binding, case.environments().nth(other)).at_most(at_most))
        });
        drafts.extend(new);
    }
    drafts
}

/// Staging is built as production is; production that is built from `./nginx_dev` is not.
fn leads_somewhere(binding: &Binding<'_>) -> bool {
    let path = binding.key().to_ascii_lowercase();
    let is_built = path.ends_with(".build") || path.contains(".build.");
    let is_built_alike = is_built && binding.environment.tier != Tier::Production;
    let last = binding.last_name().to_ascii_lowercase();
    let speaks = last.split(|c: char| !c.is_ascii_alphanumeric()).any(|word| SPEAKERS.contains(&word));
    !is_built_alike && !speaks && !path.contains(".env_file")
}

/// The other environment that `text` names: its index, or [`NOBODY`].
fn other(case: &Case<'_>, binding: &Binding<'_>, text: &str) -> Option<usize> {
    let environment = binding.environment;
    let text = text.split(['?', '#']).next().unwrap_or_default();
    let is_bare = text.bytes().all(|b| b.is_ascii_alphanumeric()) && !is_identifier(binding);
    if is_bare || mentions(text).next().is_none() {
        return None; // as most
    }
    let is_free = text.chars().any(char::is_whitespace) || (text.contains('@') && !text.contains("://"));
    let is_foreign = || STRANGERS.iter().any(|host| text.contains(host)) || text.contains("/dev/");
    if is_free || is_foreign() || names_itself(environment, text) {
        return None;
    }
    let mut others = mentions(without_ending(text)).filter_map(|word| meant(case, environment, word));
    let first = others.next()?;
    let is_list = text.contains(',') && others.any(|other| other != first);
    (!is_list).then_some(first)
}

fn is_identifier(binding: &Binding<'_>) -> bool {
    let name = binding.last_name().to_ascii_lowercase();
    name.rsplit(['_', '-', '.']).next().is_some_and(|last| IDENTIFIERS.contains(&last))
}

fn names_itself(environment: &Environment, text: &str) -> bool {
    let aliases = environment.about.aliases.iter().map(String::as_str);
    aliases.chain([environment.name.as_str()]).any(|name| mentions_name(text, name))
}

/// A host without its last label: `.dev` is a domain of the internet.
fn without_ending(text: &str) -> &str {
    let start = text.find("://").map_or(0, |at| at + 3);
    let end = text.get(start..).and_then(|rest| rest.find(['/', ':'])).map_or(text.len(), |at| start + at);
    let host = text.get(..end).unwrap_or_default();
    match host.strip_suffix(".dev") {
        Some(host) => host,
        None => text,
    }
}

/// Who is meant by `word`, if it is somebody else. Those who work on a machine of their own use what development offers.
fn meant(case: &Case<'_>, environment: &Environment, word: &str) -> Option<usize> {
    let tier = spellings_of(word).map(|(tier, _)| tier);
    let named = case.project.environment(word);
    let index = named.and_then(|named| case.environments().position(|other| other.name == named.name));
    let takes_part = [Some(environment.tier), tier].contains(&Some(Tier::Production));
    let tier = named.map(|named| named.tier).or(tier);
    let is_neighbour = environment.tier == Tier::Development && tier == Some(Tier::Development);
    let is_own_tier = named.is_none() && tier == Some(environment.tier);
    let is_itself = named.is_some_and(|named| named.name == environment.name);
    match index {
        _ if is_neighbour || is_own_tier || is_itself => None,
        Some(index) => Some(index),
        None => takes_part.then_some(NOBODY),
    }
}

fn draft(binding: &Binding<'_>, other: Option<&Environment>) -> Draft {
    let whose = other.map_or_else(|| "another environment".to_owned(), |other| other.name.to_string());
    let help = format!("lead it to {}'s own, or accept it with a reason", binding.environment.name);
    let mut draft = Draft::on(binding, format!("{} carries the name of {whose}", binding.key())).help(help);
    draft.environments.extend(other.map(|other| other.name.clone()));
    draft
}

/// What is shared on purpose, and what other rules tell.
#[derive(Default)]
struct Told<'c> {
    /// The values of a key, by the number of its slot.
    values: HashMap<usize, Held>,
    /// The hosts of production.
    hosts: HashSet<&'c Host>,
    /// Where data is kept, and by how many environments.
    places: HashMap<&'c Place, usize>,
}

/// What environments have under one key.
#[derive(Default)]
struct Held {
    values: HashSet<u64>,
    lines: HashSet<*const Entry>,
    holders: usize,
}

impl<'c> Told<'c> {
    fn of(case: &'c Case<'_>) -> Self {
        let (mut told, fingerprints) = (Self::default(), Fingerprints::default());
        for environment in case.environments() {
            let places = case.looks.places(&environment.name);
            let own: HashSet<&Place> = places.map(|(place, _)| place).collect();
            own.into_iter().for_each(|place| *told.places.entry(place).or_default() += 1);
            for look in case.looks.of(&environment.name) {
                let held = told.values.entry(look.slot).or_default();
                held.holders += 1;
                held.lines.insert(std::ptr::from_ref(look.binding.entry));
                held.values.extend(look.binding.value().map(|value| fingerprints.of(value)));
                if environment.tier == Tier::Production {
                    told.hosts.extend(look.hosts());
                }
            }
        }
        told
    }

    /// How bad it is, unless it is a host of production outside of it. What every environment has the same is shared on
    /// purpose, but for production that repeats, on a line of its own, what bears the name of one of them: a doubt.
    fn severity(&self, look: &Look<'_>, is_known: bool) -> Option<Severity> {
        let is_outside = look.binding.environment.tier != Tier::Production;
        if is_outside && look.hosts().iter().any(|host| self.hosts.contains(host)) {
            return None;
        }
        let held = self.values.get(&look.slot);
        match held.filter(|held| held.values.len() == 1 && held.holders > 1) {
            None => Some(Severity::Error),
            Some(held) => (!is_outside && is_known && held.lines.len() > 1).then_some(Severity::Warning),
        }
    }

    /// The keys that lead where another environment keeps its data.
    fn shared_places<'p>(
        &self,
        case: &'c Case<'p>,
        environment: &Environment,
    ) -> HashSet<(&'p str, &'p str)> {
        let places = case.looks.places(&environment.name);
        let shared = places.filter(|(place, _)| self.places.get(place).is_some_and(|users| *users > 1));
        shared.map(|(_, binding)| (binding.stack, binding.key())).collect()
    }
}
