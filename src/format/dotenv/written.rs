//! The rules that say which spelling of an assignment readers disagree about.

use super::classes::{
    BACKSLASH, BACKTICK, BLANK, BRACE, COLON, CONTROL, Classes, DOLLAR, EQUALS, HASH, LINE_FEED, OTHER,
    QUOTE, RETURN, WIDE, has_lone_return, is_line_separator, is_unseen,
};
use super::head::{read_head, take_export};
use super::segments::is_escaped;
use super::value::{Raw, find_value};
use super::{Quote, Style};
use crate::format::cursor::{Cursor, is_blank};
use crate::model::note::NoteKind;

/// A note and the lines it applies to.
type HeadRule = (NoteKind, fn(&Written<'_>) -> bool);

/// A note and the values it applies to.
type ValueRule = (NoteKind, fn(&WrittenValue<'_>) -> bool);

/// What is odd before the value.
const HEAD_RULES: &[HeadRule] = &[
    (NoteKind::Indent, |line| !line.indent.is_empty()),
    (NoteKind::Export, |line| line.export == Some(" ")),
    (NoteKind::ExportTab, |line| line.export.is_some_and(|blanks| blanks.contains('\t'))),
    (NoteKind::ExportBlanks, |line| {
        line.export.is_some_and(|blanks| blanks.len() > 1 && !blanks.contains('\t'))
    }),
    (NoteKind::KeyCase, |line| line.key.contains(|each: char| each.is_ascii_lowercase())),
    (NoteKind::KeyDot, |line| line.key.contains('.')),
    (NoteKind::KeyDash, |line| line.key.contains('-')),
    (NoteKind::YamlStyle, |line| line.style == Some(Style::Colon)),
    (NoteKind::SpaceBeforeEquals, |line| line.joint.starts_with(BLANKS)),
    (NoteKind::SpaceAfterEquals, |line| line.style == Some(Style::Equals) && line.joint.ends_with(BLANKS)),
];

/// What is odd from the value on.
const VALUE_RULES: &[ValueRule] = &[
    (NoteKind::EmptyBlank, |value| value.is_absent() && value.has_trailing_blank()),
    (NoteKind::TrailingBlank, |value| !value.is_absent() && value.has_trailing_blank()),
    (NoteKind::InlineComment, |value| {
        value.blanks_before_comment().is_some_and(|blanks| !blanks.contains('\t'))
    }),
    (NoteKind::InlineCommentTab, |value| {
        value.blanks_before_comment().is_some_and(|blanks| blanks.contains('\t'))
    }),
    (NoteKind::HashFirst, |value| value.is_bare_with(HASH) && value.text.starts_with('#')),
    (NoteKind::HashInValue, |value| {
        value.is_bare_with(HASH) && value.text.chars().skip(1).any(|each| each == '#')
    }),
    (NoteKind::SpaceUnquoted, |value| value.is_bare_with(BLANK)),
    (NoteKind::SmartQuote, |value| value.is_bare_with(WIDE) && is_in_smart_quotes(value.text)),
    (NoteKind::InnerQuote, |value| value.is_bare_with(QUOTE)),
    (NoteKind::WideChars, |value| value.is_bare_with(WIDE) && has_wide(value.text)),
    (NoteKind::UnquotedChars, |value| value.quote.is_none() && !value.has(QUOTE) && value.needs_quotes()),
    (NoteKind::Backslash, |value| value.is_bare_with(BACKSLASH)),
    (NoteKind::BackslashSingle, |value| value.quote == Some(Quote::Single) && value.has(BACKSLASH)),
    (NoteKind::Escape, |value| {
        value.quote == Some(Quote::Double) && value.has(BACKSLASH) && has_escape(value.text)
    }),
    (NoteKind::Multiline, |value| value.has(LINE_FEED)),
    (NoteKind::Command, |value| value.quote != Some(Quote::Single) && value.has_command()),
    (NoteKind::Reference, |value| value.dollar() == Some(NoteKind::Reference)),
    (NoteKind::Dollar, |value| value.dollar() == Some(NoteKind::Dollar)),
    (NoteKind::DollarEscaped, |value| value.dollar() == Some(NoteKind::DollarEscaped)),
    (NoteKind::DollarSingle, |value| value.dollar() == Some(NoteKind::DollarSingle)),
    (NoteKind::LoneReturn, |value| value.has(RETURN) && has_lone_return(value.text)),
    (NoteKind::LineSeparator, |value| value.has(CONTROL | WIDE) && value.text.contains(is_line_separator)),
    (NoteKind::ControlChars, |value| {
        value.has(CONTROL | WIDE) && value.text.contains(|each| is_unseen(each) && !is_line_separator(each))
    }),
];

const BLANKS: [char; 2] = [' ', '\t'];
const SMART_QUOTES: [char; 4] = ['\u{2018}', '\u{2019}', '\u{201c}', '\u{201d}'];

/// A line as it stands in the file, as far as it was understood: of what a mistake ends, the part before it.
#[derive(Default)]
pub(super) struct Written<'a> {
    indent: &'a str,
    /// The blanks after `export`, if that stands there.
    export: Option<&'a str>,
    key: &'a str,
    style: Option<Style>,
    /// From the key to the value.
    joint: &'a str,
    value: Option<WrittenValue<'a>>,
    key_at: usize,
    /// With its line break, where nothing is wrong with it.
    length: Option<usize>,
}

/// A value as it stands in the file.
struct WrittenValue<'a> {
    quote: Option<Quote>,
    /// Without its quotes.
    text: &'a str,
    classes: Classes,
    /// What follows it, without the line break: blanks, a comment. Nothing where it should not be there.
    after: &'a str,
    at: usize,
}

impl<'a> Written<'a> {
    /// Reads the assignment that `text` starts with, over all its lines, or the one line of what should have been one.
    pub(super) fn read(text: &'a str) -> Self {
        let mut cursor = Cursor::new(text);
        cursor.take_prefix("\u{feff}");
        let indent = cursor.take_blanks();
        let start = cursor;
        let Ok(head) = read_head(&mut cursor) else {
            let mut cursor = start;
            let export = take_export(&mut cursor);
            return Self { indent, export, key_at: cursor.offset(), ..Self::default() };
        };
        let value = find_value(&mut cursor).ok();
        let value_at = value.as_ref().map_or(cursor.offset(), |value| value.span.start);
        let is_whole = value.as_ref().is_some_and(|value| value.trailing.is_none());
        cursor.skip_line();
        Self {
            indent,
            export: head.export,
            key: head.key,
            style: Some(head.style),
            joint: text.get(head.key_span.end..value_at).unwrap_or_default(),
            value: value.map(|value| WrittenValue::new(text, &value)),
            key_at: head.key_span.start,
            length: is_whole.then(|| cursor.offset()),
        }
    }

    /// How long it is with its line break, if it is an assignment.
    pub(super) fn length(&self) -> Option<usize> {
        self.length
    }

    /// What readers disagree about, each with its place in the lines.
    pub(super) fn notes(&self) -> impl Iterator<Item = (NoteKind, usize)> {
        let head = HEAD_RULES.iter().filter(|(_, applies)| applies(self));
        let head = head.map(|(kind, _)| (*kind, self.key_at));
        let value = self.value.iter().flat_map(|value| {
            let broken = VALUE_RULES.iter().filter(|(_, applies)| applies(value));
            broken.map(|(kind, _)| (*kind, value.at))
        });
        head.chain(value)
    }
}

impl<'a> WrittenValue<'a> {
    fn new(text: &'a str, raw: &Raw<'a>) -> Self {
        let mut end = Cursor::new(text);
        end.take(raw.span.end);
        Self {
            quote: raw.quote,
            text: raw.text,
            classes: Classes::of(raw.text.as_bytes()),
            after: if raw.trailing.is_none() { end.line() } else { "" },
            at: raw.span.start,
        }
    }

    fn has(&self, bits: u16) -> bool {
        self.classes.has(bits)
    }

    fn is_bare_with(&self, bits: u16) -> bool {
        self.quote.is_none() && self.has(bits)
    }

    /// Is there no value at all, not even a pair of quotes?
    fn is_absent(&self) -> bool {
        self.quote.is_none() && self.text.is_empty()
    }

    fn has_trailing_blank(&self) -> bool {
        !self.after.is_empty() && self.after.bytes().all(is_blank)
    }

    /// The blanks between the value and its comment, if it has one.
    fn blanks_before_comment(&self) -> Option<&'a str> {
        let (blanks, _) = self.after.split_once('#')?;
        blanks.bytes().all(is_blank).then_some(blanks)
    }

    /// Does it hold what needs quotes and no other note tells?
    fn needs_quotes(&self) -> bool {
        let has_default = || self.classes.has_all(COLON | EQUALS) && self.text.contains(":=");
        let has_loose_brace = self.has(BRACE) && !self.has(DOLLAR);
        self.has(OTHER) || has_loose_brace || self.text.starts_with('=') || has_default()
    }

    fn has_command(&self) -> bool {
        self.has(BACKTICK) || (self.has(DOLLAR) && self.text.contains("$("))
    }

    /// What its `$` are, the one that readers disagree about most.
    fn dollar(&self) -> Option<NoteKind> {
        if !self.has(DOLLAR) {
            return None;
        }
        if self.quote == Some(Quote::Single) {
            return Some(NoteKind::DollarSingle);
        }
        let bytes = self.text.as_bytes();
        let is_text = |at: usize| self.quote == Some(Quote::Double) && is_escaped(bytes, at);
        let mut dollars = memchr::memchr_iter(b'$', bytes).filter(|at| !is_text(*at)).peekable();
        let found = if dollars.peek().is_some() { NoteKind::Dollar } else { NoteKind::DollarEscaped };
        let is_reference = dollars.any(|at| bytes.get(at + 1) == Some(&b'{'));
        Some(if is_reference { NoteKind::Reference } else { found })
    }
}

fn is_in_smart_quotes(text: &str) -> bool {
    text.starts_with(SMART_QUOTES) || text.ends_with(SMART_QUOTES)
}

/// A character beyond ASCII that can be seen, apart from typographic quotes around it.
fn has_wide(text: &str) -> bool {
    let is_wide = |each: char| !each.is_ascii() && !is_unseen(each);
    text.trim_matches(SMART_QUOTES).contains(is_wide)
}

/// A backslash that does more than keep a `$`.
fn has_escape(text: &str) -> bool {
    text.split("\\$").any(|part| part.contains('\\'))
}
