//! Two environments: a line for each key, and below it the values that have no room in it.

use super::{Choice, fit, remark, title, value};
use crate::model::delta::{Comparison, Row, Status};
use crate::out::table::{Cell, Table, apart, padded, width};

/// The columns before a key.
const INDENT: usize = 5;

/// The rows of one source, one by one.
pub fn render(rows: &[&Row<'_>], comparison: &Comparison<'_>, choice: Choice) -> Vec<String> {
    if let Some(room) = choice.width {
        return within(rows, comparison, choice, room);
    }
    let mut table = Table::default();
    for row in rows {
        let mut cells =
            vec![Cell::painted("~", choice.mark(row)), title(row).into(), status(row, comparison).into()];
        if !choice.keys_only {
            cells.push(format!("{}{}", sides(row).join(" → "), remark(row)).into());
        }
        table.row(cells);
    }
    table.render("  ").split_inclusive('\n').map(str::to_owned).collect()
}

/// The rows of one source, on a terminal of `room` columns.
fn within(rows: &[&Row<'_>], comparison: &Comparison<'_>, choice: Choice, room: usize) -> Vec<String> {
    let heads: Vec<[String; 2]> = rows.iter().map(|row| [title(row), status(row, comparison)]).collect();
    let widest = |column: usize, most: usize| {
        let widths = heads.iter().filter_map(|head| head.get(column)).map(|text| width(text));
        widths.filter(|width| *width <= most).max().unwrap_or_default()
    };
    let columns = [widest(0, room / 2), widest(1, room / 3)];
    rows.iter().zip(&heads).map(|(row, head)| lines(row, head, columns, choice, room)).collect()
}

/// A row in one line where there is room for it; else what there is to say stands below the key.
fn lines(
    row: &Row<'_>,
    [title, status]: &[String; 2],
    [keys, statuses]: [usize; 2],
    choice: Choice,
    room: usize,
) -> String {
    let sides = if choice.keys_only { Vec::new() } else { sides(row) };
    let remark = if choice.keys_only { String::new() } else { remark(row) };
    let head = format!("{}  {}", padded(title, keys), padded(status, statuses));
    let line = format!("{head}  {}{remark}", sides.join(" → "));
    let mark = choice.mark(row);
    if INDENT + width(line.trim_end()) <= room {
        return format!("  {mark}  {}\n", line.trim_end());
    }
    let inner = room.saturating_sub(INDENT);
    let mut text = match width(head.trim_end()) <= inner {
        true => format!("  {mark}  {}\n", head.trim_end()),
        false => {
            format!("  {mark}  {}\n     {}\n", fit(title, Some(inner)), fit(status, Some(inner)))
        }
    };
    let sides: Vec<_> = sides.iter().map(|side| (side.as_str(), inner.saturating_sub(2))).collect();
    for (index, side) in apart(&sides).iter().enumerate() {
        text += &format!("     {} {side}\n", if index == 0 { " " } else { "→" });
    }
    if !remark.is_empty() {
        text += &format!("     {}\n", fit(remark.trim(), Some(inner)));
    }
    text
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
