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
use super::tree::{MAX_PATHS, too_much};
use super::{Format, MAX_PROBLEMS, Reading};
use crate::model::secret::by_shape;
use crate::model::source::{Entry, Problem, SourceKind, ValueType};
use pair::{Pair, is_blank, is_break, read_pair, skip_lines};

/// The registration.
pub const FORMAT: Format = Format { id: "properties", kind: SourceKind::Settings, matches, read };

/// The key that says for which profile a document is.
const ON_PROFILE: &str = "spring.config.activate.on-profile";

fn matches(name: &str) -> bool {
    name.ends_with(".properties")
}

fn read(text: &str) -> Reading {
    let mut cursor = Cursor::new(text);
    cursor.take_prefix("\u{feff}");
    let mut reader = Reader {
        cursor,
        document: Vec::new(),
        reading: Reading::default(),
        room: MAX_PATHS,
        last_sign: None,
    };
    while reader.step() {}
    reader.end_document();
    reader.reading
}

struct Reader<'a> {
    cursor: Cursor<'a>,
    /// The pairs since the last separator.
    document: Vec<Pair>,
    reading: Reading,
    /// How many bytes the paths of further entries may hold.
    room: usize,
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
            _ if self.reading.problems.len() >= MAX_PROBLEMS => return false,
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
            Err(problem) => self.reading.problems.push(problem),
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
        self.reading.problems.push(Problem {
            message: "this looks like a piece of a secret, not like a key".to_owned(),
            help: "end every line of the value but the last with `\\n\\`".to_owned(),
            offset: Some(offset),
        });
    }

    /// Makes entries of the pairs of a document: only at its end is known for which profile it is.
    fn end_document(&mut self) {
        let document = std::mem::take(&mut self.document);
        let profile = document.iter().rev().find(|pair| pair.key == ON_PROFILE).map(|pair| pair.value.trim());
        let profile =
            profile.filter(|profile| !profile.is_empty()).map(|profile| format!("[on-profile/{profile}]."));
        let profile = profile.unwrap_or_default();
        for Pair { key, key_offset, value, value_offset } in document {
            let path = [profile.as_str(), &key].concat();
            let Some(room) = self.room.checked_sub(path.len()) else {
                self.reading.problems.push(too_much(key_offset));
                return;
            };
            self.room = room;
            self.reading.entries.push(Entry::setting(
                &path,
                &value,
                ValueType::String,
                key_offset,
                value_offset,
            ));
        }
    }
}
