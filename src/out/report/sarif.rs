//! SARIF 2.1.0, for code scanning. Source: docs.oasis-open.org/sarif/sarif/v2.1.0.

use std::collections::HashMap;

use serde_json::{Value, json};

use super::places::{Place, uri};
use super::words::{lines, said};
use super::{About, Report};
use crate::model::finding::{Finding, Severity};
use crate::model::source::Origin;
use crate::out::json;

/// The report as JSON. A finding without a place stands at the beginning of the manifest, or of the first file: code
/// scanning drops a result that has no location.
///
/// # Errors
/// Where it cannot be serialised, which would be a defect in it.
pub fn render(report: &Report<'_>) -> serde_json::Result<String> {
    let indices: HashMap<&str, usize> =
        report.rules.iter().enumerate().map(|(index, rule)| (rule.id, index)).collect();
    let findings = report.findings.iter().zip(report.fingerprints());
    let results: Vec<Value> = findings
        .map(|(finding, fingerprint)| {
            let mut result = result(report, finding, &fingerprint);
            if let (Some(fields), Some(index)) = (result.as_object_mut(), indices.get(finding.rule)) {
                fields.insert("ruleIndex".to_owned(), json!(index));
            }
            result
        })
        .collect();
    json::render(&json!({
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": { "driver": {
                "name": "envctl",
                "version": env!("CARGO_PKG_VERSION"),
                "semanticVersion": env!("CARGO_PKG_VERSION"),
                "rules": report.rules.iter().map(rule).collect::<Vec<_>>(),
            } },
            "columnKind": "unicodeCodePoints",
            "results": results,
        }],
    }))
}

fn rule(rule: &About) -> Value {
    let About { id, group, summary, why, fix, worst } = rule;
    json!({
        "id": id,
        "shortDescription": { "text": summary },
        "fullDescription": { "text": format!("{summary}. {why}") },
        "help": {
            "text": format!("Why: {why}\nMend it: {fix}"),
            "markdown": format!("**Why:** {why}\n\n**Mend it:** {fix}"),
        },
        "defaultConfiguration": { "level": level(*worst) },
        "properties": { "tags": [group] },
    })
}

fn result(report: &Report<'_>, finding: &Finding, fingerprint: &str) -> Value {
    let related: Vec<Value> = (1..)
        .zip(&finding.related)
        .map(|(id, related)| {
            let mut place = location(report, Some(&related.origin));
            if let Some(fields) = place.as_object_mut() {
                fields.insert("id".to_owned(), json!(id));
                fields.insert("message".to_owned(), json!({ "text": related.environment.as_str() }));
            }
            place
        })
        .collect();
    let environments: Vec<&str> = finding.environments.iter().map(|name| name.as_str()).collect();
    json!({
        "ruleId": finding.rule,
        "level": level(finding.severity),
        "message": { "text": message(report, finding) },
        "locations": [location(report, finding.origin.as_ref())],
        "relatedLocations": related,
        "partialFingerprints": { "envctl/v1": fingerprint },
        "properties": { "environments": environments, "key": finding.key.as_deref().map(said) },
    })
}

/// The message in lines. What would be a link in it is escaped as SARIF 3.11.6 says; other text stays as it is, for not
/// every reader knows of that.
fn message(report: &Report<'_>, finding: &Finding) -> String {
    let text = lines(report, finding).join("\n");
    match text.contains("](") {
        true => text.replace('\\', "\\\\").replace('[', "\\[").replace(']', "\\]"),
        false => text,
    }
}

fn location(report: &Report<'_>, origin: Option<&Origin>) -> Value {
    let Place { path, at } = report.places.of(origin);
    json!({ "physicalLocation": {
        "artifactLocation": { "uri": uri(&path), "uriBaseId": "%SRCROOT%" },
        "region": { "startLine": at.line, "startColumn": at.column },
    } })
}

const fn level(severity: Severity) -> &'static str {
    severity.as_str()
}
