//! The excuses that stand in files, by the places that they are about.

use std::collections::{HashMap, HashSet};

use super::{Case, may_be_accepted};
use crate::model::excuse::Excuse;
use crate::model::finding::Finding;
use crate::model::name::EnvName;
use crate::model::source::{Origin, Source};

/// A rule on one line of a file.
type Place<'p> = (&'p str, u32, &'p str);

/// All excuses of a project.
#[derive(Default)]
pub struct Excuses<'p> {
    all: Vec<Written<'p>>,
    /// Of two that say the same, only the first excuses anything.
    by_place: HashMap<Place<'p>, usize>,
    /// The line of the key, for values that begin on a later one.
    key_lines: HashMap<(&'p str, u32), u32>,
}

/// An excuse in its file.
pub struct Written<'p> {
    /// The file.
    pub source: &'p Source,
    /// What it says.
    pub excuse: &'p Excuse,
    /// Has it excused something?
    pub is_used: bool,
}

impl<'p> Excuses<'p> {
    /// Those of all files.
    pub fn new(case: &Case<'p>) -> Self {
        let (mut excuses, mut seen) = (Self::default(), HashSet::new());
        let sources = case.project.sources.iter().chain(&case.project.schema_files);
        let sources = sources.filter(|source| !source.excuses.is_empty());
        for source in sources {
            excuses.add_values(source);
            if seen.insert(&*source.path) {
                source.excuses.iter().for_each(|excuse| excuses.add(source, excuse));
            }
        }
        excuses
    }

    fn add(&mut self, source: &'p Source, excuse: &'p Excuse) {
        let may_excuse = excuse.has_reason && may_be_accepted(&excuse.rule);
        if let Some(target) = excuse.target.filter(|_| may_excuse) {
            let place = (&*source.path, source.line_of(target), &*excuse.rule);
            self.by_place.entry(place).or_insert(self.all.len());
        }
        self.all.push(Written { source, excuse, is_used: false });
    }

    /// Notes the values that begin on another line than their keys, with no other key between them.
    fn add_values(&mut self, source: &'p Source) {
        let next = source.entries.iter().skip(1).map(|entry| entry.key_offset).chain([usize::MAX]);
        for (entry, next) in source.entries.iter().zip(next) {
            if (entry.key_offset..next).contains(&entry.value_offset) {
                let (key, value) = (source.line_of(entry.key_offset), source.line_of(entry.value_offset));
                if key != value {
                    self.key_lines.insert((&source.path, value), key);
                }
            }
        }
    }

    /// Is `finding` excused where it stands, or wherever else anything stands that takes part in it? A comment beside one
    /// of several others excuses only that one.
    pub fn accept(&mut self, finding: &Finding) -> bool {
        if self.by_place.is_empty() {
            return false;
        }
        let own = finding.origin.as_ref().and_then(|origin| self.at(finding.rule, origin));
        let related = finding.related.iter().map(|related| self.at(finding.rule, &related.origin));
        let related: Vec<Option<usize>> = related.collect();
        for index in own.iter().chain(related.iter().flatten()) {
            self.all.iter_mut().skip(*index).take(1).for_each(|one| one.is_used = true);
        }
        own.is_some() || (!related.is_empty() && related.iter().all(Option::is_some))
    }

    fn at(&self, rule: &str, origin: &Origin) -> Option<usize> {
        let (file, line) = (origin.file.as_str(), origin.at?.line);
        let of_key = self.key_lines.get(&(file, line)).copied();
        [Some(line), of_key]
            .into_iter()
            .flatten()
            .find_map(|line| self.by_place.get(&(file, line, rule)).copied())
    }

    /// Those that excused nothing.
    pub fn idle(&self) -> impl Iterator<Item = &Written<'p>> {
        self.all.iter().filter(|one| !one.is_used)
    }
}

impl Written<'_> {
    /// The environments that read the file; all of them where none does, because it says which keys are wanted.
    pub fn environments(&self, case: &Case<'_>) -> Vec<EnvName> {
        let reads = |name: &str| case.project.sources.iter().any(|source| source.path == name);
        let is_schema = !reads(&self.source.path);
        let readers = case.environments().filter(|environment| {
            is_schema || case.project.sources_of(environment).any(|source| source.path == self.source.path)
        });
        readers.map(|environment| environment.name.clone()).collect()
    }
}
