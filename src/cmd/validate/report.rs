//! What `validate` answers: the report that every format is made from, and its JSON.

use std::collections::HashMap;

use serde::Serialize;

use crate::format::manifest;
use crate::model::finding::{Finding, Severity};
use crate::model::project::{Environment, Project};
use crate::model::tier::Tier;
use crate::out::json::{JsonFinding, SCHEMA_VERSION};
use crate::out::report::{About, Apart, Counts, Judged, Places, Report};
use crate::rules::{RULES, Rule};
use crate::store::PROCESS;

/// What `findings` say of the environments that were judged.
pub(super) fn report<'r>(
    project: &'r Project,
    base: String,
    judged: &[&'r Environment],
    findings: &'r [Finding],
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
    Report {
        project: &project.name,
        environments: judged.collect(),
        findings,
        rules: RULES.iter().map(about).collect(),
        places: places(project, base),
        apart: Apart::default(),
        has_summary: false,
        fails_at: Severity::Error,
    }
}

fn about(rule: &Rule) -> About {
    let Rule { id, group, summary, why, fix, .. } = *rule;
    let worst = Tier::DECLARABLE.into_iter().filter_map(|tier| rule.severity.of(tier)).max();
    About { id, group, summary, why, fix, worst: worst.unwrap_or(Severity::Note) }
}

/// Whoever names no file blames the manifest, or else the first file of all.
fn places(project: &Project, base: String) -> Places<'_> {
    let (real, unreal): (Vec<_>, Vec<_>) =
        project.sources.iter().partition(|source| source.format != PROCESS);
    let first = real.first().map(|source| source.path.as_str());
    Places {
        base,
        fallback: project.manifest.as_deref().or(first).unwrap_or(manifest::FILE),
        unreal: unreal.into_iter().map(|source| source.path.as_str()).collect(),
    }
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

/// What `validate` prints.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct JsonReport<'r> {
    schema_version: u32,
    /// The worst that was found.
    #[cfg_attr(test, schemars(extend("enum" = ["ok", "warning", "error"])))]
    status: &'static str,
    /// The environments that were judged, in the order of their tiers.
    environments: Vec<JsonEnvironment<'r>>,
    /// What was found.
    findings: Vec<JsonFinding<'r>>,
    #[serde(flatten)]
    apart: &'r Apart<'r>,
}

/// An environment that was judged.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct JsonEnvironment<'r> {
    /// Its name.
    name: &'r str,
    /// What it is for.
    #[cfg_attr(test, schemars(with = "Tier"))]
    tier: &'static str,
    /// How many errors it takes part in.
    errors: usize,
    /// How many warnings it takes part in.
    warnings: usize,
}
