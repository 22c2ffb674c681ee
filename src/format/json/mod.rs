//! JSON, with the comments and trailing commas that configuration files have. Text in, entries with their places out.

#[cfg(test)]
mod tests;

use jsonc_parser::ast::{ObjectProp, ObjectPropName, Value};
use jsonc_parser::common::{Range, Ranged};
use jsonc_parser::errors::ParseErrorKind;
use jsonc_parser::{CollectOptions, ParseOptions, parse_to_ast};

use super::tree::{self, Flat, MAX_DEPTH, MAX_NODES, Member, Node, NodeValue};
use super::{Format, Reading};
use crate::model::source::{Problem, SourceKind, ValueType};

/// The registration.
pub const FORMAT: Format = Format { id: "json", kind: SourceKind::Settings, matches, read };

/// JSON that holds what a process gets, as vaults print it: its keys are names of variables. No file is taken for it by its
/// name.
pub const VARIABLES: Format =
    Format { id: "json", kind: SourceKind::Variables, matches: |_| false, read: read_variables };

fn read_variables(text: &str) -> Reading {
    let mut reading = read(text);
    reading.entries.iter_mut().for_each(|entry| entry.kind = SourceKind::Variables);
    reading
}

/// `appsettings.Production.json`, `wrangler.jsonc`.
fn matches(name: &str) -> bool {
    name.ends_with(".json") || name.ends_with(".jsonc")
}

/// What readers of configuration accept beyond JSON, and no more.
const OPTIONS: ParseOptions = ParseOptions {
    allow_comments: true,
    allow_trailing_commas: true,
    allow_loose_object_property_names: false,
    allow_missing_commas: false,
    allow_single_quoted_strings: false,
    allow_hexadecimal_numbers: false,
    allow_unary_plus_numbers: false,
    allow_bare_decimal_point_numbers: false,
    allow_non_finite_numbers: false,
    allow_extended_string_escapes: false,
};

fn read(text: &str) -> Reading {
    match root(text) {
        Ok(root) => {
            let mut flat = Flat::default();
            root.iter().for_each(|root| flat.members(root, ""));
            Reading::laid(flat, Vec::new())
        }
        Err(problem) => Reading { problems: vec![problem], ..Reading::default() },
    }
}

/// The value that the text holds, if it holds any.
fn root(text: &str) -> Result<Option<Node>, Problem> {
    let body = text.strip_prefix('\u{feff}').unwrap_or(text);
    let mut builder = Builder { start: text.len() - body.len(), nodes: 0 };
    match parse_to_ast(body, &CollectOptions::default(), &OPTIONS) {
        Ok(parsed) => parsed.value.map(|value| builder.node(value, 0)).transpose(),
        Err(error) => Err(broken(error.kind(), builder.offset(error.range()))),
    }
}

struct Builder {
    /// The byte at which the parsed text begins.
    start: usize,
    nodes: usize,
}

impl Builder {
    fn offset(&self, range: Range) -> usize {
        self.start + range.start
    }

    fn node(&mut self, value: Value<'_>, depth: usize) -> Result<Node, Problem> {
        let offset = self.offset(value.range());
        self.nodes += 1;
        let is_nested = matches!(value, Value::Array(_) | Value::Object(_));
        if self.nodes > MAX_NODES || (is_nested && depth >= MAX_DEPTH) {
            return Err(tree::too_much(offset));
        }
        let scalar = |text: &str, value_type| Ok(Node::scalar(text, value_type, offset));
        let value = match value {
            Value::StringLit(text) => return scalar(&text.value, ValueType::String),
            Value::NumberLit(number) => return scalar(number.value, ValueType::Number),
            Value::BooleanLit(flag) => {
                return scalar(if flag.value { "true" } else { "false" }, ValueType::Boolean);
            }
            Value::NullKeyword(_) => return scalar("", ValueType::Null),
            Value::Array(list) => {
                let items = list.elements.into_iter().map(|item| self.node(item, depth + 1));
                NodeValue::List(items.collect::<Result<_, _>>()?)
            }
            Value::Object(map) => {
                let members = map.properties.into_iter().map(|property| self.member(property, depth + 1));
                let members = members.collect::<Result<_, _>>()?;
                NodeValue::Map(tree::last_wins(members))
            }
        };
        Ok(Node { value, offset })
    }

    fn member(&mut self, property: ObjectProp<'_>, depth: usize) -> Result<Member, Problem> {
        let key_offset = self.offset(property.name.range());
        let node = self.node(property.value, depth)?;
        let key = match property.name {
            ObjectPropName::String(name) => name.value.into(),
            ObjectPropName::Word(name) => name.value.into(),
        };
        Ok(Member { key, key_offset, node })
    }
}

/// What is no JSON, in our own words: the library's may quote the file.
fn broken(kind: &ParseErrorKind, offset: usize) -> Problem {
    use ParseErrorKind as Kind;
    let (message, help) = match kind {
        Kind::NestingDepthExceeded => return tree::too_much(offset),
        Kind::String(_) => (
            "a text is not closed, or a backslash in it is no escape",
            "close the quote, or double the backslash",
        ),
        Kind::UnterminatedObject | Kind::UnterminatedArray => {
            ("what opens here is never closed", "add the missing bracket")
        }
        Kind::UnterminatedCommentBlock => {
            ("the comment that opens here is never closed", "add the missing `*/`")
        }
        Kind::ExpectedComma => ("a comma is missing here", "add it"),
        Kind::ExpectedColonAfterObjectKey => ("a colon is missing before this", "write \"key\": value"),
        Kind::ExpectedObjectValue => ("a key has no value", "write \"key\": value"),
        Kind::ExpectedStringObjectProperty | Kind::UnexpectedTokenInObject => {
            ("this is no key", "write \"key\": value, the key in double quotes")
        }
        Kind::MultipleRootJsonValues => ("something follows the end of the value", "remove it"),
        Kind::UnexpectedCloseBrace | Kind::UnexpectedCloseBracket => {
            ("a bracket closes what was not opened with it", "remove it, or add the one that is missing")
        }
        _ => ("this is no value that JSON knows", "write text in double quotes, numbers in decimal digits"),
    };
    Problem { message: message.to_owned(), help: help.to_owned(), offset: Some(offset) }
}
