//! The words that every format shares: a finding in lines of text, and the verdict.

use super::{Counts, Judged, Report};
use crate::model::finding::Finding;
use crate::out::gate::visible;
use crate::out::table::plural;

/// The most characters of one message: what is longer names a key that nobody wrote.
const LONGEST: usize = 1000;

/// The most environments that a verdict names.
const NAMED: usize = 4;

/// `text` for a reader: nothing in it acts or hides, and it has an end.
pub fn said(text: &str) -> String {
    let mut said: String = visible(text.get(..LONGEST * 8).unwrap_or(text)).into_owned();
    if let Some((end, _)) = said.char_indices().nth(LONGEST) {
        said.truncate(end);
        said.push('…');
    }
    said
}

/// What is wrong, what takes part, and what to do: a line each.
pub fn lines(report: &Report<'_>, finding: &Finding) -> Vec<String> {
    let related = finding
        .related
        .iter()
        .map(|related| format!("{}: {}", related.environment, said(&report.places.text(&related.origin))));
    let help = finding.help.as_deref().filter(|help| !help.is_empty());
    let message = std::iter::once(said(&finding.message));
    message.chain(related).chain(help.map(|help| format!("help: {}", said(help)))).collect()
}

impl Report<'_> {
    /// Whether it is safe, in two or three words.
    pub fn answer(&self) -> &'static str {
        match Counts::of(self.findings) {
            _ if self.fails() => "not safe",
            counts if counts.is_clean() => "ok",
            _ => "ok, with doubts",
        }
    }

    /// How much was found where, production first, and what stands apart:
    /// `production: 2 errors, 1 warning; staging, development clean (3 accepted)`.
    pub fn tally(&self) -> String {
        self.found() + &self.apart.text()
    }

    fn found(&self) -> String {
        let all = Counts::of(self.findings);
        if all.is_clean() {
            let environments = plural(self.environments.len(), "environment");
            let notes = if all.notes == 0 { "no problems".to_owned() } else { plural(all.notes, "note") };
            return format!("{environments}, {notes}");
        }
        let (clean, found): (Vec<_>, Vec<_>) =
            self.environments.iter().rev().partition(|judged| judged.counts.is_clean());
        let mut parts: Vec<String> =
            found.iter().take(NAMED).map(|judged| format!("{}: {}", judged.name(), judged.counts)).collect();
        parts.extend(more(found.len(), "other").map(|more| format!("{more} not clean")));
        parts.extend((!clean.is_empty()).then(|| format!("{} clean", names(&clean))));
        parts.join("; ")
    }

    /// Both in one line.
    pub fn verdict(&self) -> String {
        format!("{}: {}", self.answer(), self.tally())
    }
}

/// `a, b`, and how many more.
fn names(judged: &[&Judged<'_>]) -> String {
    let names: Vec<&str> = judged.iter().take(NAMED).map(|judged| judged.name()).collect();
    let rest = more(judged.len(), "other").map_or_else(String::new, |more| format!(" and {more}"));
    names.join(", ") + &rest
}

/// `3 environments`, where there are three more than are named.
fn more(count: usize, what: &str) -> Option<String> {
    count.checked_sub(NAMED).filter(|rest| *rest > 0).map(|rest| plural(rest, what))
}
