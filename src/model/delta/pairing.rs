//! Keys that carry the name of their environment: `STAGING_DATABASE_URL` is what others call `DATABASE_URL`.

use std::collections::HashMap;

use super::Row;
use crate::model::fold::{self, OwnNames, Piece};

/// Puts rows together whose keys are the same but for names, where it is clear which belong together: none of them is in
/// all environments, and no environment has two of them.
pub(super) fn pair<'p>(mut rows: Vec<Row<'p>>, names: &[OwnNames]) -> Vec<Row<'p>> {
    let mut groups: HashMap<(&str, Vec<Piece<'_>>), Vec<usize>> = HashMap::new();
    for (index, row) in rows.iter().enumerate().filter(|(_, row)| row.cells.iter().any(Option::is_none)) {
        if let Some(pieces) = pieces(row, names) {
            groups.entry((row.source, pieces)).or_default().push(index);
        }
    }
    let mut groups: Vec<Vec<usize>> = groups.into_values().filter(|group| group.len() > 1).collect();
    groups.retain(|group| is_clear(group, &rows));
    for group in groups {
        let mut members = group.into_iter();
        let Some(first) = members.next() else { continue };
        for member in members {
            let cells = rows.get_mut(member).map(|row| std::mem::take(&mut row.cells)).unwrap_or_default();
            let Some(row) = rows.get_mut(first) else { continue };
            for (mine, theirs) in row.cells.iter_mut().zip(cells) {
                *mine = mine.or(theirs);
            }
        }
    }
    rows.retain(|row| !row.cells.is_empty());
    rows
}

/// The key without the names of those that have it, where that leaves the same of it in all of them.
fn pieces<'p>(row: &Row<'p>, names: &'p [OwnNames]) -> Option<Vec<Piece<'p>>> {
    fold::shared_key(row.path(), row.present().filter_map(|(index, _)| names.get(index)))
}

/// Does no environment have two of these rows?
fn is_clear(group: &[usize], rows: &[Row<'_>]) -> bool {
    let rows: Vec<&Row<'_>> = group.iter().filter_map(|index| rows.get(*index)).collect();
    let width = rows.iter().map(|row| row.cells.len()).max().unwrap_or_default();
    let has = |row: &&&Row<'_>, place: usize| matches!(row.cells.get(place), Some(Some(_)));
    (0..width).all(|place| rows.iter().filter(|row| has(row, place)).count() <= 1)
}
