//! Where the products of `validate` go: files, and stdout.

use std::path::{Path, PathBuf};

use anyhow::Result;

use super::report;
use crate::ctx::{Ctx, Output};
use crate::format::env_toml::FILE as ENV_TOML;
use crate::format::manifest::FILE as MANIFEST;
use crate::git;
use crate::model::fault::Fault;
use crate::model::project::Project;
use crate::out::findings::Look;
use crate::out::format::Format;
use crate::out::gate::visible;
use crate::out::json;
use crate::out::paint::Paint;
use crate::out::report::Report;
use crate::out::report::text::{self, Detail};
use crate::store::{self, Root, folder};

/// The file to which a step of GitHub Actions appends Markdown for the job's page.
const STEP_SUMMARY: &str = "GITHUB_STEP_SUMMARY";

/// Where GitHub Actions checks out, for a project that is in no repository there.
const WORKSPACE: &str = "GITHUB_WORKSPACE";

/// The project, none of whose files may be a destination.
pub(super) struct Destinations<'d> {
    pub root: &'d Root,
    pub project: &'d Project,
    /// What else was read: the candidate, the baseline.
    pub read: &'d [PathBuf],
}

/// Writes every product that was asked for. A file that cannot be written keeps no other product back.
///
/// # Errors
/// The first thing that could not be written.
pub(super) fn all(mut report: Report<'_>, destinations: &Destinations<'_>, ctx: &Ctx) -> Result<()> {
    let outputs = &ctx.args.format;
    let files = || outputs.iter().filter_map(|Output { format, file }| Some((*format, file.as_deref()?)));
    destinations.check(files().map(|(_, file)| file), ctx)?;
    if outputs.iter().any(|output| output.format == Format::Github) {
        report.has_summary = summarise(&report, ctx);
    }
    let report = &report;
    let mut failed = None;
    for (format, file) in files() {
        let text = product(report, format, &|| {
            text::render(report, detail(ctx), Look { paint: Paint::plain(), width: None })
        })?;
        failed = failed.or(ctx.write(file, &text).err());
    }
    let on_stdout = outputs.iter().find(|output| output.file.is_none());
    let format = on_stdout.map_or(Format::Text, |output| output.format);
    ctx.product(&product(report, format, &|| {
        text::render(report, detail(ctx), Look { paint: ctx.paint(), width: ctx.width() })
    })?)?;
    failed.map_or(Ok(()), |fault| Err(fault.into()))
}

fn product(report: &Report<'_>, format: Format, text: &dyn Fn() -> String) -> Result<String> {
    Ok(match report.render(format)? {
        Some(text) => text,
        None if format == Format::Json => json::render(&report::json(report))?,
        None => text(),
    })
}

/// Adds the report to the job's summary, if there is one; a job does not fail for want of it. Was it added?
fn summarise(report: &Report<'_>, ctx: &Ctx) -> bool {
    let Some(file) = ctx.variables.path(STEP_SUMMARY) else { return false };
    let added = store::append(&file, report.summary().as_bytes());
    if let Err(error) = &added {
        ctx.say(&format!("note: the job summary was not written: {}\n", folder::reason(error)));
    }
    added.is_ok()
}

/// The project's folder as seen from the top of its repository, with `/` at its end.
pub(super) fn base(root: &Root, ctx: &Ctx) -> String {
    let top = git::top(&root.dir);
    let top = top.or_else(|| ctx.variables.path(WORKSPACE)?.canonicalize().ok());
    let below = top.as_ref().and_then(|top| root.dir.strip_prefix(top).ok());
    below.map_or_else(String::new, |below| below.iter().map(|part| part.to_string_lossy() + "/").collect())
}

fn detail(ctx: &Ctx) -> Detail {
    match (ctx.args.quiet, ctx.args.verbose) {
        (true, _) => Detail::Little,
        (_, true) => Detail::All,
        _ => Detail::Usual,
    }
}

impl Destinations<'_> {
    /// Refuses to write two products into one file, or one over a file that was judged.
    fn check<'f>(&self, files: impl Iterator<Item = &'f Path>, ctx: &Ctx) -> Result<(), Fault> {
        let own: Vec<PathBuf> = self.own().chain(self.read.iter().cloned()).map(|path| real(&path)).collect();
        let mut seen: Vec<PathBuf> = Vec::new();
        for file in files {
            let path = real(&ctx.path(file));
            let name = visible(&file.to_string_lossy()).into_owned();
            if own.contains(&path) {
                let fault = Fault::new(format!("{name} is a file of the project, and is not replaced"));
                return Err(fault.help("name another file"));
            }
            if is_taken(&path) {
                let fault = Fault::new(format!("{name} would be read as a file of the project"));
                return Err(fault.help("name another file"));
            }
            if seen.contains(&path) {
                return Err(
                    Fault::new(format!("two formats cannot both go to {name}")).help("name a file for each")
                );
            }
            seen.push(path);
        }
        Ok(())
    }

    /// The files that the project is made of.
    fn own(&self) -> impl Iterator<Item = PathBuf> {
        let read = self.project.sources.iter().chain(&self.project.schema_files);
        let read = read.map(|source| source.path.as_str());
        read.chain(self.project.manifest.as_deref()).map(|path| self.root.dir.join(path))
    }
}

/// The same path for all spellings of it, whether or not there is such a file yet.
fn real(path: &Path) -> PathBuf {
    let beside = || {
        let parent = path.parent().filter(|parent| !parent.as_os_str().is_empty());
        Some(parent.unwrap_or(Path::new(".")).canonicalize().ok()?.join(path.file_name()?))
    };
    path.canonicalize().ok().or_else(beside).unwrap_or_else(|| path.to_owned())
}

/// Would a file of this name be read as the manifest or as variables of an environment from then on?
pub(super) fn is_taken(path: &Path) -> bool {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    name == MANIFEST || name == ENV_TOML || name.starts_with(".env")
}
