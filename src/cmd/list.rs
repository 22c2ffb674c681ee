//! `list`: which environments there are, from which files, and what was passed over.

use anyhow::Result;
use clap::{ArgMatches, Args, Command};
use serde::Serialize;

use super::{Exit, Group, Subcommand, parse};
use crate::active;
use crate::ctx::{Ctx, Format};
use crate::model::project::{Environment, Project, Skipped};
use crate::model::secret::by_shape;
use crate::model::source::{Source, SourceKind};
use crate::out::gate::visible;
use crate::out::json::{self, SCHEMA_VERSION};
use crate::out::paint::Paint;
use crate::out::table::{Cell, Table};
use crate::store::Root;

/// The registration.
pub const COMMAND: Subcommand = Subcommand {
    name: "list",
    group: Group::Inspect,
    about: "List the environments, their files, and what was passed over",
    examples: "Examples:\n  envctl list\n  envctl list -v              with what was passed over, and why",
    arguments: |command: Command| ListArgs::augment_args(command),
    run,
};

#[derive(Args)]
struct ListArgs {}

fn run(matches: &ArgMatches, ctx: &Ctx) -> Result<Exit> {
    let ListArgs {} = parse(matches)?;
    let (root, project) = ctx.load(&[])?;
    let current = ctx.selection(&root, project)?;
    let current = current.map(|selection| (selection.environment, selection.by.describe()));
    ctx.product(&match ctx.args.format {
        Format::Text => text(project, current.as_ref(), ctx.args.verbose, ctx.paint()),
        Format::Json => json::render(&report(&root, project, current.as_ref()))?,
    })?;
    Ok(Exit::Done)
}

fn text(project: &Project, current: Option<&(&Environment, String)>, verbose: bool, paint: Paint) -> String {
    let mut table = Table::default();
    for environment in &project.environments {
        let mark = current.filter(|(one, _)| one.name == environment.name);
        let name = environment.name.as_str();
        let sources: Vec<_> = project.own_sources(environment).map(source_text).collect();
        table.row(vec![
            if mark.is_some() { "*" } else { " " }.into(),
            Cell::painted(name, paint.environment(environment)),
            environment.tier.as_str().into(),
            if environment.is_protected() { "protected" } else { "" }.into(),
            sources.join("  ").into(),
            match mark {
                Some((_, why)) => format!("current: {why}"),
                None if is_default(project, environment) => "the default".to_owned(),
                None => String::new(),
            }
            .into(),
        ]);
    }
    let mut text = table.render("");
    for source in project.base_sources() {
        text += &format!("below all: {}\n", source_text(source));
    }
    for environment in &project.environments {
        for source in project.own_sources(environment).filter(|source| !source.problems.is_empty()) {
            text += &format!("{}: cannot be read as it is; see `envctl validate`\n", visible(&source.path));
        }
    }
    match (project.skipped.len(), verbose) {
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

/// Is it what everybody gets who says nothing?
fn is_default(project: &Project, environment: &Environment) -> bool {
    active::default(project).is_some_and(|default| default.name == environment.name)
}

fn source_text(source: &Source) -> String {
    let count = source.entries.len();
    format!("{} ({count} {})", visible(&source.name()), if count == 1 { "key" } else { "keys" })
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
        schema: Vec::new(),
        skipped: &project.skipped,
    }
}

fn json_source(source: &Source) -> JsonSource<'_> {
    JsonSource { path: &source.path, format: source.format, kind: source.kind, keys: source.entries.len() }
}

#[derive(Serialize)]
struct JsonReport<'r> {
    schema_version: u32,
    project: JsonProject<'r>,
    current: Option<&'r str>,
    current_by: Option<String>,
    default: Option<&'r str>,
    environments: Vec<JsonEnvironment<'r>>,
    base: Vec<JsonSource<'r>>,
    schema: Vec<JsonSource<'r>>,
    skipped: &'r [Skipped],
}

#[derive(Serialize)]
struct JsonProject<'r> {
    name: &'r str,
    root: String,
    manifest: Option<&'r str>,
}

#[derive(Serialize)]
struct JsonEnvironment<'r> {
    name: &'r str,
    tier: &'static str,
    protected: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    description: Option<&'r str>,
    sources: Vec<JsonSource<'r>>,
}

#[derive(Serialize)]
struct JsonSource<'r> {
    path: &'r str,
    format: &'static str,
    kind: SourceKind,
    keys: usize,
}
