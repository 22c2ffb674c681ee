//! A comparison for people.

use super::gate::visible;
use super::paint::Paint;
use super::table::{Cell, Table};
use crate::model::delta::{Delta, Status};
use crate::model::source::Entry;

/// What of a comparison is written.
#[derive(Clone, Copy)]
pub struct Choice {
    /// The names of keys alone.
    pub keys_only: bool,
    /// Keys with the same value too.
    pub same_too: bool,
}

/// The comparison of `left` and `right`, by source, and a last line that counts.
pub fn render(deltas: &[Delta<'_>], names: (&str, &str), choice: Choice, paint: Paint) -> String {
    let mut text = String::new();
    for source in sources(deltas) {
        let mine = deltas.iter().filter(|delta| delta.source == source);
        let mut table = Table::default();
        for delta in mine.filter(|delta| choice.same_too || delta.status() != Status::Same) {
            table.row(row(delta, names, choice, paint));
        }
        let rows = table.render("  ");
        if !rows.is_empty() {
            text += &format!("{}\n{rows}\n", paint.bold(&visible(source)));
        }
    }
    text + &counts(deltas, names)
}

/// The stacks that take part, in order.
fn sources<'d>(deltas: &[Delta<'d>]) -> Vec<&'d str> {
    let mut sources: Vec<&str> = deltas.iter().map(|delta| delta.source).collect();
    sources.sort_unstable();
    sources.dedup();
    sources
}

fn row(delta: &Delta<'_>, names: (&str, &str), choice: Choice, paint: Paint) -> Vec<Cell> {
    let (mark, what) = match delta.status() {
        Status::OnlyLeft => (paint.bad("-"), format!("only in {}", names.0)),
        Status::OnlyRight => (paint.good("+"), format!("only in {}", names.1)),
        Status::Different => (paint.odd("~"), "different".to_owned()),
        Status::Same => ("=".to_owned(), "same".to_owned()),
    };
    let mut cells = vec![Cell::painted("~", mark), visible(delta.path).into(), what.as_str().into()];
    if !choice.keys_only {
        cells.push(values(delta).into());
    }
    cells
}

fn values(delta: &Delta<'_>) -> String {
    let secret = delta.is_secret();
    let shown =
        |entry: Option<&Entry>| entry.map_or_else(|| "missing".to_owned(), |entry| value(entry, secret));
    let text = match delta.status() {
        Status::OnlyLeft | Status::Same => shown(delta.left),
        Status::OnlyRight => shown(delta.right),
        Status::Different => format!("{} → {}", shown(delta.left), shown(delta.right)),
    };
    if secret { format!("{text}  (secret)") } else { text }
}

/// A public value as it is, a secret one as set or empty.
fn value(entry: &Entry, secret: bool) -> String {
    match entry.public_text().filter(|_| !secret) {
        _ if entry.value.is_empty() => "empty".to_owned(),
        Some(text) => visible(text).into_owned(),
        None => "set".to_owned(),
    }
}

fn counts(deltas: &[Delta<'_>], names: (&str, &str)) -> String {
    let count = |status| deltas.iter().filter(|delta| delta.status() == status).count();
    format!(
        "{} different, {} only in {}, {} only in {}, {} same\n",
        count(Status::Different),
        count(Status::OnlyLeft),
        names.0,
        count(Status::OnlyRight),
        names.1,
        count(Status::Same),
    )
}
