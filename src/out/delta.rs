//! A comparison for people: two environments line by line, several as a matrix.

mod headings;
mod list;
pub mod markdown;
mod matrix;
mod pair;
pub mod since;

use std::borrow::Cow;

use super::gate::visible;
use super::paint::Paint;
use super::table::plural;
use super::wrap::hang;
use crate::model::delta::{Comparison, Row, Side, Status};

/// What of a comparison is written, and where.
#[derive(Clone, Copy)]
pub struct Choice {
    /// The names of keys alone.
    pub keys_only: bool,
    /// Also keys that are the same, and those that differ only by the environments' names.
    pub all_keys: bool,
    /// The columns of the terminal; nothing where there is none.
    pub width: Option<usize>,
    /// The brush.
    pub paint: Paint,
}

/// The most keys that are named where they are not listed.
const NAMED: usize = 3;

/// The comparison, by source, and last lines that count.
pub fn render(comparison: &Comparison<'_>, choice: Choice) -> String {
    let counts = hang(&counts(comparison), choice.width, 0) + "\n";
    tables(comparison, choice) + &hidden(comparison, choice) + &counts
}

/// The comparison, by source.
pub fn tables(comparison: &Comparison<'_>, choice: Choice) -> String {
    let is_pair = comparison.environments.len() == 2;
    let (mut text, mut has_matrix) = (String::new(), false);
    for rows in comparison.rows.chunk_by(|one, other| one.source == other.source) {
        let listed: Vec<&Row<'_>> = rows.iter().filter(|row| choice.lists(row)).collect();
        if let Some(first) = listed.first() {
            text += &format!("{}\n", choice.paint.bold(&fit(&visible(first.source), choice.width)));
            let groups = headings::groups(listed);
            let rows: Vec<&Row<'_>> = groups.iter().flat_map(|(_, rows)| rows).copied().collect();
            let matrix = if is_pair { None } else { matrix::render(&rows, comparison, choice) };
            has_matrix |= matrix.is_some();
            let mut lines = matrix.unwrap_or_else(|| match is_pair {
                true => pair::render(&rows, comparison, choice),
                false => rows.iter().map(|row| list::entry(row, comparison, choice)).collect(),
            });
            text.extend(lines.drain(..lines.len().saturating_sub(rows.len())));
            let mut lines = lines.into_iter();
            for (heading, rows) in &groups {
                let heading =
                    heading.as_deref().map(|text| fit(text, choice.width.map(|all| all.saturating_sub(2))));
                text.extend(heading.map(|text| format!("  {}\n", choice.paint.bold(&visible(&text)))));
                text.extend(lines.by_ref().take(rows.len()));
            }
            text.push('\n');
        }
    }
    if has_matrix {
        text += &(hang(matrix::LEGEND, choice.width, 0) + "\n");
    }
    text
}

impl Choice {
    fn lists(&self, row: &Row<'_>) -> bool {
        self.all_keys || (row.status() != Status::Same && !row.is_name_only())
    }

    /// The mark of a row, which says the same in any colour: `-` `+` `~` `=` `≈`.
    fn mark(&self, row: &Row<'_>) -> String {
        let is_new = row.cells.len() == 2 && matches!(row.cells.first(), Some(None));
        match row.status() {
            Status::OnlyIn if is_new => self.paint.good("+"),
            Status::OnlyIn => self.paint.bad("-"),
            Status::Different if row.is_name_only() => self.paint.dim("≈"),
            Status::Different => self.paint.odd("~"),
            Status::Same => "=".to_owned(),
        }
    }
}

/// The key, and what it is called elsewhere: `DATABASE_URL ~ STAGING_DATABASE_URL`.
fn title(row: &Row<'_>) -> String {
    let paths = std::iter::once(row.path()).chain(row.other_paths());
    paths.map(visible).collect::<Vec<_>>().join(" ~ ")
}

/// What may be shown that is no value; a value that reads the same, or has blanks around it, is put in quotes.
const WORDS: &[&str] = &["=", "≈", "missing", "empty", "set"];

/// What the environment at this place has: a public value as it is, a hidden one as empty or set, with its fingerprint.
fn value<'p>(row: &Row<'p>, (place, side): (usize, &Side<'p>), is_hidden: bool) -> Cow<'p, str> {
    let entry = side.entry;
    let is_ours = |text: &str| WORDS.contains(&text) || text.trim() != text;
    match (entry.public_text().filter(|_| !is_hidden), row.fingerprint(place)) {
        _ if entry.value.is_empty() => Cow::Borrowed("empty"),
        (Some(text), _) if is_ours(text) => Cow::Owned(format!("\"{}\"", visible(text))),
        (Some(text), _) => visible(text),
        (None, Some(fingerprint)) => Cow::Owned(format!("set #{fingerprint}")),
        (None, None) => Cow::Borrowed("set"),
    }
}

/// What is said behind the values: that they are secret, of different types, or the same in all but their form.
fn remark(row: &Row<'_>) -> String {
    let mut text = String::new();
    if row.is_secret() {
        text += "  (secret)";
    }
    let only_in = row.kind.filter(|_| row.status() == Status::Different && !row.is_name_only());
    if row.has_types() {
        let types: Vec<&str> = row.entries().map(|entry| entry.value_type.as_str()).collect();
        text += &format!("  ({})", types.join(" → "));
    } else if let Some(form) = only_in.and_then(|kind| kind.only_in()) {
        text += &format!("  (differs only in {form})");
    }
    text
}

/// What is not listed because it differs only by the environments' names.
fn hidden(comparison: &Comparison<'_>, choice: Choice) -> String {
    let hidden: Vec<&Row<'_>> = comparison.rows.iter().filter(|row| row.is_name_only()).collect();
    if hidden.is_empty() || choice.all_keys {
        return String::new();
    }
    let (differ, them) = if hidden.len() == 1 { ("differs", "it") } else { ("differ", "them") };
    let names: Vec<String> = hidden.iter().map(|row| title(row)).collect();
    let names = if hidden.len() <= NAMED { format!(" ({})", names.join(", ")) } else { String::new() };
    let count = hidden.len();
    let text =
        format!("{count} more {differ} only by the environment's name{names}; --all-keys lists {them}");
    hang(&text, choice.width, 0) + "\n"
}

fn counts(comparison: &Comparison<'_>) -> String {
    let (names, counts) = (comparison.names(), comparison.counts());
    let different = match counts.name_only {
        0 => format!("{} different", counts.different),
        some => format!("{} different, {some} of them only by name", counts.different),
    };
    let only = |(name, count): (&&str, &usize)| format!("{count} only in {name}");
    let only = names.iter().zip(&counts.only_in).map(only);
    match names.len() {
        2 if comparison.is_history() => {
            let only = |index| counts.only_in.get(index).copied().unwrap_or_default();
            let (removed, added) = (only(0), only(1));
            format!("{} changed, {removed} removed, {added} added, {} same", counts.different, counts.same)
        }
        2 => {
            let only: Vec<String> = only.collect();
            format!("{different}, {}, {} same", only.join(", "), counts.same)
        }
        all => {
            let missing = counts.in_some + counts.only_in.iter().sum::<usize>();
            let (same, all) = (counts.same, plural(all, "environment"));
            format!("{different}, {missing} missing somewhere, {same} identical in {all}")
        }
    }
}

/// A line of a terminal, cut where it ends; whole where there is none.
fn fit(text: &str, width: Option<usize>) -> Cow<'_, str> {
    width.map_or(Cow::Borrowed(text), |width| super::table::shortened(text, width))
}
