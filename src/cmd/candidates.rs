//! What may stand where an environment or a key is asked for, while a line is typed.

use std::collections::BTreeSet;
use std::ffi::OsStr;

use clap_complete::engine::{ArgValueCandidates, ArgValueCompleter, CompletionCandidate};

use crate::ctx::{Ctx, GlobalArgs};
use crate::git;
use crate::model::project::Environment;
use crate::model::secret::by_shape;
use crate::out::gate::is_hidden;
use crate::rules;

/// Completes the names of environments, each with its tier.
pub fn environments() -> ArgValueCandidates {
    ArgValueCandidates::new(named_environments)
}

/// Completes the names of environments, and behind an `@` the tags and branches of the repository.
pub fn environments_at_times() -> ArgValueCompleter {
    ArgValueCompleter::new(|typed: &OsStr| {
        let typed = typed.to_string_lossy();
        match typed.split_once('@') {
            Some((environment, revision)) => revisions_after(&format!("{environment}@"), revision),
            None => starting_with(named_environments(), &typed),
        }
    })
}

/// Completes the tags and branches of the repository.
pub fn revisions() -> ArgValueCompleter {
    ArgValueCompleter::new(|typed: &OsStr| revisions_after("", &typed.to_string_lossy()))
}

/// Completes the names of keys that some environment has.
pub fn keys() -> ArgValueCandidates {
    ArgValueCandidates::new(named_keys)
}

/// Completes both, environments first.
pub fn environments_and_keys() -> ArgValueCandidates {
    ArgValueCandidates::new(|| named_environments().into_iter().chain(named_keys()).collect())
}

/// Completes the ids and the groups of rules.
pub fn rules() -> ArgValueCandidates {
    let candidate =
        |(word, what): (&'static str, &'static str)| CompletionCandidate::new(word).help(Some(what.into()));
    ArgValueCandidates::new(move || rules::words().map(candidate).collect())
}

fn named_environments() -> Vec<CompletionCandidate> {
    let described = Ctx::new(GlobalArgs::default()).describe();
    let environments = described.map(|(_, project)| project.environments).unwrap_or_default();
    let candidate = |environment: &Environment| {
        CompletionCandidate::new(environment.name.as_str()).help(Some(environment.tier.as_str().into()))
    };
    environments.iter().map(candidate).collect()
}

fn starting_with(mut candidates: Vec<CompletionCandidate>, typed: &str) -> Vec<CompletionCandidate> {
    candidates.retain(|candidate| candidate.get_value().to_string_lossy().starts_with(typed));
    candidates
}

fn revisions_after(before: &str, typed: &str) -> Vec<CompletionCandidate> {
    let Ok(root) = Ctx::new(GlobalArgs::default()).root() else { return Vec::new() };
    let names = git::revisions(&root.dir).into_iter().filter(|name| name.starts_with(typed));
    let harmless = names.filter(|name| !name.contains(is_hidden));
    harmless.map(|name| CompletionCandidate::new(format!("{before}{name}"))).collect()
}

fn named_keys() -> Vec<CompletionCandidate> {
    let quiet = GlobalArgs { quiet: true, ..GlobalArgs::default() };
    let Ok((_, project)) = Ctx::new(quiet).load(&[]) else { return Vec::new() };
    let bindings = project.environments.iter().flat_map(|environment| project.bindings(environment));
    let names: BTreeSet<&str> = bindings.map(|binding| binding.entry.name()).collect();
    let harmless = names.into_iter().filter(|name| !by_shape(name) && !name.contains(is_hidden));
    harmless.map(CompletionCandidate::new).collect()
}
