//! What can be wrong in a dotenv file, said without repeating any of its text.

use std::ops::Range;

/// One mistake and the bytes that hold it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Error {
    /// What is wrong.
    pub kind: ErrorKind,
    /// Where: a byte range into the text, on one line and never empty.
    pub span: Range<usize>,
}

impl Error {
    pub(super) fn new(kind: ErrorKind, span: Range<usize>) -> Self {
        Self { kind, span }
    }
}

/// The ways in which a dotenv file can be wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ErrorKind {
    /// A line that starts like a key and has no `=`.
    NoEquals,
    /// What stands before the `=` is no key.
    Key,
    /// Something other than a comment follows the closing quote.
    Trailing,
    /// No quote closes the value.
    Unterminated,
    /// The value starts with a backtick.
    Backtick,
    /// `export KEY` without a value.
    ExportUnset,
    /// `${` that is neither `${NAME}` nor `${NAME:-text}`.
    ExpansionSyntax,
    /// A colon after the key that is not the `: ` of `KEY: value`.
    YamlStyle,
    /// The line may be a piece of a secret rather than an assignment.
    SecretPiece,
}

impl ErrorKind {
    /// What is wrong, for people.
    #[must_use]
    pub fn message(self) -> &'static str {
        match self {
            Self::NoEquals => "this line is neither a comment nor `KEY=value`",
            Self::Key => "this is not a valid key",
            Self::Trailing => "text follows the closing quote",
            Self::Unterminated => "the quote that opens here is never closed",
            Self::Backtick => "a value cannot be quoted with backticks",
            Self::ExportUnset => "`export` needs a value here",
            Self::ExpansionSyntax => "this `${` starts no valid reference",
            Self::YamlStyle => "this colon separates no value from its key",
            Self::SecretPiece => "this looks like a piece of a secret, not like a key",
        }
    }

    /// What to do about it, for people.
    #[must_use]
    pub fn help(self) -> &'static str {
        match self {
            Self::NoEquals => "write `KEY=value`, or start the line with `#`",
            Self::Key => "a key is a letter or `_`, then letters, digits, `_`, `.` and `-`",
            Self::Trailing => "quote the whole value; a comment needs a blank before its `#`",
            Self::Unterminated => "close the quote; inside double quotes write `\\\"` for a quote",
            Self::Backtick => "use single quotes for literal text; commands are never run",
            Self::ExportUnset => "write `export KEY=value`",
            Self::ExpansionSyntax => {
                "only `${NAME}` and `${NAME:-text}` expand; single quotes keep `${` as text"
            }
            Self::YamlStyle => "write `KEY=value`",
            Self::SecretPiece => "put the whole value, all its lines, into one pair of quotes",
        }
    }
}
