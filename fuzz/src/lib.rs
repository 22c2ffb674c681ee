//! What fuzz targets have in common: a text is read, and every place that is told is a place of it.

use envctl::format::text::decode;
use envctl::format::{FORMATS, Format};
use envctl::model::position::LineIndex;
use envctl::model::source::{Entry, Problem};

/// The text of a fuzzer's bytes, as the program itself would take them.
pub fn text(data: &[u8]) -> Option<&str> {
    decode(data).ok()
}

/// Reads the bytes in the format that is called `id`, and checks what comes out.
pub fn read(id: &str, data: &[u8]) {
    let format: Option<&Format> = FORMATS.iter().find(|format| format.id == id);
    let format = format.unwrap_or_else(|| panic!("envctl has no format that is called {id}"));
    let Some(text) = text(data) else { return };
    let reading = (format.read)(text);
    entries(&reading.entries, text);
    problems(&reading.problems, text);
}

/// Checks entries: their keys and their places.
pub fn entries(entries: &[Entry], text: &str) {
    for entry in entries {
        place(entry.key_offset, text);
        place(entry.value_offset, text);
        assert!(entry.key.ends_with(entry.name()));
    }
}

/// Checks problems: they have words and places.
pub fn problems(problems: &[Problem], text: &str) {
    for problem in problems {
        assert!(!problem.message.is_empty() && !problem.help.is_empty());
        problem.offset.into_iter().for_each(|offset| place(offset, text));
    }
    if let Some(offset) = problems.iter().filter_map(|problem| problem.offset).max() {
        let position = LineIndex::new(text).position(text, offset);
        assert!(position.line >= 1 && position.column >= 1);
    }
}

/// Checks a byte offset.
pub fn place(offset: usize, text: &str) {
    assert!(text.is_char_boundary(offset), "{offset} is no place of the text");
}
