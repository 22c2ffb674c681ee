//! Columns that line up by what the eye sees, colour and wide characters included.

use std::borrow::Cow;
use std::collections::HashMap;

use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

use super::wrap::hang;

/// The widest column: a cell that is wider moves what follows it in its own row, and makes no other row longer.
const WIDEST: usize = 100;

/// The narrowest last column that text is broken into.
const NARROWEST: usize = 30;

/// Rows of cells. A cell is a plain text, or what is painted instead of it.
#[derive(Default)]
pub struct Table<'t> {
    rows: Vec<Vec<Cell<'t>>>,
}

/// One cell.
pub struct Cell<'t> {
    width: usize,
    shown: Cow<'t, str>,
}

impl Cell<'_> {
    /// A cell that shows `painted`, which takes the room of `plain`.
    pub fn painted(plain: &str, painted: String) -> Self {
        Self { width: width(plain), shown: Cow::Owned(painted) }
    }
}

impl<'t, T: Into<Cow<'t, str>>> From<T> for Cell<'t> {
    fn from(text: T) -> Self {
        let shown = text.into();
        Self { width: width(&shown), shown }
    }
}

impl<'t> Table<'t> {
    /// Adds a row.
    pub fn row(&mut self, cells: Vec<Cell<'t>>) {
        self.rows.push(cells);
    }

    /// The rows, each after `indent`, columns two blanks apart.
    pub fn render(&self, indent: &str) -> String {
        let columns = self.rows.iter().map(Vec::len).max().unwrap_or(0);
        let widths: Vec<usize> = (0..columns).map(|column| self.width(column)).collect();
        let mut text = String::new();
        for row in &self.rows {
            text.push_str(indent);
            push_line(&mut text, row, &widths);
            text.truncate(text.trim_end_matches(' ').len());
            text.push('\n');
        }
        text
    }

    /// The rows for a terminal of `room` columns: the last cell of a row is broken between words, in its column, or below
    /// the others where the column is narrow. Where there is no terminal no line is broken.
    pub fn render_within(&self, room: Option<usize>) -> String {
        let Some(room) = room else { return self.render("") };
        let columns = self.rows.iter().map(Vec::len).max().unwrap_or(0);
        let widths: Vec<usize> = (0..columns).map(|column| self.width(column)).collect();
        let start: usize = widths.iter().take(columns.saturating_sub(1)).map(|width| width + 2).sum();
        let is_narrow = room < start + NARROWEST;
        let mut text = String::new();
        for (last, others) in self.rows.iter().filter_map(|row| row.split_last()) {
            let mut line = String::new();
            push_line(&mut line, others, &widths);
            let fits = start + last.width <= room;
            if is_narrow && !fits {
                text += &format!("{line}\n    {}\n", hang(&last.shown, Some(room), 4));
            } else {
                let filling = others.last().zip(others.len().checked_sub(1).and_then(|at| widths.get(at)));
                let filling = filling.map_or(0, |(cell, width)| width.saturating_sub(cell.width) + 2);
                text += &format!("{line}{}{}\n", " ".repeat(filling), hang(&last.shown, Some(room), start));
            }
        }
        text
    }

    fn width(&self, column: usize) -> usize {
        let widths = self.rows.iter().filter_map(|row| row.get(column)).map(|cell| cell.width);
        widths.filter(|width| *width <= WIDEST).max().unwrap_or(0)
    }
}

fn push_line(text: &mut String, row: &[Cell<'_>], widths: &[usize]) {
    for (index, (cell, width)) in row.iter().zip(widths).enumerate() {
        text.push_str(&cell.shown);
        if index + 1 < row.len() {
            text.extend(std::iter::repeat_n(' ', width.saturating_sub(cell.width) + 2));
        }
    }
}

/// The columns that a text takes. Most texts are ASCII, where it is their length.
pub fn width(text: &str) -> usize {
    if text.is_ascii() { text.len() } else { text.width() }
}

/// A text in at most `columns`: what does not fit is cut out of its middle, since values often begin and end alike.
pub fn shortened(text: &str, columns: usize) -> Cow<'_, str> {
    if width(text) <= columns {
        return Cow::Borrowed(text);
    }
    let room = columns.saturating_sub(1);
    let head = taken(text.chars(), room - room / 3);
    let tail: Vec<char> = taken(text.chars().rev(), room / 3);
    Cow::Owned(head.into_iter().chain(['…']).chain(tail.into_iter().rev()).collect())
}

/// Texts in at most so many columns each. Where those that differ would look the same, what they begin with alike is cut off.
pub fn apart(texts: &[(&str, usize)]) -> Vec<String> {
    let cut: Vec<Cow<'_, str>> = texts.iter().map(|(text, columns)| shortened(text, *columns)).collect();
    let mut shown: HashMap<&str, &str> = HashMap::new();
    let mut pairs = cut.iter().zip(texts);
    let is_clear = pairs.all(|(cut, (text, _))| shown.insert(cut, text).is_none_or(|other| other == *text));
    if is_clear {
        return cut.into_iter().map(Cow::into_owned).collect();
    }
    let mut long = texts.iter().filter(|(text, columns)| width(text) > *columns).map(|(text, _)| *text);
    let first = long.next().unwrap_or_default();
    let alike = long.map(|text| alike(first, text)).min().unwrap_or_default();
    let recut = |(text, columns): &(&str, usize)| match width(text) > *columns {
        true => {
            let rest: String = text.chars().skip(alike.saturating_sub(columns / 8)).collect();
            shortened(&format!("…{rest}"), *columns).into_owned()
        }
        false => (*text).to_owned(),
    };
    texts.iter().map(recut).collect()
}

/// How many characters both begin with.
fn alike(one: &str, other: &str) -> usize {
    one.chars().zip(other.chars()).take_while(|(one, other)| one == other).count()
}

/// `text` with blanks behind it, up to so many columns.
pub fn padded(text: &str, columns: usize) -> String {
    format!("{text}{}", " ".repeat(columns.saturating_sub(width(text))))
}

/// The first characters that fit into so many columns.
fn taken(characters: impl Iterator<Item = char>, columns: usize) -> Vec<char> {
    let mut left = columns;
    let fits = |c: &char| {
        let next = left.checked_sub(c.width().unwrap_or(0));
        left = next.unwrap_or(left);
        next.is_some()
    };
    characters.take_while(fits).collect()
}

/// `1 key`, `2 keys`.
pub fn plural(count: usize, what: &str) -> String {
    if count == 1 { format!("1 {what}") } else { format!("{count} {what}s") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_line_up_by_display_width() {
        let mut table = Table::default();
        table.row(vec!["日本".into(), "x".into()]);
        table.row(vec!["a".into(), Cell::painted("y", "\u{1b}[31my\u{1b}[0m".to_owned()), "z".into()]);
        assert_eq!(table.render("  "), "  日本  x\n  a     \u{1b}[31my\u{1b}[0m  z\n");
    }

    #[test]
    fn the_last_cell_is_broken_in_its_column_or_below_the_others() {
        let mut table = Table::default();
        table.row(vec!["production".into(), "1 error".into(), "missing-required 1, parity 1".into()]);
        table.row(vec!["dev".into(), "ok".into(), "short".into()]);
        let wide = "production  1 error  missing-required 1, parity 1\ndev         ok       short\n";
        assert_eq!(table.render_within(None), wide);
        assert_eq!(table.render_within(Some(60)), wide);
        let below =
            "production  1 error\n    missing-required 1,\n    parity 1\ndev         ok       short\n";
        assert_eq!(table.render_within(Some(26)), below);
        let mut table = Table::default();
        table.row(vec!["dev".into(), "one two three four five six seven".into()]);
        assert_eq!(table.render_within(Some(36)), "dev  one two three four five six\n     seven\n");
    }

    #[test]
    fn a_text_is_cut_in_its_middle_by_display_width() {
        assert_eq!(shortened("https://a.example/x", 19), "https://a.example/x");
        assert_eq!(shortened("https://a.example/x", 10), "https:…e/x");
        for columns in 1..12 {
            assert!(width(&shortened("日本語日本語日本語", columns)) <= columns, "{columns}");
        }
    }

    #[test]
    fn texts_that_differ_look_different_when_they_are_cut() {
        let long = |middle: &str| format!("https://a-long-host.example/{middle}/and/so/on/to/the/end");
        let (one, two) = (long("one"), long("two"));
        let cut = apart(&[(&one, 20), (&two, 20), ("short", 20)]);
        assert_eq!(cut, ["…e/one/and/so…he/end", "…e/two/and/so…he/end", "short"]);
        assert_eq!(apart(&[(&one, 20), (&one, 20)]), ["https://a-lon…he/end"; 2]);
        assert_eq!(
            apart(&[("日本日本日本日本a日本日本日本日本", 9), ("日本日本日本日本b日本日本日本日本", 9)]),
            ["…本a日…本", "…本b日…本"]
        );
    }

    #[test]
    fn a_cell_of_a_mebibyte_makes_no_other_row_longer() {
        let (mut table, long) = (Table::default(), "x".repeat(1 << 20));
        table.row(vec![long.as_str().into(), "y".into()]);
        table.row(vec!["abc".into(), "y".into()]);
        table.row(vec!["a".into(), "y".into()]);
        assert_eq!(table.render(""), format!("{long}  y\nabc  y\na    y\n"));
    }
}
