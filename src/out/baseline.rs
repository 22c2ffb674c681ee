//! A baseline as JSON: sorted, one finding a line, so that git can merge what two people wrote.

use super::json;
use crate::model::baseline::{Baseline, SCHEMA_VERSION};

/// The text of the file.
///
/// # Errors
/// Where an entry cannot be serialised, which would be a defect in it.
pub fn render(baseline: &Baseline) -> serde_json::Result<String> {
    let lines = baseline.entries.iter().map(|known| Ok(format!("    {}", json::line(known)?)));
    let lines = lines.collect::<serde_json::Result<Vec<_>>>()?.join(",\n");
    let findings = if lines.is_empty() { "[]".to_owned() } else { format!("[\n{lines}\n  ]") };
    Ok(format!("{{\n  \"schema_version\": {SCHEMA_VERSION},\n  \"findings\": {findings}\n}}\n"))
}
