//! Several environments: a row for each key, a column for each environment, so that the eye finds the odd one.

use std::borrow::Cow;

use super::{Choice, remark, title, value};
use crate::model::delta::{Beside, Comparison, Row, Side};
use crate::out::table::{Cell, Table, apart, shortened, width};

/// What the short cells of a matrix mean.
pub const LEGEND: &str = "= as to the left, ≈ as to the left but for the environment's name";

/// The columns where there is no terminal that has an end.
const UNBOUNDED: usize = 160;

/// The narrowest column that a value is cut to.
const NARROWEST: usize = 12;

/// The names of the environments and the rows of one source, line by line; nothing where there is no room for a matrix.
pub fn render(rows: &[&Row<'_>], comparison: &Comparison<'_>, choice: Choice) -> Option<Vec<String>> {
    let cells: Vec<Vec<String>> = rows.iter().map(|row| cells(row, comparison, choice)).collect();
    let names = comparison.names();
    let whole = choice.width.unwrap_or(UNBOUNDED);
    let keys = rows.iter().map(|row| width(&title(row))).max().unwrap_or_default().min(whole / 3);
    let needs: Vec<usize> = names
        .iter()
        .enumerate()
        .map(|(index, name)| {
            let column = cells.iter().filter_map(|row| row.get(index)).map(|cell| width(cell));
            column.chain([width(name)]).max().unwrap_or_default()
        })
        .collect();
    let remarks = rows.iter().map(|row| width(&remark(row))).max().unwrap_or_default();
    let room = whole.saturating_sub(5 + keys + 2 * names.len() + remarks);
    let columns = share(&needs, room)?;
    let mut table = Table::default();
    table.row(head(&names, &columns));
    for (row, cells) in rows.iter().zip(&cells) {
        let mut line = vec![Cell::painted("~", choice.mark(row)), cut(&title(row), keys)];
        let cells: Vec<_> = cells.iter().map(String::as_str).zip(columns.iter().copied()).collect();
        line.extend(apart(&cells).into_iter().map(Cell::from));
        line.extend(Some(remark(row).trim().to_owned()).filter(|text| !text.is_empty()).map(Cell::from));
        table.row(line);
    }
    Some(table.render("  ").split_inclusive('\n').map(str::to_owned).collect())
}

fn head<'t>(names: &[&str], columns: &[usize]) -> Vec<Cell<'t>> {
    let names = names.iter().zip(columns).map(|(name, columns)| cut(name, *columns));
    [Cell::from(" "), Cell::from("")].into_iter().chain(names).collect()
}

fn cut<'t>(text: &str, columns: usize) -> Cell<'t> {
    Cell::from(shortened(text, columns).into_owned())
}

/// Shares `room` among columns that need so much: what the narrow ones do not need is for the wide ones. Nothing where a
/// column would be cut to next to nothing.
fn share(needs: &[usize], room: usize) -> Option<Vec<usize>> {
    let mut sorted = needs.to_vec();
    sorted.sort_unstable();
    let (mut left, mut limit) = (room, usize::MAX);
    for (index, need) in sorted.iter().enumerate() {
        let fair = left / (sorted.len() - index);
        if *need > fair {
            limit = fair;
            break;
        }
        left -= need;
    }
    (limit >= NARROWEST).then(|| needs.iter().map(|need| *need.min(&limit)).collect())
}

/// What each environment has, in words and values; `=` and `≈` where it is what the one to its left has.
pub fn cells(row: &Row<'_>, comparison: &Comparison<'_>, choice: Choice) -> Vec<String> {
    let is_secret = row.is_secret();
    let has_classes = is_secret && row.kind.is_some() && row.cells.len() > 2;
    let classes = if has_classes { row.classes() } else { Vec::new() };
    let cell = |(index, (cell, beside)): (usize, (&Option<Side<'_>>, Beside))| match (cell, beside) {
        (_, Beside::Same) => "=".to_owned(),
        (_, Beside::Alike) => "≈".to_owned(),
        (Some(side), Beside::Other) => {
            text(row, (index, side), is_secret || choice.keys_only, classes.get(index).copied().flatten())
        }
        _ => "missing".to_owned(),
    };
    row.cells.iter().zip(comparison.beside(row)).enumerate().map(cell).collect()
}

/// A value; of a secret one the number of the first environment that has the same.
fn text<'p>(
    row: &Row<'p>,
    (index, side): (usize, &Side<'p>),
    is_hidden: bool,
    class: Option<usize>,
) -> String {
    match (value(row, (index, side), is_hidden), class) {
        (Cow::Borrowed("set"), Some(class)) if is_hidden => format!("set ({})", class + 1),
        (text, _) => text.into_owned(),
    }
}
