//! What `validate` found, and the formats it is told in: a file each, registered in one table.

mod apart;
mod fold;
mod github;
mod gitlab;
mod junit;
pub mod markdown;
mod places;
mod sarif;
pub mod text;
mod words;

use std::fmt;

pub use apart::{Apart, Known};
pub use places::Places;

use crate::model::finding::{Finding, Severity};
use crate::model::project::Environment;
use crate::out::format::Format;
use crate::out::table::plural;

/// How a report is written in a format.
type Render = fn(&Report<'_>) -> serde_json::Result<String>;

/// The formats of a report that need nothing but the report.
const RENDERERS: &[(Format, Render)] = &[
    (Format::Github, |report| Ok(github::render(report))),
    (Format::Gitlab, gitlab::render),
    (Format::Sarif, sarif::render),
    (Format::Junit, |report| Ok(junit::render(report))),
    (Format::Markdown, |report| Ok(markdown::render(report, markdown::COMMENT))),
];

/// What was found in the environments that were judged.
pub struct Report<'r> {
    /// The project's name.
    pub project: &'r str,
    /// The environments that were judged, in the project's order: the most precious last.
    pub environments: Vec<Judged<'r>>,
    /// The findings, in the order of environments, files and lines.
    pub findings: &'r [Finding],
    /// What is known and not among them.
    pub apart: Apart<'r>,
    /// The rules, in their order.
    pub rules: Vec<About>,
    /// Where the project lies in its repository.
    pub places: Places<'r>,
    /// Does a job's summary tell all of it?
    pub has_summary: bool,
    /// The least severity at which a gate fails.
    pub fails_at: Severity,
}

/// A rule, as a report tells of it.
#[derive(Clone, Copy)]
pub struct About {
    /// Its id.
    pub id: &'static str,
    /// What it belongs to.
    pub group: &'static str,
    /// What it reports.
    pub summary: &'static str,
    /// Why that matters.
    pub why: &'static str,
    /// How to mend it.
    pub fix: &'static str,
    /// The worst severity that it has by itself.
    pub worst: Severity,
}

/// An environment that was judged.
pub struct Judged<'r> {
    /// The environment.
    pub environment: &'r Environment,
    /// How many keys it has.
    pub keys: usize,
    /// The files they come from.
    pub sources: Vec<&'r str>,
    /// What concerns it.
    pub counts: Counts,
}

/// How much was found.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Findings of severity error.
    pub errors: usize,
    /// Findings of severity warning.
    pub warnings: usize,
    /// Findings of severity note.
    pub notes: usize,
}

impl Counts {
    /// Counts `findings`.
    pub fn of<'f>(findings: impl IntoIterator<Item = &'f Finding>) -> Self {
        let mut counts = Self::default();
        for finding in findings {
            counts.add(finding.severity);
        }
        counts
    }

    /// Counts one more.
    pub fn add(&mut self, severity: Severity) {
        *match severity {
            Severity::Error => &mut self.errors,
            Severity::Warning => &mut self.warnings,
            Severity::Note => &mut self.notes,
        } += 1;
    }

    /// Is there no error and no warning?
    pub fn is_clean(self) -> bool {
        self.errors == 0 && self.warnings == 0
    }
}

/// `2 errors, 1 warning`; `ok` where there is neither.
impl fmt::Display for Counts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let parts = [(self.errors, "error"), (self.warnings, "warning")];
        let parts = parts.into_iter().filter(|(count, _)| *count > 0);
        let parts: Vec<String> = parts.map(|(count, what)| plural(count, what)).collect();
        f.write_str(if parts.is_empty() { "ok".to_owned() } else { parts.join(", ") }.as_str())
    }
}

impl<'r> Judged<'r> {
    /// Its name.
    pub fn name(&self) -> &'r str {
        self.environment.name.as_str()
    }
}

impl Report<'_> {
    /// The report in one of the formats for platforms; nothing for text and JSON, which need more than the report.
    ///
    /// # Errors
    /// Where it cannot be serialised, which would be a defect in it.
    pub fn render(&self, format: Format) -> serde_json::Result<Option<String>> {
        RENDERERS.iter().find(|(other, _)| *other == format).map(|(_, render)| render(self)).transpose()
    }

    /// The report as Markdown for a job summary.
    pub fn summary(&self) -> String {
        markdown::render(self, markdown::SUMMARY)
    }

    /// How bad the worst of it is.
    pub fn worst(&self) -> Option<Severity> {
        self.findings.iter().map(|finding| finding.severity).max()
    }

    /// Does a gate fail?
    pub fn fails(&self) -> bool {
        self.worst() >= Some(self.fails_at)
    }
}
