//! `parity`: a key that some environments have and others lack, or a whole file.

mod fold;
mod gap;
mod module;

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::ops::Bound;

use fold::{as_written, renamed, widest_free_map};
use module::Modules;

use super::{Case, Check, Draft, Rule, Severities};
use crate::model::finding::Severity;
use crate::model::fold::OwnNames;
use crate::model::project::{Binding, Environment, Project};
use crate::model::schema::Scope;
use crate::model::source::SourceKind;
use crate::model::tier::Tier;

/// The rule.
pub const RULE: Rule = Rule {
    id: "parity",
    group: "presence",
    summary: "some environments have a key, or a file, that others lack",
    why: "What staging has and production lacks was never tried there: the code that needs the key works until it is released.",
    fix: "Set the key where it is missing, or take it out where it is left over. Where the difference is meant, accept it with the reason, or declare where the key is required.",
    severity: Severities::WARNING,
    check: Check::Environments(check),
};

/// How many environments a message names.
const NAMED: usize = 4;

/// How many digits make an identifier of a key.
const DIGITS: usize = 4;

/// Keys that the same environments have and lack, below the same map.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Fold<'k> {
    /// The path of the map, or the key where there is none.
    map: &'k str,
    /// Who has them: the places of environments in the project.
    haves: Vec<usize>,
    /// Who lacks them.
    lacks: Vec<usize>,
}

/// What one environment has in one stack, by the key that it is compared under: `STAGING_DATABASE_URL` is staging's
/// DATABASE_URL.
struct Member<'p> {
    environment: &'p Environment,
    keys: BTreeMap<Cow<'p, str>, Binding<'p>>,
}

/// What is asked of the project for every key.
struct About<'p> {
    grouped: HashSet<&'p str>,
    modules: Modules<'p>,
    merged: HashSet<Place<'p>>,
}

/// The path of a file, and the offset of a key in it.
type Place<'p> = (&'p str, usize);

fn check(case: &Case<'_>) -> Vec<Draft> {
    let mut drafts = gap::gaps(case);
    let all = &case.project.environments;
    let names: Vec<OwnNames> = all.iter().map(|environment| OwnNames::of(environment, all)).collect();
    let about = About {
        grouped: case.project.schema.grouped(),
        modules: Modules::of(case.project),
        merged: merged(case.project),
    };
    let mut members = members(case);
    for members in members.values_mut().filter(|members| members.len() > 1) {
        rename(members, &names);
        drafts.extend(differences(case, members, &about));
    }
    drafts
}

fn owns(environment: &Environment, stack: usize) -> bool {
    environment.layers.iter().any(|layer| layer.stack == stack && layer.is_own)
}

/// The environments of each stack that can be compared, by their place in the project, with their keys.
fn members<'p>(case: &Case<'p>) -> BTreeMap<&'p str, BTreeMap<usize, Member<'p>>> {
    let mut members: BTreeMap<&str, BTreeMap<usize, Member<'_>>> = BTreeMap::new();
    for (index, environment) in case.environments().enumerate() {
        for (_, stack) in stacks(case).filter(|(stack, _)| owns(environment, *stack)) {
            let member = Member { environment, keys: BTreeMap::new() };
            members.entry(stack).or_default().insert(index, member);
        }
        for binding in case.bindings(environment) {
            let member = members.get_mut(binding.stack).and_then(|all| all.get_mut(&index));
            if let Some(member) = member.filter(|_| is_compared(&binding)) {
                member.put(binding);
            }
        }
    }
    members
}

/// Keys that bear the names of their environments, under the names that they share.
fn rename<'p>(members: &mut BTreeMap<usize, Member<'p>>, names: &'p [OwnNames]) {
    let partial = partial(members);
    if partial.is_empty() {
        return; // as where parity holds
    }
    let is_taken = |name: &str| members.values().any(|member| member.keys.contains_key(name));
    let renamed = renamed(&partial, names, is_taken);
    let renamed: Vec<(String, String)> =
        renamed.into_iter().map(|(key, name)| (key.to_owned(), name.into_owned())).collect();
    for (key, name) in renamed {
        for member in members.values_mut() {
            if let Some(binding) = member.keys.remove(&*key) {
                member.keys.insert(name.clone().into(), binding);
            }
        }
    }
}

/// The places of keys that YAML merges into more than one map.
fn merged(project: &Project) -> HashSet<Place<'_>> {
    let (mut seen, mut merged) = (HashSet::new(), HashSet::new());
    for source in project.sources.iter().filter(|source| source.format == "yaml") {
        for entry in &source.entries {
            let place = (&*source.path, entry.key_offset);
            if !seen.insert(place) {
                merged.insert(place);
            }
        }
    }
    merged
}

/// Compose files exist to build the same services otherwise, so that only variables count there; a key with a long
/// number in it is an identifier, which each environment has of its own.
fn is_compared(binding: &Binding<'_>) -> bool {
    let digits = binding.last_name().bytes().filter(u8::is_ascii_digit).count();
    let is_variable = binding.entry.kind == SourceKind::Variables;
    digits < DIGITS && (is_variable || binding.source.format != "compose")
}

fn stacks<'p>(case: &Case<'p>) -> impl Iterator<Item = (usize, &'p str)> + use<'p> {
    let stacks = case.project.stacks.iter().enumerate();
    stacks.filter(|(_, stack)| !stack.is_alone).map(|(index, stack)| (index, &*stack.id))
}

/// The keys of one stack that differ, those under a map that is missing as a whole as one.
fn differences(case: &Case<'_>, members: &BTreeMap<usize, Member<'_>>, about: &About<'_>) -> Vec<Draft> {
    let mut folds: BTreeMap<Fold<'_>, Vec<Binding<'_>>> = BTreeMap::new();
    let mut own: BTreeMap<&str, Vec<Binding<'_>>> = BTreeMap::new();
    for (key, haves) in partial(members) {
        let lacks: Vec<usize> = members.keys().copied().filter(|index| !haves.contains(index)).collect();
        let Some(binding) = haves.iter().rev().find_map(|index| members.get(index)?.binding(key)) else {
            continue;
        };
        let lacks: Vec<usize> = lacks
            .into_iter()
            .filter(|index| is_missed(case, members.get(index), &binding, &about.modules))
            .collect();
        let is_explained = about.grouped.contains(binding.entry.name()) || is_declared(case, &binding);
        if lacks.is_empty() || is_explained {
            continue;
        }
        if is_own_business(members, &haves) {
            own.entry(binding.environment.name.as_str()).or_default().push(binding);
            continue;
        }
        let lacking: Vec<_> = lacks.iter().filter_map(|index| members.get(index)).collect();
        let map = widest_free_map(key, |map| lacking.iter().all(|member| !member.has_below(map)));
        let fold = Fold { map, haves: haves.into_iter().collect(), lacks };
        folds.entry(fold).or_default().push(binding);
    }
    let drafts =
        folds.iter().filter_map(|(fold, bindings)| draft(case, members, fold, bindings, &about.merged));
    drafts.chain(own.values().filter_map(|bindings| own_note(bindings))).collect()
}

/// One note for all keys of a stack that one environment alone has, for work.
fn own_note(bindings: &[Binding<'_>]) -> Option<Draft> {
    let first = bindings.first().filter(|first| first.environment.tier == Tier::Development)?;
    let environment = &first.environment.name;
    let message = match bindings {
        [one] => format!("{} is set in {environment} alone", one.key()),
        several => format!("{} keys are set in {environment} alone", several.len()),
    };
    let help = format!(
        "where that is meant, say so: only-in = [\"{environment}\"] at the key, or accept it with a reason"
    );
    let draft = Draft::new(first.environment, message).at(first.source.key_origin(first.entry)).help(help);
    let draft = draft.about(bindings.iter().map(Binding::key)).at_most(Severity::Note);
    Some(if bindings.len() == 1 { draft.key(first.key()) } else { draft })
}

/// The keys that not all have, with those that have them.
fn partial<'m>(members: &'m BTreeMap<usize, Member<'_>>) -> BTreeMap<&'m str, BTreeSet<usize>> {
    let mut haves: BTreeMap<&str, BTreeSet<usize>> = BTreeMap::new();
    for (index, member) in members {
        for key in member.keys.keys() {
            haves.entry(key).or_default().insert(*index);
        }
    }
    haves.retain(|_, who| who.len() < members.len());
    haves
}

impl<'p> Member<'p> {
    fn put(&mut self, binding: Binding<'p>) {
        let name = main_database(&binding).filter(|name| !self.keys.contains_key(*name));
        if let Some(other) = self.keys.insert(name.unwrap_or(binding.key()).into(), binding) {
            self.keys.insert(other.key().into(), other); // it had taken the name of this one
        }
    }

    fn binding(&self, key: &str) -> Option<Binding<'p>> {
        self.keys.get(key).copied()
    }

    /// Has it any key below the map at this path?
    fn has_below(&self, map: &str) -> bool {
        let below = format!("{map}.");
        self.keys
            .range::<str, _>((Bound::Included(&*below), Bound::Unbounded))
            .next()
            .is_some_and(|(key, _)| key.starts_with(&below))
    }
}

/// Rails calls an environment's first database `primary` where it has several ("Multiple Databases with Active Record").
fn main_database<'p>(binding: &Binding<'p>) -> Option<&'p str> {
    let is_section = binding.source.section.is_some() && binding.source.format == "yaml";
    binding.key().strip_prefix("primary.").filter(|_| is_section)
}

/// Does it matter that this environment lacks the key? Not where somebody provides it, where what is there could not be
/// read, or where the module that takes the values does without it.
fn is_missed(
    case: &Case<'_>,
    lacking: Option<&Member<'_>>,
    binding: &Binding<'_>,
    modules: &Modules<'_>,
) -> bool {
    let Some(environment) = lacking.map(|member| member.environment) else { return false };
    !environment.about.is_given_elsewhere()
        && !case.project.sources_of(environment).any(|source| source.is_unreadable)
        && !modules.can_do_without(binding, case.project.own_sources(environment))
}

/// Is it one environment's own, for work or for tests?
fn is_own_business(members: &BTreeMap<usize, Member<'_>>, haves: &BTreeSet<usize>) -> bool {
    let tiers: Vec<Tier> =
        haves.iter().filter_map(|index| members.get(index)).map(|one| one.environment.tier).collect();
    matches!(tiers.as_slice(), [Tier::Development | Tier::Test])
}

/// Does the manifest say where the key must be or may be, who provides it, that it varies, or that it goes?
fn is_declared(case: &Case<'_>, binding: &Binding<'_>) -> bool {
    let mut varying = case.project.schema.varies.iter();
    varying.any(|varies| varies.is_about(binding.stack, binding.entry))
        || case.project.spec(binding).is_some_and(|key| {
            key.required != Scope::Nowhere
                || !key.required_if.is_empty()
                || key.only_in.is_some()
                || key.deprecated.is_some()
                || key.provided_by.is_some()
                || key.overrides.iter().any(|(_, change)| change.required.is_some())
        })
}

fn draft(
    case: &Case<'_>,
    members: &BTreeMap<usize, Member<'_>>,
    fold: &Fold<'_>,
    bindings: &[Binding<'_>],
    merged: &HashSet<Place<'_>>,
) -> Option<Draft> {
    let environments = |who: &[usize]| {
        who.iter().filter_map(|index| members.get(index)).map(|one| one.environment).collect::<Vec<_>>()
    };
    let (haves, lacks) = (environments(&fold.haves), environments(&fold.lacks));
    let binding = bindings.first()?;
    let (key, what) = match bindings {
        [one] => (one.key(), format!("{} is set", one.key())),
        several => {
            let map = as_written(binding.key(), fold.map);
            (map, format!("{map}: {} keys are set", several.len()))
        }
    };
    let message = format!("{what} in {}, and missing in {}", names(&haves), names(&lacks));
    let file = lacks.first().and_then(|lacking| own_file(case, lacking, binding.stack));
    let help = match file {
        Some(file) => format!("set it in {file}, or accept the difference with a reason"),
        None => "set it there, or accept the difference with a reason".to_owned(),
    };
    let is_written_there = |one: &&Binding<'_>| !merged.contains(&(&*one.source.path, one.entry.key_offset));
    let there = bindings.iter().filter(is_written_there).min_by_key(|one| one.entry.key_offset);
    let there = there.unwrap_or(binding);
    let draft = on(&lacks, message).key(key).at(there.source.key_origin(there.entry));
    Some(draft.about(bindings.iter().map(Binding::key)).help(help))
}

/// The environment's topmost file in the stack.
fn own_file<'p>(case: &Case<'p>, environment: &'p Environment, stack: &str) -> Option<&'p str> {
    let (index, _) = stacks(case).find(|(_, id)| *id == stack)?;
    case.project.own_file(environment, |layer, _| layer.stack == index)
}

/// A finding in the environments that lack something.
pub(super) fn on(lacks: &[&Environment], message: String) -> Draft {
    Draft {
        environments: lacks.iter().map(|environment| environment.name.clone()).collect(),
        key: None,
        parts: Vec::new(),
        message,
        help: None,
        origin: None,
        related: Vec::new(),
        at_most: Severity::Error,
    }
}

/// `dev, staging and prod`, of many the first.
pub(super) fn names(environments: &[&Environment]) -> String {
    let all: Vec<&str> = environments.iter().map(|environment| environment.name.as_str()).collect();
    match all.as_slice() {
        [first @ .., last] if !first.is_empty() && all.len() <= NAMED => {
            format!("{} and {last}", first.join(", "))
        }
        all if all.len() <= NAMED => all.concat(),
        all => {
            let named: Vec<&str> = all.iter().copied().take(NAMED - 1).collect();
            format!("{} and {} others", named.join(", "), all.len() - named.len())
        }
    }
}
