//! `init`: what was found without a manifest, written down as one.

use std::path::{Path, PathBuf};

use anyhow::Result;
use clap::{ArgMatches, Args, Command};

use super::{Exit, Group, Subcommand, parse};
use crate::active;
use crate::ctx::Ctx;
use crate::format::manifest::FILE;
use crate::format::{example, text};
use crate::model::fault::Fault;
use crate::out::format::Formats;
use crate::out::{gate::visible, manifest};
use crate::store::{Root, atomic, folder, read_small};

/// The registration.
pub const COMMAND: Subcommand = Subcommand {
    name: "init",
    group: Group::SetUp,
    about: "Write envctl.toml: what was found here, for you to correct",
    examples: "\
Examples:
  envctl init --dry-run                    print it
  envctl init
  envctl init --from .env.example          with the keys that an example file wants",
    arguments: |command: Command| InitArgs::augment_args(command),
    formats: Formats::PLAIN,
    run,
};

#[derive(Args)]
struct InitArgs {
    /// Print what would be written, and write nothing
    #[arg(long)]
    dry_run: bool,
    /// Declare the keys that this example file wants: .env.example, .env.schema; from here, or from the project's folder
    #[arg(long, value_name = "FILE", value_hint = clap::ValueHint::FilePath)]
    from: Option<PathBuf>,
    /// Replace an envctl.toml that is there already
    #[arg(long)]
    force: bool,
}

fn run(matches: &ArgMatches, ctx: &Ctx) -> Result<Exit> {
    let args: InitArgs = parse(matches)?;
    if ctx.is_json() {
        return Err(Fault::new("init writes TOML, and has no JSON").help("leave --format out").into());
    }
    let (root, project) = ctx.load_without_manifest()?;
    if !args.dry_run && !args.force {
        check_free(&root)?;
    }
    let default = active::default(&project).map(|environment| environment.name.as_str());
    let mut text = manifest::layout(&project, default);
    if let Some(example) = &args.from {
        let here = ctx.path(example);
        let path = if here.exists() { here } else { root.dir.join(example) };
        text += &keys(&path, &visible(&example.to_string_lossy()))?;
    }
    if args.dry_run {
        ctx.product(&text)?;
        return Ok(Exit::Done);
    }
    write(&root, &text)?;
    ctx.product(&format!("{FILE}\n"))?;
    if let Some(example) =
        project.schema_files.iter().find(|source| args.from.is_none() && source.format == "dotenv")
    {
        ctx.say(&format!(
            "next: `envctl init --force --from {}` declares the keys too\n",
            visible(&example.path)
        ));
    }
    Ok(Exit::Done)
}

/// The keys that an example file wants, as tables.
fn keys(path: &Path, name: &str) -> Result<String, Fault> {
    let why = |what: &str| Fault::new(format!("{name} {what}"));
    let bytes = read_small(path).map_err(why)?.ok_or_else(|| why("is not there"))?;
    let text =
        text::decode(&bytes).map_err(|problem| why(&format!("cannot be read: {}", problem.message)))?;
    let wanted = example::read(text);
    match wanted.is_empty() {
        true => Err(why("names no key").help("--from reads dotenv files: .env.example, .env.schema")),
        false => Ok(format!("\n{}", manifest::keys(&wanted))),
    }
}

/// A manifest is written by hand; it is replaced only where somebody says so.
fn check_free(root: &Root) -> Result<(), Fault> {
    match root.dir.join(FILE).symlink_metadata() {
        Err(_) => Ok(()),
        Ok(_) => Err(Fault::new(format!("{FILE} is there already"))
            .help("--dry-run prints what would be written; --force replaces the file")),
    }
}

fn write(root: &Root, text: &str) -> Result<(), Fault> {
    let path: &Path = &root.dir.join(FILE);
    if path.symlink_metadata().is_ok_and(|found| !found.is_file()) {
        return Err(Fault::new(format!("{FILE} is no regular file, and is not replaced")).help("remove it"));
    }
    atomic::write_for_all(path, text.as_bytes()).map_err(|error| {
        Fault::new(format!("{FILE} cannot be written: {}", folder::reason(&error)))
            .help("make the project's folder writable")
    })
}
