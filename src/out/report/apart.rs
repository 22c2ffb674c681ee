//! What `validate` knows and does not report as findings: it is counted, so that nobody takes silence for safety.

use serde::Serialize;

use crate::model::name::EnvName;

/// What stands apart from the findings.
#[derive(Serialize, Default)]
pub struct Apart<'p> {
    /// How many findings are accepted, with a reason.
    pub accepted: usize,
    /// The environments that were not reported, because one before them failed.
    pub not_reported: Vec<&'p EnvName>,
}

impl Apart<'_> {
    /// The same for the last line: ` (3 accepted; not reported: production)`, or nothing.
    pub fn text(&self) -> String {
        let accepted = (self.accepted > 0).then(|| format!("{} accepted", self.accepted));
        let names: Vec<&str> = self.not_reported.iter().map(|name| name.as_str()).collect();
        let not_reported = (!names.is_empty()).then(|| format!("not reported: {}", names.join(", ")));
        let parts: Vec<String> = accepted.into_iter().chain(not_reported).collect();
        if parts.is_empty() { String::new() } else { format!(" ({})", parts.join("; ")) }
    }
}
