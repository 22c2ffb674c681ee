//! What `validate` found, and the formats it is told in: a file each, registered in one table.

mod apart;
pub mod text;

use std::fmt;

pub use apart::Apart;

use crate::model::finding::{Finding, Severity};
use crate::model::project::Environment;
use crate::out::table::plural;

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
    /// The least severity at which a gate fails.
    pub fails_at: Severity,
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
    /// How bad the worst of it is.
    pub fn worst(&self) -> Option<Severity> {
        self.findings.iter().map(|finding| finding.severity).max()
    }

    /// Does a gate fail?
    pub fn fails(&self) -> bool {
        self.worst() >= Some(self.fails_at)
    }
}
