//! A comparison as a comment of a pull request: a table for each source, and no value of a secret.

use super::matrix::cells;
use super::{Choice, counts, remark, title};
use crate::model::delta::{Comparison, Row};
use crate::out::paint::Paint;
use crate::out::report::markdown::{COMMENT, code};
use crate::out::table::{apart, plural, shortened};

/// The most columns that a value or a key takes.
const WIDEST: usize = 100;

/// What is kept for what must stand at the end, in bytes.
const END: usize = 400;

/// The comparisons in at most [`COMMENT`] bytes; what has no room is counted.
pub fn render(comparisons: &[Comparison<'_>], choice: Choice) -> String {
    render_below(&[], &comparisons.iter().collect::<Vec<_>>(), choice)
}

/// The same below `lines`, which have room first.
pub fn render_below(lines: &[String], comparisons: &[&Comparison<'_>], choice: Choice) -> String {
    let choice = Choice { paint: Paint::plain(), width: None, ..choice };
    let mut page = Page::default();
    page.left += lines.len() - lines.iter().take_while(|line| page.push(line, 0)).count();
    for comparison in comparisons {
        let names = names(comparison).join(" → ");
        let heading = format!("### envctl diff: {names}\n\n{}\n", counts(comparison));
        if !page.push(&heading, 0) {
            page.left += comparison.rows.iter().filter(|row| choice.lists(row)).count();
            continue;
        }
        for rows in comparison.rows.chunk_by(|one, other| one.source == other.source) {
            let listed: Vec<&Row<'_>> = rows.iter().filter(|row| choice.lists(row)).collect();
            page.table(&listed, comparison, choice);
        }
        let hidden: Vec<&Row<'_>> = comparison.rows.iter().filter(|row| row.is_name_only()).collect();
        if !choice.all_keys {
            page.names(&hidden);
        }
        page.text.push('\n');
    }
    page.end()
}

/// What is written so far, and how many keys had no room.
#[derive(Default)]
struct Page {
    text: String,
    left: usize,
}

impl Page {
    /// Adds `text` where there is room for it and for `more` bytes.
    fn push(&mut self, text: &str, more: usize) -> bool {
        let has_room = self.text.len() + text.len() + more + END <= COMMENT;
        if has_room {
            self.text += text;
        }
        has_room
    }

    /// The rows of one source.
    fn table(&mut self, rows: &[&Row<'_>], comparison: &Comparison<'_>, choice: Choice) {
        let Some(first) = rows.first() else { return };
        let (names, keys) = (names(comparison), plural(rows.len(), "key"));
        let head = format!(
            "\n<details open><summary>{keys}</summary>\n\n{}\n\n| | key | {} | |\n|---|---|{}---|\n",
            code(&shortened(first.source, WIDEST)),
            names.join(" | "),
            "---|".repeat(names.len()),
        );
        let lines: Vec<String> = rows.iter().map(|row| line(row, comparison, choice)).collect();
        if !self.push(&head, lines.first().map_or(0, String::len)) {
            self.left += rows.len();
            return;
        }
        let told = lines.iter().take_while(|line| self.push(line, 0)).count();
        self.left += rows.len() - told;
        self.text += "\n</details>\n";
    }

    /// The keys that differ only by the environments' names.
    fn names(&mut self, rows: &[&Row<'_>]) {
        let keys = plural(rows.len(), "key");
        let head = format!("\n<details><summary>{keys} only by the environment's name</summary>\n\n");
        if rows.is_empty() || !self.push(&head, 0) {
            self.left += rows.len();
            return;
        }
        let told = rows.iter().take_while(|row| self.push(&format!("- {}\n", cell(&title(row))), 0)).count();
        self.left += rows.len() - told;
        self.text += "\n</details>\n";
    }

    fn end(self) -> String {
        match self.left {
            0 => self.text,
            left => format!("{}\nand {left} more: `envctl diff` at a terminal tells all\n", self.text),
        }
    }
}

/// The names of the columns. A revision may hold anything, and means nothing here.
fn names(comparison: &Comparison<'_>) -> Vec<String> {
    let name = |name: &str| if name.contains('@') { cell(name) } else { name.to_owned() };
    comparison.names().into_iter().map(name).collect()
}

fn line(row: &Row<'_>, comparison: &Comparison<'_>, choice: Choice) -> String {
    let values = cells(row, comparison, choice);
    let values: Vec<_> = values.iter().map(|text| (text.as_str(), WIDEST)).collect();
    let values: Vec<String> = apart(&values).iter().map(|text| cell(text)).collect();
    let mark = choice.mark(row).replace('~', "\\~");
    format!("| {mark} | {} | {} | {} |\n", cell(&title(row)), values.join(" | "), remark(row).trim())
}

/// A text in a cell of a table, where nothing in it means anything.
pub(super) fn cell(text: &str) -> String {
    if text.is_empty() { String::new() } else { code(&shortened(text, WIDEST)).replace('|', "\\|") }
}
