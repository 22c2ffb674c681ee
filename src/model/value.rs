//! The opaque value: everything can be asked about it, and nothing can be read from it by accident.

use std::hash::{BuildHasher, RandomState};

/// The text of an entry. It has no `Display`, `Debug` or `Serialize`, so no format string can leak it.
///
/// Rules look at it through [`Value::judge`]; people see it through [`super::source::Entry::public_text`], which answers
/// for entries that are no secret, and through [`Value::expose`] where they asked for it.
#[derive(Clone)]
pub struct Value(Box<str>);

impl Value {
    /// Wraps a text.
    pub fn new(text: impl Into<Box<str>>) -> Self {
        Self(text.into())
    }

    /// Is there no text at all?
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Shows the text to `look`, whose answer cannot hold text.
    pub fn judge<V: Verdict>(&self, look: impl FnOnce(&str) -> V) -> V {
        look(&self.0)
    }

    /// Do both hold the same text?
    pub fn same_as(&self, other: &Self) -> bool {
        self.0 == other.0
    }

    /// The text itself, given away on purpose. Only a command whose product it is may ask for it: `show --reveal`, `export`.
    pub fn expose(&self) -> &str {
        &self.0
    }

    /// The text itself, for the model only: showing what is public and resolving references.
    pub(in crate::model) fn text(&self) -> &str {
        &self.0
    }
}

/// What looking at a value may answer: facts that are too small to hold it.
pub trait Verdict {}

impl Verdict for bool {}
impl Verdict for usize {}
impl Verdict for std::cmp::Ordering {}
impl Verdict for () {}
impl Verdict for &'static str {}
impl<V: Verdict> Verdict for Option<V> {}
impl<V: Verdict, E: Verdict> Verdict for Result<V, E> {}

/// Turns values into numbers that are equal when the values are, and mean nothing outside this process.
#[derive(Default)]
pub struct Fingerprints(RandomState);

impl Fingerprints {
    /// The number of `value` under this process's random key.
    pub fn of(&self, value: &Value) -> u64 {
        self.0.hash_one(&value.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fingerprints_agree_on_equal_values_and_change_with_the_key() {
        let (one, two) = (Value::new("s3cret"), Value::new("s3cret"));
        let key = Fingerprints::default();
        assert_eq!(key.of(&one), key.of(&two));
        assert_ne!(key.of(&one), Fingerprints::default().of(&one));
    }

    #[test]
    fn a_judgement_sees_the_whole_text() {
        assert_eq!(Value::new("abc").judge(str::len), 3);
    }
}
