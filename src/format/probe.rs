//! What tests look at in a reading.

use super::Reading;
use crate::model::source::{Entry, ValueType};

/// A leaf: its path, its type and its text.
pub type Leaf = (String, ValueType, String);

/// The leaves of a reading, secret or not.
pub fn leaves(reading: &Reading) -> Vec<Leaf> {
    reading.entries.iter().map(|entry| (entry.key.to_string(), entry.value_type, text(entry))).collect()
}

/// The text of an entry.
pub fn text(entry: &Entry) -> String {
    let mut copy = String::new();
    entry.value.judge(|text| copy.push_str(text));
    copy
}

/// The leaves that a table wants.
pub fn wanted(leaves: &[(&str, ValueType, &str)]) -> Vec<Leaf> {
    leaves
        .iter()
        .map(|(path, value_type, text)| ((*path).to_owned(), *value_type, (*text).to_owned()))
        .collect()
}

/// The rest of the lines in which key and value of each leaf stand.
pub fn places<'t>(reading: &Reading, text: &'t str) -> Vec<(String, &'t str, &'t str)> {
    let rest = |offset: usize| text.get(offset..).unwrap().lines().next().unwrap_or_default();
    let place = |entry: &Entry| (entry.key.to_string(), rest(entry.key_offset), rest(entry.value_offset));
    reading.entries.iter().map(place).collect()
}

/// What a reading complains about: the messages, and the rest of the line in which each thing stands.
pub fn complaints<'t>(reading: &Reading, text: &'t str) -> Vec<(String, &'t str)> {
    let rest = |offset: usize| text.get(offset..).unwrap().lines().next().unwrap_or_default();
    let problems = reading.problems.iter();
    problems.map(|problem| (problem.message.clone(), problem.offset.map_or("", rest))).collect()
}
