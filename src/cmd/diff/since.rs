//! `diff --since REV`: what changed in every environment, and what the manifest requires otherwise.

use std::collections::BTreeSet;

use anyhow::Result;
use serde::Serialize;
use wildmatch::WildMatch;

use super::super::readable::whole;
use super::report::{Alone, JsonComparison, comparison};
use super::times::{Asked, Times};
use super::{DiffArgs, Exit, tell_alone};
use crate::ctx::Ctx;
use crate::model::delta::Comparison;
use crate::model::git::Renamed;
use crate::model::name::shorten;
use crate::model::project::{Environment, Project};
use crate::out::delta::since::{Demand, Since, Untold, markdown, text};
use crate::out::format::Format;
use crate::out::json::{self, SCHEMA_VERSION};
use crate::rules::Case;

/// What changed since a revision, as JSON.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Report<'r> {
    schema_version: u32,
    /// The revision.
    since: &'r str,
    /// The commit that it means.
    commit: &'r str,
    /// Environments that there were not.
    added: &'r [&'r str],
    /// Environments that there are no more.
    removed: &'r [&'r str],
    /// Files under a new name.
    renamed: &'r [Renamed],
    /// The other environments, each as it was and as it is.
    comparisons: Vec<JsonComparison<'r>>,
    /// What the manifest requires otherwise, and what is missing now.
    required: &'r [Demand<'r>],
    /// Environments of which nothing can be told, since a part of them cannot be read, then or now.
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    untold: &'r [Untold<'r>],
    /// Sources that take no part.
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    not_compared: &'r [Alone<'r>],
}

/// Tells what changed since `revision`.
pub(super) fn run(revision: &str, args: &DiffArgs, ctx: &Ctx) -> Result<Exit> {
    let times = Times::load(ctx, &[revision], true)?;
    let (Some(then), Some(now)) = (times.moment(revision), times.now()) else { return Ok(Exit::Done) };
    ctx.remark_on_selection(times.root(), now);
    let everything = ctx.load_files(times.root())?;
    let mut fleet = Fleet::of(&then.project, now);
    let untold = fleet.leave_out_untold(&times, revision);
    let not_compared = times.not_compared(&names_of(&now.environments));
    tell_alone(&not_compared, ctx);
    let renamed: Vec<Renamed> = times.renamed(Some(revision), None)?.to_vec();
    let holds = |project: &Project, path: &str| project.sources.iter().any(|source| source.path == path);
    let is_source = |one: &Renamed| holds(&then.project, &one.from) || holds(now, &one.to);
    let since = Since {
        revision: shorten(revision),
        commit: &then.commit,
        added: names_of(fleet.added.iter().copied()),
        removed: names_of(fleet.removed.iter().copied()),
        untold,
        comparisons: &comparisons(&times, revision, &fleet, args, ctx)?,
        demands: demands(
            &Case::new(&then.project, ctx.today()),
            &Case::new(&everything, ctx.today()),
            &fleet,
            args,
        ),
        renamed: &renamed.into_iter().filter(is_source).collect::<Vec<_>>(),
    };
    ctx.product(&match ctx.format() {
        Format::Json => json::render(&report(revision, &since, &not_compared, args))?,
        Format::Markdown => markdown(&since, args.choice(ctx)),
        _ => text(&since, args.choice(ctx)),
    })?;
    Ok(if args.exit_code && since.differs() { Exit::No } else { Exit::Done })
}

/// The environments that came, went and stayed, as far as git knows.
struct Fleet<'p> {
    added: Vec<&'p Environment>,
    removed: Vec<&'p Environment>,
    kept: Vec<&'p Environment>,
}

impl<'p> Fleet<'p> {
    fn of(then: &'p Project, now: &'p Project) -> Self {
        let before = |one: &Environment| then.environments.iter().find(|other| other.name == one.name);
        // Git knows no empty folders: an environment without a file that git tracks is none, unless it never had one.
        let is_known =
            |one: &&Environment| has_own(one) || before(one).is_some_and(|before| !has_own(before));
        let (kept, added): (Vec<&Environment>, Vec<&Environment>) =
            now.environments.iter().filter(is_known).partition(|one| before(one).is_some());
        let is_gone = |one: &&Environment| !kept.iter().any(|other| other.name == one.name);
        Self { removed: then.environments.iter().filter(is_gone).collect(), added, kept }
    }

    /// Takes out what cannot be read whole, then or now: half an answer would mislead.
    fn leave_out_untold(&mut self, times: &Times<'_>, revision: &str) -> Vec<Untold<'p>> {
        let mut untold = Vec::new();
        let mut keep = |one: &&'p Environment, revisions: &[Option<&str>]| {
            let name = one.name.as_str();
            let asked =
                |revision: &Option<&str>| times.environment(&Asked { name, revision: *revision }).err();
            let fault = revisions.iter().find_map(asked);
            untold.extend(fault.iter().map(|fault| Untold { environment: name, because: fault.to_string() }));
            fault.is_none()
        };
        self.kept.retain(|one| keep(one, &[Some(revision), None]));
        self.added.retain(|one| keep(one, &[None]));
        untold
    }

    /// Is it one that there is?
    fn knows(&self, environment: &Environment) -> bool {
        self.kept.iter().chain(&self.added).any(|one| one.name == environment.name)
    }
}

/// Each environment that stayed, beside itself.
fn comparisons(
    times: &Times<'_>,
    revision: &str,
    fleet: &Fleet<'_>,
    args: &DiffArgs,
    ctx: &Ctx,
) -> Result<Vec<Comparison<'static>>> {
    let key = args.marks(ctx)?;
    let beside_itself = |one: &&Environment| {
        let name = one.name.as_str();
        let pair = [Asked { name, revision: Some(revision) }, Asked { name, revision: None }];
        Ok(args.picked(Comparison::across(&times.columns(&pair)?, args.raw), key.as_ref()))
    };
    fleet.kept.iter().map(beside_itself).collect()
}

fn report<'r>(
    revision: &'r str,
    since: &'r Since<'r>,
    not_compared: &'r [Alone<'r>],
    args: &DiffArgs,
) -> Report<'r> {
    Report {
        schema_version: SCHEMA_VERSION,
        since: revision,
        commit: since.commit,
        added: &since.added,
        removed: &since.removed,
        renamed: since.renamed,
        comparisons: since.comparisons.iter().map(|one| comparison(one, args)).collect(),
        required: &since.demands,
        untold: &since.untold,
        not_compared,
    }
}

/// Has it a file, or a part of the manifest, of its own?
fn has_own(environment: &Environment) -> bool {
    environment.layers.iter().any(|layer| layer.is_own)
}

fn names_of<'p>(environments: impl IntoIterator<Item = &'p Environment>) -> Vec<&'p str> {
    environments.into_iter().map(|one| one.name.as_str()).collect()
}

/// The keys that the manifest requires otherwise than then, and those that are missing now: which were set, or did not
/// have to be. What git does not track counts as set: it is there.
fn demands<'p>(then: &Case<'p>, now: &Case<'p>, fleet: &Fleet<'_>, args: &DiffArgs) -> Vec<Demand<'p>> {
    let environments: Vec<&Environment> = now.environments().filter(|one| fleet.knows(one)).collect();
    let keys: BTreeSet<&str> = then.keys().chain(now.keys()).map(|key| key.name.as_str()).collect();
    let glob = args.key.as_deref().map(WildMatch::new);
    let is_picked = |key: &&str| glob.as_ref().is_none_or(|glob| glob.matches(key));
    let demands = keys.into_iter().filter(is_picked).map(|key| demand(then, now, &environments, key));
    demands.filter(|one| !one.is_empty()).collect()
}

fn demand<'p>(then: &Case<'p>, now: &Case<'p>, environments: &[&'p Environment], key: &'p str) -> Demand<'p> {
    let mut demand = Demand::of(key);
    for one in environments {
        let name = one.name.as_str();
        let before = then.environments().find(|other| other.name == one.name);
        let is_required = requires(now, key, one);
        let was_required = before.is_some_and(|before| requires(then, key, before));
        let was_set = before.is_some_and(|before| is_set(then, key, before));
        if before.is_some() && is_required && !was_required {
            demand.now_required_in.push(name);
        }
        if was_required && !is_required {
            demand.no_longer_required_in.push(name);
        }
        let is_absent = !is_set(now, key, one) && !is_provided(now, key, one);
        if is_required && (was_set || !was_required) && is_absent && whole(now.project, one).is_ok() {
            demand.missing_in.push(name);
        }
    }
    demand
}

fn requires(case: &Case<'_>, key: &str, environment: &Environment) -> bool {
    case.project.schema.key(key).is_some_and(|spec| case.is_required(spec, environment))
}

fn is_provided(case: &Case<'_>, key: &str, environment: &Environment) -> bool {
    case.project.schema.key(key).is_some_and(|spec| case.is_provided(spec, environment))
}

fn is_set(case: &Case<'_>, key: &str, environment: &Environment) -> bool {
    case.project.find(environment, key).next().is_some()
}
