//! Settings in TOML: every `*.toml` that is not envctl's own.

#[cfg(test)]
mod tests;

use toml::Spanned;
use toml::de::{DeString, DeTable, DeValue};

use super::tree::{Flat, Member, Node, NodeValue};
use super::{Format, Reading, env_toml, manifest, toml_text};
use crate::model::source::{SourceKind, ValueType};

/// The registration.
pub const FORMAT: Format = Format { id: "toml", kind: SourceKind::Settings, matches, read };

fn matches(name: &str) -> bool {
    name.ends_with(".toml") && name != env_toml::FILE && name != manifest::FILE
}

fn read(text: &str) -> Reading {
    match toml_text::table(text) {
        Ok(table) => {
            let mut flat = Flat::default();
            flat.members(&Node { value: map(table.get_ref(), text), offset: 0 }, "");
            let mut reading = Reading::laid(flat, Vec::new());
            reading.entries.sort_by_key(|entry| entry.key_offset); // the library sorts tables by their keys
            reading
        }
        Err(complaint) => Reading { problems: vec![complaint.into()], ..Reading::default() },
    }
}

fn map(table: &DeTable<'_>, text: &str) -> NodeValue {
    NodeValue::Map(table.iter().map(|(key, value)| member(key, value, text)).collect())
}

/// A key with its value. A table that has a heading begins with its key, not with the bracket before that.
fn member(key: &Spanned<DeString<'_>>, value: &Spanned<DeValue<'_>>, text: &str) -> Member {
    let key_offset = key.span().start;
    let mut node = node(value, text);
    node.offset = node.offset.max(key_offset);
    Member { key: key.get_ref().as_ref().into(), key_offset, node }
}

/// A value; strings as they are meant, other scalars as they are written.
fn node(value: &Spanned<DeValue<'_>>, text: &str) -> Node {
    let offset = value.span().start;
    let value_type = match value.get_ref() {
        DeValue::String(string) => return Node::scalar(string.as_ref(), ValueType::String, offset),
        DeValue::Array(items) => {
            let items = items.iter().map(|item| node(item, text)).collect();
            return Node { value: NodeValue::List(items), offset };
        }
        DeValue::Table(table) => return Node { value: map(table, text), offset },
        DeValue::Integer(_) | DeValue::Float(_) => ValueType::Number,
        DeValue::Boolean(_) => ValueType::Boolean,
        DeValue::Datetime(_) => ValueType::Date,
    };
    Node::scalar(text.get(value.span()).unwrap_or_default(), value_type, offset)
}
