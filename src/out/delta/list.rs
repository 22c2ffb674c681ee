//! Several environments where there is no room for a matrix: a key, and below it a line for each value.

use super::{Choice, fit, remark, title, value};
use crate::model::delta::{Comparison, Row};

/// The rows of one source.
pub fn render(rows: &[&Row<'_>], comparison: &Comparison<'_>, choice: Choice) -> String {
    rows.iter().map(|row| entry(row, comparison, choice)).collect()
}

fn entry(row: &Row<'_>, comparison: &Comparison<'_>, choice: Choice) -> String {
    let inner = choice.width.map(|width| width.saturating_sub(5));
    let key = format!("{}{}", title(row), remark(row));
    let mut text = format!("  {}  {}\n", choice.mark(row), fit(&key, inner));
    for (names, value) in groups(row, comparison, choice.keys_only) {
        text += &format!("     {}\n", fit(&format!("{names}: {value}"), inner));
    }
    text
}

/// Who has which value, and who has none; those with the same one together.
fn groups(row: &Row<'_>, comparison: &Comparison<'_>, keys_only: bool) -> Vec<(String, String)> {
    let (names, classes, is_secret) = (comparison.names(), row.classes(), row.is_secret());
    let members = |class: Option<usize>| {
        let members = names.iter().zip(&classes).filter(|(_, other)| **other == class);
        members.map(|(name, _)| *name).collect::<Vec<_>>().join(", ")
    };
    let is_first = |index: &usize| classes.get(*index) == Some(&Some(*index));
    let firsts = row.present().filter(|(index, _)| is_first(index));
    let mut groups: Vec<(String, String)> = firsts
        .map(|(index, side)| {
            (members(Some(index)), value(row, (index, side), is_secret || keys_only).into_owned())
        })
        .collect();
    groups.extend(Some((members(None), "missing".to_owned())).filter(|(names, _)| !names.is_empty()));
    groups
}
