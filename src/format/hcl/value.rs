//! Values: literals, lists, objects, and everything else as the text that it is written in.

use super::Parser;
use super::error::{Error, ErrorKind};
use super::heredoc::{is_word, read_heredoc};
use super::skip::{skip_expression, skip_token};
use super::space::{Lines, is_over, skip_space};
use super::text::read_quoted;
use crate::format::cursor::Cursor;
use crate::format::tree::{MAX_DEPTH, MAX_NODES, Member, Node, NodeValue};
use crate::model::source::ValueType;

impl Parser<'_> {
    /// Reads a value and the blanks behind it. One that is more than a literal, a list or an object is its own text.
    pub(super) fn value(&mut self, lines: Lines) -> Result<Node, Error> {
        let mut start = self.cursor;
        let offset = start.offset();
        self.nodes += 1;
        if self.nodes > MAX_NODES {
            return Err(Error::new(ErrorKind::TooMuch, offset));
        }
        let literal = self.literal()?;
        skip_space(&mut self.cursor, lines)?;
        match literal {
            Some(value) if is_over(&self.cursor, lines) => return Ok(Node { value, offset }),
            literal => skip_expression(&mut self.cursor, lines, literal.is_some())?,
        }
        let text = start.take(self.cursor.offset() - offset).trim_end();
        Ok(Node::scalar(text, ValueType::String, offset))
    }

    /// Reads what a value begins with, if that is none of the things that only expressions know.
    fn literal(&mut self) -> Result<Option<NodeValue>, Error> {
        let text = |text: String| Some(NodeValue::Scalar(text.into(), ValueType::String));
        Ok(match self.cursor.peek() {
            Some(b'"') => text(read_quoted(&mut self.cursor)?),
            Some(b'<') => read_heredoc(&mut self.cursor)?.and_then(|heredoc| text(heredoc.text())),
            Some(b'[' | b'{') if is_for(self.cursor) => None,
            Some(b'[') => Some(NodeValue::List(self.nested(1, Self::list)?)),
            Some(b'{') => Some(NodeValue::Map(self.nested(1, Self::object)?)),
            Some(b'-' | b'0'..=b'9') => take_number(&mut self.cursor),
            _ => take_keyword(&mut self.cursor),
        })
    }

    /// Reads something that is `levels` deeper than what is around it.
    pub(super) fn nested<T>(
        &mut self,
        levels: usize,
        read: impl FnOnce(&mut Self) -> Result<T, Error>,
    ) -> Result<T, Error> {
        if self.depth + levels > MAX_DEPTH {
            return Err(Error::new(ErrorKind::TooMuch, self.cursor.offset()));
        }
        self.depth += levels;
        let read = read(self);
        self.depth -= levels;
        read
    }

    fn list(&mut self) -> Result<Vec<Node>, Error> {
        let mut items = Vec::new();
        self.items(b']', |parser| {
            items.push(parser.value(Lines::Continue)?);
            Ok(())
        })?;
        Ok(items)
    }

    fn object(&mut self) -> Result<Vec<Member>, Error> {
        let mut members = Vec::new();
        self.items(b'}', |parser| {
            members.push(parser.member()?);
            Ok(())
        })?;
        Ok(members)
    }

    /// Reads what stands between brackets; the items of an object may be separated by line breaks alone.
    fn items(
        &mut self,
        closing: u8,
        mut item: impl FnMut(&mut Self) -> Result<(), Error>,
    ) -> Result<(), Error> {
        let unclosed = Error::new(ErrorKind::Unclosed, self.cursor.offset());
        self.cursor.take(1);
        loop {
            skip_space(&mut self.cursor, Lines::Continue)?;
            match self.cursor.peek() {
                Some(byte) if byte == closing => break,
                None | Some(b')' | b']' | b'}') => return Err(unclosed),
                Some(_) => item(self)?,
            }
            self.cursor.take_prefix(",");
        }
        self.cursor.take(1);
        Ok(())
    }

    /// Reads `key = value` or `key : value` in an object.
    fn member(&mut self) -> Result<Member, Error> {
        let key_offset = self.cursor.offset();
        let key = self.key()?;
        skip_space(&mut self.cursor, Lines::End)?;
        if !matches!(self.cursor.peek(), Some(b'=' | b':')) {
            return Err(Error::new(ErrorKind::NoEquals, key_offset));
        }
        self.cursor.take(1);
        skip_space(&mut self.cursor, Lines::End)?;
        Ok(Member { key: key.into(), key_offset, node: self.value(Lines::End)? })
    }

    /// A word, text in quotes, or an expression in parentheses as it is written.
    fn key(&mut self) -> Result<String, Error> {
        let mut start = self.cursor;
        match self.cursor.peek() {
            Some(b'"') => return read_quoted(&mut self.cursor),
            Some(b'(') => skip_token(&mut self.cursor)?,
            _ => {
                self.cursor.take_while(is_word);
            }
        }
        let key = start.take(self.cursor.offset() - start.offset());
        if key.is_empty() { Err(Error::new(ErrorKind::Key, start.offset())) } else { Ok(key.to_owned()) }
    }
}

/// Does a `for` follow the bracket?
fn is_for(mut cursor: Cursor<'_>) -> bool {
    cursor.take(1);
    skip_space(&mut cursor, Lines::Continue).is_ok() && cursor.take_while(is_word) == "for"
}

/// A number as it is written; nothing if none begins here.
fn take_number(cursor: &mut Cursor<'_>) -> Option<NodeValue> {
    let mut ahead = *cursor;
    let sign = if ahead.take_prefix("-") { "-" } else { "" };
    ahead.take_blanks();
    let mut digits = ahead;
    if !take_digits(&mut ahead) {
        return None;
    }
    take_part(&mut ahead, &["."]);
    take_part(&mut ahead, &["e+", "e-", "E+", "E-", "e", "E"]);
    *cursor = ahead;
    let text = [sign, digits.take(ahead.offset() - digits.offset())].concat();
    Some(NodeValue::Scalar(text.into(), ValueType::Number))
}

fn take_digits(cursor: &mut Cursor<'_>) -> bool {
    !cursor.take_while(|byte| byte.is_ascii_digit()).is_empty()
}

/// Takes one of the marks and the digits behind it, if both are there.
fn take_part(cursor: &mut Cursor<'_>, marks: &[&str]) {
    let mut ahead = *cursor;
    if marks.iter().any(|mark| ahead.take_prefix(mark)) && take_digits(&mut ahead) {
        *cursor = ahead;
    }
}

/// `true`, `false` or `null`; nothing if another word begins here.
fn take_keyword(cursor: &mut Cursor<'_>) -> Option<NodeValue> {
    let mut ahead = *cursor;
    let (text, value_type) = match ahead.take_while(is_word) {
        "null" => ("", ValueType::Null),
        word @ ("true" | "false") => (word, ValueType::Boolean),
        _ => return None,
    };
    *cursor = ahead;
    Some(NodeValue::Scalar(text.into(), value_type))
}
