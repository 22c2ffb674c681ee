//! What structured formats have in common: a tree of maps, lists and scalars, laid flat into entries.

use std::collections::HashSet;

use crate::model::source::{Entry, Problem, ValueType};

/// The deepest nesting that is read. Nobody writes configuration deeper; whoever does wants the stack to overflow.
pub const MAX_DEPTH: usize = 100;

/// The most nodes that are read from one file, aliases expanded.
pub const MAX_NODES: usize = 500_000;

/// The most bytes that the paths of one file may hold together: one long key around many leaves stands in each of them.
pub const MAX_PATHS: usize = 16 << 20;

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

/// The leaves of `node` as settings, in the order of the file, each path beginning with `prefix`.
///
/// A path joins the keys with dots; a key that holds a dot is quoted. A list is one leaf, as compact JSON; a list of maps
/// that each have their own `name`, `key` or `binding` is laid flat like a map of them: `containers[web].image`.
pub fn flatten(node: &Node, prefix: &str) -> Vec<Entry> {
    Flat::of(node, prefix).entries
}

/// The same, within [`MAX_PATHS`].
///
/// # Errors
/// The finding [`too_much`], at the first leaf for which no room is left.
pub fn settings(node: &Node, prefix: &str) -> Result<Vec<Entry>, Problem> {
    let flat = Flat::of(node, prefix);
    flat.left_out.map_or(Ok(flat.entries), |offset| Err(too_much(offset)))
}

struct Flat {
    path: String,
    entries: Vec<Entry>,
    /// How many bytes the paths of further leaves may hold.
    room: usize,
    /// Byte offset of the first leaf that found no room.
    left_out: Option<usize>,
}

impl Flat {
    fn of(node: &Node, prefix: &str) -> Self {
        let mut flat = Self { path: prefix.to_owned(), entries: Vec::new(), room: MAX_PATHS, left_out: None };
        node.members().iter().for_each(|member| flat.member(member));
        flat
    }

    fn member(&mut self, member: &Member) {
        let length = self.path.len();
        push_segment(&mut self.path, &member.key);
        self.node(&member.node, member.key_offset);
        self.path.truncate(length);
    }

    fn node(&mut self, node: &Node, key_offset: usize) {
        match &node.value {
            NodeValue::Scalar(text, value_type) => self.leaf(text, *value_type, key_offset, node.offset),
            NodeValue::Map(members) if members.is_empty() => {
                self.leaf("{}", ValueType::Map, key_offset, node.offset);
            }
            NodeValue::Map(members) => members.iter().for_each(|member| self.member(member)),
            NodeValue::List(items) => match identity(items) {
                Some(ids) => items.iter().zip(ids).for_each(|(item, id)| self.item(item, id)),
                None => self.leaf(&json(node), ValueType::List, key_offset, node.offset),
            },
        }
    }

    /// A map in a list, by its own name.
    fn item(&mut self, item: &Node, id: &str) {
        let length = self.path.len();
        self.path.extend(["[", id, "]"]);
        item.members().iter().for_each(|member| self.member(member));
        self.path.truncate(length);
    }

    fn leaf(&mut self, text: &str, value_type: ValueType, key_offset: usize, offset: usize) {
        match self.room.checked_sub(self.path.len()) {
            Some(room) if self.left_out.is_none() => {
                self.room = room;
                self.entries.push(Entry::setting(&self.path, text, value_type, key_offset, offset));
            }
            _ => self.left_out = self.left_out.or(Some(offset)),
        }
    }
}

/// Appends a key to a path.
pub fn push_segment(path: &mut String, key: &str) {
    if !path.is_empty() && !path.ends_with("].") {
        path.push('.');
    }
    match key.contains('.') || key.is_empty() {
        true => path.extend(["\"", key, "\""]),
        false => path.push_str(key),
    }
}

/// The keys by which items of a list are known, best first.
const IDENTITIES: &[&str] = &["name", "key", "binding"];

/// What the items of a list are called, where each is a map with its own name.
fn identity(items: &[Node]) -> Option<Vec<&str>> {
    IDENTITIES.iter().find_map(|key| {
        let ids: Vec<&str> = items.iter().map(|item| own_name(item, key)).collect::<Option<_>>()?;
        let is_unique = ids.iter().collect::<HashSet<_>>().len() == ids.len();
        (is_unique && !ids.is_empty()).then_some(ids)
    })
}

fn own_name<'n>(item: &'n Node, key: &str) -> Option<&'n str> {
    item.get(key)?.text().filter(|id| !id.is_empty())
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
        let entries = flatten(node, "");
        entries.iter().map(|e| (e.key.to_string(), e.public_text().unwrap_or("secret").to_owned())).collect()
    }

    #[test]
    fn keys_are_joined_with_dots_and_quoted_where_they_hold_one() {
        let tree = map([("a", map([("b.c", text("1")), ("d", map([])), ("e", list([]))]))]);
        let want = [("a.\"b.c\"", "1"), ("a.d", "{}"), ("a.e", "[]")];
        assert_eq!(flat(&tree), want.map(|(key, value)| (key.to_owned(), value.to_owned())));
    }

    #[test]
    fn a_long_key_around_many_leaves_is_too_much() {
        let around = |length: usize| {
            let members = (0..1000).map(|_| Member { key: "a".into(), key_offset: 0, node: text("1") });
            map([("x".repeat(length).leak(), Node { value: NodeValue::Map(members.collect()), offset: 0 })])
        };
        assert_eq!(settings(&around(1_000), "").map_err(|problem| problem.offset).unwrap().len(), 1000);
        assert!(settings(&around(17_000), "").is_err());
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
