//! `${NAME}` in a Compose file: what `docker compose` puts there before anything else happens.
//!
//! <https://docs.docker.com/reference/compose-file/interpolation/>: `$$` is a dollar sign, `-` gives a default, `+` a
//! replacement, `?` a message with which Compose stops.

use std::collections::BTreeMap;

use crate::format::tree::{Node, NodeValue};
use crate::model::source::{Interpolation, Otherwise};

/// The variables that the values below a node take, each once, with the place that needs it most.
#[derive(Default)]
pub(super) struct Taken(BTreeMap<Box<str>, Interpolation>);

impl Taken {
    /// Looks through all values below `node`.
    pub(super) fn look(&mut self, node: &Node) {
        match &node.value {
            NodeValue::Scalar(text, _) => self.text(text, node.offset),
            NodeValue::List(items) => items.iter().for_each(|item| self.look(item)),
            NodeValue::Map(members) => members.iter().for_each(|member| self.look(&member.node)),
        }
    }

    /// What was found, in the order of the file.
    pub(super) fn finish(self) -> Vec<Interpolation> {
        let mut all: Vec<_> = self.0.into_values().collect();
        all.sort_by_key(|one| one.offset);
        all
    }

    fn text(&mut self, text: &str, offset: usize) {
        let mut rest = text;
        while let Some((before, after)) = rest.split_once('$') {
            let is_apart = !before.ends_with(|c: char| c.is_alphanumeric());
            rest = after;
            if let Some(after) = rest.strip_prefix('$') {
                rest = after;
            } else if let Some(inside) = rest.strip_prefix('{') {
                let (name, operator) = name(inside);
                let Some(after) = behind(operator) else { return };
                self.take(name, otherwise(operator), offset, true);
                rest = after;
            } else {
                let (name, after) = name(rest);
                self.take(name, Otherwise::Blank, offset, is_apart);
                rest = after;
            }
        }
    }

    fn take(&mut self, name: &str, otherwise: Otherwise, offset: usize, is_apart: bool) {
        if name.is_empty() {
            return;
        }
        let new = Interpolation { name: name.into(), offset, otherwise, is_apart };
        match self.0.get_mut(name) {
            Some(known) if known.otherwise >= otherwise => known.is_apart |= is_apart,
            Some(known) => *known = Interpolation { is_apart: is_apart || known.is_apart, ..new },
            None => drop(self.0.insert(name.into(), new)),
        }
    }
}

/// The name that the text begins with, and the text after it.
fn name(text: &str) -> (&str, &str) {
    let is_start = text.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_');
    let tail = text.trim_start_matches(|c: char| c.is_ascii_alphanumeric() || c == '_');
    let name = text.strip_suffix(tail).filter(|_| is_start).unwrap_or_default();
    (name, if is_start { tail } else { text })
}

/// What stands in the place of the variable, by what follows its name.
fn otherwise(operator: &str) -> Otherwise {
    let operator = operator.strip_prefix(':').unwrap_or(operator);
    match operator.as_bytes().first() {
        Some(b'-' | b'+') => Otherwise::Default,
        Some(b'?') => Otherwise::Stop,
        _ => Otherwise::Blank,
    }
}

/// The text behind the `}` that belongs to a `${` before it; what a default refers to counts only where it is used.
fn behind(text: &str) -> Option<&str> {
    let mut depth = 0_usize;
    let mut before = ' ';
    for (at, letter) in text.char_indices() {
        match letter {
            '{' if before == '$' => depth += 1,
            '}' if depth == 0 => return text.get(at + 1..),
            '}' => depth -= 1,
            _ => {}
        }
        before = letter;
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::source::ValueType;

    fn taken(text: &str) -> Vec<(String, Otherwise)> {
        let mut taken = Taken::default();
        taken.look(&Node::scalar(text, ValueType::String, 0));
        taken.finish().into_iter().map(|one| (one.name.into(), one.otherwise)).collect()
    }

    #[test]
    fn the_tail_of_a_password_is_not_shown_as_a_name() {
        for (text, shown) in [
            ("--requirepass Hunter$Zq81kdPw93", None),
            ("hunter$tail", None),
            ("${Zq81kdPw93Kd8Lm4Rt6}", None),
            ("a:$TAG", Some("TAG")),
            ("a${TAG}", Some("TAG")),
            ("a$TAG ${TAG:?no}", Some("TAG")),
        ] {
            let mut taken = Taken::default();
            taken.look(&Node::scalar(text, ValueType::String, 0));
            assert_eq!(taken.finish().first().and_then(Interpolation::shown), shown, "{text}");
        }
    }

    #[test]
    fn variables_are_told_by_what_stands_in_their_place() {
        use Otherwise::{Blank, Default, Stop};
        for (text, expected) in [
            ("a$B-${C_1}", vec![("B", Blank), ("C_1", Blank)]),
            (
                "${A:-x}${B-}${C:+y}${D+z}",
                vec![("A", Default), ("B", Default), ("C", Default), ("D", Default)],
            ),
            ("${A:?must be set}${B?}", vec![("A", Stop), ("B", Stop)]),
            ("${A:-${B}}${C}", vec![("A", Default), ("C", Blank)]),
            ("${A:-x}${A}", vec![("A", Blank)]),
            ("${A}${A:?no}${A:-x}", vec![("A", Stop)]),
            ("$$A $${B} $1 $ ${} ${1}", vec![]),
            ("${A", vec![]),
            ("${A:-${B}", vec![]),
        ] {
            let expected: Vec<_> = expected.into_iter().map(|(name, what)| (name.to_owned(), what)).collect();
            assert_eq!(taken(text), expected, "{text}");
        }
    }
}
