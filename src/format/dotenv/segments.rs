//! Splits the text of a value at its references and decodes what is between them.

use std::borrow::Cow;

use memchr::{memchr, memchr_iter, memchr2};

use super::error::{Error, ErrorKind};
use super::{Quote, Reference, Segment, Template};

/// Decodes a value without its quotes; its text starts at the byte `offset` of the file.
pub(super) fn read_template(text: &str, offset: usize, quote: Option<Quote>) -> Result<Template<'_>, Error> {
    let mut segments = Vec::new();
    let mut rest = text;
    while let Some((before, tail)) = split_at_reference(rest, quote) {
        let start = offset + text.len() - tail.len();
        let (reference, after) = read_reference(tail, start, quote)
            .ok_or_else(|| Error::new(ErrorKind::ExpansionSyntax, start..start + 2))?;
        if !before.is_empty() {
            segments.push(Segment::Text(decode(before, quote)));
        }
        segments.push(Segment::Reference(reference));
        rest = after;
    }
    if segments.is_empty() {
        return Ok(Template::Plain(decode(text, quote)));
    }
    if !rest.is_empty() {
        segments.push(Segment::Text(decode(rest, quote)));
    }
    Ok(Template::Mixed(segments.into()))
}

/// The text before the first `${` that is to be expanded, and the text from it on.
fn split_at_reference(text: &str, quote: Option<Quote>) -> Option<(&str, &str)> {
    if quote == Some(Quote::Single) {
        return None;
    }
    let bytes = text.as_bytes();
    let at = memchr_iter(b'$', bytes).find(|&dollar| {
        let is_text = quote == Some(Quote::Double) && is_escaped(bytes, dollar);
        bytes.get(dollar + 1) == Some(&b'{') && !is_text
    })?;
    text.split_at_checked(at)
}

/// Whether an odd number of backslashes stands before this place.
pub(super) fn is_escaped(bytes: &[u8], at: usize) -> bool {
    let before = bytes.get(..at).unwrap_or_default();
    let backslashes = before.iter().rev().take_while(|byte| **byte == b'\\');
    backslashes.count() % 2 == 1
}

/// Reads the reference that the text starts with; gives the text after it as well.
fn read_reference(text: &str, offset: usize, quote: Option<Quote>) -> Option<(Reference<'_>, &str)> {
    let (inside, rest) = text.strip_prefix("${")?.split_once('}')?;
    let (name, default) = match inside.split_once(":-") {
        Some((name, default)) => (name, Some(default)),
        None => (inside, None),
    };
    let is_nested = default.is_some_and(|default| default.contains("${"));
    let reference = Reference {
        name,
        default: default.map(|default| decode(default, quote)),
        span: offset..offset + text.len() - rest.len(),
    };
    (is_name(name) && !is_nested).then_some((reference, rest))
}

/// A name as shells know it, narrower than a key: with `-` allowed, `${NAME-text}` would be a name.
fn is_name(name: &str) -> bool {
    name.starts_with(|first: char| first.is_ascii_alphabetic() || first == '_')
        && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
}

/// The text that is meant: escapes count in double quotes, and a quoted `\r\n` is one `\n`.
fn decode(text: &str, quote: Option<Quote>) -> Cow<'_, str> {
    let bytes = text.as_bytes();
    match quote {
        Some(Quote::Single) if memchr(b'\r', bytes).is_some() => Cow::Owned(text.replace("\r\n", "\n")),
        Some(Quote::Double) if memchr2(b'\\', b'\r', bytes).is_some() => Cow::Owned(unescape(text)),
        _ => Cow::Borrowed(text),
    }
}

fn unescape(text: &str) -> String {
    let mut decoded = String::with_capacity(text.len());
    let mut rest = text.chars();
    while let Some(first) = rest.next() {
        let second = rest.clone().next();
        let pair = second.and_then(|second| decode_pair(first, second));
        if pair.is_some() {
            rest.next();
        }
        decoded.push(pair.unwrap_or(first));
    }
    decoded
}

/// What two characters mean together, if they do; all other escapes stay as they are.
fn decode_pair(first: char, second: char) -> Option<char> {
    match (first, second) {
        ('\\', 'n') | ('\r', '\n') => Some('\n'),
        ('\\', 'r') => Some('\r'),
        ('\\', 't') => Some('\t'),
        ('\\', '"' | '\\' | '$') => Some(second),
        _ => None,
    }
}
