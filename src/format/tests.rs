//! What the tests of formats have in common: a reading as lines of text.

use std::collections::BTreeMap;
use std::fmt;

use proptest::prelude::*;
use proptest::{collection, sample};

use super::Reading;
use super::tree::{Member, Node, NodeValue, flatten, json};
use crate::model::position::{LineIndex, Position};
use crate::model::source::{Entry, SourceKind, ValueType};

/// The value of an entry, secret or not.
pub(super) fn value(entry: &Entry) -> String {
    let mut value = String::new();
    entry.value.judge(|text| value.push_str(text));
    value
}

/// `path Type value` of every entry.
pub(super) fn laid(reading: &Reading) -> Vec<String> {
    let line = |entry: &Entry| {
        assert_eq!(entry.kind, SourceKind::Settings);
        format!("{} {:?} {}", entry.key, entry.value_type, value(entry))
    };
    reading.entries.iter().map(line).collect()
}

/// `line:column message` of every problem.
pub(super) fn mistakes(reading: &Reading, text: &str) -> Vec<String> {
    let problems = reading.problems.iter();
    problems.map(|problem| format!("{} {}", place(text, problem.offset.unwrap()), problem.message)).collect()
}

/// `key's place, value's place` of every entry.
pub(super) fn places(reading: &Reading, text: &str) -> Vec<String> {
    let entries = reading.entries.iter();
    entries.map(|e| format!("{} {}", place(text, e.key_offset), place(text, e.value_offset))).collect()
}

fn place(text: &str, offset: usize) -> String {
    assert!(text.is_char_boundary(offset));
    let Position { line, column } = LineIndex::new(text).position(text, offset);
    format!("{line}:{column}")
}

/// A failing test may show a tree; the program may not.
impl fmt::Debug for Node {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&json(self))
    }
}

/// `path Type value` of every leaf of a tree.
pub(super) fn laid_tree(tree: &Node) -> Vec<String> {
    laid(&Reading { entries: flatten(tree, "").unwrap_or_default(), ..Reading::default() })
}

/// Every place that a reading names is a place of the text.
pub(super) fn check(reading: &Reading, text: &str) {
    for entry in &reading.entries {
        assert!(text.is_char_boundary(entry.key_offset) && text.is_char_boundary(entry.value_offset));
        assert!(entry.key_offset <= entry.value_offset, "{}", entry.key);
    }
    for problem in &reading.problems {
        assert!(problem.offset.is_none_or(|offset| text.is_char_boundary(offset)));
        assert!(!problem.message.is_empty() && !problem.help.is_empty());
    }
}

/// Any text, and texts made of the pieces that mean something.
pub(super) fn any_text(pieces: &'static [&'static str]) -> impl Strategy<Value = String> {
    let pieces = collection::vec(sample::select(pieces), 0..40).prop_map(|pieces| pieces.concat());
    prop_oneof![4 => pieces, 1 => any::<String>(), 1 => "\\PC*"]
}

/// Any map, with names as keys on top and any text as key below.
pub(super) fn any_map() -> impl Strategy<Value = Node> {
    let scalar = prop_oneof![
        any::<String>().prop_map(|text| Node::scalar(text, ValueType::String, 0)),
        "[a-z $%{}\"\\\\\n#=:,]{0,9}".prop_map(|text| Node::scalar(text, ValueType::String, 0)),
        "-?(0|[1-9][0-9]{0,5})(\\.[0-9]{1,3})?".prop_map(|text| Node::scalar(text, ValueType::Number, 0)),
        any::<bool>().prop_map(|is| Node::scalar(is.to_string(), ValueType::Boolean, 0)),
    ];
    let node = scalar.prop_recursive(4, 30, 5, |inner| {
        let list = collection::vec(inner.clone(), 0..5);
        let list = list.prop_map(|items| Node { value: NodeValue::List(items), offset: 0 });
        let map = collection::btree_map("[a-z]{1,3}|[a-z.\" ]{0,4}|\\PC{0,3}", inner, 0..5).prop_map(map);
        prop_oneof![list, map]
    });
    collection::btree_map("[a-z][a-z0-9_]{0,5}", node, 0..6).prop_map(map)
}

fn map(map: BTreeMap<String, Node>) -> Node {
    let member = |(key, node): (String, Node)| Member { key: key.into(), key_offset: 0, node };
    Node { value: NodeValue::Map(map.into_iter().map(member).collect()), offset: 0 }
}
