//! `case-twin`: two keys of one environment that differ only in case.

use std::collections::BTreeMap;

use super::{Case, Check, Draft, Rule, Severities};
use crate::model::finding::Related;
use crate::model::project::{Binding, Environment};
use crate::model::source::SourceKind;

/// The rule.
pub const RULE: Rule = Rule {
    id: "case-twin",
    group: "shape",
    summary: "two keys of one environment differ only in case",
    why: "On Windows they are one variable, and many programs look names up in any case: which of the two counts depends on the machine. Often one is a slip, and the value that was meant is never read.",
    fix: "Keep one of the names, in capitals. A new name that replaces an old one replaces it everywhere.",
    severity: Severities::WARNING,
    check: Check::Environments(check),
};

fn check(case: &Case<'_>) -> Vec<Draft> {
    case.environments().flat_map(|environment| twins(case, environment)).collect()
}

/// One finding for all spellings of a name, at the one that stands last.
fn twins(case: &Case<'_>, environment: &Environment) -> Vec<Draft> {
    let mut entries = case.project.sources_of(environment).flat_map(|source| &source.entries);
    if !entries.any(|entry| has_small_letter(&entry.key)) {
        return Vec::new();
    }
    let mut spellings: BTreeMap<(&str, String), Vec<Binding<'_>>> = BTreeMap::new();
    let variables = case.bindings(environment).filter(|one| one.entry.kind == SourceKind::Variables);
    for binding in variables {
        spellings.entry((binding.stack, binding.key().to_lowercase())).or_default().push(binding);
    }
    let several =
        spellings.into_iter().filter(|((_, name), all)| all.len() > 1 && !is_conventional(name, all));
    several.filter_map(|(_, all)| draft(case, environment, all)).collect()
}

/// Are these a proxy's name in small letters and in capitals? Programs disagree on which to read, so that people set both.
fn is_conventional(name: &str, all: &[Binding<'_>]) -> bool {
    let is_uniform = |key: &str| key == name || key == name.to_ascii_uppercase();
    matches!(name, "http_proxy" | "https_proxy" | "no_proxy" | "all_proxy" | "ftp_proxy")
        && all.iter().all(|binding| is_uniform(binding.key()))
}

/// Is there more than capitals in it? In an environment where no key has any, none has a twin. To look at all of a
/// short name is faster than to stop in it.
fn has_small_letter(key: &str) -> bool {
    key.bytes().fold(false, |found, byte| found | byte.is_ascii_lowercase() | !byte.is_ascii())
}

fn draft(case: &Case<'_>, environment: &Environment, mut all: Vec<Binding<'_>>) -> Option<Draft> {
    let sources = || case.project.sources_of(environment);
    let layer = |binding: &Binding<'_>| sources().position(|source| std::ptr::eq(source, binding.source));
    all.sort_by_key(|binding| (layer(binding), binding.entry.key_offset));
    let (last, others) = all.split_last()?;
    let first = others.first()?;
    let message = format!("{} and {} differ only in case", last.key(), first.key());
    let draft = Draft::new(environment, message).key(last.key()).at(last.source.key_origin(last.entry));
    let related = others.iter().map(|other| Related {
        environment: environment.name.clone(),
        key: other.key().to_owned(),
        origin: other.source.key_origin(other.entry),
    });
    Some(Draft { related: related.collect(), ..draft.help("keep one of the names") })
}
