//! The texts of several lines in a file, in which nothing is a comment.

use std::ops::Range;

use super::SIGN;
use crate::format::{compose, env_toml, toml_settings, toml_text, yaml};

/// The strings of `text` that go beyond a line and may hold what looks like an excuse, in their order. Each begins where
/// its value does, on a line that is not wholly its own.
pub(super) fn spans(format: &str, text: &str) -> Vec<Range<usize>> {
    match format {
        id if id == yaml::FORMAT.id || id == compose::FORMAT.id => yaml::scalars_with(text, SIGN),
        id if id == toml_settings::FORMAT.id || id == env_toml::FORMAT.id => toml_text::long_strings(text),
        "properties" => continued(text),
        "hcl" | "variables.tf" => heredocs(text),
        _ => Vec::new(),
    }
}

/// The lines of a properties file that continue the one before them, which ends with a `\\`.
fn continued(text: &str) -> Vec<Range<usize>> {
    let (mut spans, mut start, mut is_continued) = (Vec::new(), 0, false);
    for line in text.split_inclusive('\n') {
        if is_continued {
            spans.push(start..start + line.len());
        }
        let content = line.trim_end_matches(['\r', '\n']);
        let is_comment = !is_continued && content.trim_start().starts_with(['#', '!']);
        let backslashes = content.bytes().rev().take_while(|byte| *byte == b'\\').count();
        is_continued = !is_comment && backslashes % 2 == 1;
        start += line.len();
    }
    spans
}

/// The lines between `<<WORD` and `WORD`.
fn heredocs(text: &str) -> Vec<Range<usize>> {
    let (mut spans, mut start, mut open) = (Vec::new(), 0, None);
    for line in text.split_inclusive('\n') {
        let end = start + line.len();
        match open {
            Some((word, begin)) if line.trim() == word => {
                spans.push(begin..start);
                open = None;
            }
            Some(_) => {}
            None => open = word(line).map(|word| (word, end)),
        }
        start = end;
    }
    spans.extend(open.map(|(_, begin)| begin..text.len()));
    spans
}

/// The word that ends the heredoc that begins on this line.
fn word(line: &str) -> Option<&str> {
    let is_comment = line.trim_start().starts_with(['#', '/']);
    let (_, word) = line.trim().rsplit_once("<<").filter(|_| !is_comment)?;
    let word = word.strip_prefix('-').unwrap_or(word);
    let is_word = word.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '-'));
    (is_word && !word.is_empty()).then_some(word)
}
