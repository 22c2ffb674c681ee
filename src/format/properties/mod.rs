//! `*.properties`, as Java and Spring read them: the dots of a key lead into it, as the levels of a YAML file do.
//!
//! A comment `#---` or `!---` begins a new document; one that is for a profile only (`spring.config.activate.on-profile`)
//! has its paths begin with `[on-profile/NAME].`.

mod escape;
mod pair;

#[cfg(test)]
mod tests;

use memchr::memmem;

use super::cursor::Cursor;
use super::pem::{BEGIN, END, is_block_line};
use super::tree::Flat;
use super::{Format, MAX_PROBLEMS, Reading};
use crate::model::secret::by_shape;
use crate::model::source::{Entry, Problem, SourceKind, ValueType};
use pair::{Pair, is_blank, is_break, read_pair, skip_lines};

/// The registration.
pub const FORMAT: Format = Format { id: "properties", kind: SourceKind::Settings, matches, read };

/// The keys that say for which profile a document is, the one that counts first.
const ON_PROFILE: &[&str] = &["spring.config.activate.on-profile", "spring.profiles"];

fn matches(name: &str) -> bool {
    name.ends_with(".properties")
}

fn read(text: &str) -> Reading {
    let mut cursor = Cursor::new(text);
    cursor.take_prefix("\u{feff}");
    let (document, flat, problems) = (Vec::new(), Flat::default(), Vec::new());
    let mut reader = Reader { cursor, document, flat, problems, last_sign: None };
    while reader.step() {}
    reader.end_document();
    Reading::laid(reader.flat, reader.problems)
}

struct Reader<'a> {
    cursor: Cursor<'a>,
    /// The pairs since the last separator.
    document: Vec<Pair>,
    flat: Flat,
    problems: Vec<Problem>,
    /// What the last comment began with.
    last_sign: Option<u8>,
}

impl Reader<'_> {
    /// Reads a pair or a comment; says whether there may be more.
    fn step(&mut self) -> bool {
        let mut gap = self.cursor;
        skip_lines(&mut self.cursor);
        let gap = gap.take(self.cursor.offset() - gap.offset());
        match self.cursor.peek() {
            _ if self.problems.len() >= MAX_PROBLEMS => return false,
            None => return false,
            Some(sign @ (b'#' | b'!')) => self.comment(sign, gap),
            Some(_) => self.pair(),
        }
        true
    }

    /// Reads a comment, `gap` behind what is before it. A separator is not indented, and no line of a longer comment.
    fn comment(&mut self, sign: u8, gap: &str) {
        let line = self.cursor.take_while(|byte| !is_break(byte));
        if !self.cursor.take_prefix("\r\n") {
            self.cursor.take(1);
        }
        let is_indented = gap.bytes().last().is_some_and(is_blank);
        let is_joined = (gap.is_empty() && self.last_sign == Some(sign)) || self.cursor.peek() == Some(sign);
        let is_marked = matches!(line.trim_end_matches([' ', '\t', '\x0C']), "#---" | "!---");
        if is_marked && !is_indented && !is_joined {
            self.end_document();
        }
        self.last_sign = Some(sign);
    }

    fn pair(&mut self) {
        let mut start = self.cursor;
        let pair = read_pair(&mut self.cursor);
        match pair {
            Ok(Some(pair)) if pair.key.len() >= 20 && by_shape(&pair.key) => {
                self.secret_piece(pair.key_offset)
            }
            Ok(pair) => self.document.extend(pair),
            Err(problem) => self.problems.push(problem),
        }
        let written = start.take(self.cursor.offset() - start.offset());
        let block = memmem::rfind(written.as_bytes(), BEGIN.as_bytes()).and_then(|at| written.get(at..));
        if block.is_some_and(|block| memmem::find(block.as_bytes(), END.as_bytes()).is_none()) {
            self.block();
        }
    }

    /// Passes over the lines of a block that began in a value and was not joined to it.
    fn block(&mut self) {
        let mut first = None;
        let mut ahead = self.cursor;
        loop {
            ahead.take_while(is_break);
            let offset = ahead.offset();
            let line = ahead.take_while(|byte| !is_break(byte));
            if !is_block_line(line) {
                break;
            }
            first = first.or(Some(offset));
            self.cursor = ahead;
            if line.contains(END) {
                break;
            }
        }
        if let Some(offset) = first {
            self.secret_piece(offset);
        }
    }

    fn secret_piece(&mut self, offset: usize) {
        self.problems.push(Problem {
            message: "this looks like a piece of a secret, not like a key".to_owned(),
            help: "end every line of the value but the last with `\\n\\`".to_owned(),
            offset: Some(offset),
        });
    }

    /// Makes entries of the pairs of a document: only at its end is known for which profile it is.
    fn end_document(&mut self) {
        let document = std::mem::take(&mut self.document);
        let value =
            |key: &&str| document.iter().rev().find(|pair| pair.key == *key).map(|pair| pair.value.trim());
        let profile = ON_PROFILE.iter().find_map(value).filter(|profile| !profile.is_empty());
        let profile = profile.map(|profile| format!("[on-profile/{profile}]."));
        let profile = profile.unwrap_or_default();
        for Pair { key, key_offset, value, value_offset } in document {
            if !self.flat.is_full() {
                let path = [profile.as_str(), &key].concat();
                self.flat.push(Entry::setting(&path, &value, ValueType::String, key_offset, value_offset));
            }
        }
    }
}
