//! What of a line counts: neither the blanks at its end nor its comment.

use crate::format::cursor::is_blank;

/// The text without the blanks at its end.
pub(super) fn trim_end(text: &str) -> &str {
    let last = text.bytes().rposition(|byte| !is_blank(byte));
    last.and_then(|last| text.get(..=last)).unwrap_or_default()
}

/// The text of a line up to its comment, which starts at a `#` after a blank.
pub(super) fn before_comment(line: &str) -> &str {
    let bytes = line.as_bytes();
    let follows_blank = |hash: usize| {
        let before = hash.checked_sub(1).and_then(|at| bytes.get(at));
        before.is_some_and(|byte| is_blank(*byte))
    };
    let comment = memchr::memchr_iter(b'#', bytes).find(|hash| follows_blank(*hash));
    comment.and_then(|hash| line.get(..hash)).unwrap_or(line)
}
