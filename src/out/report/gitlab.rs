//! The Code Quality report of GitLab, a list of what is wrong where.
//! Source: docs.gitlab.com, "Code Quality", report format.

use serde_json::{Value, json};

use super::Report;
use super::words::lines;
use crate::model::finding::{Finding, Severity};
use crate::out::json;

/// The report as JSON.
///
/// # Errors
/// Where it cannot be serialised, which would be a defect in it.
pub fn render(report: &Report<'_>) -> serde_json::Result<String> {
    let findings = report.findings.iter().zip(report.fingerprints());
    let issues: Vec<Value> =
        findings.map(|(finding, fingerprint)| issue(report, finding, &fingerprint)).collect();
    json::render(&issues)
}

fn issue(report: &Report<'_>, finding: &Finding, fingerprint: &str) -> Value {
    let place = report.places.of(finding.origin.as_ref());
    json!({
        "description": lines(report, finding).join("; "),
        "check_name": finding.rule,
        "fingerprint": fingerprint,
        "severity": severity(report, finding),
        "location": { "path": place.path, "lines": { "begin": place.at.line } },
    })
}

/// GitLab has more words: what harms a protected environment weighs one more.
fn severity(report: &Report<'_>, finding: &Finding) -> &'static str {
    let is_protected = report.environments.iter().any(|judged| {
        judged.environment.is_protected() && finding.environments.contains(&judged.environment.name)
    });
    match (finding.severity, is_protected) {
        (Severity::Error, true) => "blocker",
        (Severity::Error, false) => "critical",
        (Severity::Warning, true) => "major",
        (Severity::Warning, false) => "minor",
        (Severity::Note, _) => "info",
    }
}
