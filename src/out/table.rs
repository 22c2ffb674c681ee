//! Columns that line up by what the eye sees, colour and wide characters included.

use unicode_width::UnicodeWidthStr;

/// Rows of cells. A cell is a plain text and what is painted instead of it.
#[derive(Default)]
pub struct Table {
    rows: Vec<Vec<Cell>>,
}

/// One cell.
pub struct Cell {
    width: usize,
    shown: String,
}

impl Cell {
    /// A cell that shows `painted`, which takes the room of `plain`.
    pub fn painted(plain: &str, painted: String) -> Self {
        Self { width: plain.width(), shown: painted }
    }
}

impl<T: AsRef<str>> From<T> for Cell {
    fn from(text: T) -> Self {
        Self { width: text.as_ref().width(), shown: text.as_ref().to_owned() }
    }
}

impl Table {
    /// Adds a row.
    pub fn row(&mut self, cells: Vec<Cell>) {
        self.rows.push(cells);
    }

    /// The rows, each after `indent`, columns two blanks apart.
    pub fn render(&self, indent: &str) -> String {
        let columns = self.rows.iter().map(Vec::len).max().unwrap_or(0);
        let width =
            |column: usize| self.rows.iter().filter_map(|row| row.get(column)).map(|cell| cell.width).max();
        let widths: Vec<usize> = (0..columns).map(|column| width(column).unwrap_or(0)).collect();
        self.rows.iter().map(|row| format!("{indent}{}\n", line(row, &widths))).collect()
    }
}

fn line(row: &[Cell], widths: &[usize]) -> String {
    let mut line = String::new();
    for (index, (cell, width)) in row.iter().zip(widths).enumerate() {
        line.push_str(&cell.shown);
        if index + 1 < row.len() {
            line.push_str(&" ".repeat(width.saturating_sub(cell.width) + 2));
        }
    }
    line.trim_end().to_owned()
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
}
