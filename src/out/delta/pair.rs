//! Two environments: a line for each key, or on a narrow terminal a few.

use super::{Choice, fit, remark, title, value};
use crate::model::delta::{Comparison, Row, Status};
use crate::out::table::{Cell, Table};

/// The rows of one source.
pub fn render(rows: &[&Row<'_>], comparison: &Comparison<'_>, choice: Choice) -> String {
    let mut table = Table::default();
    for row in rows {
        let mut cells =
            vec![Cell::painted("~", choice.mark(row)), title(row).into(), status(row, comparison).into()];
        if !choice.keys_only {
            cells.push(format!("{}{}", sides(row).join(" → "), remark(row)).into());
        }
        table.row(cells);
    }
    match choice.width {
        Some(width) if table.breadth() + 2 > width => {
            rows.iter().map(|row| below(row, comparison, choice, width)).collect()
        }
        _ => table.render("  "),
    }
}

fn status(row: &Row<'_>, comparison: &Comparison<'_>) -> String {
    let names = comparison.names();
    match row.status() {
        Status::OnlyIn if comparison.is_history() => {
            let is_new = matches!(row.cells.first(), Some(None));
            if is_new { "added" } else { "removed" }.to_owned()
        }
        Status::Different if comparison.is_history() => "changed".to_owned(),
        Status::OnlyIn => {
            let name = row.present().next().and_then(|(index, _)| names.get(index));
            format!("only in {}", name.unwrap_or(&""))
        }
        Status::Different if row.is_name_only() => "only by name".to_owned(),
        Status::Different => "different".to_owned(),
        Status::Same => "same".to_owned(),
    }
}

/// The values to show: of two that are the same, one.
fn sides(row: &Row<'_>) -> Vec<String> {
    let is_secret = row.is_secret();
    let sides = row.present().map(|present| value(row, present, is_secret).into_owned());
    sides.take(if row.status() == Status::Same { 1 } else { 2 }).collect()
}

/// A row where there is no room for it in one line: the key, and below it what there is to say.
fn below(row: &Row<'_>, comparison: &Comparison<'_>, choice: Choice, width: usize) -> String {
    let key = title(row);
    let mut text = format!("  {}  {}\n", choice.mark(row), fit(&key, Some(width.saturating_sub(5))));
    let mut lines = vec![status(row, comparison)];
    if !choice.keys_only {
        let values = sides(row);
        lines.extend(values.iter().enumerate().map(|(index, value)| match index {
            0 => format!("  {value}"),
            _ => format!("→ {value}"),
        }));
        lines.extend(Some(remark(row).trim().to_owned()).filter(|remark| !remark.is_empty()));
    }
    for line in lines {
        text += &format!("     {}\n", fit(&line, Some(width.saturating_sub(5))));
    }
    text
}
