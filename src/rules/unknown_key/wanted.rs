//! Keys that a Terraform module does not declare, or that a complete example file does not name.

use std::collections::{BTreeMap, BTreeSet};

use super::Advisor;
use crate::model::finding::Severity;
use crate::model::project::{Environment, Module, variable_of};
use crate::model::source::{Entry, Source};
use crate::rules::asked::{Asked, asked};
use crate::rules::{Case, Draft};

/// How many keys a file must share with an example before the example may be called complete.
const SHARED: usize = 3;

/// Values for variables that no file of the module declares. A module of which not all was read says nothing, and
/// a file most of whose keys are unknown is for somebody else.
pub(super) fn of_modules(case: &Case<'_>) -> Vec<Draft> {
    let mut drafts = Vec::new();
    for module in case.project.modules.iter().filter(|module| module.is_whole) {
        let known: BTreeSet<&str> = module.variables(case.project).map(|(_, key)| &*key.name).collect();
        for environment in case.environments() {
            for source in module.sources(case.project, environment) {
                drafts.extend(undeclared(module, environment, source, &known));
            }
        }
    }
    drafts
}

fn undeclared(
    module: &Module,
    environment: &Environment,
    source: &Source,
    known: &BTreeSet<&str>,
) -> Vec<Draft> {
    let mut set: BTreeMap<&str, &Entry> = BTreeMap::new();
    for entry in &source.entries {
        set.entry(variable_of(entry)).or_insert(entry);
    }
    let unknown: Vec<_> = set.iter().filter(|(name, _)| !known.contains(*name)).collect();
    if unknown.len() * 2 > set.len() {
        return Vec::new();
    }
    let folder = if module.folder.is_empty() { "the module" } else { &module.folder };
    let mut advisor = Advisor::new(known.iter().copied().collect());
    let draft = |(name, entry): (&&str, &&Entry)| {
        let message = format!("{name} is set, and {folder} declares no such variable");
        let help = advisor.near(name).map_or_else(
            || format!("declare it: variable \"{name}\" {{}}"),
            |near| format!("did you mean {near}?"),
        );
        Draft::new(environment, message).key(name).at(source.key_origin(entry)).help(help)
    };
    unknown.into_iter().map(draft).collect()
}

/// One note for each file with keys that the example lacks, where the example knows most of its keys.
pub(super) fn of_examples(case: &Case<'_>) -> Vec<Draft> {
    asked(case).flat_map(|asked| unnamed(case, &asked)).collect()
}

fn unnamed(case: &Case<'_>, asked: &Asked<'_>) -> Vec<Draft> {
    let named: BTreeSet<&str> = asked.file.wanted.iter().map(|key| &*key.name).collect();
    let layers = asked.environment.layers.iter().filter(|layer| {
        let is_asked = asked.asking.level.is_none_or(|level| layer.level == Some(level));
        layer.is_own && is_asked && asked.asking.stacks.contains(&layer.stack)
    });
    let sources = layers.filter_map(|layer| case.project.sources.get(layer.source));
    let sources = sources.filter(|source| source.is_dotenv_file());
    sources.filter_map(|source| draft(case, asked, source, &named)).collect()
}

fn draft(case: &Case<'_>, asked: &Asked<'_>, source: &Source, named: &BTreeSet<&str>) -> Option<Draft> {
    let keys: BTreeSet<&str> = source.entries.iter().map(|entry| &*entry.key).collect();
    let unnamed =
        |entry: &&Entry| !named.contains(&*entry.key) && case.project.schema.key(&entry.key).is_none();
    let mut seen = BTreeSet::new();
    let once = source.entries.iter().filter(|entry| seen.insert(&*entry.key));
    let unknown: Vec<&Entry> = once.filter(unnamed).collect();
    let shared = keys.len().checked_sub(unknown.len())?;
    let first = unknown.first().filter(|_| shared >= SHARED && unknown.len() * 2 <= shared)?;
    let example = &asked.file.path;
    let (message, help) = match unknown.as_slice() {
        [one] => {
            (format!("{} is not named in {example}", one.key), "name it there, so that others know of it")
        }
        several => (
            format!("{} keys are not named in {example}", several.len()),
            "name them there, so that others know of them",
        ),
    };
    let draft = Draft::new(asked.environment, message).at(source.key_origin(first)).help(help);
    let draft = if unknown.len() == 1 { draft.key(&first.key) } else { draft };
    Some(draft.about(unknown.iter().map(|entry| &*entry.key)).at_most(Severity::Note))
}
