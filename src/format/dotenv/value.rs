//! Reads the value of an assignment: where it ends, and what it says.

use std::ops::Range;

use memchr::{memchr, memchr2};

use super::error::{Error, ErrorKind};
use super::head::opens_a_value;
use super::line::{before_comment, trim_end};
use super::segments::read_template;
use super::{Quote, Template};
use crate::format::cursor::Cursor;

/// A value, decoded and as a place.
pub(super) struct Value<'a> {
    pub(super) template: Template<'a>,
    pub(super) span: Range<usize>,
    pub(super) quote: Option<Quote>,
}

/// A value as it stands in the file, not decoded.
pub(super) struct Raw<'a> {
    /// Without its quotes.
    pub(super) text: &'a str,
    /// With its quotes.
    pub(super) span: Range<usize>,
    pub(super) quote: Option<Quote>,
    /// What follows the closing quote and is no comment.
    pub(super) trailing: Option<Range<usize>>,
}

/// Reads the value after a `=` or `:`.
pub(super) fn read_value<'a>(cursor: &mut Cursor<'a>) -> Result<Value<'a>, Error> {
    let Raw { text, span, quote, trailing } = find_value(cursor)?;
    if let Some(trailing) = trailing {
        return Err(Error::new(ErrorKind::Trailing, trailing));
    }
    let start = span.start + usize::from(quote.is_some());
    let template = read_template(text, start, quote)?;
    Ok(Value { template, span, quote })
}

/// Finds where the value after a `=` or `:` starts and ends; leaves the cursor on its last line.
pub(super) fn find_value<'a>(cursor: &mut Cursor<'a>) -> Result<Raw<'a>, Error> {
    let separator_end = cursor.offset();
    let is_spaced = !cursor.take_blanks().is_empty();
    if is_line_over(*cursor, is_spaced) {
        return Ok(unquoted("", separator_end));
    }
    let start = cursor.offset();
    match cursor.peek() {
        Some(b'\'') => find_quoted(cursor, Quote::Single),
        Some(b'"') => find_quoted(cursor, Quote::Double),
        Some(b'`') => Err(Error::new(ErrorKind::Backtick, start..start + 1)),
        _ => {
            let text = trim_end(before_comment(cursor.line()));
            Ok(unquoted(cursor.take(text.len()), start))
        }
    }
}

/// Whether nothing but a comment is left on the line; a comment needs a blank before it.
fn is_line_over(cursor: Cursor<'_>, is_spaced: bool) -> bool {
    cursor.at_line_end() || (is_spaced && cursor.peek() == Some(b'#'))
}

fn unquoted(text: &str, start: usize) -> Raw<'_> {
    Raw { text, span: start..start + text.len(), quote: None, trailing: None }
}

/// Starts at the opening quote. A value that is never closed leaves the cursor there, so that
/// the lines after it are read as lines.
fn find_quoted<'a>(cursor: &mut Cursor<'a>, quote: Quote) -> Result<Raw<'a>, Error> {
    let start = cursor.offset();
    let unterminated = Error::new(ErrorKind::Unterminated, start..start + 1);
    let mut ahead = *cursor;
    ahead.take(1);
    let Some(length) = find_closing(ahead.rest(), quote) else {
        return Err(unterminated);
    };
    let text = ahead.take(length);
    ahead.take(1);
    let span = start..ahead.offset();
    let trailing = find_trailing(&mut ahead);
    if trailing.is_some() && closes_at_an_opening_quote(text) {
        return Err(unterminated);
    }
    *cursor = ahead;
    Ok(Raw { text, span, quote: Some(quote), trailing })
}

/// Where the quote closes. A search that finds nothing reads the rest of the file, but at most
/// once for each kind of quote: any later value that opens with it would have closed this one.
fn find_closing(text: &str, quote: Quote) -> Option<usize> {
    let bytes = text.as_bytes();
    if quote == Quote::Single {
        return memchr(b'\'', bytes);
    }
    let mut from = 0;
    loop {
        let at = from + memchr2(b'"', b'\\', bytes.get(from..)?)?;
        if bytes.get(at) == Some(&b'"') {
            return Some(at);
        }
        from = at + 2;
    }
}

/// The text between a closing quote and the end of its line or a comment.
fn find_trailing(cursor: &mut Cursor<'_>) -> Option<Range<usize>> {
    let is_spaced = !cursor.take_blanks().is_empty();
    if is_line_over(*cursor, is_spaced) {
        return None;
    }
    let start = cursor.offset();
    let text = trim_end(before_comment(cursor.line()));
    Some(start..start + text.len())
}

/// Whether the quote that ended this text stands where a later line's value opens, as in
/// `A="x` above `B="y"`: then `A` is the one that is not closed.
fn closes_at_an_opening_quote(text: &str) -> bool {
    text.rsplit_once('\n').is_some_and(|(_, line)| opens_a_value(line))
}
