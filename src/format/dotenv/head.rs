//! Reads what stands before a value, or says why a line is no assignment.

use std::ops::Range;

use super::Style;
use super::error::{Error, ErrorKind};
use super::line::{before_comment, trim_end};
use crate::format::cursor::{Cursor, is_blank};

/// What stands before a value: `[export ]KEY=` or `KEY:`.
pub(super) struct Head<'a> {
    /// The blanks after `export`, if that stands before the key.
    pub(super) export: Option<&'a str>,
    pub(super) key: &'a str,
    pub(super) key_span: Range<usize>,
    pub(super) style: Style,
}

/// Reads up to and including the `=` or `:`.
pub(super) fn read_head<'a>(cursor: &mut Cursor<'a>) -> Result<Head<'a>, Error> {
    let export = take_export(cursor);
    let start = *cursor;
    let key = take_key(cursor);
    let key_span = start.offset()..cursor.offset();
    let is_spaced = !cursor.take_blanks().is_empty();
    let style = match cursor.peek() {
        Some(b'=') if !key.is_empty() => Style::Equals,
        Some(b':') if !key.is_empty() => Style::Colon,
        _ => return Err(not_an_assignment(start, export.is_some(), key)),
    };
    let separator = cursor.offset();
    cursor.take(1);
    if style == Style::Colon && (is_spaced || !cursor.peek().is_some_and(is_blank)) {
        return Err(Error::new(ErrorKind::YamlStyle, separator..separator + 1));
    }
    Ok(Head { export, key, key_span, style })
}

/// Takes `export` and its blanks where they stand before something else; it may be a key as well. Gives the blanks.
pub(super) fn take_export<'a>(cursor: &mut Cursor<'a>) -> Option<&'a str> {
    let mut ahead = *cursor;
    let blanks = ahead.take_prefix("export").then(|| ahead.take_blanks())?;
    let is_export =
        !blanks.is_empty() && !ahead.at_line_end() && !matches!(ahead.peek(), Some(b'=' | b':' | b'#'));
    is_export.then(|| {
        *cursor = ahead;
        blanks
    })
}

fn take_key<'a>(cursor: &mut Cursor<'a>) -> &'a str {
    match cursor.peek() {
        Some(first) if first.is_ascii_alphabetic() || first == b'_' => {
            cursor.take_while(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'.' | b'-'))
        }
        _ => "",
    }
}

/// Says why the line that starts here, after its `export`, is no assignment.
fn not_an_assignment(start: Cursor<'_>, exported: bool, key: &str) -> Error {
    let line = trim_end(before_comment(start.line()));
    let (kind, length) = match line.split_once('=') {
        Some(("", _)) => (ErrorKind::Key, 1),
        Some((before, _)) => (ErrorKind::Key, trim_end(before).len()),
        None if key.is_empty() => (ErrorKind::Key, line.len()),
        None if exported => (ErrorKind::ExportUnset, line.len()),
        None => (ErrorKind::NoEquals, line.len()),
    };
    Error::new(kind, start.offset()..start.offset() + length)
}

/// Whether the text is all that stands before a value, such as `export KEY = `.
pub(super) fn opens_a_value(line: &str) -> bool {
    let mut cursor = Cursor::new(line);
    cursor.take_blanks();
    let has_head = read_head(&mut cursor).is_ok();
    cursor.take_blanks();
    has_head && cursor.rest().is_empty()
}
