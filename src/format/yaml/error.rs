//! What is no YAML, in our own words: the library's may quote the file.

use crate::format::tree;
use crate::model::source::Problem;

/// The problem behind what the library says of the byte at `offset`.
pub fn broken(said: &str, text: &str, offset: usize) -> Problem {
    if said.starts_with("recursion limit") {
        return tree::too_much(offset);
    }
    if let Some(at) = template_in(text) {
        return template(at);
    }
    let known = SYNTAX.iter().find(|(phrases, ..)| phrases.iter().any(|phrase| said.contains(phrase)));
    let (message, help) =
        known.map_or(("this is not valid YAML", "see yaml.org for the syntax"), |(_, m, h)| (m, h));
    problem(message, help, offset)
}

/// What is said of a template.
pub const TEMPLATE: &str = "this is a template, not YAML: it must be rendered before it can be read";

/// A template's mark stands at `offset`.
pub fn template(offset: usize) -> Problem {
    problem(TEMPLATE, "quote the expression, or name the file in `ignore`", offset)
}

/// An alias stands inside of what it refers to.
pub fn endless(offset: usize) -> Problem {
    problem(
        "this alias refers to what it stands in, or to another document",
        "define its anchor above it, in the same document",
        offset,
    )
}

/// What `<<` merges is no map.
pub fn no_map(offset: usize) -> Problem {
    problem("what `<<` merges is neither a map nor a list of maps", "merge an alias of a map", offset)
}

fn problem(message: &str, help: &str, offset: usize) -> Problem {
    Problem { message: message.to_owned(), help: help.to_owned(), offset: Some(offset) }
}

/// Where a template's expression stands outside of quotes and comments, if one does.
fn template_in(text: &str) -> Option<usize> {
    let marks = ["<%", "{%", "{{"];
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        let mark = marks.iter().filter_map(|mark| line.find(mark)).min();
        let is_bare = |at: &usize| !line.get(..*at).unwrap_or_default().contains(['"', '\'', '#']);
        if let Some(at) = mark.filter(is_bare) {
            return Some(start + at);
        }
        start += line.len();
    }
    None
}

/// The library's phrases for broken syntax, and ours.
#[rustfmt::skip]
const SYNTAX: &[(&[&str], &str, &str)] = &[
    (&["tabs disallowed", "tab cannot", "a tab", "valid YAML whitespace"], "a tab stands where only spaces may indent", "indent with spaces"),
    (&["unexpected end of stream", "unexpected document indicator"],
        "the quote that opens here is never closed", "add the missing quote"),
    (&["indentation in quoted"],
        "the quote that opens here is never closed, or its lines are not indented",
        "add the missing quote, or indent the lines"),
    (&["unknown escape", "hexadecimal", "Unicode character escape"],
        "a backslash in this text is not followed by an escape", "double it, or use single quotes"),
    (&["trailing content after"], "text follows the closing quote", "quote the whole value"),
    (&["mapping values are not allowed"],
        "a `: ` stands where no key can be", "quote a value that holds `: `; else see to the lines above: a `:` is missing, or they are not aligned"),
    (&["simple key", "did not find expected key"],
        "this is no `key: value` of the map it stands in", "add the missing `: `, or correct the indentation"),
    (&["expected '-' indicator"],
        "this is no item of the list it stands in", "add the missing `- `, or correct the indentation"),
    (&["unknown anchor"],
        "an alias refers to an anchor that is not above it", "quote a value that begins with `*`"),
    (&["unexpected character"], "a value cannot begin with this character", "quote the value"),
    (&["flow mapping", "flow sequence", "flow construct", "did not find expected node content", "':' may not precede",
        "illegal placement", "only valid inside a block", "unexpected end of plain scalar"],
        "a list or a map in brackets is broken here", "add the missing comma or bracket, and quote values that hold brackets"),
    (&["misplaced bracket"], "a bracket closes what was never opened", "quote a value that holds brackets"),
    (&["comment"], "a comment stands where none can be", "put it on a line of its own, or a blank before its `#`"),
    (&["indentation", "not allowed in this context", "wrongly indented", "block scalar"],
        "the indentation is wrong here", "align it with what it belongs to"),
    (&["handle wasn't declared", "a tag", "TAG"], "this is no tag that YAML knows", "write `!name value`"),
    (&["byte order mark"], "a byte order mark stands inside of the file", "remove it"),
    (&["<document start>"], "something follows the end of the document", "begin a new document with `---`"),
];
