//! From a byte offset in a text to the line and column that an editor shows.

use serde::Serialize;

/// A place in a text. Both count from 1; the column counts characters, not bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub struct Position {
    /// The line, from 1.
    pub line: u32,
    /// The character in the line, from 1.
    pub column: u32,
}

/// Where the lines of a text start, and how many characters stand before each block of it.
pub struct LineIndex {
    starts: Vec<usize>,
    characters: Vec<usize>,
}

/// Characters are counted in blocks of so many bytes: one line of a mebibyte may hold thousands of places to show.
const BLOCK: usize = 1 << 10;

impl LineIndex {
    /// Indexes `text`.
    pub fn new(text: &str) -> Self {
        let breaks = text.bytes().enumerate().filter(|(_, byte)| *byte == b'\n');
        let starts = std::iter::once(0).chain(breaks.map(|(at, _)| at + 1)).collect();
        let blocks = text.as_bytes().chunks(BLOCK).map(characters_in);
        let characters = blocks.scan(0, |before, block| Some(std::mem::replace(before, *before + block)));
        Self { starts, characters: characters.collect() }
    }

    /// The characters that begin before `offset`.
    fn characters_before(&self, text: &str, offset: usize) -> usize {
        let offset = offset.min(text.len());
        let block = (offset / BLOCK).min(self.characters.len().saturating_sub(1));
        let rest = text.as_bytes().get(block * BLOCK..offset).unwrap_or_default();
        self.characters.get(block).copied().unwrap_or(0) + characters_in(rest)
    }

    /// The place of `offset` in `text`, which must be the indexed text; an offset past its end is its end.
    pub fn position(&self, text: &str, offset: usize) -> Position {
        let line = self.starts.partition_point(|start| *start <= offset).max(1);
        let start = self.starts.get(line - 1).copied().unwrap_or(0);
        let rest = text.get(start..offset.min(text.len())).unwrap_or_default();
        let marks = rest.chars().take_while(|c| *c == '\u{feff}').count();
        let before = self.characters_before(text, offset).saturating_sub(self.characters_before(text, start));
        Position { line: count(line), column: count(before.saturating_sub(marks) + 1) }
    }

    /// The text of the line up to `offset`.
    pub fn line_before<'t>(&self, text: &'t str, offset: usize) -> &'t str {
        let line = self.starts.partition_point(|start| *start <= offset).max(1);
        let start = self.starts.get(line - 1).copied().unwrap_or(0);
        text.get(start..offset).unwrap_or_default().trim_start_matches('\u{feff}')
    }
}

/// The characters that begin in these bytes of a text: all but the bytes that continue one.
fn characters_in(bytes: &[u8]) -> usize {
    bytes.iter().filter(|byte| **byte & 0b1100_0000 != 0b1000_0000).count()
}

fn count(n: usize) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn lines_and_columns_count_from_one_and_in_characters() {
        let text = "A=1\nÜ=ü2\r\n\nB";
        let index = LineIndex::new(text);
        let at = |offset| {
            let Position { line, column } = index.position(text, offset);
            (line, column)
        };
        assert_eq!(at(0), (1, 1));
        assert_eq!(at(text.find('2').unwrap()), (2, 4));
        assert_eq!(at(text.find('B').unwrap()), (4, 1));
        assert_eq!(at(999), (4, 2));
    }

    proptest! {
        #[test]
        fn columns_are_counted_in_blocks_as_one_by_one(lines in proptest::collection::vec("[aü日\u{feff}]{0,700}", 1..4), at in 0..6000_usize) {
            let text = lines.join("\n");
            let at = (0..=at.min(text.len())).rev().find(|at| text.is_char_boundary(*at)).unwrap();
            let before = text.get(..at).unwrap().rsplit('\n').next().unwrap();
            let want = before.trim_start_matches('\u{feff}').chars().count() + 1;
            prop_assert_eq!(LineIndex::new(&text).position(&text, at).column as usize, want);
        }
    }
}
