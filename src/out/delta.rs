//! A comparison for people.

use std::borrow::Cow;

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
    let only = [format!("only in {}", names.0), format!("only in {}", names.1)];
    let mut text = String::new();
    for source in sources(deltas) {
        let mine = deltas.iter().filter(|delta| delta.source == source);
        let mut table = Table::default();
        for delta in mine.filter(|delta| choice.same_too || delta.status() != Status::Same) {
            table.row(row(delta, &only, choice, paint));
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

fn row<'r>(delta: &Delta<'r>, only: &'r [String; 2], choice: Choice, paint: Paint) -> Vec<Cell<'r>> {
    let (mark, what): (_, &str) = match delta.status() {
        Status::OnlyLeft => (paint.bad("-"), &only[0]),
        Status::OnlyRight => (paint.good("+"), &only[1]),
        Status::Different => (paint.odd("~"), "different"),
        Status::Same => ("=".to_owned(), "same"),
    };
    let mut cells = vec![Cell::painted("~", mark), visible(delta.path).into(), what.into()];
    if !choice.keys_only {
        cells.push(values(delta).into());
    }
    cells
}

fn values(delta: &Delta<'_>) -> String {
    let secret = delta.is_secret();
    let (left, right) = (value(delta.left, secret), value(delta.right, secret));
    let mut text = match delta.status() {
        Status::OnlyLeft | Status::Same => left.into_owned(),
        Status::OnlyRight => right.into_owned(),
        Status::Different => [left, right].join(" → "),
    };
    if secret {
        text.push_str("  (secret)");
    }
    if let Some((left, right)) = delta.types().filter(|_| delta.status() == Status::Different) {
        text.push_str(&format!("  ({} → {})", left.as_str(), right.as_str()));
    }
    text
}

/// A public value as it is, a secret one as set or empty.
fn value(entry: Option<&Entry>, secret: bool) -> Cow<'_, str> {
    let Some(entry) = entry else { return Cow::Borrowed("missing") };
    match entry.public_text().filter(|_| !secret) {
        _ if entry.value.is_empty() => Cow::Borrowed("empty"),
        Some(text) => visible(text),
        None => Cow::Borrowed("set"),
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
