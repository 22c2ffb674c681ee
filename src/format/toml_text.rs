//! TOML text to a typed table, with complaints in our own words: the library's may quote the file.

use std::ops::Range;

use serde::de::DeserializeOwned;
use toml::Spanned;
use toml::de::DeTable;

use toml_parser::Source;
use toml_parser::lexer::TokenKind;

use super::tree::too_much;
use crate::model::nearest::nearest;
use crate::model::secret::by_shape;
use crate::model::source::Problem;

/// Where the strings of several lines stand in `text`.
pub fn long_strings(text: &str) -> Vec<Range<usize>> {
    let is_long = |kind: TokenKind| matches!(kind, TokenKind::MlBasicString | TokenKind::MlLiteralString);
    let tokens = Source::new(text).lex().filter(|token| is_long(token.kind()));
    tokens.map(|token| token.span().start()..token.span().end()).collect()
}

/// Why a text is not what was asked for, and where.
#[derive(Debug)]
pub struct Complaint {
    /// Byte offset.
    pub offset: usize,
    /// What is wrong.
    pub message: String,
    /// What to do.
    pub help: String,
}

impl Complaint {
    /// A complaint about the text at `offset`.
    pub fn new(offset: usize, message: impl Into<String>, help: impl Into<String>) -> Self {
        Self { offset, message: message.into(), help: help.into() }
    }
}

/// Reads `text` as a `T`.
///
/// # Errors
/// The first [`Complaint`]. It quotes keys of the file, never values.
pub fn read<T: DeserializeOwned>(text: &str) -> Result<T, Complaint> {
    check_depth(text)?;
    toml::from_str(text).map_err(|error| complain(&error, text))
}

/// Reads `text` as a table with the places of all that is in it.
///
/// # Errors
/// The first [`Complaint`].
pub fn table(text: &str) -> Result<Spanned<DeTable<'_>>, Complaint> {
    check_depth(text)?;
    DeTable::parse(text).map_err(|error| complain(&error, text))
}

/// The deepest nesting below a `[heading]`. The library stops at 80 brackets, and at 80 dots in a key; but 80 dots inside
/// each bracket make thousands of levels, too many for a small stack.
const MAX_DEPTH: usize = 70;

/// Is nothing nested too deeply, brackets and dotted keys taken together?
fn check_depth(text: &str) -> Result<(), Complaint> {
    let mut open: Vec<(TokenKind, usize)> = Vec::new();
    let (mut depth, mut dots) = (0, 0);
    for token in Source::new(text).lex() {
        let closing = match token.kind() {
            TokenKind::LeftSquareBracket => Some(TokenKind::RightSquareBracket),
            TokenKind::LeftCurlyBracket => Some(TokenKind::RightCurlyBracket),
            _ => None,
        };
        if let Some(closing) = closing {
            open.push((closing, dots + 1));
            depth += dots + 1;
        } else if let Some((_, levels)) = open.pop_if(|(closing, _)| *closing == token.kind()) {
            depth -= levels;
        }
        dots = match token.kind() {
            TokenKind::Dot => dots + 1,
            TokenKind::Atom | TokenKind::Whitespace | TokenKind::BasicString | TokenKind::LiteralString => {
                dots
            }
            _ => 0,
        };
        if depth + dots > MAX_DEPTH {
            let Problem { message, help, .. } = too_much(token.span().start());
            return Err(Complaint { offset: token.span().start(), message, help });
        }
    }
    Ok(())
}

/// Marks messages of our own visitors, which may be shown as they are.
pub const OWN: &str = "envctl: ";

fn complain(error: &toml::de::Error, text: &str) -> Complaint {
    let span = error.span().unwrap_or_default();
    // From the right: what was found comes first and may be any text of the file.
    let (found, expected) = error.message().rsplit_once(", expected ").unwrap_or((error.message(), ""));
    let (message, help) = if let Some(own) = error.message().strip_prefix(OWN) {
        (own.to_owned(), "correct the value".to_owned())
    } else if found.starts_with("unknown field") {
        unknown_key(text.get(span.clone()).unwrap_or_default(), expected)
    } else if let Some(found) = found.strip_prefix("invalid type: ") {
        let (expected, found) = (kind_asked(expected), kind_found(found));
        (format!("expected {expected}, found {found}"), format!("write {expected} here"))
    } else if found.starts_with("invalid value") {
        ("this value is out of range".to_owned(), format!("expected {}", kind_asked(expected)))
    } else if found.starts_with("unknown variant") {
        ("this is none of the words that may stand here".to_owned(), format!("expected {expected}"))
    } else if let Some(name) = found.strip_prefix("missing field ") {
        (format!("{name} is missing in this table"), format!("add {name}"))
    } else {
        syntax(found)
    };
    Complaint { offset: span.start, message, help }
}

fn unknown_key(key: &str, expected: &str) -> (String, String) {
    let key = key.trim_matches(['"', '\'']);
    let known: Vec<&str> = expected.split('`').skip(1).step_by(2).collect();
    let help = match nearest(key, known.iter().copied()) {
        Some(near) => format!("did you mean `{near}`?"),
        None if known.is_empty() => "remove it".to_owned(),
        None => format!("known here: {}", known.join(", ")),
    };
    match by_shape(key) {
        true => {
            ("unknown key; it looks like a secret".to_owned(), "secrets belong into .env files".to_owned())
        }
        false => (format!("unknown key `{key}`"), help),
    }
}

/// What the library calls the things it found, in the words of TOML. Values follow the word and are cut.
fn kind_found(found: &str) -> &'static str {
    match found.split_whitespace().next() {
        Some("string") => "a string",
        Some("integer") => "a whole number",
        Some("boolean") => "true or false",
        Some("floating") => "a number",
        Some("map") => "a table",
        Some("sequence") => "a list",
        _ => "something else",
    }
}

fn kind_asked(expected: &str) -> &str {
    match expected {
        "a boolean" => "true or false",
        "a sequence" => "a list",
        "a TOML datetime" => "a date without quotes, YYYY-MM-DD",
        "f64" => "a number",
        "usize" => "a whole number, 0 or more",
        _ if expected.starts_with("struct") || expected == "a map" => "a table",
        _ => expected,
    }
}

/// The library's phrases for broken syntax, and ours.
const SYNTAX: &[(&str, &str, &str)] = &[
    ("duplicate key", "the same key or table is set a second time", "keep one of them"),
    ("unclosed table", "a `[table]` heading is not closed", "add the missing `]`"),
    ("unclosed array", "a list is not closed", "add the missing `]`"),
    (
        "string values must be quoted",
        "a value is missing or not quoted",
        "write text in quotes: key = \"value\"",
    ),
    (
        "invalid basic string",
        "a string is not closed on its line",
        "add the missing quote; for many lines use \"\"\"",
    ),
    (
        "invalid literal string",
        "a string is not closed on its line",
        "add the missing quote; for many lines use '''",
    ),
    (
        "invalid multi-line",
        "a string in three quotes is not closed",
        "add the missing quotes, or remove what may not stand in it",
    ),
    ("unclosed inline table", "a `{ table }` is not closed", "add the missing `}`"),
    ("missing comma", "a comma is missing", "put a comma between the items"),
    (
        "invalid unquoted key",
        "a key holds what may not stand without quotes",
        "letters, digits, `_` and `-` may; put the key in quotes",
    ),
    ("cannot extend", "a key leads into something that is no table", "rename one of them"),
    ("key with no value", "a key has no value", "write key = value"),
    ("unexpected key or value", "there is more on this line than one key and its value", "start a new line"),
    ("missing escaped value", "a backslash is not followed by an escape", "double it, or use single quotes"),
];

fn syntax(found: &str) -> (String, String) {
    let known = SYNTAX.iter().find(|(phrase, ..)| found.starts_with(phrase));
    let (message, help) =
        known.map_or(("this is not valid TOML", "see toml.io for the syntax"), |(_, m, h)| (m, h));
    (message.to_owned(), help.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde::Deserialize;

    #[derive(Deserialize, Debug)]
    #[serde(deny_unknown_fields)]
    #[expect(dead_code, reason = "it is only read into")]
    struct Sample {
        required: Option<bool>,
        help: Option<String>,
        min_len: Option<usize>,
    }

    fn complaint(text: &str) -> Complaint {
        read::<Sample>(text).unwrap_err()
    }

    #[test]
    fn complaints_never_quote_a_value() {
        for text in [
            "required = 'CANARY'",
            "help = ['CANARY'",
            "help = \"CANARY",
            "help = CANARY",
            "min_len = 'CANARY'",
            "required = 'x, expected CANARY'",
            "min_len = ', expected CANARY'",
            "sk_live_0CANARY0123456789abcd = 1",
        ] {
            let Complaint { message, help, .. } = complaint(text);
            assert!(!format!("{message}{help}").contains("CANARY"), "{text}: {message} {help}");
        }
    }

    #[test]
    fn a_misspelt_key_is_answered_with_the_nearest() {
        let found = complaint("requird = true");
        assert_eq!(
            (found.message.as_str(), found.help.as_str()),
            ("unknown key `requird`", "did you mean `required`?")
        );
    }

    #[test]
    fn what_is_nested_too_deeply_is_told_before_it_is_read() {
        let key = format!("{}a", "a.".repeat(60));
        let around =
            |opening: &str, closing: &str| format!("a = {}{}", opening.repeat(9_000), closing.repeat(9_000));
        for text in [
            around("[", "]"),
            around("{a=", "}"),
            around("[", ""),
            around("{a=]", "}"),
            format!("[{key}]\nb = {}{}", format!("{{{key} = ").repeat(79), "}".repeat(79)),
            format!("{}b = 1", "a.".repeat(9_000)),
            format!("[{}b]", "a . ".repeat(9_000)),
            format!("[[{}b]]", "'a'.\"a\".".repeat(9_000)),
        ] {
            assert!(complaint(&text).message.contains("nested too deeply"), "{:?}", text.get(..20));
            assert!(table(&text).is_err_and(|complaint| complaint.message.contains("nested too deeply")));
        }
        for text in [
            format!("[{key}]\na = {}{}", "[".repeat(60), "]".repeat(60)),
            format!("a = [{}]\n# {}\n", "{ b.c = 1.5 },\n".repeat(99), ".[{".repeat(99)),
            format!("a = '{0}'\nb = \"\\\"{0}\"\nc = '''\n'{0}'''\nd = \"\"\"{0}\"\"\"\n", ".[{".repeat(99)),
            "[a]\nb.c = 1.5\n".to_owned(),
        ] {
            assert!(table(&text).is_ok(), "{:?}", text.get(..20));
        }
    }

    #[test]
    fn types_are_told_in_the_words_of_toml() {
        assert_eq!(complaint("required = 'yes'").message, "expected true or false, found a string");
        assert_eq!(complaint("help = 5").message, "expected a string, found a whole number");
        assert_eq!(complaint("min_len = -1").message, "this value is out of range");
        assert_eq!(complaint("help = 1\nhelp = 2").message, "the same key or table is set a second time");
    }
}
