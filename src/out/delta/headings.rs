//! Rows under the comment headings of their files.

use std::collections::{BTreeMap, HashMap};

use crate::model::delta::{Row, Side};
use crate::model::note::Heading;
use crate::model::source::Source;

/// Where a heading stands: the place of the environment, and the byte offset; nothing for what is under none.
type Place = Option<(usize, usize)>;

/// The rows of one source heading by heading, those under none first; the order of rows stays.
pub fn groups<'r, 'p>(rows: Vec<&'r Row<'p>>) -> Vec<(Option<String>, Vec<&'r Row<'p>>)> {
    let mut files = Files::default();
    let mut places: HashMap<String, Place> = HashMap::new();
    let mut groups: BTreeMap<Place, (Option<String>, Vec<&Row<'_>>)> = BTreeMap::new();
    for row in rows {
        let sectioned = row.present().find(|(_, side)| files.has_headings(side));
        let found = sectioned.and_then(|(index, side)| {
            let (offset, text) = files.heading(side)?;
            Some(((index, offset), text))
        });
        let (place, text) = match found {
            Some((place, text)) => (*places.entry(text.clone()).or_insert(Some(place)), Some(text)),
            None => (None, None),
        };
        groups.entry(place).or_insert_with(|| (text, Vec::new())).1.push(row);
    }
    groups.into_values().collect()
}

/// The headings of the files that were looked at.
#[derive(Default)]
struct Files(HashMap<*const Source, Vec<Heading>>);

impl Files {
    fn of(&mut self, side: &Side<'_>) -> &[Heading] {
        self.0.entry(std::ptr::from_ref(side.file)).or_insert_with(|| side.file.headings())
    }

    fn has_headings(&mut self, side: &Side<'_>) -> bool {
        !self.of(side).is_empty()
    }

    /// The heading above an entry, and where it stands.
    fn heading(&mut self, side: &Side<'_>) -> Option<(usize, String)> {
        let headings = self.of(side);
        let above = headings.partition_point(|heading| heading.offset <= side.entry.key_offset);
        let heading = headings.get(above.checked_sub(1)?)?;
        Some((heading.offset, heading.text.clone()?))
    }
}
