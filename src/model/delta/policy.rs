//! What the manifest says of a difference: that it is meant, or that it must not be.

use std::collections::HashSet;

use super::{Comparison, Kind, Row, Side, Status, kind};
use crate::model::project::{Environment, Project};
use crate::model::schema::{KeySpec, Scope, Varies};
use crate::model::value::Value;

/// The manifest's word on differences.
pub struct Policy<'p> {
    project: &'p Project,
    grouped: HashSet<&'p str>,
}

/// What the manifest says of one key.
pub enum Verdict<'p> {
    /// It is the same everywhere, and may be.
    Same,
    /// It differs, all of it for these reasons.
    Explained(Vec<Explanation<'p>>),
    /// It differs, and nothing says why.
    Unexplained,
    /// It is what the manifest rules out.
    Broken(Demand<'p>),
}

/// Why a key may differ.
#[derive(Clone, Copy)]
pub enum Explanation<'p> {
    /// It differs only by the environments' names, or a word of its own table says so.
    Word(&'static str),
    /// A `varies`, and its place among all of them.
    Varies(usize, &'p Varies),
}

/// What a key must be, and is not.
#[derive(Clone, Copy)]
pub enum Demand<'p> {
    /// The same in these environments.
    Same(&'p Scope),
    /// Shared by no two environments, where one of them is one of these.
    Distinct(&'p Scope),
}

impl Verdict<'_> {
    /// Is it nothing that a check lets pass?
    pub fn fails(&self) -> bool {
        matches!(self, Self::Unexplained | Self::Broken(_))
    }
}

impl Explanation<'_> {
    /// The word for it, which is that of the manifest.
    pub fn word(self) -> &'static str {
        match self {
            Self::Word(word) => word,
            Self::Varies(..) => "varies",
        }
    }
}

impl Demand<'_> {
    /// The word for it, which is that of the manifest.
    pub fn word(self) -> &'static str {
        match self {
            Self::Same(_) => "same",
            Self::Distinct(_) => "distinct",
        }
    }
}

/// What of a row is not explained yet.
struct Open<'p> {
    /// The values.
    row: Row<'p>,
    /// Has it the key?
    presence: Vec<Option<bool>>,
}

impl<'p> Policy<'p> {
    /// What the manifest of `project` says.
    pub fn new(project: &'p Project) -> Self {
        Self { project, grouped: project.schema.grouped() }
    }

    /// What it says of a row of `comparison`.
    pub fn judge(&self, comparison: &Comparison<'p>, row: &Row<'p>) -> Verdict<'p> {
        let spec = row.present().find_map(|(_, side)| self.project.schema.spec(side.source, side.entry));
        if let Some(demand) = spec.and_then(|spec| self.broken(spec, comparison, row)) {
            return Verdict::Broken(demand);
        }
        if row.status() == Status::Same {
            return Verdict::Same;
        }
        let mut by = Vec::new();
        let mut open = Open::new(row);
        self.explain_gaps(spec, comparison, &mut open, &mut by);
        if let Some(spec) = spec {
            self.explain_values(spec, comparison, &mut open, &mut by);
        }
        self.explain_varying(comparison, row, &mut open, &mut by);
        if open.has_gap() || self.differs(comparison, &open) {
            return Verdict::Unexplained;
        }
        let is_by_name = kind::of(&open.row, &comparison.names, &self.project.schema).is_some();
        if is_by_name || (by.is_empty() && row.is_name_only()) {
            add(&mut by, "name-only");
        }
        Verdict::Explained(by)
    }

    /// The demand that the effective values do not meet.
    fn broken(&self, spec: &'p KeySpec, comparison: &Comparison<'p>, row: &Row<'p>) -> Option<Demand<'p>> {
        let value = |(index, side): (usize, &Side<'p>)| {
            let environment = *comparison.environments.get(index)?;
            Some((environment, self.value(environment, side)?))
        };
        let values: Vec<(&Environment, &Value)> = row.present().filter_map(value).collect();
        let mut agreeing = values.iter().filter(|(one, _)| self.project.is_in(&spec.same, one));
        if let Some((_, first)) = agreeing.next()
            && agreeing.any(|(_, other)| !first.same_as(other))
        {
            return Some(Demand::Same(&spec.same));
        }
        let is_distinct = |one: &Environment| self.project.is_in(&spec.distinct, one);
        let clash = |one: &(&Environment, &Value), other: &(&Environment, &Value)| {
            one.0.name != other.0.name
                && (is_distinct(one.0) || is_distinct(other.0))
                && !one.1.is_empty()
                && one.1.same_as(other.1)
        };
        let clashes = (spec.distinct != Scope::Nowhere)
            && values
                .iter()
                .enumerate()
                .any(|(at, one)| values.iter().take(at).any(|other| clash(one, other)));
        clashes.then_some(Demand::Distinct(&spec.distinct))
    }

    /// The value with its references resolved.
    fn value(&self, environment: &'p Environment, side: &Side<'p>) -> Option<&'p Value> {
        let mut found = self.project.find(environment, side.entry.name());
        found.find(|binding| binding.stack == side.source && binding.key() == side.path)?.value()
    }

    fn explain_gaps(
        &self,
        spec: Option<&KeySpec>,
        comparison: &Comparison<'p>,
        open: &mut Open<'p>,
        by: &mut Vec<Explanation<'p>>,
    ) {
        if !open.has_gap() {
            return;
        }
        let is_grouped = open.row.entries().any(|entry| self.grouped.contains(entry.name()));
        for (presence, environment) in open.presence.iter_mut().zip(&comparison.environments) {
            let word = match presence {
                Some(false) => spec.and_then(|spec| self.why_absent(spec, environment)),
                _ => continue,
            };
            let by_others = environment.about.provided_by.is_some().then_some("provided-by");
            if let Some(word) = word.or(by_others).or(is_grouped.then_some("group")) {
                *presence = None;
                add(by, word);
            }
        }
    }

    /// Why `environment` may lack the key.
    fn why_absent(&self, spec: &KeySpec, environment: &Environment) -> Option<&'static str> {
        let project = self.project;
        let change = |(word, change): &(String, crate::model::schema::Override)| {
            change.required.filter(|_| project.covers(word, environment))
        };
        let changed = spec.overrides.iter().find_map(change);
        let is_scoped = matches!(&spec.required, Scope::In(_))
            || spec.overrides.iter().any(|(_, change)| change.required.is_some());
        let is_required = changed.unwrap_or_else(|| project.is_in(&spec.required, environment));
        match () {
            () if spec.only_in.as_ref().is_some_and(|scope| !project.is_in(scope, environment)) => {
                Some("only-in")
            }
            () if spec.provided_by.is_some() => Some("provided-by"),
            () if is_scoped && !is_required => Some("required"),
            () if !spec.required_if.is_empty() && !is_required => Some("required-if"),
            () if spec.deprecated.is_some() => Some("deprecated"),
            () => None,
        }
    }

    fn explain_values(
        &self,
        spec: &KeySpec,
        comparison: &Comparison<'p>,
        open: &mut Open<'p>,
        by: &mut Vec<Explanation<'p>>,
    ) {
        if !self.differs(comparison, open) {
            return;
        }
        for (cell, environment) in open.row.cells.iter_mut().zip(&comparison.environments) {
            let Some(side) = cell else { continue };
            if let Some(word) = self.why_other(spec, side, environment) {
                *cell = None;
                add(by, word);
            }
        }
    }

    /// Why `environment` may have a value of its own.
    fn why_other(&self, spec: &KeySpec, side: &Side<'_>, environment: &Environment) -> Option<&'static str> {
        let own = spec.overrides.iter().filter(|(word, _)| self.project.covers(word, environment));
        let mut own = own.filter_map(|(_, change)| change.constraints.values.as_ref());
        match () {
            () if self.project.is_in(&spec.distinct, environment) => Some("distinct"),
            () if own.any(|values| values.iter().any(|value| value == side.entry.value.text())) => {
                Some("values")
            }
            () if spec.monotonic.is_some() => Some("monotonic"),
            () => None,
        }
    }

    fn explain_varying(
        &self,
        comparison: &Comparison<'p>,
        row: &Row<'p>,
        open: &mut Open<'p>,
        by: &mut Vec<Explanation<'p>>,
    ) {
        for (index, varies) in self.project.schema.varies.iter().enumerate() {
            if !open.has_gap() && !self.differs(comparison, open) {
                return;
            }
            if row.present().any(|(_, side)| varies.is_about(side.source, side.entry)) {
                let covered = |one: &&Environment| self.project.is_in(&varies.within, one);
                let covered: Vec<bool> = comparison.environments.iter().map(covered).collect();
                if open.free(&covered) {
                    by.push(Explanation::Varies(index, varies));
                }
            }
        }
    }

    /// Is there a difference of values to explain? One by names alone explains itself.
    fn differs(&self, comparison: &Comparison<'p>, open: &Open<'p>) -> bool {
        kind::of(&open.row, &comparison.names, &self.project.schema)
            .is_some_and(|kind| kind != Kind::NameOnly)
    }
}

impl<'p> Open<'p> {
    fn new(row: &Row<'p>) -> Self {
        let presence = row.cells.iter().map(|cell| Some(cell.is_some())).collect();
        Self { row: row.clone(), presence }
    }

    /// Have some the key that others lack?
    fn has_gap(&self) -> bool {
        self.presence.contains(&Some(true)) && self.presence.contains(&Some(false))
    }

    /// Takes these environments out; says whether there were any.
    fn free(&mut self, covered: &[bool]) -> bool {
        let mut has_freed = false;
        for ((cell, presence), _) in
            self.row.cells.iter_mut().zip(&mut self.presence).zip(covered).filter(|(_, covered)| **covered)
        {
            has_freed |= cell.is_some() || presence.is_some();
            (*cell, *presence) = (None, None);
        }
        has_freed
    }
}

fn add(by: &mut Vec<Explanation<'_>>, word: &'static str) {
    if by.iter().all(|one| one.word() != word) {
        by.push(Explanation::Word(word));
    }
}
