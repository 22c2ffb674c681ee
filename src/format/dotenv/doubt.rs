//! Lines that look like assignments and may be pieces of a secret: no "key" of theirs may ever be shown.
//!
//! A key block (PEM, PGP) that lost its quotes ends in a line such as `MIIB…Q==`; after a quote that is never closed,
//! or beside a line that is not understood, any line may be a part of the text above it.

use memchr::memmem;

use super::error::{Error, ErrorKind};
use super::{Assignment, ItemKind, Style};
use crate::format::cursor::Cursor;
use crate::format::pem::{BEGIN, END, is_block_line};
use crate::model::secret::{by_shape, is_plainly_public};

/// What is known of the lines before the next one.
pub(super) struct Doubt {
    /// Does any block begin in the file? Almost none does, and then no line needs to be searched for it.
    has_blocks: bool,
    in_block: bool,
    in_quote: bool,
    after_mistake: bool,
}

impl Doubt {
    pub(super) fn new(text: &str) -> Self {
        let has_blocks = memmem::find(text.as_bytes(), BEGIN.as_bytes()).is_some();
        Self { has_blocks, in_block: false, in_quote: false, after_mistake: false }
    }

    /// Is there nothing above that makes the next line doubtful, and nothing that could?
    pub(super) fn is_none(&self) -> bool {
        !self.has_blocks && !self.in_quote && !self.after_mistake
    }

    /// Takes the lines of a block that began above; leaves the cursor on the last of them.
    pub(super) fn take_block(&self, cursor: &mut Cursor<'_>) -> Option<Error> {
        if !self.in_block || !is_block_line(cursor.line()) {
            return None;
        }
        let first = *cursor;
        let mut next = first;
        while is_block_line(next.line()) {
            *cursor = next;
            if next.line().contains(END) {
                break;
            }
            next.skip_line();
        }
        Some(Error::new(ErrorKind::SecretPiece, first.offset()..first.offset() + first.line().len()))
    }

    /// The assignment, unless its key may be a piece of a secret.
    pub(super) fn check<'a>(&self, assignment: Assignment<'a>) -> Result<Assignment<'a>, Error> {
        let is_piece = match self.in_quote || self.after_mistake {
            true => !is_conventional(assignment.key) || is_padding(&assignment),
            false => is_random(assignment.key),
        };
        match is_piece {
            true => Err(Error::new(ErrorKind::SecretPiece, assignment.key_span)),
            false => Ok(assignment),
        }
    }

    /// Takes note of an item and its text.
    pub(super) fn learn(&mut self, kind: &ItemKind<'_>, text: &str) {
        let goes_on = self.in_block && is_block_head(kind);
        self.in_block = self.has_blocks
            && text
                .rsplit_once(BEGIN)
                .map_or(goes_on && !text.contains(END), |(_, rest)| !rest.contains(END));
        match kind {
            ItemKind::Invalid(error) => {
                self.in_quote |= error.kind == ErrorKind::Unterminated;
                self.after_mistake = true;
            }
            ItemKind::Assignment(assignment) => {
                self.in_quote &= assignment.quote.is_none();
                self.after_mistake = false;
            }
            ItemKind::Blank | ItemKind::Comment => {}
        }
    }
}

/// What may stand between the first line of a block and its base64: `Proc-Type: 4,ENCRYPTED` and a blank line.
fn is_block_head(kind: &ItemKind<'_>) -> bool {
    match kind {
        ItemKind::Blank => true,
        ItemKind::Assignment(assignment) => assignment.style == Style::Colon,
        ItemKind::Comment | ItemKind::Invalid(_) => false,
    }
}

/// A key as people write them: words and numbers, in capitals or in small letters. Random text mixes them.
fn is_conventional(key: &str) -> bool {
    let has = |what: fn(&u8) -> bool| key.as_bytes().iter().any(what);
    is_plainly_public(key) && !(has(u8::is_ascii_uppercase) && has(u8::is_ascii_lowercase))
}

/// `Qg==`: the end of base64.
fn is_padding(assignment: &Assignment<'_>) -> bool {
    assignment.quote.is_none() && assignment.value.written() == "="
}

/// A credential in the place of a key; the first two conditions only spare the work on ordinary keys.
fn is_random(key: &str) -> bool {
    key.len() >= 20 && key.bytes().any(|b| b.is_ascii_lowercase() || b.is_ascii_digit()) && by_shape(key)
}
