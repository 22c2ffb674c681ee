//! Environments by files: how many keys each has in each.

use std::borrow::Cow;
use std::collections::BTreeSet;

use crate::model::project::{Environment, Layer, Project};
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
    let levels = project.stacks.iter().enumerate().flat_map(|(index, stack)| {
        stack.layers.iter().enumerate().map(move |(level, file)| (index, level, file))
    });
    let rows = levels.map(|(stack, level, file)| {
        let is_here = |layer: &&Layer| layer.stack == stack && layer.level == Some(level);
        let count = |environment: &Environment| keys(project, environment.layers.iter().filter(is_here));
        let keys = project.environments.iter().map(count).collect();
        Row {
            file: Cow::Borrowed(file),
            keys,
            is_main: project.stacks.get(stack).is_some_and(|stack| stack.id == *file),
        }
    });
    let mut rows: Vec<Row<'_>> = rows.collect();
    let elsewhere =
        || project.environments.iter().flat_map(|one| &one.layers).filter(|layer| layer.level.is_none());
    let sources = elsewhere().filter_map(|layer| project.sources.get(layer.source));
    let paths: BTreeSet<&str> = sources.map(|source| source.path.as_str()).collect();
    rows.extend(paths.into_iter().map(|path| {
        let is_here = |layer: &&Layer| {
            let source = project.sources.get(layer.source);
            layer.level.is_none() && source.is_some_and(|source| source.path == path)
        };
        let count = |environment: &Environment| keys(project, environment.layers.iter().filter(is_here));
        Row {
            file: Cow::Borrowed(path),
            keys: project.environments.iter().map(count).collect(),
            is_main: false,
        }
    }));
    rows.retain(|row| row.keys.iter().any(Option::is_some));
    rows
}

/// The keys in these layers together; nothing where there is none.
fn keys<'l>(project: &Project, layers: impl Iterator<Item = &'l Layer>) -> Option<usize> {
    layers
        .filter_map(|layer| project.sources.get(layer.source))
        .map(|source| source.entries.len())
        .reduce(|a, b| a + b)
}
