//! Lines that every reader takes alike, recognised at a glance: `KEY=value` of plain characters, or in one pair of quotes.

use memchr::{memchr, memmem};

use super::classes::{BLANK, BRACE, CAPITAL, COLON, Classes, EQUALS, HASH, OTHER, PLAIN, QUOTE};

/// How long the line is that `text` starts with, with its line feed, if it is such a line.
pub(super) fn portable_line(text: &[u8]) -> Option<usize> {
    let equals = text.iter().position(|byte| !Classes::of_byte(*byte).has(CAPITAL))?;
    let starts_well = text.first().is_some_and(|first| !first.is_ascii_digit());
    if !starts_well || text.get(equals) != Some(&b'=') {
        return None;
    }
    let end = equals + memchr(b'\n', text.get(equals..)?)?;
    let value = text.get(equals + 1..end)?;
    let is_portable = match value {
        [quote @ (b'"' | b'\''), inside @ .., last] => quote == last && is_quotable(inside, *quote),
        _ => needs_no_quotes(value),
    };
    is_portable.then_some(end + 1)
}

fn needs_no_quotes(value: &[u8]) -> bool {
    let classes = Classes::of(value);
    let has_default = || classes.has_all(COLON | EQUALS) && memmem::find(value, b":=").is_some();
    classes.has_only(PLAIN) && value.first() != Some(&b'=') && !has_default()
}

/// May it stand between such quotes?
fn is_quotable(inside: &[u8], quote: u8) -> bool {
    let classes = Classes::of(inside);
    let has_quote = || classes.has(QUOTE) && memchr(quote, inside).is_some();
    classes.has_only(PLAIN | BLANK | HASH | QUOTE | OTHER | BRACE) && !has_quote()
}
