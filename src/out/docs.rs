//! The table of environments in a Markdown file: its text, and its place between two markers.

use super::report::markdown::code;
use super::table::shortened;

/// The line that the table begins with.
pub const BEGIN: &str = "<!-- envctl:begin -->";
/// The line that it ends with.
pub const END: &str = "<!-- envctl:end -->";

/// What a reader who wants to change it must know.
const NOTE: &str = "<!-- Written by `envctl docs`: what is changed here is lost. -->";

/// The most columns that a text takes.
const WIDEST: usize = 100;

/// One table: rows with a cell for each environment.
pub struct Section {
    /// What it is about.
    pub title: &'static str,
    /// Its rows.
    pub rows: Vec<Row>,
}

/// A row.
pub struct Row {
    /// What it is about, in the first column.
    pub name: Cell,
    /// A cell for each environment.
    pub cells: Vec<Cell>,
}

/// What stands in a cell.
pub enum Cell {
    /// Nothing.
    Blank,
    /// A word of ours.
    Word(&'static str),
    /// Words for people.
    Prose(String),
    /// Names or values, as they are.
    Codes(Vec<String>),
}

/// The tables, with the markers around them, in lines without an end to the last one.
pub fn block(environments: &[&str], sections: &[Section]) -> String {
    let tables = sections.iter().filter(|section| !section.rows.is_empty());
    let tables: String = tables.map(|section| table(environments, section)).collect();
    format!("{BEGIN}\n{NOTE}\n{tables}\n{END}")
}

/// A new file.
pub fn page(block: &str) -> String {
    format!("# Environments\n\n{block}\n")
}

/// `old` with `block` in place of what stands between its markers, in its own line ends; the rest stays as it is. Nothing
/// where each of the markers does not stand once, alone in a line, in their order.
pub fn splice(old: &str, block: &str) -> Option<String> {
    let lines: Vec<&str> = old.split_inclusive('\n').collect();
    let place = |marker: &str| {
        let mut places = lines.iter().enumerate().filter(|(_, line)| line.trim() == marker);
        places.next().filter(|_| places.next().is_none())
    };
    let ((begin, first), (end, last)) = (place(BEGIN)?, place(END)?);
    let block = if first.ends_with("\r\n") { block.replace('\n', "\r\n") } else { block.to_owned() };
    let line_end =
        if last.ends_with("\r\n") { "\r\n" } else { last.matches('\n').next().unwrap_or_default() };
    let (before, after) = (lines.get(..begin)?.concat(), lines.get(end + 1..)?.concat());
    (begin < end).then(|| format!("{before}{block}{line_end}{after}"))
}

fn table(environments: &[&str], section: &Section) -> String {
    let names: Vec<String> = environments.iter().map(|name| prose(name)).collect();
    let rule = "---|".repeat(names.len());
    let rows = section.rows.iter().map(|row| {
        let cells: Vec<String> = row.cells.iter().map(markdown).collect();
        format!("| {} | {} |\n", markdown(&row.name), cells.join(" | "))
    });
    let rows: String = rows.collect();
    format!("\n**{}**\n\n| | {} |\n|---|{rule}\n{rows}", section.title, names.join(" | "))
}

fn markdown(cell: &Cell) -> String {
    match cell {
        Cell::Blank => String::new(),
        Cell::Word(word) => (*word).to_owned(),
        Cell::Prose(text) => prose(text),
        Cell::Codes(texts) => texts.iter().map(|text| literal(text)).collect::<Vec<_>>().join(", "),
    }
}

/// Words as they are, where nothing in them means anything in Markdown; else as a code span.
fn prose(text: &str) -> String {
    let is_plain = |c: char| c.is_alphanumeric() || " ,.;'()/-+?%".contains(c);
    let is_link = text.to_ascii_lowercase().contains("www.");
    if text.chars().all(is_plain) && !is_link { text.to_owned() } else { literal(text) }
}

/// A text in which nothing means anything, in a cell. A backslash never stands before a bar: it would take its escape.
fn literal(text: &str) -> String {
    let text = shortened(text, WIDEST);
    match text.is_empty() {
        true => String::new(),
        false => code(&text).replace("\\|", "\\ |").replace('|', "\\|"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_stands_between_the_markers_changes_and_line_ends_stay() {
        for (old, new) in [
            ("<!-- envctl:begin -->\n<!-- envctl:end -->\n", Some("B\nE\n")),
            ("a\r\n <!-- envctl:begin -->\r\nold\r\n<!-- envctl:end -->\r\nz", Some("a\r\nB\r\nE\r\nz")),
            ("a\n\n<!-- envctl:begin -->\nx\n<!-- envctl:end -->", Some("a\n\nB\nE")),
            (
                "a `<!-- envctl:begin -->`\n<!-- envctl:begin -->\n<!-- envctl:end --> b\n<!-- envctl:end -->\n\n",
                Some("a `<!-- envctl:begin -->`\nB\nE\n\n"),
            ),
            ("", None),
            ("<!-- envctl:begin -->\n", None),
            ("<!-- envctl:end -->\n<!-- envctl:begin -->\n", None),
            ("<!-- envctl:begin -->\n<!-- envctl:begin -->\n<!-- envctl:end -->\n", None),
        ] {
            assert_eq!(splice(old, "B\nE").as_deref(), new, "{old:?}");
        }
    }

    #[test]
    fn nothing_in_a_cell_means_anything() {
        assert_eq!(prose("A shop for people (beta), 24/7"), "A shop for people (beta), 24/7");
        for (text, cell) in [
            ("a|b", "`a\\|b`"),
            ("a\\|b", "`a\\ \\|b`"),
            ("<b>", "`<b>`"),
            ("@team", "`@team`"),
            ("`x`", "`` `x` ``"),
            ("https://a.example", "`https://a.example`"),
            ("www.a.example", "`www.a.example`"),
            ("a\nb", "`a\\u{a}b`"),
        ] {
            assert_eq!(prose(text), cell);
        }
    }
}
