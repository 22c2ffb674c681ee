//! Who reads which spelling otherwise, and what everybody reads alike.
//!
//! Measured with the versions that [`Readers`] lists: each reader was given the same files, and what it made of them was
//! compared with what envctl makes of them. What nobody could measure was read in the reader's source: all of `docker run
//! --env-file`, and of Ruby's dotenv, direnv, Symfony and godotenv what they do at a `-` in a key, at an open quote in a
//! comment and at a lone carriage return.

use crate::model::note::NoteKind;
use crate::model::reader::Readers;

/// What a spelling is a property of.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Subject {
    /// The file as a whole.
    File,
    /// A line that is no assignment.
    Line,
    /// A key, or a line that should have been an assignment.
    Key,
}

/// A spelling, and what readers make of it that do not read it as envctl does.
pub struct Divergence {
    kind: NoteKind,
    /// What has it.
    pub subject: Subject,
    /// What the subject has or is.
    pub what: &'static str,
    /// What that is to whom; without readers, what it is to everybody. Nothing more to say is an empty text.
    pub readings: &'static [(&'static str, Readers)],
    /// What everybody reads alike.
    pub help: &'static str,
}

/// What takes an unquoted value to all readers.
const QUOTE: &str = "put the value in double quotes";
const TIGHT: &str = "write KEY=value without blanks";
const SPLIT: &str = "there is no portable spelling: let the program that needs the value split or decode it";

const ERROR: &str = "an error";
const COMMAND: &str = "a command to run";
const SKIPPED: &str = "no assignment";
const PART: &str = "a part of the value";

const fn file(kind: NoteKind, what: &'static str, help: &'static str, readings: Readings) -> Divergence {
    Divergence { kind, subject: Subject::File, what, readings, help }
}

const fn line(kind: NoteKind, what: &'static str, help: &'static str, readings: Readings) -> Divergence {
    Divergence { kind, subject: Subject::Line, what, readings, help }
}

const fn key(kind: NoteKind, what: &'static str, help: &'static str, readings: Readings) -> Divergence {
    Divergence { kind, subject: Subject::Key, what, readings, help }
}

type Readings = &'static [(&'static str, Readers)];

const fn all(sets: &[Readers]) -> Readers {
    let (mut rest, mut all) = (sets, Readers::NONE);
    while let [first, others @ ..] = rest {
        all = all.and(*first);
        rest = others;
    }
    all
}

use NoteKind as N;
use Readers as R;

/// One row for every kind of note, in the order of [`NoteKind`].
#[rustfmt::skip]
const TABLE: &[Divergence] = &[
    file(N::ByteOrderMark, "has a byte order mark", "save it as UTF-8 without a byte order mark", &[
        ("a part of the first key", R::NODE),
        ("no assignment on the first line", R::DJANGO_ENVIRON),
        (ERROR, all(&[R::SHELLS, R::DIRENV, R::GODOTENV, R::SYMFONY, R::DOTENVY])),
    ]),
    file(N::CarriageReturn, "has carriage returns at the ends of its lines", "save it with line feeds alone (LF)", &[
        (PART, R::SHELLS),
        ("kept in values of several lines", all(&[R::COMPOSE, R::DOTENVY])),
    ]),
    file(N::NoFinalNewline, "has no line feed at its end", "end the last line with a line feed", &[
        ("an error if it ends in a blank", R::DOTENVY),
        ("its last line is lost in a shell's `while read` and joined with what is appended", R::NONE),
    ]),
    line(N::BlankLine, "has blanks and nothing else", "take the blanks out", &[
        ("the beginning of the next key", R::NODE_20),
    ]),
    line(N::IndentedComment, "has blanks before its comment", "start the line with the `#`", &[
        ("the beginning of the next key", R::NODE_20),
        ("an assignment behind an empty value", R::NODE_24),
    ]),
    line(N::CommentQuote, "has an open quote in its comment", "close the quote, or take it out", &[
        ("the beginning of a value of several lines", R::DIRENV),
    ]),
    key(N::Indent, "has blanks before it", "start the line with the key", &[
        (SKIPPED, R::DJANGO_ENVIRON),
        ("a part of the key if it is a tab", R::NODE_20),
    ]),
    key(N::Export, "has `export` before it", "leave `export` out; `set -a` exports what a shell reads", &[
        ("a part of the key if the value is empty", R::NODE_24),
        (ERROR, R::DOCKER),
    ]),
    key(N::ExportBlanks, "has `export` and several blanks before it", "leave `export` out; `set -a` exports what a shell reads", &[
        (SKIPPED, R::DJANGO_ENVIRON),
        ("a part of the key", R::NODE_20),
        ("a part of the key if the value is empty", R::NODE_24),
        (ERROR, R::DOCKER),
    ]),
    key(N::ExportTab, "has `export` and a tab before it", "leave `export` out; `set -a` exports what a shell reads", &[
        (SKIPPED, R::DJANGO_ENVIRON),
        ("a part of the key", R::NODE),
        (ERROR, R::DOCKER),
    ]),
    key(N::KeyCase, "has small letters in its name", "write the key in capitals", &[
        ("on Windows the same variable as in capitals", R::NONE),
    ]),
    key(N::KeyDot, "has a `.` in its name", "write `_` for the `.`", &[
        (SKIPPED, R::DJANGO_ENVIRON),
        (COMMAND, R::SHELLS),
        (ERROR, R::SYMFONY),
    ]),
    key(N::KeyDash, "has a `-` in its name", "write `_` for the `-`", &[
        (SKIPPED, all(&[R::DJANGO_ENVIRON, R::RUBY_DOTENV])),
        (COMMAND, R::SHELLS),
        (ERROR, all(&[R::SYMFONY, R::DIRENV, R::GODOTENV, R::DOTENVY])),
    ]),
    key(N::SpaceBeforeEquals, "has a blank before its `=`", TIGHT, &[
        (COMMAND, R::SHELLS),
        (ERROR, all(&[R::SYMFONY, R::DOCKER])),
        (SKIPPED, R::DJANGO_ENVIRON),
        ("a part of the key if it is a tab", R::NODE_20),
    ]),
    key(N::SpaceAfterEquals, "has a blank after its `=`", TIGHT, &[
        (COMMAND, R::SHELLS),
        (ERROR, R::SYMFONY),
        (PART, all(&[R::DJANGO_ENVIRON, R::DOCKER])),
        ("a part of the value if it is a tab", R::NODE_20),
    ]),
    key(N::EmptyBlank, "has a blank in the place of a value", "end the line right after the `=`", &[
        ("the whole next line is the value", R::NODE_24),
        ("a part of the value if it is a tab", R::NODE_20),
        (PART, all(&[R::DJANGO_ENVIRON, R::DOCKER])),
    ]),
    key(N::YamlStyle, "has a `:` in the place of its `=`", "write KEY=value", &[
        (SKIPPED, all(&[R::NODE, R::DJANGO_ENVIRON, R::PYTHON_DOTENV])),
        (ERROR, all(&[R::SHELLS, R::DIRENV, R::SYMFONY, R::DOTENVY, R::DOCKER])),
    ]),
    key(N::InlineComment, "has a comment behind its value", "put the comment on a line of its own", &[
        (PART, all(&[R::DJANGO_ENVIRON, R::DOCKER])),
        ("an error if it holds a quote", R::DOTENVY),
    ]),
    key(N::InlineCommentTab, "has a tab and a comment behind its value", "put the comment on a line of its own", &[
        (PART, all(&[R::DJANGO_ENVIRON, R::DOCKER, R::COMPOSE])),
        ("the tab is a part of the value", R::NODE_20),
        ("an error if it holds a quote", R::DOTENVY),
    ]),
    key(N::TrailingBlank, "has blanks behind its value", "end the line with the value", &[
        (PART, all(&[R::DJANGO_ENVIRON, R::DOCKER])),
        ("a part of the value if it is a tab", R::NODE_20),
    ]),
    key(N::HashFirst, "has a `#` at the start of its unquoted value", QUOTE, &[
        ("a comment", all(&[R::NODE, R::BUN, R::DOTENV_NPM, R::DOTENVX, R::DOTENVY, R::DIRENV, R::RUBY_DOTENV, R::SYMFONY])),
        (ERROR, R::GODOTENV_MAIN),
    ]),
    key(N::HashInValue, "has a `#` in its unquoted value", QUOTE, &[
        ("the end of the value", all(&[R::NODE, R::BUN, R::DOTENV_NPM, R::DOTENVX, R::DIRENV, R::RUBY_DOTENV])),
    ]),
    key(N::SpaceUnquoted, "has a blank in its unquoted value", QUOTE, &[
        (COMMAND, R::SHELLS),
        (ERROR, all(&[R::DIRENV, R::SYMFONY, R::DOTENVY])),
    ]),
    key(N::SmartQuote, "has typographic quotes around its value", "write straight quotes, `\"` or `'`", &[
        ("a part of the value to every reader", R::NONE),
    ]),
    key(N::InnerQuote, "has a quote in its unquoted value", "put the value in quotes of the other kind", &[
        ("taken out, or an error where it stays open", all(&[R::SHELLS, R::SYMFONY, R::DOTENVY])),
    ]),
    key(N::WideChars, "has a character beyond ASCII in its unquoted value", QUOTE, &[
        ("taken out at the ends if it is a blank", all(&[R::PYTHON_DOTENV, R::DOTENV_NPM, R::DOTENVX, R::GODOTENV, R::DOTENVY])),
    ]),
    key(N::UnquotedChars, "has a character that needs quotes in its unquoted value", QUOTE, &[
        ("special: an error, a command, a list of files", R::SHELLS),
    ]),
    key(N::Backslash, "has a backslash in its unquoted value", "do without it: paths may be written with `/`", &[
        ("an escape", all(&[R::SHELLS, R::RUBY_DOTENV, R::SYMFONY, R::DOTENVY])),
    ]),
    key(N::BackslashSingle, "has a backslash in single quotes", "do without it: paths may be written with `/`", &[
        ("an escape before a backslash or a quote", R::PYTHON_DOTENV),
        ("an escape before a quote", all(&[R::COMPOSE, R::DOTENVX, R::BUN])),
        ("an error before a quote", R::DOTENVY),
    ]),
    key(N::Escape, "has a backslash in double quotes", SPLIT, &[
        ("text, but for \\n and at most \\r", all(&[R::NODE, R::BUN, R::DOTENV_NPM])),
        ("text before a quote or a backslash", R::DOTENVX),
        ("text before n, r and t, and taken out before a line break", R::SHELLS),
        ("taken out before what is no escape", all(&[R::DIRENV, R::DJANGO_ENVIRON, R::GODOTENV, R::RUBY_DOTENV])),
        ("an error before what is no escape", R::DOTENVY),
        ("text before t", R::SYMFONY),
        ("an escape before more letters", R::PYTHON_DOTENV),
        ("text", R::DOCKER),
    ]),
    key(N::Multiline, "has a value of several lines", "encode the value (base64), or write it to a file and name that", &[
        ("only its first line", all(&[R::DJANGO_ENVIRON, R::DOCKER])),
    ]),
    key(N::Command, "has `$(` or a backtick outside of single quotes", "put it in single quotes, or do without it", &[
        (COMMAND, all(&[R::SHELLS, R::DOTENVX, R::DOTENV_EXPAND, R::RUBY_DOTENV, R::SYMFONY])),
        ("an error, or torn apart", all(&[R::DIRENV, R::DOTENVY])),
    ]),
    key(N::Reference, "has a reference `${…}`", "write the value out", &[
        ("text", all(&[R::NODE, R::DOTENV_JS, R::DJANGO_ENVIRON, R::DOCKER])),
        ("looked up in the process first", all(&[R::EXPANDING, R::DOTENVX, R::DOTENVY, R::BUN, R::COMPOSE, R::RUBY_DOTENV, R::SYMFONY])),
        ("looked up in the process as well", all(&[R::SHELLS, R::DIRENV, R::GODOTENV, R::PYTHON_DOTENV])),
    ]),
    key(N::Dollar, "has a `$`", "do without it: no spelling of a `$` is read alike by all", &[
        ("a reference", all(&[R::SHELLS, R::BUN, R::EXPANDING, R::DOTENVX, R::DOTENVY, R::COMPOSE, R::DIRENV, R::GODOTENV, R::RUBY_DOTENV, R::SYMFONY])),
    ]),
    key(N::DollarEscaped, "has an escaped `$`", "do without it: no spelling of a `$` is read alike by all", &[
        ("a backslash and a `$`", all(&[R::NODE, R::DOTENV_JS, R::PYTHON_DOTENV, R::DOCKER])),
        ("a backslash and a reference", R::DIRENV),
    ]),
    key(N::DollarSingle, "has a `$` in single quotes", "do without it: no spelling of a `$` is read alike by all", &[
        ("a reference", all(&[R::EXPANDING, R::BUN])),
        ("a reference if it is `${…}`", R::PYTHON_DOTENV),
    ]),
    key(N::LineSeparator, "has a control character that ends a line", "take the character out", &[
        ("the end of the line", R::DJANGO_ENVIRON),
        ("invisible in most editors", R::NONE),
    ]),
    key(N::LoneReturn, "has a carriage return without a line feed", "end lines with line feeds", &[
        ("the end of the line", all(&[
            R::PYTHON_DOTENV, R::DJANGO_ENVIRON, R::DOTENV_NPM, R::DOTENVX, R::BUN, R::RUBY_DOTENV, R::SYMFONY, R::DIRENV, R::GODOTENV,
        ])),
        ("invisible in most editors", R::NONE),
    ]),
    key(N::ControlChars, "has a character that cannot be seen", "take the character out", &[
        ("a part of the value to every reader", R::NONE),
    ]),
    key(N::Quoted, "has quotes around its value", "write the value without quotes", &[(PART, R::DOCKER)]),
    key(N::DotenvyDiffers, "is another value to a Rust program that uses dotenvy", "write it as its other notes say", &[
        ("", R::DOTENVY),
    ]),
    key(N::DotenvyMisses, "is not seen by a Rust program that uses dotenvy", "mend the line above that takes this one for a part of its value", &[
        ("", R::DOTENVY),
    ]),
    key(N::DotenvyExpands, "has a `$` that dotenvy looks up in the process first", "write the value out, or put it in single quotes", &[
        ("", R::DOTENVY),
    ]),
    key(N::DotenvyStops, "is where dotenvy stops: it reads nothing after this line", "write it as its other findings say", &[
        ("", R::DOTENVY),
    ]),
    file(N::DotenvyUnasked, "is not compared with dotenvy: it is larger than 256 KiB, or a line of it begins with more than 256 blanks", "ask again with a part of it", &[
        ("", R::DOTENVY),
    ]),
];

impl Divergence {
    /// What there is to say of notes of this kind.
    pub fn of(kind: NoteKind) -> Option<&'static Self> {
        TABLE.get(kind as usize).filter(|row| row.kind == kind)
    }

    /// What it is to `readers`, and to everybody; empty where there is nothing more to say.
    pub fn readings_of(&self, readers: Readers) -> String {
        let reading = |(what, by): &(&str, Readers)| match by.among(readers) {
            some if !some.is_empty() && !what.is_empty() => Some(format!("{}: {what}", some.names())),
            _ => by.is_empty().then(|| (*what).to_owned()),
        };
        self.readings.iter().filter_map(reading).collect::<Vec<_>>().join("; ")
    }

    /// Does one of `readers` read it otherwise?
    pub fn concerns(&self, readers: Readers) -> bool {
        self.readings.iter().any(|(_, by)| !by.among(readers).is_empty())
    }

    /// Is it a mistake that no reader forgives?
    pub fn is_general(&self) -> bool {
        matches!(self.kind, N::SmartQuote | N::LineSeparator | N::LoneReturn | N::ControlChars)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_of_note_has_its_row() {
        for (index, row) in TABLE.iter().enumerate() {
            assert_eq!(row.kind as usize, index, "{:?}", row.kind);
            assert!(!row.readings.is_empty() && !row.what.is_empty() && !row.help.is_empty());
        }
        assert_eq!(TABLE.len(), N::DotenvyUnasked as usize + 1);
    }

    #[test]
    fn readings_are_told_of_those_who_are_asked_about() {
        let row = Divergence::of(N::HashFirst).unwrap();
        assert_eq!(
            row.readings_of(R::NODE_20.and(R::GODOTENV)),
            "Node 20: a comment; godotenv's main branch: an error"
        );
        assert_eq!(row.readings_of(R::BASH), "");
        assert!(row.concerns(R::SYMFONY) && !row.concerns(R::SHELLS));
    }
}
