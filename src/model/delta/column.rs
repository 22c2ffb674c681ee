//! A column of a comparison through time: an environment of a project as it was, or is.

use std::collections::{HashMap, HashSet};

use super::Side;
use crate::model::git::Renamed;
use crate::model::project::{Environment, Project};

/// An environment of a project, at some time.
pub struct Column<'p> {
    /// The project at that time.
    pub project: &'p Project,
    /// The environment in it.
    pub environment: &'p Environment,
    /// What it is called: `production@v1.2.0`.
    pub label: String,
    /// What stacks of then are called now, where that is something else.
    pub identities: HashMap<&'p str, &'p str>,
}

impl<'p> Column<'p> {
    /// What the environment has, under the identities of now. A structured file that one environment alone has takes part
    /// where `is_one`, where all columns are of the same environment.
    pub(super) fn sides(&self, is_raw: bool, is_one: bool) -> Vec<Side<'p>> {
        let (project, one) = (self.project, self.environment);
        let mut sides = match is_raw {
            true => project.raw_sides_where(one, |stack| is_one || !stack.is_alone),
            false => project.sides_where(one, |stack| is_one || !stack.is_alone),
        };
        for side in &mut sides {
            side.source = self.identities.get(side.source).copied().unwrap_or(side.source);
        }
        sides
    }
}

/// What the stacks of `then` are called `now`: a stack is the same one where it holds the same file, renamed or not.
pub fn identities<'p>(then: &'p Project, now: &'p Project, renamed: &[Renamed]) -> HashMap<&'p str, &'p str> {
    let moved: HashMap<&str, &str> = renamed.iter().map(|one| (one.from.as_str(), one.to.as_str())).collect();
    let known: HashSet<&str> = now.stacks.iter().map(|stack| stack.id.as_str()).collect();
    let mut by_path: HashMap<&str, &str> = HashMap::new();
    for (path, stack) in own_files(now) {
        by_path.entry(path).or_insert(stack);
    }
    let mut identities = HashMap::new();
    for (path, stack) in own_files(then) {
        let path = moved.get(path).copied().unwrap_or(path);
        match by_path.get(path) {
            Some(now) if *now != stack && !known.contains(stack) => {
                identities.entry(stack).or_insert(*now);
            }
            _ => {}
        }
    }
    identities
}

/// The files that are environments' own, and their stacks.
fn own_files(project: &Project) -> impl Iterator<Item = (&str, &str)> {
    let layers = project.environments.iter().flat_map(|one| &one.layers).filter(|layer| layer.is_own);
    layers.filter_map(|layer| {
        let (source, stack) = (project.sources.get(layer.source)?, project.stacks.get(layer.stack)?);
        Some((source.path.as_str(), stack.id.as_str()))
    })
}
