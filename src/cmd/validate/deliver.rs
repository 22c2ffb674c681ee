//! Where the products of `validate` go: files, and stdout.

use std::path::{Path, PathBuf};

use anyhow::Result;

use super::report;
use crate::ctx::{Ctx, Output};
use crate::model::fault::Fault;
use crate::model::project::Project;
use crate::model::variables::Variables;
use crate::out::format::Format;
use crate::out::gate::visible;
use crate::out::json;
use crate::out::paint::{Paint, When};
use crate::out::report::{Report, text};
use crate::store::Root;

/// The project, none of whose files may be a destination.
pub(super) struct Destinations<'d> {
    pub root: &'d Root,
    pub project: &'d Project,
}

/// Writes every product that was asked for. A file that cannot be written keeps no other product back.
///
/// # Errors
/// The first thing that could not be written.
pub(super) fn all(report: &Report<'_>, destinations: &Destinations<'_>, ctx: &Ctx) -> Result<()> {
    let outputs = &ctx.args.format;
    let files = || outputs.iter().filter_map(|Output { format, file }| Some((*format, file.as_deref()?)));
    destinations.check(files().map(|(_, file)| file), ctx)?;
    let mut failed = None;
    for (format, file) in files() {
        let text = product(report, format, &|| text::render(report, plain()))?;
        failed = failed.or(ctx.write(file, &text).err());
    }
    let on_stdout = outputs.iter().find(|output| output.file.is_none());
    let format = on_stdout.map_or(Format::Text, |output| output.format);
    ctx.product(&product(report, format, &|| text::render(report, ctx.paint()))?)?;
    failed.map_or(Ok(()), |fault| Err(fault.into()))
}

fn product(report: &Report<'_>, format: Format, text: &dyn Fn() -> String) -> Result<String> {
    Ok(match format {
        Format::Json => json::render(&report::json(report))?,
        _ => text(),
    })
}

/// No colour: for a file.
fn plain() -> Paint {
    Paint::decide(When::Never, &Variables::default(), false)
}

impl Destinations<'_> {
    /// Refuses to write two products into one file, or one over a file that was judged.
    fn check<'f>(&self, files: impl Iterator<Item = &'f Path>, ctx: &Ctx) -> Result<(), Fault> {
        let own: Vec<PathBuf> = self.own().filter_map(|path| path.canonicalize().ok()).collect();
        let mut seen: Vec<PathBuf> = Vec::new();
        for file in files {
            let path = ctx.path(file);
            let name = visible(&file.to_string_lossy()).into_owned();
            if path.canonicalize().is_ok_and(|path| own.contains(&path)) {
                let fault = Fault::new(format!("{name} is a file of the project, and is not replaced"));
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
