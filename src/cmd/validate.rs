//! `validate`: every rule on every environment, and one exit code.

mod custody;
mod deliver;
mod fail_fast;
mod report;
mod rules;

use anyhow::Result;
use clap::{ArgMatches, Args, Command};

use super::candidates::{environments, rules};
use super::{Exit, Group, Subcommand, parse};
use crate::active::{self, Decider};
use crate::ctx::{Ctx, check_outputs};
use crate::model::fault::Fault;
use crate::model::finding::Severity;
use crate::model::name::EnvName;
use crate::model::project::Project;
use crate::out::format::Formats;
use crate::out::report::{Apart, Report};
use crate::rules::{Case, Phase, Portability, choose, judge};
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
  envctl validate --fail-on warning       exit 1 for warnings too
  envctl validate --rule isolation        one rule, a group of rules (`--rules` lists them) or a glob alone
  envctl validate --format json           for machines
  envctl validate --format github --format sarif=envctl.sarif",
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
    #[arg(long, conflicts_with_all = ["environments", "portable", "strict", "rule", "skip", "fail_on", "exit_zero", "fail_fast"])]
    rules: bool,
    /// Judge by this rule, group of rules or glob alone; also several, with commas
    #[arg(long, value_name = "ID", value_delimiter = ',', add = rules())]
    rule: Vec<String>,
    /// Leave this rule, group of rules or glob out; also several, with commas
    #[arg(long, value_name = "ID", value_delimiter = ',', add = rules())]
    skip: Vec<String>,
    /// Count every warning as an error
    #[arg(long)]
    strict: bool,
    /// The least that makes the exit code 1
    #[arg(long, value_enum, value_name = "SEVERITY", default_value = "error")]
    fail_on: FailOn,
    /// Exit 0 whatever is found; what cannot be done is still exit 2
    #[arg(long, conflicts_with = "fail_on")]
    exit_zero: bool,
    /// From development to production, report nothing beyond the first environment that fails
    #[arg(long)]
    fail_fast: bool,
}

#[derive(Clone, Copy, clap::ValueEnum)]
enum PhaseArg {
    Structure,
    Value,
}

#[derive(Clone, Copy, clap::ValueEnum)]
enum FailOn {
    Error,
    Warning,
    Note,
}

impl FailOn {
    fn severity(self) -> Severity {
        match self {
            Self::Error => Severity::Error,
            Self::Warning => Severity::Warning,
            Self::Note => Severity::Note,
        }
    }
}

fn run(matches: &ArgMatches, ctx: &Ctx) -> Result<Exit> {
    let args: ValidateArgs = parse(matches)?;
    if args.rules {
        check_outputs(&ctx.args.format, "validate --rules", Formats::PLAIN)?;
        ctx.product(&rules::list(ctx)?)?;
        return Ok(Exit::Done);
    }
    let is_chosen = !args.rule.is_empty() || !args.skip.is_empty();
    let chosen = is_chosen.then(|| choose(&args.rule, &args.skip)).transpose()?;
    let asked = match args.environments.is_empty() {
        true => ctx.args.env.iter().cloned().collect(),
        false => args.environments.clone(),
    };
    let (root, project) = ctx.load(&asked)?;
    let phase = match args.phase {
        PhaseArg::Structure => Phase::Structure,
        PhaseArg::Value => Phase::Value,
    };
    let case = Case {
        named: named(project, &asked)?,
        phase,
        held: if phase == Phase::Value { custody::files(&root, project) } else { Vec::new() },
        portability: if args.portable { Portability::Listed } else { Portability::Counted },
        rules: chosen,
        strict: args.strict,
        ..Case::new(project, ctx.today())
    };
    let mut judgement = judge(&case);
    let mut judged: Vec<_> = project
        .environments
        .iter()
        .filter(|e| case.named.is_empty() || case.named.contains(&e.name))
        .collect();
    let fail_on = args.fail_on.severity();
    let not_reported = match args.fail_fast {
        true => fail_fast::stop(&mut judged, &mut judgement.findings, fail_on),
        false => Vec::new(),
    };
    let apart = Apart { accepted: judgement.accepted, not_reported };
    let report = report::report(project, deliver::base(&root, ctx), &judged, &judgement.findings);
    let report = Report { apart, fails_at: fail_on, ..report };
    deliver::all(&report, &Destinations { root: &root, project }, ctx)?;
    Ok(if report.fails() && !args.exit_zero { Exit::No } else { Exit::Done })
}

/// The environments that were asked about, by their names.
fn named(project: &Project, asked: &[String]) -> Result<Vec<EnvName>, Fault> {
    let find = |name: &String| {
        let found = project.environment(name).map(|environment| environment.name.clone());
        found.ok_or_else(|| active::unknown(project, name, &Decider::Option))
    };
    asked.iter().map(find).collect()
}
