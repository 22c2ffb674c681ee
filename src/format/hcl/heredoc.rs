//! Heredocs: `<<WORD`, whole lines of text, and `WORD` on a line alone.

use super::error::{Error, ErrorKind};
use super::text::unescape_markers;
use crate::format::cursor::{Cursor, is_blank};

/// The lines of a heredoc.
pub(super) struct Heredoc<'a> {
    lines: &'a str,
    is_flush: bool,
}

/// Reads a heredoc up to and including the word that ends it; nothing if none begins here.
pub(super) fn read_heredoc<'a>(cursor: &mut Cursor<'a>) -> Result<Option<Heredoc<'a>>, Error> {
    let start = *cursor;
    let mut ahead = start;
    if !ahead.take_prefix("<<") {
        return Ok(None);
    }
    let is_flush = ahead.take_prefix("-");
    let word = ahead.take_while(is_word);
    if word.is_empty() || !ahead.at_line_end() {
        return Ok(None);
    }
    ahead.skip_line();
    let mut lines = ahead;
    while ahead.line().trim_matches([' ', '\t']) != word {
        if ahead.rest().is_empty() {
            return Err(Error::new(ErrorKind::Unclosed, start.offset()));
        }
        ahead.skip_line();
    }
    let lines = lines.take(ahead.offset() - lines.offset());
    ahead.take_blanks();
    ahead.take(word.len());
    *cursor = ahead;
    Ok(Some(Heredoc { lines, is_flush }))
}

impl Heredoc<'_> {
    /// The text that is meant, with the break of its last line; templates stay as written.
    pub(super) fn text(&self) -> String {
        let text = self.lines.replace("\r\n", "\n");
        let text = if self.is_flush { flush(&text) } else { text };
        unescape_markers(&text).unwrap_or(text)
    }
}

/// What words are made of: names, keywords, numbers.
pub(super) fn is_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-') || !byte.is_ascii()
}

/// Takes away what all lines are indented by; lines of blanks only do not count.
fn flush(text: &str) -> String {
    let indent = |line: &str| line.bytes().take_while(|byte| is_blank(*byte)).count();
    let is_text = |line: &&str| line.bytes().any(|byte| !is_blank(byte) && byte != b'\n');
    let least = text.split_inclusive('\n').filter(is_text).map(indent).min().unwrap_or(0);
    let strip = |line| if is_text(&line) { line.get(least..).unwrap_or(line) } else { line };
    text.split_inclusive('\n').map(strip).collect()
}
