//! JUnit XML: a suite for each environment, a case for each rule, a failure where a gate fails.
//! Source: the schema that Jenkins' xunit plugin publishes, junit-10.xsd.

use std::collections::HashMap;

use super::words::{lines, said};
use super::{Judged, Report};
use crate::model::finding::Finding;

/// The most findings that one case tells.
const MOST: usize = 100;

/// What was found, by environment and rule.
type Found<'f> = HashMap<(&'f str, &'f str), Vec<&'f Finding>>;

/// The report as XML.
pub fn render(report: &Report<'_>) -> String {
    let found = found(report);
    let suite = |judged: &Judged<'_>| suite(report, &found, judged.name());
    let suites: Vec<(String, usize)> = report.environments.iter().map(suite).collect();
    let (tests, failures) = (suites.len() * report.rules.len(), suites.iter().map(|(_, count)| count).sum());
    let heading = heading("testsuites", "envctl", tests, failures);
    let suites: String = suites.into_iter().map(|(text, _)| text).collect();
    format!("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n{heading}{suites}</testsuites>\n")
}

fn found<'f>(report: &'f Report<'_>) -> Found<'f> {
    let mut found = Found::new();
    for finding in report.findings {
        for name in &finding.environments {
            found.entry((name.as_str(), finding.rule)).or_default().push(finding);
        }
    }
    found
}

fn heading(element: &str, name: &str, tests: usize, failures: usize) -> String {
    let name = escaped(name);
    format!(
        "<{element} name=\"{name}\" tests=\"{tests}\" failures=\"{failures}\" errors=\"0\" skipped=\"0\" time=\"0\">\n"
    )
}

/// A suite, and how many of its cases failed.
fn suite(report: &Report<'_>, found: &Found<'_>, name: &str) -> (String, usize) {
    let (mut cases, mut failures) = (String::new(), 0);
    for rule in &report.rules {
        let (name, rule_id) = (escaped(name), escaped(rule.id));
        cases += &format!("    <testcase classname=\"{name}\" name=\"{rule_id}\" time=\"0\"");
        match found.get(&(name.as_str(), rule.id)) {
            None => cases += "/>\n",
            Some(findings) => {
                let (bad, rest): (Vec<_>, Vec<_>) =
                    findings.iter().partition(|finding| finding.severity >= report.fails_at);
                failures += usize::from(!bad.is_empty());
                cases += &format!(
                    ">\n{}{}    </testcase>\n",
                    failure(report, rule.id, &bad),
                    output(report, &rest)
                );
            }
        }
    }
    let heading = heading("testsuite", name, report.rules.len(), failures);
    (format!("  {heading}{cases}  </testsuite>\n"), failures)
}

fn failure(report: &Report<'_>, rule: &str, findings: &[&Finding]) -> String {
    let Some(first) = findings.first() else { return String::new() };
    let more = match findings.len() - 1 {
        0 => String::new(),
        more => format!(" (and {more} more)"),
    };
    format!(
        "      <failure type=\"{}\" message=\"{}\">{}</failure>\n",
        escaped(rule),
        escaped(&(said(&first.message) + &more)),
        escaped(&told(report, findings))
    )
}

fn output(report: &Report<'_>, findings: &[&Finding]) -> String {
    match findings {
        [] => String::new(),
        _ => format!("      <system-out>{}</system-out>\n", escaped(&told(report, findings))),
    }
}

/// Each finding with its place, in lines.
fn told(report: &Report<'_>, findings: &[&Finding]) -> String {
    let tell = |finding: &&Finding| {
        let place = finding
            .origin
            .as_ref()
            .map_or_else(String::new, |origin| format!("{}: ", said(&report.places.text(origin))));
        format!("{}: {place}{}\n", finding.severity.as_str(), lines(report, finding).join("\n  "))
    };
    let text: String = findings.iter().take(MOST).map(tell).collect();
    match findings.len().checked_sub(MOST).filter(|rest| *rest > 0) {
        Some(rest) => format!("{text}and {rest} more\n"),
        None => text,
    }
}

/// As text or attribute of XML 1.0, which has no way to write some characters at all.
fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\n' | '\u{20}'..='\u{d7ff}' | '\u{e000}'..='\u{fffd}' | '\u{10000}'.. => escaped.push(c),
            _ => escaped.push('\u{fffd}'),
        }
    }
    escaped
}
