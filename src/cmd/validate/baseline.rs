//! `validate --baseline` and `--write-baseline`: an old project takes envctl in, and from then on only new findings are told.

use std::path::{Path, PathBuf};

use anyhow::Result;
use serde::Serialize;

use super::deliver::is_taken;
use crate::cmd::Exit;
use crate::ctx::Ctx;
use crate::format::baseline::{FILE, MAX_BYTES, read};
use crate::format::text;
use crate::model::baseline::Baseline;
use crate::model::fault::Fault;
use crate::model::finding::{Finding, Severity};
use crate::model::project::Project;
use crate::out::baseline::render;
use crate::out::gate::visible;
use crate::out::json;
use crate::out::report::Known;
use crate::out::table::plural;
use crate::rules::{Case, Phase, Portability, depends_on_clone, is_always_told};
use crate::store::{Root, atomic, folder, read_own};

/// Where a baseline is.
pub(super) struct Place {
    pub path: PathBuf,
    /// How it is called.
    pub name: String,
    is_users_choice: bool,
}

/// What `validate --write-baseline` prints: a baseline was written.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Wrote {
    schema_version: u32,
    /// The file.
    file: String,
    /// How many findings it knows.
    findings: usize,
    /// How many of these are errors.
    errors: usize,
}

impl Place {
    /// The file that the command line names, else the one of the manifest, else the usual one in the project's root.
    pub fn new(ctx: &Ctx, root: &Root, project: &Project, given: Option<&PathBuf>) -> Self {
        let usual = project.baseline.as_deref().unwrap_or(FILE);
        match given {
            Some(given) => {
                let name = given.to_string_lossy().into_owned();
                Self { path: ctx.path(given), name, is_users_choice: true }
            }
            None => Self { path: root.dir.join(usual), name: usual.to_owned(), is_users_choice: false },
        }
    }

    /// Reads it.
    ///
    /// # Errors
    /// A [`Fault`] where it is missing, or no baseline.
    pub fn read(&self) -> Result<Baseline, Fault> {
        let missing = || {
            Fault::new(format!("the baseline {} is not there", self.name))
                .help("write it: envctl validate --write-baseline")
        };
        self.find()?.ok_or_else(missing)
    }

    fn find(&self) -> Result<Option<Baseline>, Fault> {
        self.check_straight()?;
        let why = |why: &str| {
            Fault::new(format!("{} {why}", self.name)).help("a baseline is a regular file of at most 16 MiB")
        };
        let Some(bytes) = read_own(&self.path, MAX_BYTES).map_err(why)? else { return Ok(None) };
        let text =
            text::decode(&bytes).map_err(|problem| why(&format!("is no baseline: {}", problem.message)))?;
        read(&self.name, text).map(Some)
    }

    /// Replaces it; but nothing else than an older baseline.
    ///
    /// # Errors
    /// A [`Fault`] where it cannot be written; the old file is then as it was.
    pub fn write(&self, baseline: &Baseline) -> Result<()> {
        if is_taken(&self.path) {
            let message = format!("{} would be read as a file of the project", self.name);
            return Err(Fault::new(message).help("name another file, as envctl-baseline.json").into());
        }
        self.find().map_err(|fault| {
            let message = format!("{fault}; nothing was written");
            Fault::new(message).help("name another file, or remove this one")
        })?;
        let text = render(baseline)?;
        if text.len() as u64 > MAX_BYTES {
            let message = "there are more findings than a baseline holds, 16 MiB";
            return Err(Fault::new(message)
                .help("switch off the rules that find most, or accept with globs")
                .into());
        }
        atomic::write_for_all(&self.path, text.as_bytes()).map_err(|error| {
            Fault::new(format!("{} cannot be written: {}", self.name, folder::reason(&error)))
                .help("nothing has changed")
        })?;
        Ok(())
    }

    /// A path that nobody typed stays in the project, and leads through no link: the manifest may come with a clone.
    fn check_straight(&self) -> Result<(), Fault> {
        let parent = self.path.parent();
        let real = parent.and_then(|parent| parent.canonicalize().ok());
        let leads_elsewhere = real.is_some_and(|real| Some(real.as_path()) != parent.map(Path::new));
        if !self.is_users_choice && leads_elsewhere {
            let message = format!("{} leads through a link, and is not followed", self.name);
            return Err(Fault::new(message).help("correct [project] baseline in envctl.toml"));
        }
        Ok(())
    }
}

/// Leaves of `findings` those that the baseline does not know.
pub(super) fn apply(place: &Place, findings: &mut Vec<Finding>, is_complete: bool) -> Result<Known, Fault> {
    let left = place.read()?.take_from(std::mem::take(findings), is_always_told, depends_on_clone);
    *findings = left.new;
    let mended = is_complete.then_some(left.mended);
    Ok(Known { file: place.name.clone(), findings: left.known, errors: left.errors, mended })
}

/// The findings as a file.
fn write_down(place: &Place, findings: &[Finding]) -> Result<Wrote> {
    let written = findings.iter().filter(|finding| !is_always_told(finding.rule));
    place.write(&Baseline::of(written.clone()))?;
    let errors = written.clone().filter(|finding| finding.severity == Severity::Error).count();
    Ok(Wrote {
        schema_version: crate::out::json::SCHEMA_VERSION,
        file: place.name.clone(),
        findings: written.count(),
        errors,
    })
}

/// Is everything judged that a baseline may know?
pub(super) fn is_complete(case: &Case<'_>) -> bool {
    let is_usual = case.phase == Phase::Value && case.portability == Portability::Counted;
    is_usual && !case.strict && case.named.is_empty() && case.rules.is_none()
}

/// Writes down all findings but those that are always told, and says so.
///
/// # Errors
/// Where an environment was named, or the file cannot be written.
pub(super) fn write(ctx: &Ctx, place: &Place, case: &Case<'_>, findings: &[Finding]) -> Result<Exit> {
    if !case.named.is_empty() {
        return Err(Fault::new("a baseline holds the findings of all environments")
            .help("leave --env out")
            .into());
    }
    let wrote = write_down(place, findings)?;
    let left = findings.iter().filter(|finding| is_always_told(finding.rule)).count();
    if left > 0 {
        let what = plural(left, "finding");
        ctx.say(&format!("note: {what} of parse-error stay out of it\n  help: what cannot be read may hide anything; mend it\n"));
    }
    ctx.product(&match ctx.is_json() {
        true => json::render(&wrote)?,
        false => format!(
            "{}: {}, {}\n",
            visible(&wrote.file),
            plural(wrote.findings, "finding"),
            plural(wrote.errors, "error")
        ),
    })?;
    Ok(Exit::Done)
}
