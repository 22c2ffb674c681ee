//! Blanks, line breaks and comments.

use memchr::memmem;

use super::error::{Error, ErrorKind};
use crate::format::cursor::Cursor;

/// Does a line break end what is being read? Not in a list, nor between other brackets.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Lines {
    /// It does.
    End,
    /// It is a blank like others.
    Continue,
}

/// Moves past blanks and `/* … */`; where lines continue, past line breaks and other comments too.
pub(super) fn skip_space(cursor: &mut Cursor<'_>, lines: Lines) -> Result<(), Error> {
    loop {
        cursor.take_blanks();
        if cursor.rest().starts_with("/*") {
            skip_comment(cursor)?;
        } else if lines == Lines::Continue && !cursor.rest().is_empty() && is_line_over(cursor) {
            cursor.skip_line();
        } else {
            return Ok(());
        }
    }
}

/// Is nothing left on this line but a comment?
pub(super) fn is_line_over(cursor: &Cursor<'_>) -> bool {
    cursor.at_line_end() || cursor.peek() == Some(b'#') || cursor.rest().starts_with("//")
}

/// Is the end of a value reached, and of the blanks behind it?
pub(super) fn is_over(cursor: &Cursor<'_>, lines: Lines) -> bool {
    matches!(cursor.peek(), None | Some(b',' | b')' | b']' | b'}'))
        || (lines == Lines::End && is_line_over(cursor))
}

fn skip_comment(cursor: &mut Cursor<'_>) -> Result<(), Error> {
    let start = cursor.offset();
    cursor.take(2);
    let end = memmem::find(cursor.rest().as_bytes(), b"*/");
    cursor.take(end.ok_or_else(|| Error::new(ErrorKind::Unclosed, start))? + 2);
    Ok(())
}
