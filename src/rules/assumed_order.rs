//! `assumed-order`: two files set a key, and which of them wins depends on who reads them.

use std::collections::HashMap;

use super::{Case, Check, Draft, Rule, Severities};
use crate::model::finding::Related;
use crate::model::project::{Environment, Layer};
use crate::model::source::{Entry, Source};

/// The rule.
pub const RULE: Rule = Rule {
    id: "assumed-order",
    group: "presence",
    summary: "`.env.local` and `.env.ENVIRONMENT` set a key differently, and nobody says which wins",
    why: "Vite and Symfony let the environment's file win over `.env.local`, Next.js and dotenv-rails the other way round. The value that was looked at may not be the one that runs.",
    fix: "Name what loads the files: [project] loader = [\"next\"]. envctl recognises package.json, Gemfile and composer.json.",
    severity: Severities::NOTE,
    check: Check::Environments(check),
};

fn check(case: &Case<'_>) -> Vec<Draft> {
    let pairs = case.environments().flat_map(|environment| {
        let assumed =
            |layer: &&Layer| case.project.stacks.get(layer.stack).is_some_and(|stack| stack.is_order_assumed);
        let layers: Vec<&Layer> = environment.layers.iter().filter(assumed).collect();
        let source = |layer: &&&Layer| case.project.sources.get(layer.source);
        let local = layers.iter().filter(|layer| !layer.is_own).filter_map(|layer| source(&layer));
        let local: Vec<&Source> = local.filter(|source| source.path.ends_with(".local")).collect();
        let own = layers.iter().filter(|layer| layer.is_own).filter_map(|layer| source(&layer));
        let own: Vec<&Source> = own.filter(|source| !source.path.ends_with(".local")).collect();
        local.into_iter().flat_map(move |local| {
            own.clone().into_iter().flat_map(move |own| twice(environment, local, own))
        })
    });
    pairs.collect()
}

/// The keys that both files set, to different values.
fn twice(environment: &Environment, local: &Source, own: &Source) -> Vec<Draft> {
    let below: HashMap<&str, &Entry> = local.entries.iter().map(|entry| (&*entry.key, entry)).collect();
    let both = own.entries.iter().filter_map(|entry| Some((entry, *below.get(&*entry.key)?)));
    both.filter(|(entry, other)| !entry.same_as(other))
        .map(|(entry, other)| {
            let message =
                format!("{} is set here and in {}; this file is assumed to win", entry.key, local.path);
            let mut draft = Draft::new(environment, message).key(&entry.key).at(own.key_origin(entry)).help(
                "name what loads these files: [project] loader = [\"vite\"], or next, symfony, dotenv-rails",
            );
            let name = environment.name.clone();
            draft.related.push(Related {
                environment: name,
                key: other.key.to_string(),
                origin: local.key_origin(other),
            });
            draft
        })
        .collect()
}
