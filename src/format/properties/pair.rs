//! A key with its value: one logical line, which a backslash at its end continues on the next.

use super::escape::take_escaped;
use crate::format::cursor::Cursor;
use crate::model::source::Problem;

/// A key and its value, as they are meant.
pub(super) struct Pair {
    pub(super) key: String,
    pub(super) key_offset: usize,
    pub(super) value: String,
    pub(super) value_offset: usize,
}

/// The blanks of the format.
pub(super) fn is_blank(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t' | b'\x0C')
}

/// What ends a line.
pub(super) fn is_break(byte: u8) -> bool {
    matches!(byte, b'\n' | b'\r')
}

/// Reads up to the end of the logical line; nothing if only a backslash is on it.
pub(super) fn read_pair(cursor: &mut Cursor<'_>) -> Result<Option<Pair>, Problem> {
    let key_offset = cursor.offset();
    let key = read_text(cursor, |byte| is_blank(byte) || matches!(byte, b'=' | b':'));
    skip_blanks(cursor);
    let has_separator = cursor.take_prefix("=") || cursor.take_prefix(":");
    skip_blanks(cursor);
    let value_offset = cursor.offset();
    let value = read_text(cursor, |_| false);
    let (key, value) = (key?, value?);
    match key.is_empty() {
        false => Ok(Some(Pair { key, key_offset, value, value_offset })),
        true if has_separator => Err(missing_key(key_offset)),
        true => Ok(None),
    }
}

fn missing_key(offset: usize) -> Problem {
    Problem {
        message: "a value has no key".to_owned(),
        help: "write `key=value`, or start the line with `#`".to_owned(),
        offset: Some(offset),
    }
}

/// Moves past lines on which nothing is, not even a comment.
pub(super) fn skip_lines(cursor: &mut Cursor<'_>) {
    while !cursor.take_while(|byte| is_blank(byte) || is_break(byte)).is_empty() || take_continuation(cursor)
    {
    }
}

/// Moves past blanks and the breaks that are no end of the line.
fn skip_blanks(cursor: &mut Cursor<'_>) {
    cursor.take_while(is_blank);
    while take_continuation(cursor) {}
}

/// Takes a backslash with the break behind it, and the blanks that the next line begins with.
fn take_continuation(cursor: &mut Cursor<'_>) -> bool {
    let is_continued = ["\\\r\n", "\\\n", "\\\r"].iter().any(|end| cursor.take_prefix(end));
    if is_continued {
        cursor.take_while(is_blank);
    }
    is_continued
}

/// Reads text up to the end of the line, or to the first byte that stops it. It is read to its end after a mistake too.
fn read_text(cursor: &mut Cursor<'_>, stops: impl Fn(u8) -> bool) -> Result<String, Problem> {
    let mut text = String::new();
    let mut mistake = None;
    loop {
        text.push_str(cursor.take_while(|byte| byte != b'\\' && !is_break(byte) && !stops(byte)));
        match cursor.peek() {
            Some(b'\\') if take_continuation(cursor) => {}
            Some(b'\\') => match take_escaped(cursor) {
                Ok(meant) => text.extend(meant),
                Err(problem) => mistake = mistake.or(Some(problem)),
            },
            _ => return mistake.map_or(Ok(text), Err),
        }
    }
}
