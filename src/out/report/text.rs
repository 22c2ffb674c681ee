//! What `validate` found, for people: findings, a summary and a verdict.

use super::{Counts, Report};
use crate::out::paint::Paint;
use crate::out::table::{Cell, Table, plural};
use crate::out::{findings, gate::visible};

/// The report as text.
pub fn render(report: &Report<'_>, paint: Paint) -> String {
    let mut text = String::new();
    let mut heading = String::new();
    let asides: Vec<_> = report.findings.iter().map(|finding| findings::aside(finding, paint)).collect();
    for (finding, _) in report.findings.iter().zip(&asides).filter(|(_, aside)| aside.is_none()) {
        let group = finding.environments.last().map_or("project", |name| name.as_str());
        if group != heading {
            text += &format!("{}\n\n", paint.bold(group));
            heading = group.to_owned();
        }
        text += &findings::render(finding, paint);
        text += "\n";
    }
    let asides: String = asides.into_iter().flatten().collect();
    let gap = if asides.is_empty() { "" } else { "\n" };
    text + &asides + gap + &summary(report, paint).render("") + &verdict(report, paint)
}

fn summary<'r>(report: &'r Report<'r>, paint: Paint) -> Table<'r> {
    let mut table = Table::default();
    for judged in &report.environments {
        let sources: Vec<_> = judged.sources.iter().map(|path| visible(path)).collect();
        let sources = if sources.is_empty() { "no files".to_owned() } else { sources.join(" ") };
        table.row(vec![
            Cell::painted(judged.name(), paint.environment(judged.environment)),
            judged.environment.tier.as_str().into(),
            counted(judged.counts, paint),
            plural(judged.keys, "key").into(),
            Cell::painted(&sources, paint.dim(&sources)),
        ]);
    }
    table
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

/// The last line: it counts, and says what to do next.
fn verdict(report: &Report<'_>, paint: Paint) -> String {
    let counts = Counts::of(report.findings);
    let environments = plural(report.environments.len(), "environment") + &report.apart.text();
    let heading = |passed: String| if report.fails() { paint.bad("not safe") } else { passed };
    match (counts.errors, counts.warnings) {
        (0, 0) => {
            let what =
                if counts.notes == 0 { "no problems".to_owned() } else { plural(counts.notes, "note") };
            format!("{}: {environments}, {what}\n", heading(paint.good("ok")))
        }
        (0, warnings) => format!(
            "{}: {} in {environments}; `envctl explain RULE` tells more\n",
            heading(paint.odd("ok, with doubts")),
            plural(warnings, "warning")
        ),
        (errors, warnings) => format!(
            "{}: {}, {} in {environments}; `envctl explain RULE` tells more\n",
            paint.bad("not safe"),
            plural(errors, "error"),
            plural(warnings, "warning")
        ),
    }
}
