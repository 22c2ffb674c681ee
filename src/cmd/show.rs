//! `show`: what an environment holds, where each value comes from, and everything about a key.

mod card;
mod demand;
mod inspect;
pub(super) mod json;
mod listing;
mod report;
mod reveal;

use anyhow::Result;
use clap::{ArgMatches, Args, Command};

use super::attempt::{Action, Attempt, Say};
use super::candidates::{environments_and_keys, keys};
use super::filter::Filter;
use super::{Exit, Group, Subcommand, parse, readable};
use crate::ctx::Ctx;
use crate::model::fault::Fault;
use crate::model::project::{Environment, Project};
use crate::out::format::Formats;
use crate::out::json::render;
use crate::store::Root;
use inspect::Inspector;
use listing::Listing;

/// The registration.
pub const COMMAND: Subcommand = Subcommand {
    name: "show",
    group: Group::Inspect,
    about: "Show what an environment holds, and where each value comes from",
    examples: "\
A secret is `set` or `empty`. --reveal prints one value, for a person at a terminal only: never into a pipe or a file,
in CI or for a coding agent, and for a protected environment after consent, like switch. Characters that act on a
terminal are printed as escapes.

Examples:
  envctl show                             the current environment
  envctl show staging --key 'DB_*'        a part of another
  envctl show production DATABASE_URL     all about one key: files, type, demands, findings
  envctl show staging API_TOKEN --reveal  its value, secret or not",
    arguments: |command: Command| ShowArgs::augment_args(command),
    formats: Formats::PLAIN,
    run,
};

#[derive(Args)]
struct ShowArgs {
    /// The environment, or a key of the current one [default: the current one]
    #[arg(value_name = "ENV", add = environments_and_keys())]
    first: Option<String>,
    /// Tell all about these keys: names, whole paths, or `stack::path`
    #[arg(value_name = "KEY", add = keys())]
    more: Vec<String>,
    /// List only keys that match
    #[arg(long, value_name = "GLOB")]
    key: Option<String>,
    /// List only files that match
    #[arg(long, value_name = "GLOB")]
    source: Option<String>,
    /// Print the value of one key, secret or not, and nothing else
    #[arg(long, conflicts_with_all = ["key", "source"])]
    reveal: bool,
    /// Confirm a protected environment by its name, instead of typing it
    #[arg(long, value_name = "NAME", requires = "reveal")]
    confirm: Option<String>,
}

fn run(matches: &ArgMatches, ctx: &Ctx) -> Result<Exit> {
    let args: ShowArgs = parse(matches)?;
    if args.reveal
        && let Some(refused) = reveal::refusal(ctx, args.first.as_deref())?
    {
        return Ok(refused);
    }
    let named: Vec<String> = args.first.iter().cloned().collect();
    let (root, project) = ctx.load(&named)?;
    let Subject { environment, words } = subject(ctx, &root, project, &args)?;
    readable::whole(project, environment)?;
    if args.reveal {
        let say = Say { confirm: args.confirm.clone(), ..Say::default() };
        let attempt = Attempt::new((ctx, &root), project, environment, &say, Action::Reveal);
        return reveal::run(&attempt, &words);
    }
    ctx.product(&match words.is_empty() {
        true => list(ctx, project, environment, &args)?,
        false => inspect(ctx, project, environment, &words, &args)?,
    })?;
    Ok(Exit::Done)
}

/// What is asked about.
struct Subject<'s> {
    environment: &'s Environment,
    /// Keys, as somebody wrote them.
    words: Vec<&'s str>,
}

/// The first argument is an environment if it names one, else a key of the current environment.
fn subject<'s>(ctx: &Ctx, root: &Root, project: &'s Project, args: &'s ShowArgs) -> Result<Subject<'s>> {
    let more = args.more.iter().map(String::as_str);
    let Some(first) = args.first.as_deref() else {
        return Ok(Subject { environment: current(ctx, root, project)?, words: Vec::new() });
    };
    if let Some(environment) = project.environment(first) {
        return Ok(Subject { environment, words: more.collect() });
    }
    if !inspect::is_known(project, first) {
        return Err(inspect::unknown(project, first, true).into());
    }
    Ok(Subject {
        environment: current(ctx, root, project)?,
        words: std::iter::once(first).chain(more).collect(),
    })
}

fn current<'p>(ctx: &Ctx, root: &Root, project: &'p Project) -> Result<&'p Environment> {
    let nothing = || {
        let help = "name one: `envctl show ENV`; or select one with `envctl switch ENV`";
        Fault::new("no environment is selected").help(help)
    };
    Ok(ctx.selection(root, project)?.ok_or_else(nothing)?.environment)
}

fn list(ctx: &Ctx, project: &Project, environment: &Environment, args: &ShowArgs) -> Result<String> {
    let filter = Filter::new(args.key.as_deref(), args.source.as_deref());
    let listing = Listing::new(project, environment, &filter);
    Ok(match ctx.is_json() {
        true => render(&report::listing(&listing))?,
        false => listing.text(ctx.paint()),
    })
}

fn inspect(
    ctx: &Ctx,
    project: &Project,
    environment: &Environment,
    words: &[&str],
    args: &ShowArgs,
) -> Result<String> {
    if args.key.is_some() || args.source.is_some() {
        let fault = Fault::new("--key and --source choose from the list of all keys, and keys are named");
        return Err(fault.help("leave one of them out").into());
    }
    let inspector = Inspector::new(project, environment, ctx.today());
    let mut inspected = Vec::new();
    for word in words {
        inspected.extend(inspector.keys(word, &ctx.variables)?);
    }
    Ok(match ctx.is_json() {
        true => render(&report::inspection(environment, &inspected))?,
        false => card::text(environment, &inspected, ctx.paint()),
    })
}
