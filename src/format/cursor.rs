//! A place in the text being read that can only move forward; a copy of it remembers a place.

use memchr::memchr;

/// The unread rest of a text.
#[derive(Clone, Copy)]
pub(super) struct Cursor<'a> {
    rest: &'a str,
    length: usize,
}

impl<'a> Cursor<'a> {
    pub(super) fn new(text: &'a str) -> Self {
        Self { rest: text, length: text.len() }
    }

    /// The byte offset in the whole text.
    pub(super) fn offset(&self) -> usize {
        self.length - self.rest.len()
    }

    /// Everything that is still to be read.
    pub(super) fn rest(&self) -> &'a str {
        self.rest
    }

    /// The next byte, not taken.
    pub(super) fn peek(&self) -> Option<u8> {
        self.rest.as_bytes().first().copied()
    }

    /// Takes the next `length` bytes.
    pub(super) fn take(&mut self, length: usize) -> &'a str {
        let (taken, rest) = self.rest.split_at_checked(length).unwrap_or((self.rest, ""));
        self.rest = rest;
        taken
    }

    /// Takes the prefix if it comes next.
    pub(super) fn take_prefix(&mut self, prefix: &str) -> bool {
        let rest = self.rest.strip_prefix(prefix);
        self.rest = rest.unwrap_or(self.rest);
        rest.is_some()
    }

    /// Takes all bytes up to the first that is not accepted; accept ASCII only.
    pub(super) fn take_while(&mut self, accept: impl Fn(u8) -> bool) -> &'a str {
        let end = self.rest.bytes().position(|byte| !accept(byte));
        self.take(end.unwrap_or(self.rest.len()))
    }

    pub(super) fn take_blanks(&mut self) -> &'a str {
        self.take_while(is_blank)
    }

    /// Whether the line, or the text, ends here.
    pub(super) fn at_line_end(&self) -> bool {
        match self.peek() {
            None | Some(b'\n') => true,
            Some(b'\r') => self.rest.starts_with("\r\n"),
            Some(_) => false,
        }
    }

    /// The rest of the line without its line break, not taken.
    pub(super) fn line(&self) -> &'a str {
        let Some(end) = memchr(b'\n', self.rest.as_bytes()) else {
            return self.rest;
        };
        let line = self.rest.get(..end).unwrap_or_default();
        line.strip_suffix('\r').unwrap_or(line)
    }

    /// Moves to the start of the next line.
    pub(super) fn skip_line(&mut self) {
        let length = match self.peek() {
            Some(b'\n') => 1,
            _ => memchr(b'\n', self.rest.as_bytes()).map_or(self.rest.len(), |at| at + 1),
        };
        self.take(length);
    }
}

/// The only blanks: a space and a tab.
pub(super) fn is_blank(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t')
}
