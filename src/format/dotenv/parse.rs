//! Reads a file item by item; a mistake ends its own line and never hides the next one.

use super::doubt::Doubt;
use super::error::Error;
use super::head::read_head;
use super::value::{Value, read_value};
use super::{Assignment, Document, Item, ItemKind};
use crate::format::cursor::Cursor;

/// Reads a whole file. It never fails: mistakes are items of the document.
#[must_use]
pub fn parse(text: &str) -> Document<'_> {
    let lines = memchr::memchr_iter(b'\n', text.as_bytes()).count() + 1;
    let mut items = Vec::with_capacity(lines);
    items.extend(Items::new(text));
    Document { text, items }
}

/// The items of a file, one after the other.
pub(super) struct Items<'a> {
    text: &'a str,
    cursor: Cursor<'a>,
    doubt: Doubt,
    start: usize,
}

impl<'a> Items<'a> {
    pub(super) fn new(text: &'a str) -> Self {
        let mut cursor = Cursor::new(text);
        cursor.take_prefix("\u{feff}");
        Self { text, cursor, doubt: Doubt::new(text), start: 0 }
    }

    /// What is still to be read.
    pub(super) fn rest(&self) -> &'a str {
        self.text.get(self.start..).unwrap_or_default()
    }

    /// The byte offset of what is still to be read.
    pub(super) fn offset(&self) -> usize {
        self.start
    }

    /// May lines be skipped that are understood without the ones before them?
    pub(super) fn may_skip(&self) -> bool {
        self.start == self.cursor.offset() && self.doubt.is_none()
    }

    /// Passes over lines that somebody else understood.
    pub(super) fn skip(&mut self, length: usize) {
        self.cursor.take(length);
        self.start += length;
    }

    fn read(&mut self) -> ItemKind<'a> {
        let cursor = &mut self.cursor;
        if let Some(error) = self.doubt.take_block(cursor) {
            return ItemKind::Invalid(error);
        }
        cursor.take_blanks();
        if cursor.at_line_end() {
            return ItemKind::Blank;
        }
        if cursor.peek() == Some(b'#') {
            return ItemKind::Comment;
        }
        let assignment = read_assignment(cursor).and_then(|assignment| self.doubt.check(assignment));
        assignment.map_or_else(ItemKind::Invalid, ItemKind::Assignment)
    }
}

impl<'a> Iterator for Items<'a> {
    type Item = Item<'a>;

    fn next(&mut self) -> Option<Item<'a>> {
        if self.start >= self.text.len() {
            return None;
        }
        let kind = self.read();
        self.cursor.skip_line();
        let range = self.start..self.cursor.offset();
        self.doubt.learn(&kind, self.text.get(range.clone()).unwrap_or_default());
        self.start = range.end;
        Some(Item { range, kind })
    }
}

/// Leaves the cursor on the last line of the assignment; after a mistake, on the line to give up.
fn read_assignment<'a>(cursor: &mut Cursor<'a>) -> Result<Assignment<'a>, Error> {
    let head = read_head(cursor)?;
    let Value { template, span, quote } = read_value(cursor)?;
    Ok(Assignment {
        key: head.key,
        key_span: head.key_span,
        value: template,
        value_span: span,
        exported: head.export.is_some(),
        style: head.style,
        quote,
    })
}
