//! `docs`: a table of the environments, in a Markdown file that people keep.

mod facts;

use std::path::{Path, PathBuf};

use anyhow::Result;
use clap::{ArgMatches, Args, Command};

use super::readable::whole;
use super::{Exit, Group, Subcommand, parse};
use crate::ctx::Ctx;
use crate::model::fault::Fault;
use crate::model::project::Project;
use crate::out::docs::{BEGIN, END, block, page, splice};
use crate::out::format::Formats;
use crate::out::gate::visible;
use crate::store::{MAX_BYTES, PROCESS, Root, atomic, folder, read_small};
use facts::Facts;

/// The registration.
pub const COMMAND: Subcommand = Subcommand {
    name: "docs",
    group: Group::SetUp,
    about: "Write a table of the environments into a Markdown file",
    examples: "\
Examples:
  envctl docs                              write docs/ENVIRONMENTS.md
  envctl docs README.md                    between its markers
  envctl docs --check                      exit 1 where the file is missing or out of date
  envctl docs --stdout                     print the table, and write nothing

The table stands between the lines <!-- envctl:begin --> and <!-- envctl:end -->; the rest of the file stays as it is.
Values are those of declared keys that are no secret; of secrets it tells whether they are set. What git ignores takes
no part, since a CI job does not have it: a key that is nowhere else is `not in git`.",
    arguments: |command: Command| DocsArgs::augment_args(command),
    formats: Formats::PLAIN,
    run,
};

/// Where the table stands unless said.
const FILE: &str = "docs/ENVIRONMENTS.md";

#[derive(Args)]
struct DocsArgs {
    /// The Markdown file; docs/ENVIRONMENTS.md of the project unless said
    #[arg(value_name = "FILE", value_hint = clap::ValueHint::FilePath)]
    file: Option<PathBuf>,
    /// Compare the file with what would be written; exit 1 where it is missing or out of date
    #[arg(long)]
    check: bool,
    /// Print the table, and write nothing
    #[arg(long, conflicts_with_all = ["check", "file"])]
    stdout: bool,
}

/// The file, and what it is called.
struct Place {
    path: PathBuf,
    name: String,
    /// Did somebody name it on the command line?
    is_chosen: bool,
}

fn run(matches: &ArgMatches, ctx: &Ctx) -> Result<Exit> {
    let args: DocsArgs = parse(matches)?;
    if ctx.is_json() {
        return Err(Fault::new("docs writes Markdown, and has no JSON").help("leave --format out").into());
    }
    let (root, project) = ctx.load(&[])?;
    let block = table(&root, project, ctx)?;
    if args.stdout {
        ctx.product(&format!("{block}\n"))?;
        return Ok(Exit::Done);
    }
    let place = place(&root, args.file.as_deref(), ctx);
    let old = place.read()?;
    let new = match &old {
        None => page(&block),
        Some(old) => splice(old, &block).ok_or_else(|| place.unmarked())?,
    };
    if args.check {
        return Ok(check(&place, old.as_deref(), &new, ctx));
    }
    if old.as_ref() != Some(&new) {
        place.write(&new)?;
    }
    ctx.product(&format!("{}\n", place.name))?;
    Ok(Exit::Done)
}

/// The table of all environments that everybody has, each of which must be readable as a whole.
fn table(root: &Root, project: &Project, ctx: &Ctx) -> Result<String, Fault> {
    let files = project.sources.iter().filter(|source| source.format != PROCESS);
    let paths: Vec<&str> = files.map(|source| source.path.as_str()).collect();
    let facts = Facts::of(project, ctx.ignored(root, &paths));
    for name in &facts.left_out {
        ctx.say(&format!("left out: {name} (git ignores all of its files)\n"));
    }
    if facts.environments.is_empty() {
        let help =
            "name them in envctl.toml, which everybody has: environments = [\"NAME\", …] under [project]";
        return Err(Fault::new("git ignores the files of all environments").help(help));
    }
    facts.shared.iter().try_for_each(|one| whole(project, one))?;
    let names: Vec<&str> = facts.environments.iter().map(|one| one.name.as_str()).collect();
    Ok(block(&names, &facts::sections(&facts)))
}

fn place(root: &Root, file: Option<&Path>, ctx: &Ctx) -> Place {
    match file {
        Some(file) => Place {
            path: ctx.path(file),
            name: visible(&file.to_string_lossy()).into_owned(),
            is_chosen: true,
        },
        None => Place { path: root.dir.join(FILE), name: FILE.to_owned(), is_chosen: false },
    }
}

fn check(place: &Place, old: Option<&str>, new: &str, ctx: &Ctx) -> Exit {
    let why = match old {
        None => "missing",
        Some(old) if old != new => "out of date",
        Some(_) => return Exit::Done,
    };
    let file = if place.is_chosen { format!(" {}", place.name) } else { String::new() };
    ctx.say(&format!("{}: {why}; `envctl docs{file}` writes it\n", place.name));
    Exit::No
}

impl Place {
    /// What is there, if anything is.
    fn read(&self) -> Result<Option<String>, Fault> {
        let fault = |why: &str| {
            Fault::new(format!("{} {why}", self.name))
                .help("name a Markdown file, or print the table with --stdout")
        };
        if self.path.iter().any(|part| part.eq_ignore_ascii_case(".git")) {
            return Err(fault("is git's own, and is not written to"));
        }
        let Some(bytes) = read_small(&self.path).map_err(fault)? else { return Ok(None) };
        String::from_utf8(bytes).map(Some).map_err(|_| fault("is not UTF-8"))
    }

    fn unmarked(&self) -> Fault {
        Fault::new(format!("{} has no place for the table, or more than one", self.name))
            .help(format!("add these two lines where it belongs, each once: {BEGIN} and below it {END}"))
    }

    /// Writes the file; its folder is made only where nobody named one.
    fn write(&self, text: &str) -> Result<(), Fault> {
        if text.len() as u64 > MAX_BYTES {
            return Err(
                Fault::new(format!("{} would be larger than 1 MiB", self.name)).help("declare fewer keys")
            );
        }
        if let Some(parent) = self.path.parent().filter(|_| !self.is_chosen) {
            folder::make_for_all(parent, "docs")?;
        }
        atomic::write_in_place(&self.path, text.as_bytes()).map_err(|error| {
            Fault::new(format!("{} cannot be written: {}", self.name, folder::reason(&error)))
                .help("what was there is untouched")
        })
    }
}
