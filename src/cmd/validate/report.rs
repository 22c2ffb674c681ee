//! What `validate` answers: the report that every format is made from, and its JSON.

use std::collections::HashMap;

use serde::Serialize;

use crate::model::finding::{Finding, Severity};
use crate::model::project::{Environment, Project};
use crate::out::json::{JsonFinding, SCHEMA_VERSION};
use crate::out::report::{Apart, Counts, Judged, Report};

/// What `findings` say of the environments that were judged.
pub(super) fn report<'r>(
    project: &'r Project,
    judged: &[&'r Environment],
    findings: &'r [Finding],
    apart: Apart<'r>,
    fails_at: Severity,
) -> Report<'r> {
    let mut counts: HashMap<&str, Counts> = HashMap::new();
    for finding in findings {
        for name in &finding.environments {
            counts.entry(name.as_str()).or_default().add(finding.severity);
        }
    }
    let judged = judged.iter().map(|&environment| Judged {
        environment,
        keys: project.bindings(environment).count(),
        sources: project.sources_of(environment).map(|source| source.path.as_str()).collect(),
        counts: counts.get(environment.name.as_str()).copied().unwrap_or_default(),
    });
    Report { project: &project.name, environments: judged.collect(), findings, apart, fails_at }
}

/// The same for scripts.
pub(super) fn json<'r>(report: &'r Report<'r>) -> JsonReport<'r> {
    JsonReport {
        schema_version: SCHEMA_VERSION,
        status: match report.worst() {
            Some(Severity::Error) => "error",
            Some(Severity::Warning) => "warning",
            _ => "ok",
        },
        environments: report.environments.iter().map(JsonEnvironment::from).collect(),
        findings: report.findings.iter().map(JsonFinding::from).collect(),
        apart: &report.apart,
    }
}

impl<'r> From<&Judged<'r>> for JsonEnvironment<'r> {
    fn from(judged: &Judged<'r>) -> Self {
        Self {
            name: judged.name(),
            tier: judged.environment.tier.as_str(),
            errors: judged.counts.errors,
            warnings: judged.counts.warnings,
        }
    }
}

#[derive(Serialize)]
pub(super) struct JsonReport<'r> {
    schema_version: u32,
    status: &'static str,
    environments: Vec<JsonEnvironment<'r>>,
    findings: Vec<JsonFinding<'r>>,
    #[serde(flatten)]
    apart: &'r Apart<'r>,
}

#[derive(Serialize)]
struct JsonEnvironment<'r> {
    name: &'r str,
    tier: &'static str,
    errors: usize,
    warnings: usize,
}
