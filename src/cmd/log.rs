//! `log`: who did what in which environment.

use anyhow::Result;
use clap::{ArgMatches, Args, Command};
use serde::Serialize;

use super::{Exit, Group, Subcommand, parse};
use crate::active::log::{Line, Lines, Log, Outcome};
use crate::ctx::Ctx;
use crate::model::fault::Fault;
use crate::out::format::Formats;
use crate::out::gate::visible;
use crate::out::json::{self, SCHEMA_VERSION};
use crate::out::moment::minute;
use crate::out::table::{Table, plural};

/// The registration.
pub const COMMAND: Subcommand = Subcommand {
    name: "log",
    group: Group::Inspect,
    about: "Show who switched, exported, revealed and forced what, and what was refused",
    examples: "\
Written down are every switch, consent, --reveal, --force and refusal, and every run in and export from a protected
environment; never a value. The log lies in your own state folder, ~/.local/state/envctl/audit.jsonl, and the oldest lines
go when it grows beyond 2 MiB. It is a trail for honest people: whoever owns the file can change it.

Examples:
  envctl log
  envctl log --all -n 100                 of all projects
  envctl log --all --format json | jq '.lines[] | select(.result == \"forced\")'",
    arguments: |command: Command| LogArgs::augment_args(command),
    formats: Formats::PLAIN,
    run,
};

#[derive(Args)]
struct LogArgs {
    /// Of all projects
    #[arg(long)]
    all: bool,
    /// How many lines, the newest
    #[arg(short, value_name = "N", default_value_t = 50)]
    n: usize,
}

fn run(matches: &ArgMatches, ctx: &Ctx) -> Result<Exit> {
    let args: LogArgs = parse(matches)?;
    let project = match args.all {
        true => None,
        false => Some(ctx.root()?.dir.to_string_lossy().into_owned()),
    };
    let Lines { mut lines, unreadable } = Log::open(&ctx.variables).ok_or_else(nowhere)?.read()?;
    lines.retain(|line| project.is_none() || line.project == project);
    let earlier = lines.len().saturating_sub(args.n);
    let lines = lines.split_off(earlier);
    ctx.product(&match ctx.is_json() {
        true => {
            json::render(&JsonLog { schema_version: SCHEMA_VERSION, earlier, unreadable, lines: &lines })?
        }
        false => text(&lines, args.all),
    })?;
    if earlier > 0 {
        ctx.say(&format!("note: {} before these; -n shows more\n", plural(earlier, "line")));
    }
    if unreadable > 0 {
        ctx.say(&format!("note: {} of the log cannot be read\n", plural(unreadable, "line")));
    }
    if lines.is_empty() && earlier == 0 {
        ctx.say("nothing has been written down yet\n");
    }
    Ok(Exit::Done)
}

fn nowhere() -> Fault {
    let fault = Fault::new("there is no folder to keep a log in, and nothing is written down");
    fault.help("set HOME or XDG_STATE_HOME to an absolute path")
}

/// What `log` prints.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct JsonLog<'l> {
    schema_version: u32,
    /// How many lines there are before these.
    earlier: usize,
    /// How many lines cannot be read.
    unreadable: usize,
    /// The lines, newest last.
    lines: &'l [Line],
}

fn text(lines: &[Line], with_project: bool) -> String {
    let mut table = Table::default();
    for line in lines {
        let what = match &line.program {
            Some(program) => format!("{} {program}", line.action),
            None => line.action.clone(),
        };
        let user = line.user.as_deref().unwrap_or("?");
        let who = match &line.agent {
            Some(agent) => format!("{user} ({agent})"),
            None => user.to_owned(),
        };
        let mut cells = vec![minute(line.time), who];
        if with_project {
            cells.push(line.project.clone().unwrap_or_default());
        }
        cells.extend([what, way(line), line.result.as_str().to_owned(), details(line)]);
        table.row(cells.iter().map(|cell| visible(cell).into_owned().into()).collect());
    }
    table.render("")
}

/// From where to where.
fn way(line: &Line) -> String {
    let to = line.to.as_deref().unwrap_or("-");
    match line.from.as_deref() {
        Some(from) => format!("{from} → {to}"),
        None => to.to_owned(),
    }
}

/// Why, and until when.
fn details(line: &Line) -> String {
    match (&line.reason, line.until) {
        (Some(reason), _) if line.result == Outcome::Forced => format!("because: {reason}"),
        (Some(reason), _) => reason.clone(),
        (None, Some(until)) => {
            let whom = if line.agents == Some(true) { ", for coding agents too" } else { "" };
            format!("until {}{whom}", minute(until))
        }
        (None, None) => String::new(),
    }
}
