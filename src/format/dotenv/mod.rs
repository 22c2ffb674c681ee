//! The dotenv format, in envctl's own strict dialect: text in, items with their places out.
//!
//! `[export ]KEY=value` or `KEY: value`, one per line. Unquoted text goes to the end of the line
//! or to a `#` after a blank; single quotes are literal; double quotes know
//! `\n \r \t \" \\ \$`; both may span lines. Only `${NAME}` and `${NAME:-text}` expand.

mod classes;
mod doubt;
mod entries;
mod error;
mod head;
mod headings;
mod line;
mod notes;
mod parse;
mod portable;
mod second_reader;
mod segments;
mod template;
mod value;
mod written;

#[cfg(test)]
mod tests;

use std::fmt;
use std::ops::Range;

pub use entries::FORMAT;
pub use error::Error;
#[cfg(test)]
use error::ErrorKind;
pub use notes::{EXAMINER, notes};
pub use parse::parse;
pub use template::{Reference, Segment, Template};

/// A parsed dotenv file; it borrows the text and keeps every byte of it.
pub struct Document<'a> {
    text: &'a str,
    items: Vec<Item<'a>>,
}

impl<'a> Document<'a> {
    /// Everything in the file, in order and without a gap.
    #[must_use]
    pub fn items(&self) -> &[Item<'a>] {
        &self.items
    }

    /// The assignments in order. A key may come twice: which one wins is the caller's business.
    pub fn assignments(&self) -> impl Iterator<Item = &Assignment<'a>> {
        self.items.iter().filter_map(|item| match &item.kind {
            ItemKind::Assignment(assignment) => Some(assignment),
            _ => None,
        })
    }

    /// The mistakes in order.
    pub fn errors(&self) -> impl Iterator<Item = &Error> {
        self.items.iter().filter_map(|item| match &item.kind {
            ItemKind::Invalid(error) => Some(error),
            _ => None,
        })
    }

    /// The file again, byte for byte.
    #[must_use]
    pub fn print(&self) -> String {
        self.items.iter().map(|item| self.source(item)).collect()
    }

    /// An item as it is written, with its line break.
    #[must_use]
    pub fn source(&self, item: &Item<'_>) -> &'a str {
        self.text.get(item.range.clone()).unwrap_or_default()
    }
}

/// Shows places and keys, but no text that may hold a secret.
impl fmt::Debug for Document<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(&self.items).finish()
    }
}

/// One or more whole lines of the file.
#[derive(Debug, Clone)]
pub struct Item<'a> {
    /// Its bytes, with the line break and, in the first item, a byte order mark.
    pub range: Range<usize>,
    /// What it is.
    pub kind: ItemKind<'a>,
}

/// What an item is.
#[derive(Debug, Clone)]
pub enum ItemKind<'a> {
    /// A line of blanks only.
    Blank,
    /// A line that starts with `#`, perhaps after blanks.
    Comment,
    /// A key with its value.
    Assignment(Assignment<'a>),
    /// A line that gives no entry.
    Invalid(Error),
}

/// A key with its value.
#[derive(Debug, Clone)]
pub struct Assignment<'a> {
    /// The key.
    pub key: &'a str,
    /// The bytes of the key.
    pub key_span: Range<usize>,
    /// The decoded value.
    pub value: Template<'a>,
    /// The bytes of the value as written: with its quotes, without blanks or a comment after it.
    pub value_span: Range<usize>,
    /// Whether `export` stands before the key.
    pub exported: bool,
    /// What stands between key and value.
    pub style: Style,
    /// What encloses the value, if anything.
    pub quote: Option<Quote>,
}

/// What stands between key and value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Style {
    /// `KEY=value`
    Equals,
    /// `KEY: value`, as in YAML
    Colon,
}

/// What encloses a value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Quote {
    /// `'literal'`
    Single,
    /// `"with escapes and references"`
    Double,
}
