//! `diff`: two environments, key by key.

use std::borrow::Cow;
use std::collections::BTreeMap;

use anyhow::Result;
use clap::{ArgMatches, Args, Command};
use serde::Serialize;
use serde::ser::{SerializeMap, Serializer};
use wildmatch::WildMatch;

use super::candidates::environments;
use super::readable::environment;
use super::{Exit, Group, Subcommand, parse};
use crate::ctx::Ctx;
use crate::model::delta::{self, Delta, Status};
use crate::model::fault::Fault;
use crate::model::project::{Environment, Project};
use crate::out::delta::{Choice, render};
use crate::out::format::Formats;
use crate::out::gate::visible;
use crate::out::json::{self, SCHEMA_VERSION};

/// The registration.
pub const COMMAND: Subcommand = Subcommand {
    name: "diff",
    group: Group::Check,
    about: "Compare two environments: keys first, then values; secrets never show",
    examples: "\
Examples:
  envctl diff staging production
  envctl diff staging production --keys            names alone
  envctl diff dev prod --key 'DB_*' --exit-code    exit 1 where they differ",
    arguments: |command: Command| DiffArgs::augment_args(command),
    formats: Formats::PLAIN,
    run,
};

#[derive(Args)]
struct DiffArgs {
    /// The two environments
    #[arg(value_names = ["A", "B"], num_args = 2, required = true, add = environments())]
    environments: Vec<String>,
    /// List keys with the same value too
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
    /// Exit with 1 where there is a difference
    #[arg(long)]
    exit_code: bool,
}

fn run(matches: &ArgMatches, ctx: &Ctx) -> Result<Exit> {
    let args: DiffArgs = parse(matches)?;
    let (_, project) = ctx.load(&args.environments)?;
    let sides =
        args.environments.iter().map(|name| environment(project, name)).collect::<Result<Vec<_>, _>>()?;
    let [left, right] = sides.as_slice() else {
        return Err(Fault::new("diff compares two environments").into());
    };
    let glob = args.key.as_deref().map(WildMatch::new);
    let side = |one| if args.raw { project.raw_sides(one) } else { project.sides(one) };
    let mut deltas = delta::compare(side(left), side(right));
    deltas.retain(|delta| glob.as_ref().is_none_or(|glob| glob.matches(delta.path)));
    let names = (left.name.as_str(), right.name.as_str());
    let alone: Vec<Alone<'_>> = [left, right].into_iter().flat_map(|one| alone(project, one)).collect();
    for Alone { source, r#in } in &alone {
        ctx.say(&format!("not compared: {} (only {in} has one)\n", visible(source), r#in = r#in));
    }
    let choice = Choice { keys_only: args.keys, same_too: args.all_keys };
    ctx.product(&match ctx.is_json() {
        true => json::render(&report(&deltas, names, alone, &args))?,
        false => render(&deltas, names, choice, ctx.paint()),
    })?;
    let differ = deltas.iter().any(|delta| delta.status() != Status::Same);
    Ok(if args.exit_code && differ { Exit::No } else { Exit::Done })
}

/// The structured files that `environment` alone has: every line of them would be a difference.
fn alone<'p>(project: &'p Project, environment: &'p Environment) -> impl Iterator<Item = Alone<'p>> {
    let alone = |index: usize| project.stacks.get(index).is_some_and(|stack| stack.is_alone);
    let layers = environment.layers.iter().filter(move |layer| layer.is_own && alone(layer.stack));
    let sources = layers.filter_map(|layer| project.sources.get(layer.source));
    sources.map(|source| Alone { source: source.name(), r#in: environment.name.as_str() })
}

fn report<'r>(
    deltas: &'r [Delta<'r>],
    names: (&'r str, &'r str),
    alone: Vec<Alone<'r>>,
    args: &DiffArgs,
) -> JsonReport<'r> {
    let count = |status| deltas.iter().filter(|delta| delta.status() == status).count();
    let listed = deltas.iter().filter(|delta| args.all_keys || delta.status() != Status::Same);
    JsonReport {
        schema_version: SCHEMA_VERSION,
        environments: [names.0, names.1],
        mode: if args.raw { "raw" } else { "effective" },
        keys: listed.map(|delta| key(delta, names, args.keys)).collect(),
        counts: Counts {
            only_in: OnlyIn([(names.0, count(Status::OnlyLeft)), (names.1, count(Status::OnlyRight))]),
            different: count(Status::Different),
            same: count(Status::Same),
        },
        not_compared: alone,
    }
}

fn key<'r>(delta: &'r Delta<'r>, names: (&'r str, &'r str), keys_only: bool) -> JsonKey<'r> {
    let present = [(names.0, delta.left), (names.1, delta.right)];
    let present: Vec<_> = present.into_iter().filter_map(|(name, entry)| Some((name, entry?))).collect();
    let secret = delta.is_secret();
    let values = present.iter().filter_map(|(name, entry)| Some((*name, entry.public_text()?))).collect();
    JsonKey {
        source: delta.source,
        path: delta.path,
        status: match delta.status() {
            Status::OnlyLeft | Status::OnlyRight => "only-in",
            Status::Different => "different",
            Status::Same => "same",
        },
        r#in: present.iter().map(|(name, _)| *name).collect(),
        secret,
        types: delta
            .types()
            .map(|(left, right)| BTreeMap::from([(names.0, left.as_str()), (names.1, right.as_str())])),
        values: (!secret && !keys_only).then_some(values),
    }
}

#[derive(Serialize)]
struct JsonReport<'r> {
    schema_version: u32,
    environments: [&'r str; 2],
    mode: &'static str,
    keys: Vec<JsonKey<'r>>,
    counts: Counts<'r>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    not_compared: Vec<Alone<'r>>,
}

/// A structured file that one environment alone has.
#[derive(Serialize)]
struct Alone<'r> {
    source: Cow<'r, str>,
    r#in: &'r str,
}

#[derive(Serialize)]
struct JsonKey<'r> {
    source: &'r str,
    path: &'r str,
    status: &'static str,
    r#in: Vec<&'r str>,
    secret: bool,
    /// The types of the values, where they differ.
    #[serde(skip_serializing_if = "Option::is_none")]
    types: Option<BTreeMap<&'r str, &'static str>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    values: Option<BTreeMap<&'r str, &'r str>>,
}

#[derive(Serialize)]
struct Counts<'r> {
    only_in: OnlyIn<'r>,
    different: usize,
    same: usize,
}

/// A map that keeps the order in which the environments were named.
struct OnlyIn<'r>([(&'r str, usize); 2]);

impl Serialize for OnlyIn<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let [(left, _), (right, _)] = self.0;
        let counts = self.0.iter().skip(usize::from(left == right)); // an environment beside itself is named once
        let mut map = serializer.serialize_map(None)?;
        for (name, count) in counts {
            map.serialize_entry(name, count)?;
        }
        map.end()
    }
}
