//! `list`: which environments there are, from which files, and what was passed over.

mod rows;

use std::borrow::Cow;
use std::collections::BTreeSet;

use anyhow::Result;
use clap::{ArgMatches, Args, Command};
use serde::Serialize;

use rows::{Row, rows};

use super::{Exit, Group, Subcommand, parse};
use crate::active;
use crate::ctx::Ctx;
use crate::model::project::{Environment, Project, Skipped};
use crate::model::secret::{by_shape, is_plainly_public};
use crate::model::source::{FileReference, Source, SourceKind};
use crate::out::format::Formats;
use crate::out::gate::visible;
use crate::out::json::{self, SCHEMA_VERSION};
use crate::out::paint::Paint;
use crate::out::table::{Cell, Table, plural};
use crate::store::Root;

/// The registration.
pub const COMMAND: Subcommand = Subcommand {
    name: "list",
    group: Group::Inspect,
    about: "List the environments, their files, and what was passed over",
    examples: "Examples:\n  envctl list\n  envctl list -v              with what was passed over, and why",
    arguments: |command: Command| ListArgs::augment_args(command),
    formats: Formats::PLAIN,
    run,
};

#[derive(Args)]
struct ListArgs {}

fn run(matches: &ArgMatches, ctx: &Ctx) -> Result<Exit> {
    let ListArgs {} = parse(matches)?;
    let (root, project) = ctx.load(&[])?;
    let current = ctx.selection(&root, project)?;
    let current = current.map(|selection| (selection.environment, selection.by.describe()));
    ctx.product(&match ctx.is_json() {
        true => json::render(&report(&root, project, current.as_ref()))?,
        false => text(project, current.as_ref(), ctx),
    })?;
    Ok(Exit::Done)
}

fn text(project: &Project, current: Option<&(&Environment, String)>, ctx: &Ctx) -> String {
    let mut text = environments(project, current, ctx.paint());
    text += &rows::text(project, ctx.width().unwrap_or(UNBOUNDED));
    let read = project.sources.iter().chain(&project.schema_files);
    let mut broken: Vec<&str> = read.filter(|one| !one.problems.is_empty()).map(|one| &*one.path).collect();
    broken.dedup(); // sections of one file follow each other
    for path in broken {
        text += &format!("{}: cannot be read as it is; see `envctl validate`\n", visible(path));
    }
    for (source, file) in loads(project) {
        let missing = if file.is_missing { ", which does not exist" } else { "" };
        text += &format!("{} loads {}{missing}\n", visible(&source.path), visible(&file.path));
    }
    for source in &project.schema_files {
        let (path, count) = (visible(&source.path), plural(source.entries.len(), "key"));
        text += &format!("schema: {path} ({count})\n");
    }
    match (project.skipped.len(), ctx.args.verbose) {
        (0, _) => {}
        (count, false) => text += &format!("{count} passed over; -v says which and why\n"),
        (_, true) => {
            for Skipped { path, reason } in &project.skipped {
                text += &format!("passed over: {}: {reason}\n", visible(path));
            }
        }
    }
    text
}

/// The files that sources load by themselves, each once.
fn loads(project: &Project) -> impl Iterator<Item = (&Source, &FileReference)> {
    let files =
        project.sources.iter().flat_map(|source| source.refers.iter().map(move |file| (source, file)));
    let mut seen = BTreeSet::new();
    files
        .filter(|(_, file)| is_plainly_public(&file.path))
        .filter(move |(source, file)| seen.insert((&source.path, &file.path)))
}

/// The columns where there is no terminal that has an end.
const UNBOUNDED: usize = 160;

fn environments(project: &Project, current: Option<&(&Environment, String)>, paint: Paint) -> String {
    let mut table = Table::default();
    for environment in &project.environments {
        let mark = current.filter(|(one, _)| one.name == environment.name);
        let name = environment.name.as_str();
        table.row(vec![
            if mark.is_some() { "*" } else { " " }.into(),
            Cell::painted(name, paint.environment(environment)),
            environment.tier.as_str().into(),
            if environment.is_protected() { "protected" } else { "" }.into(),
            match mark {
                Some((_, why)) => format!("current: {why}"),
                None if is_default(project, environment) => "the default".to_owned(),
                None => String::new(),
            }
            .into(),
        ]);
    }
    table.render("")
}

/// Is it what everybody gets who says nothing?
fn is_default(project: &Project, environment: &Environment) -> bool {
    active::default(project).is_some_and(|default| default.name == environment.name)
}

fn report<'r>(
    root: &'r Root,
    project: &'r Project,
    current: Option<&(&'r Environment, String)>,
) -> JsonReport<'r> {
    let of = |environment: &'r Environment| JsonEnvironment {
        name: environment.name.as_str(),
        tier: environment.tier.as_str(),
        protected: environment.is_protected(),
        description: environment.about.description.as_deref().filter(|text| !by_shape(text)),
        sources: project.own_sources(environment).map(json_source).collect(),
    };
    JsonReport {
        schema_version: SCHEMA_VERSION,
        project: JsonProject {
            name: &project.name,
            root: root.dir.to_string_lossy().into_owned(),
            manifest: project.manifest.as_deref(),
        },
        current: current.map(|(environment, _)| environment.name.as_str()),
        default: active::default(project).map(|environment| environment.name.as_str()),
        current_by: current.map(|(_, why)| why.clone()),
        environments: project.environments.iter().map(of).collect(),
        base: project.base_sources().map(json_source).collect(),
        schema: project.schema_files.iter().map(json_source).collect(),
        gaps: gaps(project),
        loads: loads(project)
            .map(|(source, file)| JsonLoad {
                source: &source.path,
                path: &file.path,
                missing: file.is_missing,
            })
            .collect(),
        skipped: &project.skipped,
    }
}

fn gaps(project: &Project) -> Vec<JsonGap<'_>> {
    let names: Vec<&str> = project.environments.iter().map(|one| one.name.as_str()).collect();
    let gap = |row: Row<'_>| row.is_main.then(|| (row.gaps(&names), row.file.into_owned()));
    let gaps = rows(project).into_iter().filter_map(gap).filter(|(missing, _)| !missing.is_empty());
    gaps.map(|(missing_in, path)| JsonGap { path: Cow::Owned(path), missing_in }).collect()
}

fn json_source(source: &Source) -> JsonSource<'_> {
    JsonSource { path: source.name(), format: source.format, kind: source.kind, keys: source.entries.len() }
}

/// What `list` prints.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct JsonReport<'r> {
    schema_version: u32,
    /// The project.
    project: JsonProject<'r>,
    /// The name of the current environment.
    current: Option<&'r str>,
    /// Who selected it, in words.
    current_by: Option<String>,
    /// The environment that is current where nothing selects one.
    default: Option<&'r str>,
    /// The environments, in the order of their tiers, each with the files that are its own.
    environments: Vec<JsonEnvironment<'r>>,
    /// The files that lie below several environments.
    base: Vec<JsonSource<'r>>,
    /// The files that say which keys are wanted, such as `.env.example`.
    schema: Vec<JsonSource<'r>>,
    /// The files that some environments have and others lack.
    gaps: Vec<JsonGap<'r>>,
    /// The files that sources load by themselves, where there are any.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    loads: Vec<JsonLoad<'r>>,
    /// What was passed over, and why.
    skipped: &'r [Skipped],
}

/// The project.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct JsonProject<'r> {
    /// Its name.
    name: &'r str,
    /// The absolute path of its folder.
    root: String,
    /// The path of its manifest, if it has one.
    manifest: Option<&'r str>,
}

/// An environment.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct JsonEnvironment<'r> {
    /// Its name.
    name: &'r str,
    /// What it is for.
    #[cfg_attr(test, schemars(with = "crate::model::tier::Tier"))]
    tier: &'static str,
    /// Does it need a person's consent?
    protected: bool,
    /// One line for people, where it has one.
    #[serde(skip_serializing_if = "Option::is_none")]
    description: Option<&'r str>,
    /// The files that are its own, the lowest layer first.
    sources: Vec<JsonSource<'r>>,
}

/// A file that a source loads by itself.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct JsonLoad<'r> {
    /// The file that loads it.
    source: &'r str,
    /// Its path.
    path: &'r str,
    /// Is it not there?
    missing: bool,
}

/// A file that some environments have and others lack.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct JsonGap<'r> {
    /// Its path, with `{env}` in place of the environment's name.
    path: Cow<'r, str>,
    /// The environments that lack it.
    missing_in: Vec<&'r str>,
}

/// A file.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct JsonSource<'r> {
    /// Its path relative to the root, with `#` and the section where it is one.
    path: Cow<'r, str>,
    /// The format it was read as.
    format: &'static str,
    /// What its entries are.
    kind: SourceKind,
    /// How many entries it has.
    keys: usize,
}
