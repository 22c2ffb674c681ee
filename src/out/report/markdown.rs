//! Markdown for a comment: the verdict, a table, and what was found, by environment.

use super::words::said;
use super::{Counts, Report};
use crate::model::finding::Finding;

/// The room of a comment, in bytes; GitHub takes 65,536 characters.
pub const COMMENT: usize = 60 << 10;

/// The room of a job summary, in bytes; GitHub takes a mebibyte a step.
pub const SUMMARY: usize = (1 << 20) - (32 << 10);

/// The most environments in the table.
const ROWS: usize = 50;

/// What is kept for what must stand at the end, in bytes.
const END: usize = 200;

/// The report in at most `room` bytes; what has none is counted.
pub fn render(report: &Report<'_>, room: usize) -> String {
    let mut text = format!("### envctl: {}\n\n{}\n\n{}", report.answer(), report.tally(), table(report));
    let mut told = 0;
    for (name, findings) in groups(report) {
        let open = if told == 0 { " open" } else { "" };
        let counts = Counts::of(findings.iter().copied());
        let notes = if counts.is_clean() { "notes".to_owned() } else { counts.to_string() };
        let heading = format!("\n<details{open}><summary>{name}: {notes}</summary>\n\n");
        let mut items = String::new();
        for finding in &findings {
            let item = item(report, finding);
            if text.len() + heading.len() + items.len() + item.len() + END > room {
                break;
            }
            items += &item;
            told += 1;
        }
        if !items.is_empty() {
            text += &(heading + &items + "\n</details>\n");
        }
    }
    match report.findings.len() - told {
        0 => text,
        rest => format!("{text}\nand {rest} more: `envctl validate` tells all\n"),
    }
}

/// The findings under the last of their environments, production first, the worst of each first.
fn groups<'r>(report: &'r Report<'_>) -> Vec<(&'r str, Vec<&'r Finding>)> {
    let mut groups: Vec<(&str, Vec<&Finding>)> =
        report.environments.iter().rev().map(|judged| (judged.name(), Vec::new())).collect();
    groups.push(("project", Vec::new()));
    let mut slots: std::collections::HashMap<&str, &mut Vec<&Finding>> =
        groups.iter_mut().map(|(name, findings)| (*name, findings)).collect();
    for finding in report.worst_first() {
        let names = finding.environments.iter().rev().map(|name| name.as_str());
        let name = names.chain(std::iter::once("project")).find(|name| slots.contains_key(name));
        if let Some(slot) = name.and_then(|name| slots.get_mut(name)) {
            slot.push(finding);
        }
    }
    groups
}

fn table(report: &Report<'_>) -> String {
    let mut text =
        "| environment | tier | errors | warnings | notes |\n|---|---|---:|---:|---:|\n".to_owned();
    for judged in report.environments.iter().rev().take(ROWS) {
        let Counts { errors, warnings, notes } = judged.counts;
        let (name, tier) = (judged.name(), judged.environment.tier.as_str());
        text += &format!("| {name} | {tier} | {errors} | {warnings} | {notes} |\n");
    }
    match report.environments.len().checked_sub(ROWS).filter(|rest| *rest > 0) {
        Some(rest) => format!("{text}\nand {rest} more environments\n"),
        None => text,
    }
}

fn item(report: &Report<'_>, finding: &Finding) -> String {
    let place = finding
        .origin
        .as_ref()
        .map_or_else(String::new, |origin| format!(" at {}", code(&report.places.text(origin))));
    let related = finding.related.iter().map(|related| {
        format!("  <br>{}: {}\n", related.environment, code(&report.places.text(&related.origin)))
    });
    let help = finding.help.as_deref().filter(|help| !help.is_empty());
    let help = help.map(|help| format!("  <br>help: {}\n", code(help)));
    let (severity, rule) = (finding.severity.as_str(), finding.rule);
    let lines: String = related.chain(help).collect();
    format!("- **{severity}** {rule}{place}\n  <br>{}\n{lines}", code(&finding.message))
}

/// `text` as a code span, in which nothing means anything: no link, no mention, no element, no end of a table's cell.
pub fn code(text: &str) -> String {
    let text = said(text);
    let longest = text.split(|c| c != '`').map(str::len).max().unwrap_or(0);
    let fence = "`".repeat(longest + 1);
    let pad = if longest > 0 { " " } else { "" };
    format!("{fence}{pad}{text}{pad}{fence}")
}
