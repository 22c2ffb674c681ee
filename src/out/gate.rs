//! The gate that every foreign text passes before a terminal: nothing in it may act or hide.

use std::borrow::Cow;
use std::fmt::Write;

pub use crate::model::invisible::is_hidden;

/// `text` with control, bidirectional and zero-width characters as visible escapes (`\u{1b}`).
pub fn visible(text: &str) -> Cow<'_, str> {
    let is_plain = text.bytes().all(|byte| matches!(byte, b' '..=b'~'));
    if is_plain || !text.chars().any(is_hidden) {
        return Cow::Borrowed(text);
    }
    let mut shown = String::with_capacity(text.len() + 16);
    for c in text.chars() {
        if is_hidden(c) {
            let _ = write!(shown, "\\u{{{:x}}}", u32::from(c));
        } else {
            shown.push(c);
        }
    }
    Cow::Owned(shown)
}

/// The same for text whose line breaks and tabs are ours.
pub fn visible_lines(text: &str) -> String {
    text.split('\n').map(visible).collect::<Vec<_>>().join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_acts_or_hides_becomes_visible() {
        assert_eq!(visible("a\u{1b}[31mb"), "a\\u{1b}[31mb");
        assert_eq!(visible("x\u{202e}y\u{200b}\n"), "x\\u{202e}y\\u{200b}\\u{a}");
        assert_eq!(visible("\u{9b}31m"), "\\u{9b}31m");
    }

    #[test]
    fn ordinary_text_is_not_copied() {
        assert!(matches!(visible("plain Ünïcode 日本 ✓"), Cow::Borrowed(_)));
    }
}
