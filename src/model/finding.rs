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
    /// What is wrong.
    pub message: String,
    /// What to do.
    pub help: Option<String>,
    /// Where it is wrong.
    pub origin: Option<Origin>,
    /// Other places that take part.
    pub related: Vec<Related>,
}

/// Another place that takes part in a finding.
#[derive(Debug)]
pub struct Related {
    /// The environment it belongs to.
    pub environment: EnvName,
    /// The place.
    pub origin: Origin,
}
