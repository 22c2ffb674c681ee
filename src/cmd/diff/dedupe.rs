//! `diff --dedupe`: what every environment says for itself, and a file below them could say once.

use std::collections::BTreeMap;

use anyhow::Result;
use serde::Serialize;

use super::{DiffArgs, Exit};
use crate::ctx::Ctx;
use crate::model::delta::{Comparison, Row};
use crate::model::project::{Environment, Project, Stack};
use crate::model::schema::Pattern;
use crate::out::gate::visible;
use crate::out::json::{self, SCHEMA_VERSION};
use crate::out::table::plural;
use crate::out::wrap::hang;

#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Report<'r> {
    schema_version: u32,
    /// The files of which something could move below.
    stacks: Vec<Repeated<'r>>,
}

/// What is the same in all environments of a stack.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct Repeated<'r> {
    /// The file, with `{env}` in place of the environment's name.
    source: &'r str,
    /// The environments that have the stack.
    environments: Vec<&'r str>,
    /// The file below them that could hold it, if the stack has a place for one.
    base: Option<&'r str>,
    /// Is that file there already?
    base_exists: bool,
    /// The keys that could move.
    keys: Vec<&'r str>,
    /// How many secrets are the same too. They should not be.
    secrets: usize,
}

/// Lists what could move below all environments.
pub(super) fn run(project: &Project, args: &DiffArgs, ctx: &Ctx) -> Result<Exit> {
    let comparison = Comparison::new(project, project.environments.iter().collect(), true);
    let picks = args.picks(&comparison.environments);
    let rows = comparison.rows.iter().filter(|row| row.kind.is_none() && picks(row));
    let mut by_source: BTreeMap<&str, Vec<&Row<'_>>> = BTreeMap::new();
    for row in rows {
        by_source.entry(row.source).or_default().push(row);
    }
    let stacks = project.stacks.iter().enumerate();
    let stacks: Vec<Repeated<'_>> = stacks
        .filter_map(|(index, stack)| repeated(project, (index, stack), by_source.get(&*stack.id)?))
        .collect();
    ctx.product(&match ctx.is_json() {
        true => json::render(&Report { schema_version: SCHEMA_VERSION, stacks })?,
        false => text(&stacks, ctx.width()),
    })?;
    Ok(Exit::Done)
}

/// What of these rows, which nobody has differently, all environments of the stack have.
fn repeated<'p>(
    project: &'p Project,
    (index, stack): (usize, &'p Stack),
    rows: &[&Row<'p>],
) -> Option<Repeated<'p>> {
    let has = |one: &Environment| one.layers.iter().any(|layer| layer.stack == index);
    let members: Vec<(usize, &Environment)> =
        project.environments.iter().enumerate().filter(|(_, one)| has(one)).collect();
    let in_all =
        |row: &Row<'_>| members.iter().all(|(place, _)| matches!(row.cells.get(*place), Some(Some(_))));
    let repeated: Vec<&&Row<'_>> = rows.iter().filter(|row| in_all(row)).collect();
    let keys: Vec<&str> = repeated.iter().filter(|row| !row.is_secret()).map(|row| row.path()).collect();
    let base = stack.layers.iter().map(String::as_str).find(|layer| is_base(layer));
    let found = Repeated {
        source: &stack.id,
        environments: members.iter().map(|(_, one)| one.name.as_str()).collect(),
        base,
        base_exists: base.is_some_and(|base| project.sources.iter().any(|source| source.name() == base)),
        secrets: repeated.len() - keys.len(),
        keys,
    };
    (members.len() > 1 && !found.keys.is_empty()).then_some(found)
}

/// Is it a layer for all environments that is not one person's own, as `.env.local` is?
fn is_base(layer: &str) -> bool {
    !layer.contains(Pattern::ENV) && !layer.split('.').any(|part| part == "local")
}

fn text(stacks: &[Repeated<'_>], width: Option<usize>) -> String {
    if stacks.is_empty() {
        return "nothing is the same in all environments\n".to_owned();
    }
    let section = |stack: &Repeated<'_>| {
        let keys: String = stack.keys.iter().map(|key| format!("  {}\n", visible(key))).collect();
        let secrets = secrets(stack.secrets).map(|text| hang(&text, width, 0) + "\n").unwrap_or_default();
        format!("{}\n{keys}{secrets}", hang(&heading(stack), width, 0))
    };
    stacks.iter().map(section).collect::<Vec<_>>().join("\n")
}

fn heading(stack: &Repeated<'_>) -> String {
    let (source, keys) = (visible(stack.source), plural(stack.keys.len(), "key"));
    let (all, are) = (stack.environments.len(), if stack.keys.len() == 1 { "is" } else { "are" });
    let place = match stack.base {
        Some(base) if stack.base_exists => format!("could move to {}", visible(base)),
        Some(base) => format!("could move to {}, a new file", visible(base)),
        None => format!("could move to a file of your choice: [[stack]] files = [\"FILE\", \"{source}\"]"),
    };
    format!("{source}: {keys} {are} the same in all {all} environments and {place}")
}

fn secrets(count: usize) -> Option<String> {
    let are = if count == 1 { "is" } else { "are" };
    let secrets = plural(count, "secret");
    (count > 0)
        .then(|| format!("{secrets} {are} the same everywhere too: each environment should have its own"))
}
