//! `current`: the name of the current environment, and nothing else.

use anyhow::Result;
use clap::{ArgMatches, Args, Command};
use jiff::Timestamp;
use serde::Serialize;

use super::{Exit, Group, Subcommand, parse};
use crate::active::glance::glance;
use crate::active::{Decider, Selection};
use crate::ctx::Ctx;
use crate::model::fault::Fault;
use crate::out::format::Formats;
use crate::out::json::{self, SCHEMA_VERSION};

/// The registration.
pub const COMMAND: Subcommand = Subcommand {
    name: "current",
    group: Group::Work,
    about: "Print the name of the current environment",
    examples: "\
Examples:
  envctl current
  envctl current --format json            with its tier, who selected it, and until when",
    arguments: |command: Command| CurrentArgs::augment_args(command),
    formats: Formats::PLAIN,
    run,
};

#[derive(Args)]
struct CurrentArgs {}

fn run(matches: &ArgMatches, ctx: &Ctx) -> Result<Exit> {
    let CurrentArgs {} = parse(matches)?;
    answer(ctx)
}

/// The whole command; it needs no arguments of its own.
pub fn answer(ctx: &Ctx) -> Result<Exit> {
    let root = ctx.root()?;
    if let Some(glance) = glance(&ctx.asked(&root)).filter(|_| !ctx.is_json()) {
        ctx.product(&format!("{}\n", glance.name))?;
        return Ok(Exit::Done);
    }
    let project = ctx.describe_current(&root)?;
    let selection = ctx.selection(&root, &project)?.ok_or_else(nothing)?;
    ctx.product(&match ctx.is_json() {
        true => json::render(&JsonCurrent::new(&selection, selection.is_for_agents(&ctx.asked(&root))))?,
        false => format!("{}\n", selection.environment.name),
    })?;
    Ok(Exit::Done)
}

/// Nobody selected anything, and there is no default.
pub fn nothing() -> Fault {
    Fault::new("no environment is selected")
        .help("select one with `envctl switch NAME`, or set `default` in envctl.toml")
}

/// What `current` prints.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct JsonCurrent<'s> {
    schema_version: u32,
    /// Its name.
    name: &'s str,
    /// What it is for.
    #[cfg_attr(test, schemars(with = "crate::model::tier::Tier"))]
    tier: &'static str,
    /// Does it need a person's consent?
    protected: bool,
    /// Who selected it.
    #[cfg_attr(test, schemars(extend("enum" = ["option", "git", "variable", "state", "default"])))]
    source: &'static str,
    /// The variable that selected it, where one did.
    variable: Option<&'s str>,
    /// When the consent ends, RFC 3339 in UTC.
    #[cfg_attr(test, schemars(with = "Option<String>"))]
    expires_at: Option<Timestamp>,
    /// May coding agents work by the consent? Nothing where none is live.
    agents: Option<bool>,
}

impl<'s> JsonCurrent<'s> {
    fn new(selection: &'s Selection<'_>, agents: Option<bool>) -> Self {
        let variable = match &selection.by {
            Decider::Variable(name) => Some(name.as_str()),
            _ => None,
        };
        Self {
            schema_version: SCHEMA_VERSION,
            name: selection.environment.name.as_str(),
            tier: selection.environment.tier.as_str(),
            protected: selection.environment.is_protected(),
            source: selection.by.as_str(),
            variable,
            expires_at: selection.expires_at,
            agents,
        }
    }
}
