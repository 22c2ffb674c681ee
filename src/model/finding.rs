//! Findings: what a rule reports.

use serde::{Deserialize, Serialize};

use super::name::EnvName;
use super::source::Origin;

/// How bad a finding is. The order is that of badness.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub enum Severity {
    /// Worth knowing.
    Note,
    /// Probably wrong.
    Warning,
    /// Wrong: a gate fails.
    Error,
}

impl Severity {
    /// The word for it.
    pub const fn as_str(self) -> &'static str {
        match self {
            Severity::Note => "note",
            Severity::Warning => "warning",
            Severity::Error => "error",
        }
    }
}

/// What a rule found. No field ever holds a value.
#[derive(Debug)]
pub struct Finding {
    /// The id of the rule.
    pub rule: &'static str,
    /// How bad it is, in the worst of its environments.
    pub severity: Severity,
    /// The environments that take part, in the project's order.
    pub environments: Vec<EnvName>,
    /// The key, where there is one.
    pub key: Option<String>,
    /// What it is about, where that is more or else than the key: the names of all keys that it counts, or the paths of
    /// files.
    pub parts: Vec<String>,
    /// What is wrong.
    pub message: String,
    /// What to do.
    pub help: Option<String>,
    /// Where it is wrong.
    pub origin: Option<Origin>,
    /// Other places that take part.
    pub related: Vec<Related>,
}

impl Finding {
    /// What it is about: its parts, else its key, else nothing.
    pub fn about(&self) -> impl Iterator<Item = &str> {
        let key = self.key.as_deref().filter(|_| self.parts.is_empty());
        self.parts.iter().map(String::as_str).chain(key)
    }
}

/// Another place that takes part in a finding.
#[derive(Debug, PartialEq, Eq)]
pub struct Related {
    /// The environment it belongs to.
    pub environment: EnvName,
    /// The key that stands there.
    pub key: String,
    /// The place.
    pub origin: Origin,
}
