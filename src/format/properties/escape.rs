//! What a backslash means.

use crate::format::cursor::Cursor;
use crate::model::source::Problem;

/// Takes a backslash and what it escapes: `\t \n \r \f`, `\uXXXX`, and any other character for itself. A backslash that
/// ends the file is nothing.
pub(super) fn take_escaped(cursor: &mut Cursor<'_>) -> Result<Option<char>, Problem> {
    let offset = cursor.offset();
    cursor.take(1);
    let Some(escaped) = cursor.rest().chars().next() else { return Ok(None) };
    cursor.take(escaped.len_utf8());
    let meant = match escaped {
        't' => '\t',
        'n' => '\n',
        'r' => '\r',
        'f' => '\x0C',
        'u' => return take_code(cursor).map(Some).ok_or_else(|| broken(offset)),
        other => other,
    };
    Ok(Some(meant))
}

/// Takes what follows `\u`; two of them may be one character, as in UTF-16.
fn take_code(cursor: &mut Cursor<'_>) -> Option<char> {
    let first = take_unit(cursor)?;
    let mut ahead = *cursor;
    let second = if ahead.take_prefix("\\u") { take_unit(&mut ahead) } else { None };
    if let Some(pair) = second.and_then(|second| decode(&[first, second])) {
        *cursor = ahead;
        return Some(pair);
    }
    decode(&[first])
}

fn take_unit(cursor: &mut Cursor<'_>) -> Option<u16> {
    let digits = cursor.rest().get(..4).filter(|digits| digits.bytes().all(|b| b.is_ascii_hexdigit()))?;
    cursor.take(4);
    u16::from_str_radix(digits, 16).ok()
}

/// The one character that the units make, if they do.
fn decode(units: &[u16]) -> Option<char> {
    let mut characters = char::decode_utf16(units.iter().copied());
    let first = characters.next()?.ok()?;
    characters.next().is_none().then_some(first)
}

fn broken(offset: usize) -> Problem {
    Problem {
        message: "this `\\u` is no character".to_owned(),
        help: "four hexadecimal digits follow `\\u`; for a backslash write `\\\\`".to_owned(),
        offset: Some(offset),
    }
}
