//! Collects what other readers would read otherwise; of a line with a mistake, what was understood before it.

use memchr::{memchr, memmem, memrchr};

use super::classes::{has_lone_return, is_line_separator};
use super::error::ErrorKind;
use super::headings::headings;
use super::parse::Items;
use super::portable::portable_line;
use super::written::Written;
use super::{Item, ItemKind, second_reader};
use crate::format::cursor::is_blank;
use crate::model::note::{Examiner, Note, NoteKind};

/// What looks at dotenv files for what other readers read otherwise.
pub const EXAMINER: Examiner = Examiner { notes, second_reader: second_reader::ask, headings };

/// Every spelling in the file that other readers may read otherwise, in the order of lines.
#[must_use]
pub fn notes(text: &str) -> Vec<Note> {
    let mut notes = notes_on_file(text);
    let mut items = Items::new(text);
    while !items.rest().is_empty() {
        let start = items.offset();
        let mut add = |(kind, at): (NoteKind, usize)| notes.push(Note { kind, offset: start + at });
        if items.may_skip() && pass_over(&mut items, &mut add) {
            continue;
        }
        let Some(Item { range, kind }) = items.next() else { break };
        let lines = text.get(range).unwrap_or_default();
        match kind {
            ItemKind::Invalid(error) if error.kind == ErrorKind::SecretPiece => {}
            ItemKind::Assignment(_) | ItemKind::Invalid(_) => Written::read(lines).notes().for_each(add),
            ItemKind::Comment => on_comment(lines).for_each(|kind| add((kind, 0))),
            ItemKind::Blank => on_blank(lines).for_each(|kind| add((kind, 0))),
        }
    }
    notes.sort_by_key(|note| note.offset);
    notes
}

/// Passes over a line that no other line makes doubtful: it need not be decoded. Most need no second look at all.
fn pass_over(items: &mut Items<'_>, add: impl FnMut((NoteKind, usize))) -> bool {
    let rest = items.rest();
    let length = match rest.as_bytes() {
        [b'\n', ..] => Some(1),
        bytes @ [b'#', ..] => {
            let length = memchr(b'\n', bytes).map_or(rest.len(), |end| end + 1);
            on_comment(rest.get(..length).unwrap_or_default()).map(|kind| (kind, 0)).for_each(add);
            Some(length)
        }
        bytes => portable_line(bytes).or_else(|| {
            let written = Written::read(rest);
            let length = written.length()?;
            written.notes().for_each(add);
            Some(length)
        }),
    };
    length.into_iter().for_each(|length| items.skip(length));
    length.is_some()
}

/// What is odd about the file as a whole; its place is the line, so that no column tells how long a value is.
fn notes_on_file(text: &str) -> Vec<Note> {
    let bytes = text.as_bytes();
    let line_of = |at: usize| memrchr(b'\n', bytes.get(..at).unwrap_or_default()).map_or(0, |end| end + 1);
    let mark = text.starts_with('\u{feff}').then_some(0);
    let returns = memmem::find(bytes, b"\r\n").map(line_of);
    let open_end = (!text.is_empty() && !text.ends_with('\n')).then(|| line_of(text.len()));
    let found = [
        (NoteKind::ByteOrderMark, mark),
        (NoteKind::CarriageReturn, returns),
        (NoteKind::NoFinalNewline, open_end),
    ];
    found.into_iter().filter_map(|(kind, at)| Some(Note { kind, offset: at? })).collect()
}

fn on_blank(line: &str) -> impl Iterator<Item = NoteKind> {
    let is_spaced = line.trim_start_matches('\u{feff}').bytes().next().is_some_and(is_blank);
    is_spaced.then_some(NoteKind::BlankLine).into_iter()
}

fn on_comment(line: &str) -> impl Iterator<Item = NoteKind> {
    let line = line.trim_start_matches('\u{feff}').trim_end_matches('\n');
    let line = line.strip_suffix('\r').unwrap_or(line);
    let found = [
        (NoteKind::IndentedComment, !line.starts_with('#')),
        (NoteKind::CommentQuote, opens_a_quote(line)),
        (NoteKind::LoneReturn, memchr(b'\r', line.as_bytes()).is_some() && has_lone_return(line)),
        (NoteKind::LineSeparator, line.contains(is_line_separator)),
    ];
    found.into_iter().filter_map(|(kind, applies)| applies.then_some(kind))
}

/// Does a quote that nothing closes follow the first `=` or `:` of the comment?
fn opens_a_quote(comment: &str) -> bool {
    let after = comment.split_once(['=', ':']).map(|(_, after)| after.trim_start_matches([' ', '\t']));
    let quote = after.and_then(|after| after.chars().next()).filter(|quote| matches!(quote, '"' | '\''));
    quote.is_some_and(|quote| after.is_some_and(|after| after.matches(quote).count() % 2 == 1))
}
