//! The value of an entry in one environment: as it is written, or with its references put in.

use super::source::Entry;
use super::template::{self, Piece, Unresolved};
use super::value::Value;

/// How many references may lead on to further references.
pub const MAX_DEPTH: u8 = 32;

/// What an entry's value became.
pub enum Resolved {
    /// It refers to nothing.
    AsWritten,
    /// With its references put in.
    Expanded {
        /// The text.
        value: Value,
        /// How many references in a row lead to text that refers to nothing.
        depth: u8,
    },
    /// It has no text.
    Not(Unresolved),
}

/// A key that is set before the entry.
#[derive(Clone, Copy)]
pub struct Known<'v> {
    /// Its text, if it has one.
    pub text: Option<&'v str>,
    /// How many references in a row lead to it.
    pub depth: u8,
}

/// Puts what `known` says of earlier keys into `entry`. `budget` is how many bytes may still be made.
pub fn resolve<'v>(
    entry: &'v Entry,
    known: impl Fn(&str) -> Option<Known<'v>>,
    budget: &mut usize,
) -> Resolved {
    if entry.pieces.is_empty() {
        return Resolved::AsWritten;
    }
    let referred = entry.pieces.iter().filter_map(|piece| known(piece.reference()?));
    let depth = referred.map(|known| known.depth).max().unwrap_or_default().saturating_add(1);
    if depth > MAX_DEPTH {
        return Resolved::Not(Unresolved::TooDeep);
    }
    let is_set = |index: usize| entry.pieces.get(index).and_then(Piece::reference).and_then(&known).is_some();
    match template::expand(&entry.pieces, |name| known(name)?.text, budget) {
        Ok(text) => Resolved::Expanded { value: Value::new(text), depth },
        Err(Unresolved::Undefined(index)) if is_set(index) => Resolved::Not(Unresolved::Broken(index)),
        Err(why) => Resolved::Not(why),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entry(name: &str) -> Entry {
        let mut entry = Entry::new("KEY", "", 0, 0);
        entry.pieces = vec![Piece::Reference { name: name.into(), default: None }];
        entry
    }

    #[test]
    fn a_chain_of_references_ends_at_its_greatest_depth() {
        let at = |depth: u8| {
            let entry = entry("A");
            matches!(
                resolve(&entry, |_| Some(Known { text: Some("x"), depth }), &mut 100),
                Resolved::Expanded { .. }
            )
        };
        assert!(at(0) && at(MAX_DEPTH - 1) && !at(MAX_DEPTH));
    }

    #[test]
    fn what_is_set_without_a_text_is_told_from_what_is_not_set() {
        let entry = entry("A");
        let why = |known: Option<Known<'static>>| match resolve(&entry, |_| known, &mut 100) {
            Resolved::Not(why) => Some(why),
            _ => None,
        };
        assert_eq!(why(None), Some(Unresolved::Undefined(0)));
        assert_eq!(why(Some(Known { text: None, depth: 0 })), Some(Unresolved::Broken(0)));
    }
}
