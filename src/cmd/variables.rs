//! The variables of an environment as a process gets them: one value for each name, its references put in.

use std::collections::BTreeMap;

use super::filter::Filter;
use super::readable;
use crate::model::fault::Fault;
use crate::model::finding::Finding;
use crate::model::project::{Binding, Environment, Project};
use crate::model::source::SourceKind;
use crate::store::PROCESS;

/// Every variable of `environment` that `filter` takes, by its name; several where stacks disagree.
fn named<'p>(
    project: &'p Project,
    environment: &'p Environment,
    filter: &Filter,
) -> BTreeMap<&'p str, Vec<Binding<'p>>> {
    let mut named: BTreeMap<_, Vec<_>> = BTreeMap::new();
    let variables =
        project.bindings(environment).filter(|binding| binding.entry.kind == SourceKind::Variables);
    let takes = |one: &Binding<'_>| filter.takes_key(one.entry) && filter.takes_source(one.source, one.stack);
    for binding in variables.filter(takes) {
        named.entry(binding.entry.name()).or_default().push(binding);
    }
    named
}

/// The names of the variables, sorted; whatever their values are.
pub fn names<'p>(project: &'p Project, environment: &'p Environment, filter: &Filter) -> Vec<&'p str> {
    named(project, environment, filter).into_keys().collect()
}

/// The variables, sorted by name. What the process opts in to beats files, and files for every program beat what
/// belongs to one container.
///
/// # Errors
/// A [`Fault`] where a value has no text, or two stacks say different things about a name.
pub fn effective<'p>(
    project: &'p Project,
    environment: &'p Environment,
    filter: &Filter,
) -> Result<Vec<Binding<'p>>, Fault> {
    named(project, environment, filter).into_values().filter_map(|of_name| one(of_name).transpose()).collect()
}

/// The rule about variables that decide which code a program runs.
pub const LOADER_KEY: &str = "loader-key";

/// A variable that decides which code a program runs is handed out only where the manifest knows it: does `finding` say
/// that one of these is none?
pub fn is_undeclared_loader(project: &Project, finding: &Finding, bindings: &[Binding<'_>]) -> bool {
    let key = finding.key.as_deref();
    finding.rule == LOADER_KEY
        && bindings.iter().any(|binding| Some(binding.key()) == key)
        && key.is_none_or(|key| project.schema.key(key).is_none())
}

fn one(bindings: Vec<Binding<'_>>) -> Result<Option<Binding<'_>>, Fault> {
    let highest = bindings.iter().map(rank).max();
    let mut best = bindings.into_iter().filter(|binding| Some(rank(binding)) == highest);
    let Some(first) = best.next() else { return Ok(None) };
    let (key, environment) = (first.entry.name(), &first.environment.name);
    let Some(value) = first.value() else {
        let why = readable::without_text(&first);
        return Err(
            Fault::new(format!("{key} has no value in {environment}: {why}")).help("mend the reference")
        );
    };
    match best.find(|other| !other.value().is_some_and(|other| other.same_as(value))) {
        None => Ok(Some(first)),
        Some(other) => {
            let places = format!("{} and {}", first.source.name(), other.source.name());
            let fault = Fault::new(format!("{key} has two values in {environment}, in {places}"));
            Err(fault.help("choose files with --source GLOB, or variables with --key GLOB"))
        }
    }
}

fn rank(binding: &Binding<'_>) -> u8 {
    match binding.source.format {
        PROCESS => 2,
        _ => u8::from(binding.entry.name() == binding.key()),
    }
}
