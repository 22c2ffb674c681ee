//! Whole files whose counterparts some environments lack.

use std::collections::{BTreeMap, BTreeSet};

use super::{names, on, owns};
use crate::model::finding::Severity;
use crate::model::project::Environment;
use crate::model::source::{Origin, Source};
use crate::rules::{Case, Draft};

/// Where so many times more environments lack a file than have one, it is theirs rather than missing.
const FEW: usize = 3;

/// A file that some environments have, and others lack with nothing in its place.
struct Gap<'p> {
    source: &'p Source,
    template: &'p str,
    haves: usize,
    lacks: Vec<&'p Environment>,
}

/// One finding for all files that the same environments have and lack.
pub(super) fn gaps(case: &Case<'_>) -> Vec<Draft> {
    let companions = companions(case);
    let mut groups: BTreeMap<Vec<usize>, Vec<Gap<'_>>> = BTreeMap::new();
    for stack in 0..case.project.stacks.len() {
        if let Some((readers, gap)) = gap(case, stack, &companions) {
            groups.entry(readers).or_default().push(gap);
        }
    }
    groups.values().filter_map(|gaps| draft(gaps)).collect()
}

/// The environments that have a file beside one of another environment: one that shares no kind of file with the others
/// is a world of its own.
fn companions(case: &Case<'_>) -> BTreeSet<usize> {
    let stacks = 0..case.project.stacks.len();
    let owners = stacks.map(|stack| case.environments().enumerate().filter(move |(_, one)| owns(one, stack)));
    let shared = owners.map(|owners| owners.map(|(index, _)| index).collect::<Vec<_>>());
    shared.filter(|owners| owners.len() > 1).flatten().collect()
}

fn reads(environment: &Environment, stack: usize) -> bool {
    environment.layers.iter().any(|layer| layer.stack == stack)
}

/// What is missing of a stack, with those that have it: their places in the project.
fn gap<'p>(case: &Case<'p>, stack: usize, companions: &BTreeSet<usize>) -> Option<(Vec<usize>, Gap<'p>)> {
    let about = case.project.stacks.get(stack).filter(|stack| !stack.is_alone)?;
    let all = case.environments().enumerate().filter(|(index, _)| companions.contains(index));
    let (haves, lacks): (Vec<_>, Vec<_>) = all.partition(|(_, one)| reads(one, stack));
    let (_, owner) = haves.iter().rev().find(|(_, one)| owns(one, stack))?;
    let mut layers = haves.iter().flat_map(|(_, one)| &one.layers);
    let has_base = layers.any(|layer| layer.stack == stack && !layer.is_own);
    let lacks: Vec<_> =
        lacks.into_iter().map(|(_, one)| one).filter(|one| !one.about.is_given_elsewhere()).collect();
    if lacks.is_empty() || has_base || !about.id.contains("{env}") {
        return None;
    }
    let layer = owner.layers.iter().find(|layer| layer.stack == stack && layer.is_own)?;
    let is_file = |source: &&Source| source.stamp.is_some() || source.is_dotenv_file();
    let source = case.project.sources.get(layer.source).filter(is_file)?;
    let readers: Vec<usize> = haves.iter().map(|(index, _)| *index).collect();
    Some((readers, Gap { source, template: &about.id, haves: haves.len(), lacks }))
}

fn draft(gaps: &[Gap<'_>]) -> Option<Draft> {
    let Gap { source, template, haves, lacks } = gaps.first()?;
    let (path, lacking) = (&source.path, names(lacks));
    let message = match (gaps.len(), source.entries.len()) {
        (1, 1) => format!("{path} has no counterpart in {lacking}: 1 key"),
        (1, keys) => format!("{path} has no counterpart in {lacking}: {keys} keys"),
        (2, _) => format!("{path} and another file have no counterpart in {lacking}"),
        (files, _) => format!("{path} and {} other files have no counterpart in {lacking}", files - 1),
    };
    let help = match gaps.len() {
        1 => format!("write {template} for them, or accept it with a reason"),
        _ => format!("write {template} and the like for them, or accept it with a reason"),
    };
    let at_most = if lacks.len() > FEW * haves { Severity::Note } else { Severity::Error };
    let draft = on(lacks, message).about(gaps.iter().map(|gap| &*gap.source.path));
    Some(draft.at(Origin::of_file(source)).help(help).at_most(at_most))
}
