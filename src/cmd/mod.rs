//! Layer 5, commands: one file per subcommand, one table of them, and the way from arguments to an exit code.

mod attempt;
mod banner;
mod candidates;
mod complete;
mod completions;
mod context;
mod current;
mod diff;
mod docs;
mod exit;
mod explain;
mod export;
mod filter;
mod guard;
mod help;
mod hook;
mod init;
mod list;
mod log;
mod program;
mod prompt;
mod readable;
mod report;
mod run;
#[cfg(test)]
mod schemas;
mod show;
mod situation;
mod switch;
mod terraform;
mod validate;
mod variables;

use std::ffi::OsString;

use anyhow::{Error, Result};
use clap::builder::StyledStr;
use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::{ArgMatches, Args, Command, FromArgMatches};

use crate::ctx::{self, Ctx, GlobalArgs};
use crate::model::fault::Fault;
use crate::out::format::Formats;
use crate::out::gate::{visible, visible_lines};
pub use exit::Exit;

/// A subcommand.
pub struct Subcommand {
    /// What it is called.
    pub name: &'static str,
    /// The group it stands with in the help.
    pub group: Group,
    /// What it does, in one line.
    pub about: &'static str,
    /// Examples for the end of its help.
    pub examples: &'static str,
    /// Adds its arguments; called only when they are needed.
    pub arguments: fn(Command) -> Command,
    /// The formats in which it can answer.
    pub formats: Formats,
    /// Does it.
    pub run: fn(&ArgMatches, &Ctx) -> Result<Exit>,
}

/// The groups of the help, in its order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Group {
    /// Prove that it is safe.
    Check,
    /// Be where you mean to be.
    Work,
    /// See what there is.
    Inspect,
    /// Make it at home in a shell.
    SetUp,
}

impl Group {
    /// All groups with their headings.
    pub const ALL: &[(Group, &str)] = &[
        (Group::Check, "Check"),
        (Group::Work, "Work"),
        (Group::Inspect, "Inspect"),
        (Group::SetUp, "Set up"),
    ];
}

/// Every subcommand.
pub const COMMANDS: &[Subcommand] = &[
    validate::COMMAND,
    diff::COMMAND,
    guard::COMMAND,
    explain::COMMAND,
    switch::COMMAND,
    run::COMMAND,
    export::COMMAND,
    banner::COMMAND,
    prompt::COMMAND,
    current::COMMAND,
    list::COMMAND,
    show::COMMAND,
    context::COMMAND,
    log::COMMAND,
    init::COMMAND,
    docs::COMMAND,
    hook::COMMAND,
    completions::COMMAND,
];

/// Runs envctl with these arguments, the program's name first.
pub fn main(args: impl IntoIterator<Item = OsString>) -> Exit {
    let args: Vec<OsString> = args.into_iter().collect();
    let answer = match quick(&args) {
        Some(answer) => answer,
        None if ctx::is_set(complete::VARIABLE) => complete::answer(&args),
        None => match tree(&args).try_get_matches_from(&args) {
            Ok(matches) => run(&matches),
            Err(error) => return usage(&gated(error)),
        },
    };
    answer.unwrap_or_else(failed)
}

/// As much of the tree as these arguments can need.
fn tree(args: &[OsString]) -> Command {
    let first = args.get(1).and_then(|word| COMMANDS.iter().find(|command| word == command.name));
    first.map_or_else(help::tree, help::tree_of)
}

/// What runs at prompts, without other options: answered before clap builds its tree.
fn quick(args: &[OsString]) -> Option<Result<Exit>> {
    let words: Vec<&str> = args.iter().skip(1).take(4).map(|arg| arg.to_str()).collect::<Option<_>>()?;
    let ctx = || Ctx::new(GlobalArgs::default());
    match words.as_slice() {
        ["prompt"] => Some(prompt::answer(&ctx(), &prompt::PromptArgs::default())),
        // How a hook asks; people have no use for it.
        ["prompt", "--hook", shell] => Some(hook::refresh::answer(ctx(), hook::Shell::named(shell)?)),
        ["current"] => Some(current::answer(&ctx())),
        _ => None,
    }
}

fn run(matches: &ArgMatches) -> Result<Exit> {
    let ctx = Ctx::new(GlobalArgs::from_arg_matches(matches)?);
    let chosen = matches.subcommand();
    let command =
        chosen.and_then(|(name, matches)| Some((COMMANDS.iter().find(|one| one.name == name)?, matches)));
    match command {
        Some((command, matches)) => {
            ctx::check_outputs(&ctx.args.format, command.name, command.formats)?;
            (command.run)(matches, &ctx)
        }
        None => Err(Fault::new("no command was given").into()),
    }
}

/// Parses what a subcommand was given; the tree was built from the same struct.
fn parse<A: Args>(matches: &ArgMatches) -> Result<A> {
    A::from_arg_matches(matches).map_err(|_| Fault::new("the arguments contradict each other").into())
}

/// The error with every argument that it quotes made visible, line breaks included.
fn gated(mut error: clap::Error) -> clap::Error {
    let quoting = error.context().filter_map(|(kind, value)| Some((kind, gated_value(kind, value)?)));
    for (kind, value) in quoting.collect::<Vec<_>>() {
        error.insert(kind, value);
    }
    error
}

fn gated_value(kind: ContextKind, value: &ContextValue) -> Option<ContextValue> {
    let styled = |tip: &StyledStr| StyledStr::from(visible(&tip.to_string()).into_owned());
    match value {
        ContextValue::String(text) => Some(ContextValue::String(visible(text).into_owned())),
        ContextValue::StyledStrs(tips) if kind == ContextKind::Suggested => {
            Some(ContextValue::StyledStrs(tips.iter().map(styled).collect()))
        }
        _ => None,
    }
}

/// What clap has to say: help and version are products, everything else is a fault of the caller.
fn usage(error: &clap::Error) -> Exit {
    let text = error.to_string();
    match error.kind() {
        ErrorKind::DisplayHelp | ErrorKind::DisplayVersion => {
            ctx::print(&text).map_or_else(failed, |()| Exit::Done)
        }
        _ => {
            ctx::complain(&visible_lines(&text));
            Exit::Failed
        }
    }
}

/// Says why, and gives up.
fn failed(error: Error) -> Exit {
    ctx::complain(&fault(&error));
    Exit::Failed
}

/// A fault for people: what, and what to do.
fn fault(error: &Error) -> String {
    let causes: String =
        error.chain().skip(1).map(|cause| format!("\n  because: {}", visible(&cause.to_string()))).collect();
    let advice = error.chain().find_map(|cause| cause.downcast_ref::<Fault>()?.advice());
    fault_text("error", &error.to_string(), &causes, advice)
}

/// A fault under its heading, `error` or `refused`.
fn fault_text(heading: &str, what: &str, causes: &str, advice: Option<&str>) -> String {
    let help = advice.map_or_else(String::new, |help| format!("  help: {}\n", visible(help)));
    format!("{heading}: {}{causes}\n{help}", visible(what))
}
