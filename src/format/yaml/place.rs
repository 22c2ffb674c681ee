//! From the library's marks, which count characters, to byte offsets that point at what was written.

use saphyr_parser::{Marker, ScalarStyle};

/// Finds the bytes of marks in one text.
pub struct Places<'t> {
    text: &'t str,
    /// Where each character starts; empty where all of them are one byte long.
    starts: Vec<usize>,
}

impl<'t> Places<'t> {
    /// Places in `text`.
    pub fn new(text: &'t str) -> Self {
        let starts = match text.is_ascii() {
            true => Vec::new(),
            false => text.char_indices().map(|(start, _)| start).collect(),
        };
        Self { text, starts }
    }

    /// The byte at which `mark` stands.
    pub fn byte(&self, mark: &Marker) -> usize {
        match self.starts.is_empty() {
            true => mark.index().min(self.text.len()),
            false => self.starts.get(mark.index()).copied().unwrap_or(self.text.len()),
        }
    }

    /// The text from `offset` on.
    pub fn rest(&self, offset: usize) -> &'t str {
        self.text.get(offset..).unwrap_or_default()
    }

    /// The byte at which the node begins whose event starts at `mark`: after its anchor and its tag, if it has them.
    pub fn node(&self, mark: &Marker, has_properties: bool) -> usize {
        let mut at = self.byte(mark);
        while has_properties && self.rest(at).starts_with(['&', '!']) {
            let rest = self.rest(at);
            let end = rest.find([' ', '\t', '\r', '\n', ',', '[', ']', '{', '}']).unwrap_or(rest.len());
            let after = rest.get(end..).unwrap_or_default().trim_start_matches([' ', '\t']);
            at += rest.len() - after.len();
        }
        at
    }

    /// The byte of a scalar's node: after the colon where it is left out, at the `|` where it is a block, whose event
    /// mostly starts with its first line.
    pub fn scalar(&self, mark: &Marker, style: ScalarStyle, has_properties: bool) -> usize {
        let at = self.node(mark, has_properties);
        let rest = self.rest(at);
        match style {
            ScalarStyle::Plain => at + usize::from(rest.starts_with(':')),
            ScalarStyle::Literal | ScalarStyle::Folded if !self.is_header(at) => self.header_before(at),
            _ => at,
        }
    }

    fn is_header(&self, at: usize) -> bool {
        let rest = self.rest(at);
        rest.starts_with(['|', '>']) && header(rest.lines().next().unwrap_or_default()) == Some(0)
    }

    fn header_before(&self, at: usize) -> usize {
        let before = self.text.get(..at).unwrap_or_default().trim_end();
        let line = before.rfind(['\n', '\r']).map_or(0, |end| end + 1);
        header(before.get(line..).unwrap_or_default()).map_or(at, |column| line + column)
    }
}

/// Where in a line a block's header stands: `|`, `>-`, `|2+ # comment`.
fn header(line: &str) -> Option<usize> {
    line.match_indices(['|', '>']).map(|(at, _)| at).find(|at| {
        let after = line.get(at + 1..).unwrap_or_default();
        let rest = after.trim_start_matches(['+', '-', '1', '2', '3', '4', '5', '6', '7', '8', '9']);
        let comment = rest.trim_start_matches([' ', '\t']);
        comment.is_empty() || (comment.starts_with('#') && comment.len() < rest.len())
    })
}
