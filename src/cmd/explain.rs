//! `explain`: what a rule looks for, why, and how to mend what it finds.

use anyhow::Result;
use clap::builder::PossibleValuesParser;
use clap::{ArgMatches, Args, Command};

use super::{Exit, Group, Subcommand, parse};
use crate::ctx::Ctx;
use crate::model::tier::Tier;
use crate::out::format::Formats;
use crate::out::json::{self, SCHEMA_VERSION};
use crate::rules::{self, Rule};

/// The registration.
pub const COMMAND: Subcommand = Subcommand {
    name: "explain",
    group: Group::Check,
    about: "Tell what a rule looks for, why, and how to mend what it finds",
    examples: "Examples:\n  envctl explain same-secret\n  envctl validate --rules            list the rules",
    arguments: |command: Command| ExplainArgs::augment_args(command),
    formats: Formats::PLAIN,
    run,
};

#[derive(Args)]
struct ExplainArgs {
    /// The id of a rule
    #[arg(value_parser = PossibleValuesParser::new(rules::ids()), hide_possible_values = true)]
    rule: String,
}

fn run(matches: &ArgMatches, ctx: &Ctx) -> Result<Exit> {
    let args: ExplainArgs = parse(matches)?;
    if let Some(rule) = rules::find(&args.rule) {
        let text = if ctx.is_json() {
            json::render(&JsonExplain { schema_version: SCHEMA_VERSION, rule: rule.into() })?
        } else {
            text(rule, ctx)
        };
        ctx.product(&text)?;
    }
    Ok(Exit::Done)
}

fn text(rule: &Rule, ctx: &Ctx) -> String {
    let mut levels: Vec<String> =
        levels(rule).into_iter().map(|(tier, level)| format!("{tier} {level}")).collect();
    levels.extend(rule.severity.of_protected().map(|level| format!("protected {}", level.as_str())));
    format!(
        "{}: {}\n\nWhy:      {}\nMend it:  {}\nAccept:   {}\nSeverity: {}\n",
        ctx.paint().bold(rule.id),
        rule.summary,
        rule.why,
        rule.fix,
        acceptance(rule.id),
        levels.join(", ")
    )
}

/// How to say that a finding is known and harmless.
fn acceptance(rule: &str) -> String {
    match rules::may_be_accepted(rule) {
        true => format!(
            "[[accept]] with rule = \"{rule}\" and a reason, in envctl.toml,\n          or `# envctl: accept {rule} REASON` above the line"
        ),
        false => "it cannot be accepted".to_owned(),
    }
}

/// The severity for each tier, `off` included.
fn levels(rule: &Rule) -> Vec<(&'static str, &'static str)> {
    let level = |tier: Tier| rule.severity.of(tier).map_or("off", |severity| severity.as_str());
    Tier::DECLARABLE.into_iter().map(|tier| (tier.as_str(), level(tier))).collect()
}

/// What `explain` prints.
#[derive(serde::Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct JsonExplain {
    schema_version: u32,
    #[serde(flatten)]
    rule: JsonRule,
}

/// A rule as published by `explain` and `validate --rules`.
#[derive(serde::Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct JsonRule {
    /// Its id.
    id: &'static str,
    /// The group of rules it belongs to.
    group: &'static str,
    /// What it looks for.
    summary: &'static str,
    /// Why that matters.
    why: &'static str,
    /// How to mend what it finds.
    fix: &'static str,
    /// Its severity in each tier: `error`, `warning`, `note` or `off`.
    severity: std::collections::BTreeMap<&'static str, &'static str>,
}

impl From<&'static Rule> for JsonRule {
    fn from(rule: &'static Rule) -> Self {
        let Rule { id, group, summary, why, fix, .. } = *rule;
        Self { id, group, summary, why, fix, severity: levels(rule).into_iter().collect() }
    }
}
