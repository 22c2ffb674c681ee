//! Several environments where there is no room for a matrix: a key, and below it a line for each value.

use super::{Choice, fit, remark, title, value};
use crate::model::delta::{Comparison, Row};
use crate::out::table::{apart, width};
use crate::out::wrap::wrap;

/// A row.
pub fn entry(row: &Row<'_>, comparison: &Comparison<'_>, choice: Choice) -> String {
    let inner = choice.width.map(|width| width.saturating_sub(5));
    let key = format!("{}{}", title(row), remark(row));
    let mut text = format!("  {}  {}\n", choice.mark(row), fit(&key, inner));
    let groups = groups(row, comparison, choice.keys_only);
    let rooms = groups.iter().map(|(names, _)| inner.map_or(usize::MAX, |inner| room(names, inner)));
    let room = rooms.min().unwrap_or_default();
    let values: Vec<_> = groups.iter().map(|(_, value)| (value.as_str(), room)).collect();
    for ((names, _), value) in groups.iter().zip(apart(&values)) {
        text += &group(names, &value, inner);
    }
    text
}

/// The columns for a value behind these names, or below them.
fn room(names: &str, inner: usize) -> usize {
    let behind = inner.saturating_sub(width(names) + 2);
    if behind >= inner / 2 { behind } else { inner.saturating_sub(2) }
}

/// A value and who has it: in one line, or with the names above it.
fn group(names: &str, value: &str, inner: Option<usize>) -> String {
    let line = format!("{names}: {value}");
    if inner.is_none_or(|inner| width(&line) <= inner) {
        return format!("     {line}\n");
    }
    let names = wrap(&format!("{names}:"), inner);
    let mut text: String = names.iter().map(|line| format!("     {}\n", fit(line, inner))).collect();
    text += &format!("       {value}\n");
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
