//! `explain`: what a rule looks for, why, and how to mend what it finds.

use anyhow::Result;
use clap::builder::PossibleValuesParser;
use clap::{ArgMatches, Args, Command};

use super::{Exit, Group, Subcommand, parse};
use crate::ctx::Ctx;
use crate::model::tier::Tier;
use crate::out::format::Formats;
use crate::out::json;
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
        let text = if ctx.is_json() { json::render(&JsonRule::from(rule))? } else { text(rule, ctx) };
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

/// A rule as published by `explain` and `validate --rules`.
#[derive(serde::Serialize)]
pub struct JsonRule {
    id: &'static str,
    group: &'static str,
    summary: &'static str,
    why: &'static str,
    fix: &'static str,
    severity: std::collections::BTreeMap<&'static str, &'static str>,
}

impl From<&'static Rule> for JsonRule {
    fn from(rule: &'static Rule) -> Self {
        let Rule { id, group, summary, why, fix, .. } = *rule;
        Self { id, group, summary, why, fix, severity: levels(rule).into_iter().collect() }
    }
}
