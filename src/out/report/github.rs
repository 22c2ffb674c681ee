//! Annotations: the workflow commands that GitHub's runner reads from stdout.

use super::words::{lines, said};
use super::{Counts, Report};
use crate::model::finding::{Finding, Severity};

/// The annotations of one kind that a step may make; the runner drops what is more.
/// Source: GitHub community, discussion 26680: 10 warnings, 10 errors, 10 notices a step.
const MOST: usize = 10;

/// A command for each finding, the worst first and as many as are shown, one that counts the rest, and the verdict.
pub fn render(report: &Report<'_>) -> String {
    let findings = report.worst_first();
    let all = Counts::of(report.findings);
    let is_full = [all.errors, all.warnings, all.notes].into_iter().any(|count| count > MOST);
    let most = |severity| if is_full && severity == Severity::Note { MOST - 1 } else { MOST };
    let shown: Vec<&&Finding> = [Severity::Error, Severity::Warning, Severity::Note]
        .into_iter()
        .flat_map(|severity| {
            findings.iter().filter(move |finding| finding.severity == severity).take(most(severity))
        })
        .collect();
    let mut text: String = shown.iter().map(|finding| annotation(report, finding)).collect();
    if is_full {
        let rest = findings.len() - shown.len();
        let summary = if report.has_summary { "the job summary and in " } else { "" };
        text += &format!("::notice title=envctl::and {rest} more, all in {summary}envctl validate\n");
    }
    text + &report.verdict() + "\n"
}

fn annotation(report: &Report<'_>, finding: &Finding) -> String {
    let kind = match finding.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Note => "notice",
    };
    let place = report.places.of(finding.origin.as_ref());
    format!(
        "::{kind} file={},line={},col={},title={}::{}\n",
        property(&said(&place.path)),
        place.at.line,
        place.at.column,
        property(finding.rule),
        data(&lines(report, finding).join("\n"))
    )
}

/// As the runner's `UnescapeData` reads it back. Source: actions/runner, ActionCommand.cs.
fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

/// As its `UnescapeProperty` does.
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}
