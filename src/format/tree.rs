//! What structured formats have in common: a tree of maps, lists and scalars, laid flat into entries.

mod flat;
mod hidden;

use std::collections::HashMap;

use crate::model::source::{Problem, ValueType};
use flat::identity;
pub use flat::{Flat, MAX_PATHS, flatten, push_segment};

/// The deepest nesting that is read. Nobody writes configuration deeper; whoever does wants the stack to overflow.
pub const MAX_DEPTH: usize = 100;

/// The most nodes that are read from one file, aliases expanded.
pub const MAX_NODES: usize = 500_000;

/// A value and where it stands.
#[derive(Clone)]
pub struct Node {
    /// What it is.
    pub value: NodeValue,
    /// Byte offset, its quote included.
    pub offset: usize,
}

/// What a value is.
#[derive(Clone)]
pub enum NodeValue {
    /// A text, a number, `true` …: its text and its type.
    Scalar(Box<str>, ValueType),
    /// A list.
    List(Vec<Node>),
    /// A map, in the order of the file, with keys that stand twice.
    Map(Vec<Member>),
}

/// A key of a map with its value.
#[derive(Clone)]
pub struct Member {
    /// The key.
    pub key: Box<str>,
    /// Byte offset of the key, its quote included.
    pub key_offset: usize,
    /// The value.
    pub node: Node,
}

impl Node {
    /// A scalar.
    pub fn scalar(text: impl Into<Box<str>>, value_type: ValueType, offset: usize) -> Self {
        Self { value: NodeValue::Scalar(text.into(), value_type), offset }
    }

    /// The members, if it is a map.
    pub fn members(&self) -> &[Member] {
        if let NodeValue::Map(members) = &self.value { members } else { &[] }
    }

    /// The value of the last member with this key, if it is a map that has one.
    pub fn get(&self, key: &str) -> Option<&Node> {
        self.members().iter().rev().find(|member| &*member.key == key).map(|member| &member.node)
    }

    /// The text, if it is a scalar.
    pub fn text(&self) -> Option<&str> {
        if let NodeValue::Scalar(text, _) = &self.value { Some(text) } else { None }
    }
}

/// Members of one map, of which the last of a name wins. A leaf that is set again stays, so that both can be told; of a
/// map that is set again nothing stays but the place, because what stands in it does not count.
pub fn last_wins(mut members: Vec<Member>) -> Vec<Member> {
    let mut last: HashMap<Box<str>, (usize, bool)> = HashMap::with_capacity(members.len());
    for (index, member) in members.iter().enumerate() {
        last.insert(member.key.clone(), (index, is_leaf(&member.node)));
    }
    if last.len() == members.len() {
        return members;
    }
    for (index, member) in members.iter_mut().enumerate() {
        let Some((winner, is_leaf_too)) = last.get(&member.key) else { continue };
        if *winner != index && !(*is_leaf_too && is_leaf(&member.node)) {
            member.node = Node::scalar("", ValueType::Overruled, member.node.offset);
        }
    }
    members
}

fn is_leaf(node: &Node) -> bool {
    match &node.value {
        NodeValue::Scalar(..) => true,
        NodeValue::Map(members) => members.is_empty(),
        NodeValue::List(items) => identity(items).is_none(),
    }
}

/// A value as compact JSON.
pub fn json(node: &Node) -> String {
    let mut text = String::new();
    push_json(&mut text, node);
    text
}

fn push_json(text: &mut String, node: &Node) {
    match &node.value {
        NodeValue::Scalar(scalar, ValueType::String | ValueType::Date) => push_quoted(text, scalar),
        NodeValue::Scalar(_, ValueType::Null) => text.push_str("null"),
        NodeValue::Scalar(scalar, _) => text.push_str(scalar),
        NodeValue::List(items) => {
            text.push('[');
            for (index, item) in items.iter().enumerate() {
                text.push_str(if index == 0 { "" } else { "," });
                push_json(text, item);
            }
            text.push(']');
        }
        NodeValue::Map(members) => {
            text.push('{');
            for (index, member) in members.iter().enumerate() {
                text.push_str(if index == 0 { "" } else { "," });
                push_quoted(text, &member.key);
                text.push(':');
                push_json(text, &member.node);
            }
            text.push('}');
        }
    }
}

fn push_quoted(text: &mut String, scalar: &str) {
    text.push('"');
    for c in scalar.chars() {
        match c {
            '"' | '\\' => text.extend(['\\', c]),
            '\n' => text.push_str("\\n"),
            c if c.is_ascii_control() => text.push_str(&format!("\\u{:04x}", u32::from(c))),
            _ => text.push(c),
        }
    }
    text.push('"');
}

/// The finding for what is nested deeper, or holds more, than is read.
pub fn too_much(offset: usize) -> Problem {
    Problem {
        message: "the file is nested too deeply, or holds too much, to be read as configuration".to_owned(),
        help: "keep data out of configuration, or name it in `ignore`".to_owned(),
        offset: Some(offset),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(text: &str) -> Node {
        Node::scalar(text, ValueType::String, 0)
    }

    fn map<const N: usize>(members: [(&str, Node); N]) -> Node {
        let member = |(key, node): (&str, Node)| Member { key: key.into(), key_offset: 0, node };
        Node { value: NodeValue::Map(members.map(member).into()), offset: 0 }
    }

    fn list<const N: usize>(items: [Node; N]) -> Node {
        Node { value: NodeValue::List(items.into()), offset: 0 }
    }

    fn flat(node: &Node) -> Vec<(String, String)> {
        let entries = flatten(node, "").ok().unwrap();
        entries.iter().map(|e| (e.key.to_string(), e.public_text().unwrap_or("secret").to_owned())).collect()
    }

    #[test]
    fn keys_are_joined_with_dots_and_quoted_where_they_hold_one() {
        let tree = map([("a", map([("b.c", text("1")), ("d", map([])), ("e", list([]))]))]);
        let want = [("a.\"b.c\"", "1"), ("a.d", "{}"), ("a.e", "[]")];
        assert_eq!(flat(&tree), want.map(|(key, value)| (key.to_owned(), value.to_owned())));
    }

    #[test]
    fn a_list_is_one_leaf_unless_its_items_have_names() {
        let named = list([map([("name", text("web")), ("port", text("80"))]), map([("name", text("db"))])]);
        let unnamed = list([map([("port", text("80"))]), text("x\"")]);
        let tree = map([("named", named), ("unnamed", unnamed)]);
        let keys: Vec<_> = flat(&tree);
        let want = [
            ("named[web].name", "web"),
            ("named[web].port", "80"),
            ("named[db].name", "db"),
            ("unnamed", r#"[{"port":"80"},"x\""]"#),
        ];
        assert_eq!(keys.iter().map(|(k, _)| k.as_str()).collect::<Vec<_>>(), want.map(|(k, _)| k));
        assert_eq!(json(&list([text("a\n"), map([("k", text("v"))])])), r#"["a\n",{"k":"v"}]"#);
    }
}
