//! What `validate` found, for people: findings, a summary and a verdict, the worst next to the prompt.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use super::fold::fold;
use super::{Counts, Judged, Report};
use crate::model::finding::{Finding, Severity};
use crate::out::findings::{self, Look, Told};
use crate::out::gate::visible;
use crate::out::paint::Paint;
use crate::out::table::{Cell, Table, plural};
use crate::out::wrap::hang;

/// How much is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Detail {
    /// What makes a gate fail, and the verdict.
    Little,
    /// Each finding; those that say the same of many keys of a file as one.
    Usual,
    /// Each finding by itself.
    All,
}

/// The most notes about whole files that are told of one rule.
const ASIDES: usize = 5;

/// A blank at which no line is broken.
const GLUE: char = '\u{a0}';

/// The report as text.
pub fn render(report: &Report<'_>, detail: Detail, look: Look) -> String {
    let findings: Vec<&Finding> = report
        .findings
        .iter()
        .filter(|finding| detail != Detail::Little || finding.severity >= report.fails_at)
        .collect();
    let (asides, findings): (Vec<&Finding>, Vec<&Finding>) =
        findings.into_iter().partition(|finding| findings::aside(finding, look.paint).is_some());
    let mut text = grouped(&findings, detail, look);
    let asides = notes(&asides, detail, look);
    text += &asides;
    if detail != Detail::Little {
        text += if asides.is_empty() { "" } else { "\n" };
        text += &summary(report, look);
    }
    text + &verdict(report, detail, look)
}

/// The findings under the most precious of their environments.
fn grouped(findings: &[&Finding], detail: Detail, look: Look) -> String {
    let mut text = String::new();
    for group in findings.chunk_by(|one, other| one.environments.last() == other.environments.last()) {
        let last = group.first().and_then(|finding| finding.environments.last());
        let name = last.map_or("project", |name| name.as_str());
        text += &format!("{}\n\n", look.paint.bold(name));
        let single = |first: &&'_ Finding| findings::render(first, look) + "\n";
        let folded = |told: &Told<'_>| findings::render_told(told, look) + "\n";
        text += &match detail {
            Detail::All => group.iter().map(single).collect::<String>(),
            _ => fold(group).iter().map(folded).collect(),
        };
    }
    text
}

/// Notes about files as a whole, in a line each.
fn notes(notes: &[&Finding], detail: Detail, look: Look) -> String {
    let mut rules: BTreeMap<&str, Vec<String>> = BTreeMap::new();
    for note in notes {
        rules.entry(note.rule).or_default().extend(findings::aside(note, look.paint));
    }
    let mut text = String::new();
    for (rule, lines) in rules {
        let most = if detail == Detail::All { lines.len() } else { ASIDES };
        text.extend(lines.iter().take(most).map(|line| hang(line, look.width, 2)));
        if let Some(rest) = lines.len().checked_sub(most).filter(|rest| *rest > 0) {
            let label = look.paint.severity(Severity::Note, &format!("note[{rule}]"));
            text += &format!("{label}: {}; -v tells each\n", plural(rest, "more file"));
        }
    }
    text
}

/// What was judged where nothing is wrong; otherwise, what is wrong where.
fn summary(report: &Report<'_>, look: Look) -> String {
    let mut table = Table::default();
    if Counts::of(report.findings).is_clean() {
        report.environments.iter().for_each(|judged| table.row(clean(judged, look.paint)));
    } else {
        let rules = rules(report);
        let found = report.environments.iter().filter(|judged| !judged.counts.is_clean());
        for judged in found {
            let rules = rules.get(judged.name()).cloned().unwrap_or_default();
            let name = Cell::painted(judged.name(), look.paint.environment(judged.environment));
            table.row(vec![name, counted(judged.counts, look.paint), rules.into()]);
        }
    }
    table.render_within(look.width).replace(GLUE, " ")
}

fn clean<'j>(judged: &Judged<'j>, paint: Paint) -> Vec<Cell<'j>> {
    let sources: Vec<_> = judged.sources.iter().map(|path| visible(path)).collect();
    let sources = if sources.is_empty() { "no files".to_owned() } else { sources.join(" ") };
    vec![
        Cell::painted(judged.name(), paint.environment(judged.environment)),
        judged.environment.tier.as_str().into(),
        counted(judged.counts, paint),
        plural(judged.keys, "key").into(),
        Cell::painted(&sources, paint.dim(&sources)),
    ]
}

/// `2 errors, 1 warning`, or `ok`.
fn counted<'c>(counts: Counts, paint: Paint) -> Cell<'c> {
    let text = counts.to_string();
    let painted = match counts {
        _ if counts.is_clean() => paint.good(&text),
        _ if counts.errors > 0 => paint.bad(&text),
        _ => paint.odd(&text),
    };
    Cell::painted(&text, painted)
}

/// For each environment the rules that found an error or a warning, the worst and most frequent first:
/// `missing-required 2, parity 1`.
fn rules<'r>(report: &'r Report<'_>) -> BTreeMap<&'r str, String> {
    let mut counts: BTreeMap<&str, BTreeMap<&str, (Severity, usize)>> = BTreeMap::new();
    for finding in report.findings.iter().filter(|finding| finding.severity > Severity::Note) {
        for name in &finding.environments {
            let rules = counts.entry(name.as_str()).or_default();
            let (severity, count) = rules.entry(finding.rule).or_insert((finding.severity, 0));
            *severity = finding.severity.max(*severity);
            *count += 1;
        }
    }
    let list = |rules: BTreeMap<&str, (Severity, usize)>| {
        let mut rules: Vec<_> = rules.into_iter().collect();
        rules.sort_by_key(|(_, weight)| Reverse(*weight));
        rules.iter().map(|(rule, (_, count))| format!("{rule}{GLUE}{count}")).collect::<Vec<_>>().join(", ")
    };
    counts.into_iter().map(|(name, rules)| (name, list(rules))).collect()
}

/// The last lines: whether it is safe, and what to do next.
fn verdict(report: &Report<'_>, detail: Detail, look: Look) -> String {
    let answer = match report.answer() {
        answer if report.fails() => look.paint.bad(answer),
        answer if Counts::of(report.findings).is_clean() => look.paint.good(answer),
        answer => look.paint.odd(answer),
    };
    let verdict = hang(&format!("{answer}: {}", report.tally()), look.width, 2) + "\n";
    let worst = report.worst_first();
    let next = worst.first().filter(|finding| finding.severity > Severity::Note && detail != Detail::Little);
    verdict + &next.map_or_else(String::new, |finding| format!("next: envctl explain {}\n", finding.rule))
}
