//! Bodies: attributes and blocks, one after another.

use std::collections::HashMap;

use super::Parser;
use super::error::{Error, ErrorKind};
use super::heredoc::is_word;
use super::skip::skip_token;
use super::space::{Lines, is_line_over, skip_space};
use super::text::read_quoted;
use crate::format::MAX_PROBLEMS;
use crate::format::cursor::Cursor;
use crate::format::tree::{Member, Node, NodeValue};

/// A word of a block's head, or an attribute's name, and where it stands.
type Word = (Box<str>, usize);

/// `name = value`, or `name "label" { … }`.
struct Statement {
    head: Vec<Word>,
    is_block: bool,
    node: Node,
}

impl<'a> Parser<'a> {
    /// Reads a whole file, or what stands between the braces of the block that `opened` somewhere.
    pub(super) fn body(&mut self, opened: Option<usize>) -> Vec<Member> {
        let mut body = Body::default();
        while let Some(statement) = self.next(opened) {
            body.add(statement);
        }
        body.statements.into_iter().filter_map(Repeated::into_member).collect()
    }

    /// The next statement that can be read; nothing at the end of the body.
    fn next(&mut self, opened: Option<usize>) -> Option<Statement> {
        loop {
            if let Err(error) = skip_space(&mut self.cursor, Lines::Continue) {
                self.note(error);
            }
            match (self.cursor.peek(), opened) {
                _ if self.is_stopped => return None,
                (None, Some(opened)) => self.note(Error::new(ErrorKind::Unclosed, opened)),
                (None, None) => return None,
                (Some(b'}'), Some(_)) => {
                    self.cursor.take(1);
                    return None;
                }
                _ => {
                    let start = self.cursor;
                    match self.statement() {
                        Ok(statement) => return Some(statement),
                        Err(error) => self.give_up(error, start),
                    }
                }
            }
        }
    }

    fn statement(&mut self) -> Result<Statement, Error> {
        let start = self.cursor.offset();
        let mut head = vec![self.name()?];
        loop {
            skip_space(&mut self.cursor, Lines::End)?;
            match self.cursor.peek() {
                Some(b'=') if head.len() == 1 => {
                    self.cursor.take(1);
                    skip_space(&mut self.cursor, Lines::End)?;
                    let node = self.value(Lines::End)?;
                    self.end_of_statement();
                    return Ok(Statement { head, is_block: false, node });
                }
                Some(b'{') => {
                    let node = self.nested(head.len(), |parser| Ok(parser.block()))?;
                    self.end_of_statement();
                    return Ok(Statement { head, is_block: true, node });
                }
                Some(byte) if byte == b'"' || is_word(byte) => head.push(self.label()?),
                _ => return Err(Error::new(ErrorKind::Statement, start)),
            }
        }
    }

    fn name(&mut self) -> Result<Word, Error> {
        let offset = self.cursor.offset();
        let name = match self.cursor.peek() {
            Some(b'"') => return Err(Error::new(ErrorKind::QuotedName, offset)),
            Some(b'-' | b'0'..=b'9') => "",
            _ => self.cursor.take_while(is_word),
        };
        if name.is_empty() {
            Err(Error::new(ErrorKind::Statement, offset))
        } else {
            Ok((name.into(), offset))
        }
    }

    fn label(&mut self) -> Result<Word, Error> {
        let offset = self.cursor.offset();
        let label = match self.cursor.peek() {
            Some(b'"') => read_quoted(&mut self.cursor)?,
            _ => self.cursor.take_while(is_word).to_owned(),
        };
        Ok((label.into(), offset))
    }

    fn block(&mut self) -> Node {
        let offset = self.cursor.offset();
        self.cursor.take(1);
        Node { value: NodeValue::Map(self.body(Some(offset))), offset }
    }

    /// Nothing more may stand on the line of a statement, but the end of the block around it.
    fn end_of_statement(&mut self) {
        let spaced = skip_space(&mut self.cursor, Lines::End);
        if let Err(error) = spaced {
            self.note(error);
        } else if !self.is_at_end() && !self.is_stopped {
            self.give_up(Error::new(ErrorKind::Trailing, self.cursor.offset()), self.cursor);
        }
    }

    fn is_at_end(&self) -> bool {
        is_line_over(&self.cursor) || (self.depth > 0 && self.cursor.peek() == Some(b'}'))
    }

    /// Notes a mistake, and moves to the end of the statement that begins, or goes on, at `from`.
    fn give_up(&mut self, error: Error, from: Cursor<'a>) {
        self.cursor = from;
        self.note(error);
        while !self.is_stopped {
            let skipped = skip_space(&mut self.cursor, Lines::End);
            if skipped.is_ok() && self.is_at_end() {
                return;
            }
            if let Err(error) = skipped.and_then(|()| skip_token(&mut self.cursor)) {
                self.note(error);
            }
        }
    }

    fn note(&mut self, error: Error) {
        self.is_stopped |= error.is_fatal() || self.problems.len() + 1 == MAX_PROBLEMS;
        self.problems.push(error);
    }
}

/// The statements of a body; blocks with the same head are one.
#[derive(Default)]
struct Body {
    statements: Vec<Repeated>,
    blocks: HashMap<Vec<Box<str>>, usize>,
}

/// A statement, with the values of all blocks that have its head.
struct Repeated {
    head: Vec<Word>,
    nodes: Vec<Node>,
}

impl Body {
    fn add(&mut self, Statement { head, is_block, node }: Statement) {
        if is_block {
            let words = head.iter().map(|(word, _)| word.clone()).collect();
            let index = *self.blocks.entry(words).or_insert(self.statements.len());
            if let Some(first) = self.statements.get_mut(index) {
                return first.nodes.push(node);
            }
        }
        self.statements.push(Repeated { head, nodes: vec![node] });
    }
}

impl Repeated {
    /// The node inside maps for the words of its head: `a "b" { … }` is `a.b`; several blocks are a list.
    fn into_member(mut self) -> Option<Member> {
        let offset = self.nodes.first()?.offset;
        let node = match self.nodes.len() {
            1 => self.nodes.pop()?,
            _ => Node { value: NodeValue::List(self.nodes), offset },
        };
        let (name, labels) = self.head.split_first()?;
        let wrap = |node, (key, key_offset): &Word| {
            let member = Member { key: key.clone(), key_offset: *key_offset, node };
            Node { value: NodeValue::Map(vec![member]), offset }
        };
        let node = labels.iter().rev().fold(node, wrap);
        Some(Member { key: name.0.clone(), key_offset: name.1, node })
    }
}
