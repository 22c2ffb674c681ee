//! Where an expression ends. It is not understood, only kept as text; and it may be nested, so no call is.

use super::error::{Error, ErrorKind};
use super::heredoc::{is_word, read_heredoc};
use super::space::{Lines, is_over, skip_space};
use crate::format::cursor::Cursor;
use crate::format::tree::MAX_DEPTH;

/// Moves to the end of the expression around the cursor. `follows_operand`: was a value of it read already?
pub(super) fn skip_expression(
    cursor: &mut Cursor<'_>,
    lines: Lines,
    follows_operand: bool,
) -> Result<(), Error> {
    let mut follows_operand = follows_operand;
    loop {
        skip_space(cursor, lines)?;
        if is_over(cursor, lines) {
            break;
        }
        follows_operand = skip_piece(cursor, follows_operand)?;
    }
    let end = cursor.offset();
    if follows_operand { Ok(()) } else { Err(Error::new(ErrorKind::NoValue, end)) }
}

/// What stands before a value.
const UNARY: &[&str] = &["-", "!"];

/// What stands between two values, longest first; the splat `.*` is a part of the value before it.
const BINARY: &[&str] =
    &["==", "!=", "<=", ">=", "&&", "||", "::", "+", "-", "*", "/", "%", "?", ":", ".", "<", ">"];

/// Moves past an operator or a value; says whether a value ends here.
fn skip_piece(cursor: &mut Cursor<'_>, follows_operand: bool) -> Result<bool, Error> {
    if follows_operand && cursor.take_prefix(".*") {
        return Ok(true);
    }
    let start = cursor.offset();
    let is_value = match cursor.peek() {
        Some(b'"' | b'{') => true,
        Some(b'-') => false,
        Some(byte) => is_word(byte) || cursor.rest().starts_with("<<"),
        None => false,
    };
    let is_call = matches!(cursor.peek(), Some(b'(' | b'['));
    if is_call || (is_value && !follows_operand) {
        skip_token(cursor)?;
        return Ok(true);
    }
    let (operators, mistake) = match follows_operand {
        true => (BINARY, ErrorKind::Trailing),
        false => (UNARY, ErrorKind::NotAValue),
    };
    let is_operator = !is_value && operators.iter().any(|operator| cursor.take_prefix(operator));
    if is_operator { Ok(false) } else { Err(Error::new(mistake, start)) }
}

/// Moves past text in quotes; says whether it is a template.
pub(super) fn skip_quoted(cursor: &mut Cursor<'_>) -> Result<bool, Error> {
    let mut skipper = Skipper { cursor, open: Vec::new(), has_template: false };
    skipper.token()?;
    Ok(skipper.has_template)
}

/// Moves past one token of whatever kind, and past everything inside it if it is a bracket or a quote.
pub(super) fn skip_token(cursor: &mut Cursor<'_>) -> Result<(), Error> {
    Skipper { cursor, open: Vec::new(), has_template: false }.token()
}

struct Skipper<'c, 'a> {
    cursor: &'c mut Cursor<'a>,
    /// What is open: the byte that closes it, and where it opened.
    open: Vec<(u8, usize)>,
    has_template: bool,
}

impl Skipper<'_, '_> {
    fn token(&mut self) -> Result<(), Error> {
        self.code()?;
        while let Some((closing, offset)) = self.open.last().copied() {
            if self.cursor.rest().is_empty() {
                return Err(Error::new(ErrorKind::Unclosed, offset));
            }
            if closing == b'"' { self.quoted(offset)? } else { self.code()? }
        }
        Ok(())
    }

    /// One step between quotes.
    fn quoted(&mut self, offset: usize) -> Result<(), Error> {
        self.cursor.take_while(|byte| !matches!(byte, b'"' | b'\\' | b'\n' | b'$' | b'%'));
        let rest = self.cursor.rest();
        if rest.is_empty() || rest.starts_with('\n') {
            return Err(Error::new(ErrorKind::Unclosed, offset));
        }
        if rest.starts_with("${") || rest.starts_with("%{") {
            self.has_template = true;
            return self.open(b'}', 2);
        }
        if ["$${", "%%{", "\\\\", "\\\""].iter().any(|pair| self.cursor.take_prefix(pair)) {
            return Ok(());
        }
        if self.cursor.take(1) == "\"" {
            self.open.pop();
        }
        Ok(())
    }

    /// One step outside quotes.
    fn code(&mut self) -> Result<(), Error> {
        skip_space(self.cursor, Lines::Continue)?;
        if read_heredoc(self.cursor)?.is_some() {
            return Ok(());
        }
        match self.cursor.peek() {
            Some(b'"') => self.open(b'"', 1),
            Some(b'(') => self.open(b')', 1),
            Some(b'[') => self.open(b']', 1),
            Some(b'{') => self.open(b'}', 1),
            Some(byte @ (b')' | b']' | b'}')) => self.close(byte),
            Some(byte) if is_word(byte) => {
                self.cursor.take_while(is_word);
                Ok(())
            }
            _ => {
                self.cursor.take(1);
                Ok(())
            }
        }
    }

    fn open(&mut self, closing: u8, length: usize) -> Result<(), Error> {
        let offset = self.cursor.offset();
        if self.open.len() == MAX_DEPTH {
            return Err(Error::new(ErrorKind::TooMuch, offset));
        }
        self.open.push((closing, offset));
        self.cursor.take(length);
        Ok(())
    }

    fn close(&mut self, closing: u8) -> Result<(), Error> {
        self.cursor.take(1);
        match self.open.pop() {
            Some((expected, offset)) if expected != closing => Err(Error::new(ErrorKind::Unclosed, offset)),
            _ => Ok(()),
        }
    }
}
