//! `validate`: every rule on every environment, and one exit code.

mod deliver;
mod report;
mod rules;

use anyhow::Result;
use clap::{ArgMatches, Args, Command};

use super::candidates::environments;
use super::{Exit, Group, Subcommand, parse};
use crate::active::{self, Decider};
use crate::ctx::{Ctx, check_outputs};
use crate::out::format::Formats;
use crate::rules::{Case, Phase, Portability, judge};
use deliver::Destinations;

/// The registration.
pub const COMMAND: Subcommand = Subcommand {
    name: "validate",
    group: Group::Check,
    about: "Judge all environments, or those named, by every rule",
    examples: "\
Examples:
  envctl validate                         every environment; exit 1 where an error is found
  envctl validate production              production alone, with what CI or a vault must provide
  envctl validate --phase structure       without secrets: neither their absence nor their values count
  envctl validate --portable              each line of a dotenv file that another reader reads otherwise
  envctl validate --format json           for machines",
    arguments: |command: Command| ValidateArgs::augment_args(command),
    formats: Formats::REPORT,
    run,
};

#[derive(Args)]
struct ValidateArgs {
    /// Environments to judge; all if none is named
    #[arg(value_name = "ENV", add = environments())]
    environments: Vec<String>,
    /// What can be known: `structure` leaves every secret out
    #[arg(long, value_enum, default_value = "value")]
    phase: PhaseArg,
    /// List what other readers of dotenv files read otherwise, line by line
    #[arg(long)]
    portable: bool,
    /// List the rules
    #[arg(long, conflicts_with = "environments")]
    rules: bool,
}

#[derive(Clone, Copy, clap::ValueEnum)]
enum PhaseArg {
    Structure,
    Value,
}

fn run(matches: &ArgMatches, ctx: &Ctx) -> Result<Exit> {
    let args: ValidateArgs = parse(matches)?;
    if args.rules {
        check_outputs(&ctx.args.format, "validate --rules", Formats::PLAIN)?;
        ctx.product(&rules::list(ctx)?)?;
        return Ok(Exit::Done);
    }
    let asked =
        if args.environments.is_empty() { ctx.args.env.iter().cloned().collect() } else { args.environments };
    let (root, project) = ctx.load(&asked)?;
    let named = asked.iter().map(|name| {
        let found = project.environment(name).map(|environment| environment.name.clone());
        found.ok_or_else(|| active::unknown(project, name, &Decider::Option))
    });
    let named = named.collect::<Result<Vec<_>, _>>()?;
    let phase = match args.phase {
        PhaseArg::Structure => Phase::Structure,
        PhaseArg::Value => Phase::Value,
    };
    let portability = if args.portable { Portability::Listed } else { Portability::Counted };
    let case = Case { project, phase, portability, named, today: ctx.today() };
    let findings = judge(&case);
    let judged: Vec<_> = project
        .environments
        .iter()
        .filter(|e| case.named.is_empty() || case.named.contains(&e.name))
        .collect();
    let report = report::report(project, &judged, &findings);
    deliver::all(&report, &Destinations { root: &root, project }, ctx)?;
    Ok(if report.fails() { Exit::No } else { Exit::Done })
}
