//! `diff`: environments beside each other, key by key.

pub(super) mod check;
pub(super) mod dedupe;
pub(super) mod report;
pub(super) mod since;
mod times;

use anyhow::Result;
use clap::{ArgMatches, Args, Command};
use wildmatch::WildMatch;

use super::candidates::{environments_at_times, revisions};
use super::readable::{environment, whole};
use super::{Exit, Group, Subcommand, parse};
use crate::active::key;
use crate::ctx::{Ctx, check_outputs};
use crate::model::delta::{Comparison, Row};
use crate::model::fault::Fault;
use crate::model::fingerprint::Key;
use crate::model::project::{Environment, Project};
use crate::model::schema::Pattern;
use crate::out::delta::{Choice, markdown, render};
use crate::out::format::{Format, Formats};
use crate::out::gate::visible;
use crate::out::json;
use report::{Alone, Report};
use times::{Asked, Times};

/// The registration.
pub const COMMAND: Subcommand = Subcommand {
    name: "diff",
    group: Group::Check,
    about: "Compare environments: keys first, then values; secrets never show",
    examples: "\
Examples:
  envctl diff staging production
  envctl diff --all                                every environment, a column each
  envctl diff                                      each environment with the next one
  envctl diff staging production --keys            names alone
  envctl diff dev prod --key 'DB_*' --exit-code    exit 1 where they differ
  envctl diff production@v1.2.0 production         since a tag, a branch or a commit
  envctl diff --since origin/main                  what a branch changes, in all environments
  envctl diff --check staging production           exit 1 where the manifest does not explain why
  envctl diff production staging --fingerprint     which secret is which, without showing it
  envctl diff --dedupe                             what could move to a shared file
  envctl diff --all --format markdown              a comment for a pull request

A value that differs only by the name of its environment (api-dev.example.com, api-prod.example.com) is counted and
not listed; --all-keys lists it.

ENV@REV is the environment as git has it in that commit; REV is anything that `git rev-parse` understands. Nothing is
checked out, and files that git does not track are left out, on both sides.",
    arguments: |command: Command| DiffArgs::augment_args(command),
    formats: Formats::COMMENT,
    run,
};

#[derive(Args)]
struct DiffArgs {
    /// Two environments or more, as they are or as they were: ENV, ENV@REV; without any, each is compared with the next one
    #[arg(value_name = "ENV", add = environments_at_times())]
    environments: Vec<String>,
    /// What changed since this revision of git, in all environments, and what is required now
    #[arg(long, value_name = "REV", conflicts_with_all = ["environments", "all", "dedupe"], add = revisions())]
    since: Option<String>,
    /// All environments
    #[arg(long, conflicts_with = "environments")]
    all: bool,
    /// List keys with the same value too, and those that differ only by the environment's name
    #[arg(long)]
    all_keys: bool,
    /// Only files that name the environment, without what lies below them
    #[arg(long)]
    raw: bool,
    /// Names of keys only, no values
    #[arg(long)]
    keys: bool,
    /// Only keys that match
    #[arg(long, value_name = "GLOB")]
    key: Option<String>,
    /// Only files that match, as in `envs/{env}/.env`, or by their path
    #[arg(long, value_name = "GLOB")]
    source: Option<String>,
    /// List instead what is the same in all environments and could move to a file below them
    #[arg(long, conflicts_with_all = ["environments", "raw", "keys", "all_keys", "exit_code"])]
    dedupe: bool,
    /// List only what the manifest does not explain, and exit with 1 where there is such
    #[arg(long, conflicts_with_all = ["dedupe", "all_keys", "exit_code", "since"])]
    check: bool,
    /// Tell secrets by a short fingerprint, keyed for you on this machine: an old one that changed was rotated
    #[arg(long, conflicts_with_all = ["dedupe", "keys"])]
    fingerprint: bool,
    /// Exit with 1 where there is a difference
    #[arg(long)]
    exit_code: bool,
}

fn run(matches: &ArgMatches, ctx: &Ctx) -> Result<Exit> {
    let args: DiffArgs = parse(matches)?;
    if let Some(revision) = &args.since {
        return since::run(revision, &args, ctx);
    }
    if args.environments.iter().any(|name| name.contains('@')) {
        return through_time(&args, ctx);
    }
    let (root, project) = ctx.load(&args.environments)?;
    if args.environments.is_empty() {
        ctx.remark_on_selection(&root, project);
    }
    let sets = sets(project, &args)?;
    if args.dedupe {
        check_outputs(&ctx.args.format, "diff --dedupe", Formats::PLAIN)?;
        return dedupe::run(project, &args, ctx);
    }
    let key = args.marks(ctx)?;
    let compare =
        |set: Vec<&'static Environment>| args.picked(Comparison::new(project, set, args.raw), key.as_ref());
    let comparisons: Vec<Comparison<'_>> = sets.into_iter().map(compare).collect();
    let alone = report::alone(project, &comparisons);
    if args.check {
        check_outputs(&ctx.args.format, "diff --check", Formats::PLAIN)?;
        tell_alone(&alone, ctx);
        return check::run(project, comparisons, &alone, &args, ctx);
    }
    deliver(&comparisons, &alone, &args, ctx)
}

/// Compares environments of which some are named as they were.
fn through_time(args: &DiffArgs, ctx: &Ctx) -> Result<Exit> {
    let asked: Vec<Asked<'_>> = args.environments.iter().map(|text| Asked::parse(text)).collect();
    if let [one] = asked.as_slice() {
        let what = "diff compares two environments or more, and this is one";
        let help = format!("compare it with what is now: `envctl diff {0}@… {0}`", visible(one.name));
        return Err(Fault::new(what).help(help).into());
    }
    let revisions: Vec<&str> = asked.iter().filter_map(|one| one.revision).collect();
    if args.check {
        let what = "diff --check judges environments as they are, by the manifest as it is";
        return Err(Fault::new(what).help("leave `@REV` out, or `--check`").into());
    }
    let times = Times::load(ctx, &revisions, revisions.len() < asked.len())?;
    let columns = times.columns(&asked)?;
    let now = asked.iter().zip(&columns).filter(|(one, _)| one.revision.is_none());
    let now: Vec<&str> = now.map(|(_, column)| column.environment.name.as_str()).collect();
    let comparison = args.picked(Comparison::across(&columns, args.raw), args.marks(ctx)?.as_ref());
    deliver(&[comparison], &times.not_compared(&now), args, ctx)
}

fn deliver(comparisons: &[Comparison<'_>], alone: &[Alone<'_>], args: &DiffArgs, ctx: &Ctx) -> Result<Exit> {
    tell_alone(alone, ctx);
    ctx.product(&match ctx.format() {
        Format::Json => json::render(&Report::new(comparisons, alone, args))?,
        Format::Markdown => markdown::render(comparisons, args.choice(ctx)),
        _ => text(comparisons, args.choice(ctx)),
    })?;
    let differ = comparisons.iter().any(Comparison::differs);
    Ok(if args.exit_code && differ { Exit::No } else { Exit::Done })
}

/// Says what takes no part.
fn tell_alone(alone: &[Alone<'_>], ctx: &Ctx) {
    for Alone { source, r#in, because } in alone {
        let because = because.map_or_else(|| format!("only {in} has one", r#in = r#in), str::to_owned);
        ctx.say(&format!("not compared: {} ({because})\n", visible(source)));
    }
}

/// The environments to compare: those that are named, all of them, or each with the next one.
fn sets<'p>(project: &'p Project, args: &DiffArgs) -> Result<Vec<Vec<&'p Environment>>, Fault> {
    let all: Vec<&Environment> = project.environments.iter().collect();
    if args.environments.is_empty() {
        all.iter().try_for_each(|one| whole(project, one))?;
        return match all.len() {
            0 | 1 => Err(too_few(&all)),
            _ if args.all => Ok(vec![all]),
            _ => Ok(all.windows(2).map(<[_]>::to_vec).collect()),
        };
    }
    let named =
        args.environments.iter().map(|name| environment(project, name)).collect::<Result<Vec<_>, _>>()?;
    match named.len() {
        1 => Err(too_few(&named)),
        2 => Ok(vec![named]),
        _ => {
            let is_named = |one: &&Environment| named.iter().any(|named| named.name == one.name);
            let set: Vec<_> = all.into_iter().filter(is_named).collect();
            if set.len() < 2 { Err(too_few(&set)) } else { Ok(vec![set]) }
        }
    }
}

fn too_few(environments: &[&Environment]) -> Fault {
    let name = environments.first().map_or("none", |one| one.name.as_str());
    Fault::new(format!("diff compares two environments or more, and there is {name} alone"))
        .help("name another one; `envctl list` says which there are")
}

impl DiffArgs {
    fn choice(&self, ctx: &Ctx) -> Choice {
        Choice { keys_only: self.keys, all_keys: self.all_keys, width: ctx.width(), paint: ctx.paint() }
    }

    /// What of a comparison is asked for, its secrets marked under `key`.
    fn picked<'p>(&self, mut comparison: Comparison<'p>, key: Option<&Key>) -> Comparison<'p> {
        let Comparison { rows, environments, .. } = &mut comparison;
        rows.retain(self.picks(environments));
        key.into_iter().for_each(|key| comparison.mark(key));
        comparison
    }

    /// The key of fingerprints, where they are asked for.
    fn marks(&self, ctx: &Ctx) -> Result<Option<Key>, Fault> {
        self.fingerprint.then(|| key::load(&ctx.variables)).transpose()
    }

    /// Is a row asked for?
    fn picks(&self, environments: &[&Environment]) -> impl Fn(&Row<'_>) -> bool {
        let glob = |text: &Option<String>| text.as_deref().map(WildMatch::new);
        let (key, source) = (glob(&self.key), glob(&self.source));
        move |row| {
            let has_key = |glob: &WildMatch| row.present().any(|(_, side)| glob.matches(side.path));
            key.as_ref().is_none_or(has_key)
                && source.as_ref().is_none_or(|glob| picks_source(glob, row.source, environments))
        }
    }

    /// Are all environments compared, with all of their keys?
    fn is_whole(&self) -> bool {
        self.environments.is_empty() && !self.raw && self.key.is_none() && self.source.is_none()
    }
}

/// Does `glob` mean the stack, or the file of one of these environments in it?
fn picks_source(glob: &WildMatch, source: &str, environments: &[&Environment]) -> bool {
    let path = |one: &&Environment| source.replace(Pattern::ENV, one.name.as_str());
    glob.matches(source) || environments.iter().any(|one| glob.matches(&path(one)))
}

fn text(comparisons: &[Comparison<'_>], choice: Choice) -> String {
    match comparisons {
        [one] => render(one, choice),
        several => {
            let section = |one| format!("{}\n\n{}", choice.paint.bold(&heading(one)), render(one, choice));
            several.iter().map(section).collect::<Vec<_>>().join("\n")
        }
    }
}

fn heading(comparison: &Comparison<'_>) -> String {
    comparison.names().join(" → ")
}
