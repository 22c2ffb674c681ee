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
    let mut cursor = Cursor::new(text);
    cursor.take_prefix("\u{feff}");
    let lines = memchr::memchr_iter(b'\n', text.as_bytes()).count() + 1;
    let mut items = Vec::with_capacity(lines);
    let mut doubt = Doubt::new(text);
    let mut start = 0;
    while start < text.len() {
        let kind = read_item(&mut cursor, &doubt);
        cursor.skip_line();
        let end = cursor.offset();
        doubt.learn(&kind, text.get(start..end).unwrap_or_default());
        items.push(Item { range: start..end, kind });
        start = end;
    }
    Document { text, items }
}

fn read_item<'a>(cursor: &mut Cursor<'a>, doubt: &Doubt) -> ItemKind<'a> {
    if let Some(error) = doubt.take_block(cursor) {
        return ItemKind::Invalid(error);
    }
    cursor.take_blanks();
    if cursor.at_line_end() {
        return ItemKind::Blank;
    }
    if cursor.peek() == Some(b'#') {
        return ItemKind::Comment;
    }
    let assignment = read_assignment(cursor).and_then(|assignment| doubt.check(assignment));
    assignment.map_or_else(ItemKind::Invalid, ItemKind::Assignment)
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
        exported: head.exported,
        style: head.style,
        quote,
    })
}
