//! Environments by files: how many keys each has in each.

use std::borrow::Cow;
use std::collections::{BTreeMap, HashMap};
use std::hash::Hash;

use crate::model::project::{Layer, Project};
use crate::out::gate::visible;
use crate::out::table::{self, Cell, Table};

/// How many keys each environment has in each file: a table, or a list where the table would be too wide.
pub fn text(project: &Project, width: usize) -> String {
    let rows = rows(project);
    let names: Vec<&str> = project.environments.iter().map(|one| one.name.as_str()).collect();
    let mut table = Table::default();
    let head = ["keys in"].into_iter().chain(names.iter().copied());
    table.row(head.map(Cell::from).collect());
    for Row { file, keys, .. } in &rows {
        let counts = keys.iter().map(|count| count.map_or_else(|| "-".to_owned(), |count| count.to_string()));
        table.row([visible(file)].into_iter().map(Cell::from).chain(counts.map(Cell::from)).collect());
    }
    let text = table.render("");
    match text.lines().all(|line| table::width(line) <= width) {
        _ if rows.is_empty() => String::new(),
        true => format!("\n{text}"),
        false => format!("\n{}", rows.iter().map(|row| row.as_line(&names)).collect::<String>()),
    }
}

/// A file of a stack, and how many keys each environment has in it.
pub struct Row<'p> {
    /// The path, with `{env}` in place of the environment's name.
    pub file: Cow<'p, str>,
    /// The keys of each environment in it, in their order; nothing where there is no such file.
    keys: Vec<Option<usize>>,
    /// Is it what the stack is about, so that its absence is a gap?
    pub is_main: bool,
}

impl Row<'_> {
    fn as_line(&self, names: &[&str]) -> String {
        let counts = names.iter().zip(&self.keys).filter_map(|(name, count)| Some((name, (*count)?)));
        let counts: Vec<String> = counts.map(|(name, count)| format!("{name} {count}")).collect();
        format!("{}: {}\n", visible(&self.file), counts.join(", "))
    }

    /// The environments that have no such file while others do.
    pub fn gaps<'n>(&self, names: &[&'n str]) -> Vec<&'n str> {
        let missing = names.iter().zip(&self.keys).filter(|(_, count)| count.is_none());
        missing.map(|(name, _)| *name).collect()
    }
}

/// The files of all stacks that somebody has, lowest layers first; then what comes from no file of its own.
pub fn rows(project: &Project) -> Vec<Row<'_>> {
    let mut own = counts(project, |layer, _| Some((layer.stack, layer.level?)));
    let levels = project.stacks.iter().enumerate().flat_map(|(index, stack)| {
        stack.layers.iter().enumerate().map(move |(level, file)| (stack, (index, level), file))
    });
    let rows = levels.filter_map(|(stack, place, file)| {
        let keys = own.remove(&place)?;
        Some(Row { file: Cow::Borrowed(file), keys, is_main: stack.id == *file })
    });
    let mut rows: Vec<Row<'_>> = rows.collect();
    let elsewhere = counts(project, |layer, path| layer.level.is_none().then_some(path));
    let elsewhere: BTreeMap<_, _> = elsewhere.into_iter().collect();
    rows.extend(elsewhere.into_iter().map(|(path, keys)| Row {
        file: Cow::Borrowed(path),
        keys,
        is_main: false,
    }));
    rows
}

/// The keys of each environment in the layers of each place together; nothing where it has none there.
fn counts<'p, P: Eq + Hash>(
    project: &'p Project,
    place: impl Fn(&Layer, &'p str) -> Option<P>,
) -> HashMap<P, Vec<Option<usize>>> {
    let mut counts = HashMap::new();
    for (index, environment) in project.environments.iter().enumerate() {
        for layer in &environment.layers {
            let Some(source) = project.sources.get(layer.source) else { continue };
            let Some(place) = place(layer, &source.path) else { continue };
            let keys = counts.entry(place).or_insert_with(|| vec![None; project.environments.len()]);
            if let Some(count) = keys.get_mut(index) {
                *count = Some(count.unwrap_or(0) + source.entries.len());
            }
        }
    }
    counts
}

#[cfg(test)]
mod tests {
    use std::time::{Duration, Instant};

    use super::*;
    use crate::model::name::EnvName;
    use crate::model::project::{Description, Environment, Stack};
    use crate::model::source::{Entry, Source, SourceKind};

    #[test]
    fn thousands_of_files_are_counted_in_a_moment() {
        let count = 10_000;
        let source = |index| {
            let mut source = Source::new(format!("{index}.env"), "dotenv", SourceKind::Variables, "A=1\n");
            source.entries.push(Entry::new("A", "1", 0, 2));
            source
        };
        let file = |index| format!("{index}/{{env}}.env");
        let mut environment = Environment::new(EnvName::new("dev").unwrap(), Description::default());
        let layer = |index| Layer { stack: index, source: index, level: Some(0), rank: 0, is_own: true };
        environment.layers = (0..count).map(layer).collect();
        environment.layers.push(Layer { stack: 0, source: 7, level: None, rank: 0, is_own: true });
        let project = Project {
            sources: (0..count).map(source).collect(),
            stacks: (0..=count)
                .map(|index| Stack { id: file(index), layers: vec![file(index)], ..Stack::default() })
                .collect(),
            environments: vec![environment],
            ..Project::default()
        };
        let start = Instant::now();
        let rows = rows(&project);
        assert!(start.elapsed() < Duration::from_secs(2));
        assert_eq!(rows.len(), count + 1, "the last stack is nobody's, and one file belongs to none");
        assert!(rows.iter().all(|row| row.keys == [Some(1)]));
        assert_eq!(rows.last().map(|row| (&*row.file, row.is_main)), Some(("7.env", false)));
    }
}
