//! The second reader: what a Rust program that uses dotenvy makes of a file.
//!
//! dotenvy looks references up in the process, so no `$` that it would act on is shown to it. Its errors quote the file, and
//! are dropped unread. What it reads is compared and forgotten here: only verdicts leave this file.

use std::borrow::Cow;
use std::cell::Cell;
use std::io::{self, Read};
use std::ops::Range;

use memchr::{memchr, memchr_iter};

use super::error::ErrorKind;
use super::segments::is_escaped;
use super::{Assignment, Document, Item, ItemKind, Quote, parse};
use crate::model::note::{Note, NoteKind};

/// Larger files are not shown to dotenvy, in bytes.
const MAX_BYTES: usize = 256 << 10;

/// So many blanks may begin a line, in bytes: dotenvy passes over them again for every line of the value behind them.
const MAX_INDENT: usize = 256;

/// What dotenvy reads otherwise, in order; after the line it stops at, nothing.
#[must_use]
pub(super) fn ask(text: &str) -> Vec<Note> {
    let is_deep = |line: &str| line.len() - line.trim_start().len() > MAX_INDENT;
    if text.len() > MAX_BYTES || text.split('\n').any(is_deep) {
        return vec![Note { kind: NoteKind::DotenvyUnasked, offset: 0 }];
    }
    let inert = without_references(text);
    let (ours, comparable) = (parse(text), parse(&inert));
    let theirs = Answer::of(&inert);
    let stop =
        [theirs.stop.clone(), open_reference(&ours)].into_iter().flatten().min_by_key(|lines| lines.start);
    let end = stop.as_ref().map_or(text.len(), |lines| lines.start);
    let mut values = comparable.assignments().peekable();
    let mut found = theirs.found.iter().peekable();
    let mut notes = Vec::new();
    for assignment in ours.assignments().take_while(|assignment| assignment.key_span.start < end) {
        let at = assignment.key_span.start;
        while values.next_if(|value| value.key_span.start < at).is_some() {}
        while found.next_if(|found| found.lines.end <= at).is_some() {}
        let value =
            values.peek().filter(|value| value.key_span.start == at).map(|value| value.value.written());
        let theirs = found.peek().filter(|found| found.lines.contains(&at) && found.key == assignment.key);
        let is_inert = text.get(assignment.value_span.clone()) == inert.get(assignment.value_span.clone());
        let kind = match theirs {
            None => Some(NoteKind::DotenvyMisses),
            Some(theirs) if value.as_deref() != Some(&theirs.value) => Some(NoteKind::DotenvyDiffers),
            Some(_) if !is_inert && assignment.quote != Some(Quote::Single) => Some(NoteKind::DotenvyExpands),
            Some(_) => None,
        };
        notes.extend(kind.map(|kind| Note { kind, offset: at }));
    }
    notes.extend(stop.map(|lines| Note { kind: NoteKind::DotenvyStops, offset: first_item(&ours, &lines) }));
    notes
}

/// The text with a harmless character in the place of each `$` that dotenvy would take for a reference: of those behind an
/// odd number of backslashes it takes none.
fn without_references(text: &str) -> Cow<'_, str> {
    let bytes = text.as_bytes();
    let mut inert = Cow::Borrowed(bytes);
    for at in memchr_iter(b'$', bytes).filter(|at| !is_escaped(bytes, *at)) {
        inert.to_mut().get_mut(at).into_iter().for_each(|dollar| *dollar = b'@');
    }
    match inert {
        Cow::Borrowed(_) => Cow::Borrowed(text),
        Cow::Owned(bytes) => Cow::Owned(String::from_utf8(bytes).unwrap_or_default()), // one ASCII character for another
    }
}

/// The first line with a `${` that nothing closes: dotenvy would stop there, had it been shown the `$`.
fn open_reference(document: &Document<'_>) -> Option<Range<usize>> {
    let is_open = |item: &&Item<'_>| match &item.kind {
        ItemKind::Invalid(error) if error.kind == ErrorKind::ExpansionSyntax => {
            let after = document.text.get(error.span.start..item.range.end).unwrap_or_default();
            memchr(b'}', after.as_bytes()).is_none()
        }
        _ => false,
    };
    document.items().iter().find(is_open).map(|item| item.range.clone())
}

/// Where the first assignment of these lines stands, or what should have been one.
fn first_item(document: &Document<'_>, lines: &Range<usize>) -> usize {
    let is_there = |item: &&Item<'_>| lines.contains(&item.range.start);
    let place = |item: &Item<'_>| match &item.kind {
        ItemKind::Assignment(Assignment { key_span, .. }) => Some(key_span.start),
        ItemKind::Invalid(_) => Some(item.range.start),
        ItemKind::Blank | ItemKind::Comment => None,
    };
    document.items().iter().filter(is_there).find_map(place).unwrap_or(lines.start)
}

/// What dotenvy found.
struct Answer {
    found: Vec<Found>,
    /// The lines that it read last, and could not understand.
    stop: Option<Range<usize>>,
}

/// An assignment as dotenvy reads it.
struct Found {
    /// The lines it took for it, with blank lines and comments before them.
    lines: Range<usize>,
    key: String,
    value: String,
}

impl Answer {
    fn of(text: &str) -> Self {
        let given = Cell::new(0);
        let mut answer = Self { found: Vec::new(), stop: None };
        let mut start = 0;
        for next in dotenvy::from_read_iter(Lines { rest: text.as_bytes(), given: &given }) {
            let lines = start..given.get();
            start = lines.end;
            match next {
                Ok((key, value)) => answer.found.push(Found { lines, key, value }),
                Err(_) => {
                    answer.stop = Some(lines);
                    break;
                }
            }
        }
        answer
    }
}

/// Hands out one line at a time, so that it is known how far dotenvy has read: it counts no lines.
struct Lines<'t> {
    rest: &'t [u8],
    given: &'t Cell<usize>,
}

impl Read for Lines<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let line = memchr(b'\n', self.rest).map_or(self.rest.len(), |end| end + 1);
        let length = line.min(buffer.len());
        let (given, rest) = self.rest.split_at_checked(length).unwrap_or((self.rest, &[]));
        buffer.iter_mut().zip(given).for_each(|(to, from)| *to = *from);
        self.rest = rest;
        self.given.set(self.given.get() + length);
        Ok(length)
    }
}
