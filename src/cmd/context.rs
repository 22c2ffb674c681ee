//! `context`: the situation as JSON, for scripts and coding agents.

use std::path::{Path, PathBuf};

use anyhow::Result;
use clap::{ArgMatches, Args, Command};

use super::report::report;
use super::situation::Situation;
use super::{Exit, Group, Subcommand, parse};
use crate::ctx::Ctx;
use crate::model::fault::Fault;
use crate::model::project::Project;
use crate::out::format::Formats;
use crate::out::json;
use crate::store::{self, Root, atomic, folder};

/// The registration.
pub const COMMAND: Subcommand = Subcommand {
    name: "context",
    group: Group::Inspect,
    about: "Write the situation as JSON, for scripts and coding agents",
    examples: "\
Examples:
  envctl context                          write .envctl/context.json, or where the manifest says
  envctl context --stdout                 print it instead
  envctl context --check                  exit 1 where the file is missing or out of date",
    arguments: |command: Command| ContextArgs::augment_args(command),
    formats: Formats::PLAIN,
    run,
};

#[derive(Args)]
struct ContextArgs {
    /// Print it, and write nothing
    #[arg(long, conflicts_with_all = ["check", "output"])]
    stdout: bool,
    /// Compare the file with what would be written; exit 1 where it is missing or out of date
    #[arg(long)]
    check: bool,
    /// Write to FILE instead
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
}

/// The file's name in the state folder.
const FILE: &str = "context.json";

fn run(matches: &ArgMatches, ctx: &Ctx) -> Result<Exit> {
    let args: ContextArgs = parse(matches)?;
    let (root, project) = ctx.load(&[])?;
    let chosen = args.output.as_ref().map(|path| ctx.path(path));
    let path = chosen.clone().unwrap_or_else(|| default_path(&root, project));
    let mut ours = ours(&root, project);
    ours.extend(std::path::absolute(&path).ok());
    let ours: Vec<&Path> = ours.iter().map(PathBuf::as_path).collect();
    let situation = Situation::gather(ctx, &root, project, &ours)?;
    let text = json::render(&report(&situation, ctx.now))?;
    if args.stdout {
        ctx.product(&text)?;
    } else if args.check {
        return check(ctx, &path, &text);
    } else {
        write(&root, &path, chosen.is_some(), &text)?;
        ctx.product(&format!("{}\n", crate::out::gate::visible(&shown(&root, &path))))?;
    }
    Ok(Exit::Done)
}

fn default_path(root: &Root, project: &Project) -> PathBuf {
    let inside = project.context.as_ref().map(|path| root.dir.join(path));
    inside.unwrap_or_else(|| root.dir.join(folder::STATE_DIR).join(FILE))
}

/// What envctl itself writes in a project, which makes no work tree dirty.
pub fn ours(root: &Root, project: &Project) -> Vec<PathBuf> {
    vec![root.dir.join(folder::STATE_DIR), default_path(root, project)]
}

fn shown(root: &Root, path: &Path) -> String {
    path.strip_prefix(&root.dir).unwrap_or(path).to_string_lossy().into_owned()
}

/// Writes the file, where nothing is lost by it. A path that the manifest chose must also stay in the project and lead
/// through no link: the manifest may come with a clone.
fn write(root: &Root, path: &Path, is_users_choice: bool, text: &str) -> Result<(), Fault> {
    let name = shown(root, path);
    if path == root.dir.join(folder::STATE_DIR).join(FILE) {
        folder::state_dir(root)?;
    } else {
        let parent = path.parent().and_then(|parent| parent.canonicalize().ok());
        let is_straight = parent.is_some_and(|parent| Some(parent.as_path()) == path.parent());
        if !is_users_choice && (!is_straight || path.is_symlink()) {
            let message = format!("{name} leads through a link, or its folder does not exist");
            return Err(Fault::new(message).help("correct [project] context in envctl.toml"));
        }
        check_free(path, &name)?;
    }
    atomic::write(path, text.as_bytes()).map_err(|error| {
        Fault::new(format!("{name} cannot be written: {}", folder::reason(&error)))
            .help("the old file is untouched")
    })
}

/// A context replaces nothing but an older context.
fn check_free(path: &Path, name: &str) -> Result<(), Fault> {
    if path.symlink_metadata().is_ok_and(|found| !found.is_file()) {
        let message = format!("{name} is no regular file, and is not replaced");
        return Err(Fault::new(message).help("name a file, or print it with --stdout"));
    }
    let is_git = path.iter().any(|part| part.eq_ignore_ascii_case(".git"));
    if is_git || (path.exists() && read(path).is_none()) {
        let message = format!("{name} is no context file, and is not overwritten");
        return Err(Fault::new(message).help("name another file, or remove this one"));
    }
    Ok(())
}

/// Is the file what would be written now, but for the time and for uncommitted changes?
fn check(ctx: &Ctx, path: &Path, text: &str) -> Result<Exit> {
    let old = read(path);
    let new = lasting(serde_json::from_str(text)?);
    let why = match old {
        None => "missing, or no context file",
        Some(_) if old != new => "out of date",
        Some(_) => return Ok(Exit::Done),
    };
    ctx.say(&format!(
        "{}: {why}; `envctl context` writes it\n",
        crate::out::gate::visible(&path.to_string_lossy())
    ));
    Ok(Exit::No)
}

/// The lasting part of the context file at `path`, if there is one.
fn read(path: &Path) -> Option<serde_json::Value> {
    let bytes = store::read_small(path).ok()??;
    lasting(serde_json::from_slice(&bytes).ok()?)
}

/// The part of a context that does not change by itself.
fn lasting(mut context: serde_json::Value) -> Option<serde_json::Value> {
    let fields = context.as_object_mut()?;
    fields.remove("timestamp")?;
    for passing in ["status", "detail"] {
        fields.get_mut("git")?.as_object_mut()?.remove(passing);
    }
    let warnings = fields.get_mut("warnings")?.as_array_mut()?;
    warnings.retain(|warning| warning.get("code").is_none_or(|code| code != "uncommitted-changes"));
    Some(context)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_passes_by_itself_does_not_make_a_context_stale() {
        let context = |time: &str, status: &str, codes: &[&str]| {
            let warnings: Vec<_> = codes.iter().map(|code| serde_json::json!({ "code": code })).collect();
            let git = serde_json::json!({ "branch": "main", "status": status, "detail": null });
            lasting(serde_json::json!({ "timestamp": time, "git": git, "warnings": warnings }))
        };
        let clean = context("1", "clean", &["production"]);
        assert_eq!(clean, context("2", "dirty", &["production", "uncommitted-changes"]));
        assert_ne!(clean, context("1", "clean", &[]));
        assert_eq!(lasting(serde_json::json!([])), None);
    }
}
