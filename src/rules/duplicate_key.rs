//! `duplicate-key`: a key is set twice in one file.

use std::collections::HashMap;

use super::{Case, Check, Draft, Rule, Severities};
use crate::model::finding::Related;
use crate::model::project::Environment;
use crate::model::source::{Entry, Source};

/// The rule.
pub const RULE: Rule = Rule {
    id: "duplicate-key",
    group: "shape",
    summary: "a key is set twice in one file",
    why: "Some readers take the first, some the last. Whoever corrects the one they see may correct the one that does not count.",
    fix: "Keep one of the lines. envctl takes the last.",
    severity: Severities::WARNING,
    check: Check::Environments(check),
};

fn check(case: &Case<'_>) -> Vec<Draft> {
    let sources = |environment| case.project.sources_of(environment).map(move |source| (environment, source));
    case.environments()
        .flat_map(sources)
        .flat_map(|(environment, source)| twice(environment, source))
        .collect()
}

/// One finding a key, at its last line, which wins.
fn twice(environment: &Environment, source: &Source) -> Vec<Draft> {
    let mut keys: HashMap<&str, (&Entry, Vec<&Entry>)> = HashMap::with_capacity(source.entries.len());
    for entry in &source.entries {
        keys.entry(&entry.key)
            .and_modify(|(winner, earlier)| earlier.push(std::mem::replace(winner, entry)))
            .or_insert((entry, Vec::new()));
    }
    let repeated = keys.into_values().filter(|(_, earlier)| !earlier.is_empty());
    let leaves = repeated.map(|(winner, earlier)| draft(environment, source, winner, &earlier));
    leaves.chain(source.overruled.iter().map(|map| whole(environment, source, map))).collect()
}

/// A map of which nothing counts, because another of the same name follows.
fn whole(environment: &Environment, source: &Source, map: &Entry) -> Draft {
    let is_section = source.section.as_deref() == Some(&*map.key);
    let inside = |entry: &&Entry| {
        is_section || entry.key.strip_prefix(&*map.key).is_some_and(|rest| rest.starts_with(['.', '[']))
    };
    let later = source.entries.iter().filter(|entry| entry.key_offset > map.key_offset).find(inside);
    let message = format!("{} is set again below, and nothing of what stands here counts", map.key);
    let mut draft = Draft::new(environment, message)
        .key(&map.key)
        .at(source.key_origin(map))
        .help("put what is meant into one of the two");
    let name = environment.name.clone();
    draft.related.extend(later.map(|entry| Related { environment: name, origin: source.key_origin(entry) }));
    draft
}

fn draft(environment: &Environment, source: &Source, winner: &Entry, earlier: &[&Entry]) -> Draft {
    let mut draft = Draft::new(environment, format!("{} is set again; this line wins", winner.key))
        .key(&winner.key)
        .at(source.key_origin(winner))
        .help("keep one of the lines");
    let related =
        |entry: &&Entry| Related { environment: environment.name.clone(), origin: source.key_origin(entry) };
    draft.related.extend(earlier.iter().map(related));
    draft
}
