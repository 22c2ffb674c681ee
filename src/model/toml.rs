//! Names and texts as TOML writes them.

use std::fmt::Write;

use super::invisible::is_hidden;

/// A key as it stands in TOML, quoted where it must be.
pub fn name(text: &str) -> String {
    let is_bare =
        !text.is_empty() && text.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'-'));
    if is_bare { text.to_owned() } else { string(text) }
}

/// A basic string of TOML; what would act on a terminal or hide in it is escaped.
pub fn string(text: &str) -> String {
    let mut quoted = String::with_capacity(text.len() + 2);
    quoted.push('"');
    for c in text.chars() {
        match c {
            '"' | '\\' => quoted.extend(['\\', c]),
            c if is_hidden(c) => {
                let _ = write!(quoted, "\\U{:08x}", u32::from(c));
            }
            c => quoted.push(c),
        }
    }
    quoted.push('"');
    quoted
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_bare_is_quoted_and_what_acts_or_hides_is_escaped_as_toml_does() {
        for (text, toml) in [
            ("LOG_LEVEL-2", "LOG_LEVEL-2"),
            ("", "\"\""),
            ("log.level", "\"log.level\""),
            ("a\"b\\c'd", "\"a\\\"b\\\\c'd\""),
            ("a\u{1b}\u{202e}", "\"a\\U0000001b\\U0000202e\""),
            ("ä", "\"ä\""),
        ] {
            assert_eq!(name(text), toml);
        }
        assert_eq!(string("bare"), "\"bare\"");
    }
}
