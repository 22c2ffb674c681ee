//! What can be wrong in HCL, said without repeating any of its text.

use crate::format::tree::too_much;
use crate::model::source::Problem;

/// One mistake and where it is.
#[derive(Debug)]
pub(super) struct Error {
    pub(super) kind: ErrorKind,
    pub(super) offset: usize,
}

impl Error {
    pub(super) fn new(kind: ErrorKind, offset: usize) -> Self {
        Self { kind, offset }
    }

    /// Does nobody know where the next statement begins?
    pub(super) fn is_fatal(&self) -> bool {
        matches!(self.kind, ErrorKind::Unclosed | ErrorKind::TooMuch)
    }
}

/// The ways in which HCL can be wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum ErrorKind {
    /// Neither an attribute nor a block.
    Statement,
    /// A name in quotes.
    QuotedName,
    /// Nothing where a value should be.
    NoValue,
    /// Something that begins no value.
    NotAValue,
    /// Something after a value.
    Trailing,
    /// A backslash that starts no escape.
    Escape,
    /// Something that is no key.
    Key,
    /// A key without `=` or `:`.
    NoEquals,
    /// A bracket, a quote, a heredoc or a comment without its end.
    Unclosed,
    /// Nested too deeply, or too many values.
    TooMuch,
}

impl ErrorKind {
    fn message(self) -> &'static str {
        match self {
            Self::Statement => "this is neither `name = value` nor a block",
            Self::QuotedName => "a name stands without quotes here",
            Self::NoValue => "a value is missing",
            Self::NotAValue => "this is not a value",
            Self::Trailing => "text follows the value",
            Self::Escape => "this backslash starts no valid escape",
            Self::Key => "this is not a valid key",
            Self::NoEquals => "this key has no value",
            Self::Unclosed => "what opens here is never closed",
            Self::TooMuch => "",
        }
    }

    fn help(self) -> &'static str {
        match self {
            Self::Statement => "write `name = \"value\"`, or start the line with `#`",
            Self::QuotedName => "remove the quotes",
            Self::NoValue => "write the value on this line; `null` and `\"\"` are values too",
            Self::NotAValue => "write text in double quotes",
            Self::Trailing => "start a new line; write text in double quotes",
            Self::Escape => {
                "for a backslash write `\\\\`; known are \\n \\r \\t \\\" \\\\ \\uXXXX and \\UXXXXXXXX"
            }
            Self::Key => "a key is a word, or text in double quotes",
            Self::NoEquals => "write `key = value`",
            Self::Unclosed => {
                "close it; text in quotes ends on its own line, a heredoc with its word on a line alone"
            }
            Self::TooMuch => "",
        }
    }
}

impl From<Error> for Problem {
    fn from(Error { kind, offset }: Error) -> Self {
        match kind {
            ErrorKind::TooMuch => too_much(offset),
            _ => Self {
                message: kind.message().to_owned(),
                help: kind.help().to_owned(),
                offset: Some(offset),
            },
        }
    }
}
