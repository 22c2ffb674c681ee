//! JSON for machines: the shape of a finding, and how a report becomes bytes.

use serde::Serialize;

use crate::model::finding::{Finding, Related};
use crate::model::source::Origin;

/// The version of every JSON product. It grows when a field changes its meaning or goes.
pub const SCHEMA_VERSION: u32 = 1;

/// `report` as indented JSON with a final line break.
///
/// # Errors
/// Where the report cannot be serialised, which would be a defect in it.
pub fn render(report: &impl Serialize) -> serde_json::Result<String> {
    Ok(serde_json::to_string_pretty(report)? + "\n")
}

/// A finding as published.
#[derive(Serialize)]
pub struct JsonFinding<'f> {
    rule: &'static str,
    severity: &'static str,
    environments: Vec<&'f str>,
    key: Option<&'f str>,
    message: &'f str,
    help: Option<&'f str>,
    #[serde(flatten)]
    place: JsonPlace<'f>,
    related: Vec<JsonRelated<'f>>,
}

#[derive(Serialize, Default)]
struct JsonPlace<'f> {
    file: Option<&'f str>,
    line: Option<u32>,
    column: Option<u32>,
}

#[derive(Serialize)]
struct JsonRelated<'f> {
    environment: &'f str,
    #[serde(flatten)]
    place: JsonPlace<'f>,
}

impl<'f> From<&'f Origin> for JsonPlace<'f> {
    fn from(origin: &'f Origin) -> Self {
        Self {
            file: Some(&origin.file),
            line: origin.at.map(|at| at.line),
            column: origin.at.map(|at| at.column),
        }
    }
}

impl<'f> From<&'f Related> for JsonRelated<'f> {
    fn from(related: &'f Related) -> Self {
        Self { environment: related.environment.as_str(), place: (&related.origin).into() }
    }
}

impl<'f> From<&'f Finding> for JsonFinding<'f> {
    fn from(finding: &'f Finding) -> Self {
        Self {
            rule: finding.rule,
            severity: finding.severity.as_str(),
            environments: finding.environments.iter().map(|name| name.as_str()).collect(),
            key: finding.key.as_deref(),
            message: &finding.message,
            help: finding.help.as_deref(),
            place: finding.origin.as_ref().map(Into::into).unwrap_or_default(),
            related: finding.related.iter().map(Into::into).collect(),
        }
    }
}
