//! Lines that every reader takes alike, recognised at a glance: `KEY=value` of plain characters, or in one pair of quotes.

use super::classes::{BLANK, BRACE, CAPITAL, Classes, HASH, OTHER, PLAIN, QUOTE};

/// A whole line, with its line feed.
pub(super) struct PortableLine {
    pub(super) length: usize,
    /// Where its value starts, with its quote.
    pub(super) value_at: usize,
    pub(super) is_quoted: bool,
}

impl PortableLine {
    /// The line that `text` starts with, if it is one.
    pub(super) fn read(text: &[u8]) -> Option<Self> {
        let equals = text.iter().position(|byte| !Classes::of_byte(*byte).has(CAPITAL))?;
        let starts_well = text.first().is_some_and(|first| !first.is_ascii_digit());
        if !starts_well || text.get(equals) != Some(&b'=') {
            return None;
        }
        let value_at = equals + 1;
        let rest = text.get(value_at..)?;
        let quote = rest.first().copied().filter(|byte| matches!(byte, b'"' | b'\''));
        let (length, is_quoted) = match quote {
            Some(quote) => (quoted(rest, quote)?, true),
            None => (unquoted(rest)?, false),
        };
        Some(Self { length: value_at + length, value_at, is_quoted })
    }
}

/// How long an unquoted value is with its line feed. It holds no `=` at its start or after a `:`.
fn unquoted(text: &[u8]) -> Option<usize> {
    let mut before = b':';
    let end = text.iter().position(|byte| {
        let is_odd = *byte == b'=' && before == b':';
        before = *byte;
        is_odd || !Classes::of_byte(*byte).has_only(PLAIN)
    })?;
    (text.get(end) == Some(&b'\n')).then_some(end + 1)
}

/// How long a value in quotes is with its line feed.
fn quoted(text: &[u8], quote: u8) -> Option<usize> {
    let inside = text.get(1..)?;
    let is_harmless = |byte: u8| {
        byte != quote && Classes::of_byte(byte).has_only(PLAIN | BLANK | HASH | QUOTE | OTHER | BRACE)
    };
    let end = inside.iter().position(|byte| !is_harmless(*byte))?;
    (inside.get(end) == Some(&quote) && inside.get(end + 1) == Some(&b'\n')).then_some(end + 3)
}
