//! Text in quotes: what its escapes mean, and whether it is a template.

use memchr::memchr3;

use super::error::{Error, ErrorKind};
use super::skip::skip_quoted;
use crate::format::cursor::Cursor;

/// Reads text in double quotes. A template (`"${…}"`, `"%{…}"`) is kept as it is written between its quotes.
pub(super) fn read_quoted(cursor: &mut Cursor<'_>) -> Result<String, Error> {
    let mut inside = *cursor;
    let has_template = skip_quoted(cursor)?;
    inside.take(1);
    let offset = inside.offset();
    let text = inside.take(cursor.offset().saturating_sub(offset + 1));
    if has_template { Ok(text.to_owned()) } else { unescape(text, offset) }
}

/// The text that is meant; it begins at the byte `offset` of the file.
fn unescape(text: &str, offset: usize) -> Result<String, Error> {
    let mut meant = String::with_capacity(text.len());
    let mut rest = Cursor::new(text);
    while let Some(length) = memchr3(b'\\', b'$', b'%', rest.rest().as_bytes()) {
        meant.push_str(rest.take(length));
        let at = offset + rest.offset();
        match rest.take(1) {
            "\\" => meant.push(escaped(&mut rest).ok_or_else(|| Error::new(ErrorKind::Escape, at))?),
            sign => {
                meant.push_str(sign);
                skip_twin(&mut rest, sign);
            }
        }
    }
    meant.push_str(rest.rest());
    Ok(meant)
}

/// What the characters behind a backslash mean.
fn escaped(rest: &mut Cursor<'_>) -> Option<char> {
    let digits = match rest.peek()? {
        b'u' => 4,
        b'U' => 8,
        byte => {
            rest.take(1);
            return match byte {
                b'n' => Some('\n'),
                b'r' => Some('\r'),
                b't' => Some('\t'),
                b'"' | b'\\' => Some(char::from(byte)),
                _ => None,
            };
        }
    };
    rest.take(1);
    let code = rest.rest().get(..digits).filter(|code| code.bytes().all(|b| b.is_ascii_hexdigit()))?;
    rest.take(digits);
    char::from_u32(u32::from_str_radix(code, 16).ok()?)
}

/// `$${` means `${`, and `%%{` means `%{`: the sign is read, its twin is skipped.
fn skip_twin(rest: &mut Cursor<'_>, sign: &str) {
    let twin = rest.rest().strip_prefix(sign);
    if twin.is_some_and(|after| after.starts_with('{')) {
        rest.take(1);
    }
}

/// The text of a heredoc with `$${` and `%%{` as they are meant; nothing if it is a template.
pub(super) fn unescape_markers(text: &str) -> Option<String> {
    let mut meant = String::with_capacity(text.len());
    let mut rest = Cursor::new(text);
    while let Some(length) = memchr::memchr2(b'$', b'%', rest.rest().as_bytes()) {
        meant.push_str(rest.take(length));
        let sign = rest.take(1);
        if rest.peek() == Some(b'{') {
            return None;
        }
        meant.push_str(sign);
        skip_twin(&mut rest, sign);
    }
    meant.push_str(rest.rest());
    Some(meant)
}
