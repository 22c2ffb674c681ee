//! Compose files: YAML, but what a service's `environment` sets are variables, however it is written.

mod interpolation;
#[cfg(test)]
mod tests;

use super::tree::{Flat, Member, Node, NodeValue, push_segment};
use super::yaml::{self, Parsed, Words};
use super::{Format, Reading};
use crate::model::source::{Entry, FileReference, Problem, SourceKind, ValueType};

/// The registration.
pub const FORMAT: Format = Format { id: "compose", kind: SourceKind::Settings, matches, read };

/// `docker-compose.yml`, `compose.prod.yaml`, `docker-compose-test.yml`.
fn matches(name: &str) -> bool {
    let rest = name.strip_prefix("docker-").unwrap_or(name).strip_prefix("compose");
    yaml::matches(name) && rest.is_some_and(|rest| rest.starts_with(['.', '-', '_']))
}

/// Compose takes `yes` for text, unlike most readers of YAML.
fn read(text: &str) -> Reading {
    match yaml::documents(text, Words::Text) {
        Ok(Parsed { documents, problems }) => {
            let mut file = File { text, flat: Flat::default(), problems, refers: Vec::new() };
            let prefixes = yaml::prefixes(&documents);
            documents.iter().zip(prefixes).for_each(|(root, prefix)| file.document(root, &prefix));
            let mut taken = interpolation::Taken::default();
            documents.iter().for_each(|root| taken.look(root));
            let reading = Reading::laid(file.flat, file.problems);
            Reading { refers: file.refers, interpolations: taken.finish(), ..reading }
        }
        Err(problem) => Reading { problems: vec![problem], ..Reading::default() },
    }
}

struct File<'t> {
    text: &'t str,
    flat: Flat,
    problems: Vec<Problem>,
    refers: Vec<FileReference>,
}

impl File<'_> {
    fn document(&mut self, root: &Node, prefix: &str) {
        for member in root.members() {
            match member.node.members() {
                services @ [_, ..] if &*member.key == "services" => {
                    let path = below(prefix, member);
                    services.iter().for_each(|service| self.service(service, &path));
                }
                _ => self.flat.member(member, prefix),
            }
        }
    }

    fn service(&mut self, service: &Member, services: &str) {
        let parts = service.node.members();
        if parts.is_empty() || self.flat.is_full() {
            return self.flat.member(service, services);
        }
        let path = below(services, service);
        for part in parts {
            match (&*part.key, &part.node.value) {
                ("environment", NodeValue::Map(variables)) if !variables.is_empty() => {
                    let path = below(&path, part);
                    variables.iter().for_each(|variable| self.mapped(variable, &path));
                }
                ("environment", NodeValue::List(items)) if !items.is_empty() => {
                    let path = below(&path, part);
                    items.iter().for_each(|item| self.listed(item, &path));
                }
                _ => self.flat.member(part, &path),
            }
            if &*part.key == "env_file" {
                self.refer(&part.node);
            }
        }
    }

    /// `KEY: value`.
    fn mapped(&mut self, variable: &Member, path: &str) {
        match &variable.node.value {
            NodeValue::Scalar(text, value_type) => {
                let value = (*value_type != ValueType::Null).then_some(&**text);
                self.variable(path, &variable.key, value, variable.key_offset, variable.node.offset);
            }
            NodeValue::List(_) | NodeValue::Map(_) => self.problems.push(no_variable(variable.node.offset)),
        }
    }

    /// `- KEY=value`.
    fn listed(&mut self, item: &Node, path: &str) {
        let Some(written) = item.text().filter(|text| !text.is_empty() && !text.starts_with('=')) else {
            self.problems.push(no_variable(item.offset));
            return;
        };
        let (key, value) = written.split_once('=').map_or((written, None), |(key, value)| (key, Some(value)));
        let rest = self.text.get(item.offset..).unwrap_or_default();
        let quote = usize::from(rest.starts_with(['"', '\'']));
        let key_offset = item.offset + quote;
        let is_here = rest.get(quote..).is_some_and(|rest| rest.starts_with(key)); // and not behind an alias
        let length = if is_here { key.len() + usize::from(value.is_some()) } else { 0 };
        self.variable(path, key, value, key_offset, key_offset + length);
    }

    /// Without a value it is taken from the process.
    fn variable(&mut self, path: &str, key: &str, value: Option<&str>, key_offset: usize, offset: usize) {
        if self.flat.is_full() {
            return;
        }
        let name_start = path.len() + 1;
        let path = [path, ".", key].concat();
        let mut entry = Entry::variable(&path, name_start, value.unwrap_or_default(), key_offset, offset);
        if value.is_none() {
            entry.value_type = ValueType::Null;
        }
        self.flat.push(entry);
    }

    /// A path, or a list of paths and of `{path, required}`.
    fn refer(&mut self, node: &Node) {
        if let NodeValue::List(items) = &node.value {
            items.iter().for_each(|item| self.refer(item));
        }
        let path = if node.members().is_empty() { Some(node) } else { node.get("path") };
        let required = node.get("required").and_then(Node::text) != Some("false");
        if let Some((path, offset)) = path.and_then(|path| Some((path.text()?, path.offset)))
            && !path.is_empty()
        {
            self.refers.push(FileReference { path: path.into(), offset, required, is_missing: false });
        }
    }
}

fn below(path: &str, member: &Member) -> String {
    let mut path = path.to_owned();
    push_segment(&mut path, &member.key);
    path
}

fn no_variable(offset: usize) -> Problem {
    Problem {
        message: "this is no variable: its value must be one text".to_owned(),
        help: "write `KEY: value`, or `- KEY=value`".to_owned(),
        offset: Some(offset),
    }
}
