//! JSON for machines: the shape of a finding, and how a report becomes bytes.

use std::fmt::Write;

use serde::Serialize;

use super::gate;
use crate::model::finding::{Finding, Related};
use crate::model::source::Origin;

/// The version of every JSON product. It grows when a field changes its meaning or goes.
pub const SCHEMA_VERSION: u32 = 1;

/// `report` as indented JSON with a final line break. JSON may hold what acts on a terminal or hides in it as it is;
/// here it is escaped, which means the same.
///
/// # Errors
/// Where the report cannot be serialised, which would be a defect in it.
pub fn render(report: &impl Serialize) -> serde_json::Result<String> {
    Ok(escaped(serde_json::to_string_pretty(report)?) + "\n")
}

/// `value` as JSON on one line, without a line break.
///
/// # Errors
/// Where it cannot be serialised.
pub fn line(value: &impl Serialize) -> serde_json::Result<String> {
    Ok(escaped(serde_json::to_string(value)?))
}

/// The same JSON with every character escaped that acts on a terminal or hides in it; serde_json only escapes those of
/// ASCII. They stand in strings and nowhere else, but for our own line breaks.
fn escaped(json: String) -> String {
    let is_hidden = |c: char| c != '\n' && gate::is_hidden(c);
    if json.is_ascii() && !json.contains('\x7f') || !json.contains(is_hidden) {
        return json;
    }
    let mut escaped = String::with_capacity(json.len() + 16);
    for c in json.chars() {
        if is_hidden(c) {
            for unit in c.encode_utf16(&mut [0; 2]) {
                let _ = write!(escaped, "\\u{unit:04x}");
            }
        } else {
            escaped.push(c);
        }
    }
    escaped
}

/// A finding as published.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct JsonFinding<'f> {
    /// The id of the rule; `envctl explain` tells about it.
    rule: &'static str,
    /// How bad it is, in the worst of its environments.
    #[cfg_attr(test, schemars(with = "crate::model::finding::Severity"))]
    severity: &'static str,
    /// The environments that take part, in the order of their tiers.
    environments: Vec<&'f str>,
    /// The key, where there is one.
    key: Option<&'f str>,
    /// What is wrong.
    message: &'f str,
    /// What to do.
    help: Option<&'f str>,
    #[serde(flatten)]
    place: JsonPlace<'f>,
    /// Other places that take part.
    related: Vec<JsonRelated<'f>>,
}

#[derive(Serialize, Default)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct JsonPlace<'f> {
    /// The path, relative to the root; null where no file is to blame.
    file: Option<&'f str>,
    /// The line, from 1.
    line: Option<u32>,
    /// The character in the line, from 1.
    column: Option<u32>,
}

#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct JsonRelated<'f> {
    /// The environment it belongs to.
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

#[cfg(test)]
mod tests {
    #[test]
    fn what_acts_or_hides_is_escaped_and_still_means_the_same() {
        let texts = ["\u{1b}[31m", "\u{9b}31m", "\u{7f}", "\u{202e}", "\u{e0041}", "plain Ünïcode 日本 \n"];
        let json = super::render(&texts).unwrap();
        assert!(!json.contains(|c| c != '\n' && super::gate::is_hidden(c)), "{json:?}");
        assert!(json.contains(r"\u009b31m") && json.contains("日本"), "{json}");
        assert_eq!(serde_json::from_str::<Vec<String>>(&json).unwrap(), texts);
    }
}
