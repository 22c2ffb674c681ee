//! Example files: `.env.example`, `.env.sample`, `.env.dist`, `.env.template`, `.env.schema`, and what they say of
//! the keys that are wanted.
//!
//! The comment block directly above a key, and the one behind its value, belong to it; a blank line or a divider
//! parts them. The conventions are those of public projects, and the decorators of env-spec, which varlock reads.

mod choices;
mod comment;
mod decorator;
mod key;
mod prose;

#[cfg(test)]
mod tests;

use std::collections::HashMap;

use super::dotenv::{Assignment, Document, Item, ItemKind, Style, parse};
use crate::model::secret::is_plainly_public;
use crate::model::wanted::Wanted;
use comment::{Line, is_title};
use decorator::Defaults;

/// The keys that an example file names, each once, in the order of the file. Lines that are not understood are
/// passed over.
pub fn read(text: &str) -> Vec<Wanted> {
    let document = parse(text);
    let mut reader = Reader::default();
    for item in document.items() {
        reader.item(&document, item);
    }
    reader.found
}

/// What has been read so far.
#[derive(Default)]
struct Reader<'a> {
    found: Vec<Wanted>,
    places: HashMap<String, usize>,
    /// The lines of the comment that may belong to the next key.
    block: Vec<&'a str>,
    section: Option<&'a str>,
    defaults: Defaults,
}

impl<'a> Reader<'a> {
    fn item(&mut self, document: &Document<'a>, item: &Item<'_>) {
        let source = document.source(item);
        match &item.kind {
            ItemKind::Blank | ItemKind::Invalid(_) => self.part(),
            ItemKind::Assignment(assignment) => {
                let comment = behind(source, assignment.value_span.end.saturating_sub(item.range.start));
                self.key(assignment, assignment.key_span.start, comment, false);
            }
            ItemKind::Comment => self.comment(source, item.range.end),
        }
    }

    fn comment(&mut self, source: &'a str, end: usize) {
        let code = without_mark(source);
        let document = parse(code);
        if let Some(assignment) =
            document.assignments().next().filter(|assignment| is_meant(code, assignment))
        {
            let offset = end - code.len() + assignment.key_span.start;
            let comment = behind(code, assignment.value_span.end);
            return self.key(assignment, offset, comment, true);
        }
        match Line::read(source) {
            Line::Text(text) => self.block.push(text),
            Line::Rule => self.part(),
            Line::Heading(title) => {
                self.part();
                self.section = Some(title);
            }
            Line::End => {
                self.part();
                self.section = None;
            }
        }
    }

    /// Ends a block that belongs to no key: it may be a heading, or the header of the file.
    fn part(&mut self) {
        if let [line] = self.block.as_slice()
            && is_title(line)
        {
            self.section = Some(line);
        }
        if self.found.is_empty() {
            self.block.iter().for_each(|line| self.defaults.learn(line));
        }
        self.block.clear();
    }

    fn key(&mut self, assignment: &Assignment<'_>, offset: usize, behind: Option<&str>, commented_out: bool) {
        let mut wanted = Wanted::new(assignment.key, offset);
        wanted.is_commented_out = commented_out;
        wanted.section = self.section.map(str::to_owned);
        let lines = std::mem::take(&mut self.block);
        key::describe(&mut wanted, &assignment.value.written(), lines.into_iter().chain(behind));
        if let Some(heading) = self.section {
            wanted.required = wanted.required.or_else(|| prose::section_requires(heading));
        }
        self.defaults.apply(&mut wanted);
        self.add(wanted);
    }

    /// Adds a key, or what is new of one that was found before. One that is set counts for more than a mention.
    fn add(&mut self, mut wanted: Wanted) {
        let place = self.places.get(&wanted.name).and_then(|place| self.found.get_mut(*place));
        match place {
            Some(known) => {
                if known.is_commented_out && !wanted.is_commented_out {
                    std::mem::swap(known, &mut wanted);
                }
                known.learn(wanted);
            }
            None => {
                self.places.insert(wanted.name.clone(), self.found.len());
                self.found.push(wanted);
            }
        }
    }
}

/// The comment behind a value that ends at the byte `end` of `source`.
fn behind(source: &str, end: usize) -> Option<&str> {
    source.get(end..)?.trim().strip_prefix('#').map(str::trim)
}

/// A comment without its `#` and one blank, as it would stand if it were none.
fn without_mark(source: &str) -> &str {
    let rest = source.trim_start_matches('\u{feff}').trim_start().trim_start_matches('#');
    rest.strip_prefix([' ', '\t']).unwrap_or(rest)
}

/// Is the comment `code` a key that somebody may want? Prose shows `a=b` too, indented, and random text ends in `Q==`.
fn is_meant(code: &str, assignment: &Assignment<'_>) -> bool {
    let key = assignment.key;
    let is_constant = key.len() >= 2 && !key.bytes().any(|b| b.is_ascii_lowercase() || b == b'-');
    !code.starts_with([' ', '\t'])
        && assignment.style == Style::Equals
        && assignment.value.written() != "="
        && (is_constant || key.contains('.'))
        && is_plainly_public(key)
}
