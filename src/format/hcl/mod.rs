//! HCL, the syntax of Terraform and its relatives: `*.tfvars`, `*.tfbackend`, `*.hcl`.
//!
//! Literals, lists and objects are read; whatever else may stand as a value (references, calls, conditions, templates)
//! is kept as the text it is written in. A parser of our own, because the one there is needs quadratic time for objects,
//! refuses a key that stands twice, and gives up the whole file at the first mistake.

mod body;
mod error;
mod heredoc;
mod secret;
mod skip;
mod space;
mod text;
mod value;

#[cfg(test)]
mod tests;

use super::cursor::Cursor;
use super::tree::{Flat, Member, Node, NodeValue};
use super::{Format, Reading};
use crate::model::source::{Problem, SourceKind};
use error::Error;

/// The registration.
pub const FORMAT: Format = Format { id: "hcl", kind: SourceKind::Settings, matches, read };

/// `terraform.tfvars`, `backend.hcl`; but hidden ones (`.terraform.lock.hcl`) are a tool's own.
fn matches(name: &str) -> bool {
    let endings = [".tfvars", ".tfbackend", ".hcl"];
    endings.iter().any(|ending| name.ends_with(ending)) && !(name.starts_with('.') && name.ends_with(".hcl"))
}

fn read(text: &str) -> Reading {
    let (members, problems) = parse(text);
    let mut flat = Flat::default();
    flat.members(&Node { value: NodeValue::Map(members), offset: 0 }, "");
    let mut reading = Reading::laid(flat, problems);
    secret::hide(&mut reading.entries, text);
    reading
}

/// The attributes and blocks of a file, and what could not be read; a block `a "b" { … }` is a map in maps.
pub(super) fn parse(text: &str) -> (Vec<Member>, Vec<Problem>) {
    let mut cursor = Cursor::new(text);
    cursor.take_prefix("\u{feff}");
    let mut parser = Parser { cursor, depth: 0, nodes: 0, problems: Vec::new(), is_stopped: false };
    let members = parser.body(None);
    (members, parser.problems.into_iter().map(Problem::from).collect())
}

struct Parser<'a> {
    cursor: Cursor<'a>,
    /// How many brackets and braces are open.
    depth: usize,
    nodes: usize,
    problems: Vec<Error>,
    is_stopped: bool,
}
