//! `validate`: every rule on every environment, and one exit code.

mod args;
pub(super) mod baseline;
mod candidate;
mod custody;
mod deliver;
mod fail_fast;
mod passed_over;
pub(super) mod report;
pub(super) mod rules;

use anyhow::Result;
use clap::{ArgMatches, Args, Command};

use super::{Exit, Group, Subcommand, parse};
use crate::ctx::{Ctx, check_outputs};
use crate::model::project::Environment;
use crate::out::format::Formats;
use crate::out::report::{Apart, Known, Report};
use crate::rules::judge;
use args::ValidateArgs;
use baseline::Place;
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
  envctl validate --write-baseline        take what is found as known, and from then on
  envctl validate --baseline              tell only what is new
  envctl validate --file new.env --env production
                                          judge a file in place of the environment's own, before it is adopted
  doppler secrets download --no-file --format env | envctl validate --stdin --env production
  envctl validate --format json           for machines
  envctl validate --format github --format sarif=envctl.sarif",
    arguments: |command: Command| ValidateArgs::augment_args(command),
    formats: Formats::REPORT,
    run,
};

fn run(matches: &ArgMatches, ctx: &Ctx) -> Result<Exit> {
    let args: ValidateArgs = parse(matches)?;
    if args.rules {
        check_outputs(&ctx.args.format, "validate --rules", Formats::PLAIN)?;
        ctx.product(&rules::list(ctx)?)?;
        return Ok(Exit::Done);
    }
    if args.write_baseline.is_some() {
        check_outputs(&ctx.args.format, "validate --write-baseline", Formats::PLAIN)?;
    }
    let subject = args.subject(ctx)?;
    let case = args.case(ctx, &subject)?;
    let (root, project) = (&subject.root, subject.project);
    if subject.named.is_empty() {
        ctx.remark_on_selection(root, project);
    }
    passed_over::note(ctx, project);
    let mut judgement = judge(&case);
    if let Some(file) = &args.write_baseline {
        return baseline::write(
            ctx,
            &Place::new(ctx, root, project, file.as_ref()),
            &case,
            &judgement.findings,
        );
    }
    let is_complete = subject.candidate.is_none() && baseline::is_complete(&case);
    let place = args.baseline_place(ctx, root, project);
    let read = place.iter().map(|place| place.path.clone());
    let read: Vec<_> = read.chain(args.candidate.file(ctx)).collect();
    let apply = |place: Place| baseline::apply(&place, &mut judgement.findings, is_complete);
    let known = place.map(apply).transpose()?;
    if let Some(remark) = known.as_ref().and_then(Known::remark) {
        ctx.say(&remark);
    }
    if let Some(candidate) = &subject.candidate {
        candidate.rename(&mut judgement.findings);
    }
    let is_judged = |one: &&Environment| case.named.is_empty() || case.named.contains(&one.name);
    let mut judged: Vec<_> = project.environments.iter().filter(is_judged).collect();
    let fails_at = args.fail_on.severity();
    let not_reported = match args.fail_fast {
        true => fail_fast::stop(&mut judged, &mut judgement.findings, fails_at),
        false => Vec::new(),
    };
    let apart = Apart { accepted: judgement.accepted, baseline: known, not_reported };
    let report = report::report(project, deliver::base(root, ctx), &judged, &judgement.findings);
    let mut report = Report { apart, fails_at, ..report };
    report.places.unreal.extend(subject.candidate.as_ref().map(|candidate| candidate.shown.as_str()));
    let fails = report.fails();
    deliver::all(report, &Destinations { root, project, read: &read }, ctx)?;
    Ok(if fails && !args.exit_zero { Exit::No } else { Exit::Done })
}
