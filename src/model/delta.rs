//! The difference between environments, key by key.

mod column;
mod kind;
mod pairing;
mod policy;
#[cfg(test)]
mod tests;

pub use column::{Column, identities};
pub use kind::Kind;
pub use policy::{Demand, Explanation, Policy, Verdict};

use std::collections::HashMap;

use super::fingerprint::{Fingerprint, Key};
use super::fold::OwnNames;
use super::project::{Environment, Project};
use super::schema::Schema;
use super::source::{Entry, Source};

/// Environments side by side.
pub struct Comparison<'p> {
    /// The environments, in the order in which they are compared.
    pub environments: Vec<&'p Environment>,
    /// The keys, sorted by stack and path.
    pub rows: Vec<Row<'p>>,
    names: Vec<OwnNames>,
    /// What the environments are called here; their names, where it is empty.
    labels: Vec<String>,
    /// Are the columns one environment at several times?
    is_one: bool,
}

/// What an environment has, beside what the one before it has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Beside {
    /// It lacks the key.
    Missing,
    /// The same value.
    Same,
    /// The same value but for the environments' names.
    Alike,
    /// Another value, or the first one.
    Other,
}

/// How a key compares.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Status {
    /// Some environments have it, others lack it.
    OnlyIn,
    /// All have it, with different values or under different names.
    Different,
    /// All have it, with the same value.
    Same,
}

/// One key of a comparison. At least one environment has it.
#[derive(Clone)]
pub struct Row<'p> {
    /// The identity of the stack.
    pub source: &'p str,
    /// What each environment has, in their order.
    pub cells: Vec<Option<Side<'p>>>,
    /// What kind of difference there is among those that have it.
    pub kind: Option<Kind>,
    fingerprints: Vec<Option<Fingerprint>>,
}

/// An entry under its identity.
#[derive(Clone, Copy)]
pub struct Side<'p> {
    /// The identity of the stack.
    pub source: &'p str,
    /// The key in it.
    pub path: &'p str,
    /// The entry.
    pub entry: &'p Entry,
    /// The file that it stands in.
    pub file: &'p Source,
}

/// How many keys compare how. Each key counts once: in `only_in`, `in_some`, `different` or `same`.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Keys that one environment alone has, in the order of environments.
    pub only_in: Vec<usize>,
    /// Keys that several have, and not all.
    pub in_some: usize,
    /// Keys that all have and that differ.
    pub different: usize,
    /// Those of them that differ only by the environments' names.
    pub name_only: usize,
    /// Keys that are the same everywhere.
    pub same: usize,
}

impl<'p> Row<'p> {
    /// The environments that have it: their places, and what they have.
    pub fn present(&self) -> impl Iterator<Item = (usize, &Side<'p>)> + Clone {
        self.cells.iter().enumerate().filter_map(|(index, cell)| Some((index, cell.as_ref()?)))
    }

    /// The entries that there are.
    pub fn entries(&self) -> impl Iterator<Item = &'p Entry> + Clone + use<'_, 'p> {
        self.present().map(|(_, side)| side.entry)
    }

    /// The key, as the first environment that has it calls it.
    pub fn path(&self) -> &'p str {
        self.present().next().map_or("", |(_, side)| side.path)
    }

    /// The key as others call it, each name once.
    pub fn other_paths(&self) -> Vec<&'p str> {
        let mut others: Vec<&str> = Vec::new();
        for (_, side) in self.present() {
            if side.path != self.path() && !others.contains(&side.path) {
                others.push(side.path);
            }
        }
        others
    }

    /// How the environments compare.
    pub fn status(&self) -> Status {
        match self.kind {
            _ if self.cells.iter().any(Option::is_none) => Status::OnlyIn,
            Some(_) => Status::Different,
            None => Status::Same,
        }
    }

    /// Is there nothing to see but the environments' own names?
    pub fn is_name_only(&self) -> bool {
        self.status() == Status::Different && self.kind == Some(Kind::NameOnly)
    }

    /// Are there values of different types: `true` beside `"true"`?
    pub fn has_types(&self) -> bool {
        let mut types = self.entries().map(|entry| entry.value_type);
        let first = types.next();
        types.any(|other| Some(other) != first)
    }

    /// Is the value a secret anywhere?
    pub fn is_secret(&self) -> bool {
        self.entries().any(|entry| entry.secret().is_some())
    }

    /// The fingerprint of what the environment at this place has, where it is a secret and fingerprints were asked for.
    pub fn fingerprint(&self, place: usize) -> Option<Fingerprint> {
        self.fingerprints.get(place).copied().flatten()
    }

    /// For each environment that has it the class of its value: the number of the first environment with the same one.
    pub fn classes(&self) -> Vec<Option<usize>> {
        let mut firsts: HashMap<(&str, &str), usize> = HashMap::new();
        let mut class = |(index, cell): (usize, &Option<Side<'p>>)| {
            let entry = cell.as_ref()?.entry;
            Some(*firsts.entry((entry.value_type.as_str(), entry.value.text())).or_insert(index))
        };
        self.cells.iter().enumerate().map(&mut class).collect()
    }
}

impl<'p> Comparison<'p> {
    /// Compares `environments`: their effective keys, or those of their own files alone.
    pub fn new(project: &'p Project, environments: Vec<&'p Environment>, is_raw: bool) -> Self {
        let side = |one: &&'p Environment| if is_raw { project.raw_sides(one) } else { project.sides(one) };
        let names: Vec<OwnNames> =
            environments.iter().map(|one| OwnNames::of(one, &project.environments)).collect();
        let sides = environments.iter().map(side).collect();
        Self::of(environments, sides, names, &project.schema)
    }

    /// Compares columns, which may be of several times; the last one's manifest says what is declared.
    pub fn across(columns: &[Column<'p>], is_raw: bool) -> Self {
        let environments: Vec<&Environment> = columns.iter().map(|column| column.environment).collect();
        let is_one = environments.windows(2).all(|pair| matches!(pair, [a, b] if a.name == b.name));
        // Of one environment at several times, another spelling of its name is a change like any other.
        let names = columns.iter().map(|one| match is_one {
            true => OwnNames::none(),
            false => OwnNames::of(one.environment, &one.project.environments),
        });
        let (names, none) = (names.collect(), Schema::default());
        let sides = columns.iter().map(|column| column.sides(is_raw, is_one)).collect();
        let schema = columns.last().map_or(&none, |column| &column.project.schema);
        let labels = columns.iter().map(|column| column.label.clone()).collect();
        Self { labels, is_one, ..Self::of(environments, sides, names, schema) }
    }

    fn of(
        environments: Vec<&'p Environment>,
        sides: Vec<Vec<Side<'p>>>,
        names: Vec<OwnNames>,
        schema: &Schema,
    ) -> Self {
        let mut rows = pairing::pair(rows(sides), &names);
        for row in &mut rows {
            row.kind = kind::of(row, &names, schema);
        }
        Self { environments, rows, names, labels: Vec::new(), is_one: false }
    }

    /// Gives secrets their fingerprints under `key`.
    pub fn mark(&mut self, key: &Key) {
        for row in self.rows.iter_mut().filter(|row| row.is_secret()) {
            let of = |cell: &Option<Side<'_>>| cell.as_ref().and_then(|side| key.of(side.entry));
            row.fingerprints = row.cells.iter().map(of).collect();
        }
    }

    /// What each environment has of a key, beside the one before it.
    pub fn beside(&self, row: &Row<'_>) -> Vec<Beside> {
        let is_secret = row.is_secret();
        let mut left: Option<(&Entry, &OwnNames)> = None;
        let mut all = Vec::with_capacity(row.cells.len());
        for (cell, names) in row.cells.iter().zip(&self.names) {
            let here = cell.as_ref().map(|side| (side.entry, names));
            all.push(match (left, here) {
                (_, None) => Beside::Missing,
                (Some((left, _)), Some((entry, _))) if left.same_as(entry) => Beside::Same,
                (Some(left), Some(right)) if !is_secret && kind::is_alike(left, right) => Beside::Alike,
                _ => Beside::Other,
            });
            left = here;
        }
        all
    }

    /// The names of the environments, with their times where they are of several: `production@v1.2.0`.
    pub fn names(&self) -> Vec<&str> {
        match self.labels.as_slice() {
            [] => self.environments.iter().map(|environment| environment.name.as_str()).collect(),
            labels => labels.iter().map(String::as_str).collect(),
        }
    }

    /// Is it one environment at two times, so that what is not in both was added or removed?
    pub fn is_history(&self) -> bool {
        self.is_one && self.environments.len() == 2
    }

    /// How many keys compare how.
    pub fn counts(&self) -> Counts {
        let mut counts = Counts { only_in: vec![0; self.environments.len()], ..Counts::default() };
        for row in &self.rows {
            let mut present = row.present().map(|(index, _)| index);
            match (row.status(), present.next(), present.next()) {
                (Status::OnlyIn, Some(index), None) => {
                    counts.only_in.iter_mut().skip(index).take(1).for_each(|count| *count += 1);
                }
                (Status::OnlyIn, ..) => counts.in_some += 1,
                (Status::Different, ..) => counts.different += 1,
                (Status::Same, ..) => counts.same += 1,
            }
            counts.name_only += usize::from(row.is_name_only());
        }
        counts
    }

    /// Is any key not the same everywhere?
    pub fn differs(&self) -> bool {
        self.rows.iter().any(|row| row.status() != Status::Same)
    }
}

/// Puts what environments have side by side, sorted by stack and key.
fn rows<'p>(sides: Vec<Vec<Side<'p>>>) -> Vec<Row<'p>> {
    let identity = |(_, side): &(usize, Side<'p>)| (side.source, side.path);
    let width = sides.len();
    let numbered = sides.into_iter().enumerate();
    let mut all: Vec<(usize, Side<'_>)> =
        numbered.flat_map(|(index, sides)| sides.into_iter().map(move |side| (index, side))).collect();
    all.sort_by_key(identity);
    let row = |same: &[(usize, Side<'p>)]| {
        let mut cells = vec![None; width];
        for (index, side) in same {
            cells.iter_mut().skip(*index).take(1).for_each(|cell| *cell = Some(*side));
        }
        Row {
            source: same.first().map_or("", |(_, side)| side.source),
            cells,
            kind: None,
            fingerprints: Vec::new(),
        }
    };
    all.chunk_by(|one, other| identity(one) == identity(other)).map(row).collect()
}
