//! The words of the manifest that are about more than one value: conditions, groups, order, age.

use jiff::civil::Date;

use super::Scope;
use crate::model::kind::as_bool;
use crate::model::position::Position;

/// A line of `required-if`: another key, and the values that make this one required.
pub struct Condition {
    /// The other key: the name of a variable, or the identity of a setting.
    pub key: String,
    /// Any of these.
    pub values: Vec<String>,
    /// Where it stands in the manifest.
    pub at: Position,
}

impl Condition {
    /// Is `text` one of its values? `true` and `false` take every spelling of a truth value.
    pub fn holds(&self, text: &str) -> bool {
        let is_same_truth =
            |value: &String| matches!(value.as_str(), "true" | "false") && as_bool(value) == as_bool(text);
        self.values.iter().any(|value| value == text || is_same_truth(value))
    }
}

/// Which way the values of a key go, from development to production.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Direction {
    /// They grow, or stay equal.
    Rising,
    /// They shrink, or stay equal.
    Falling,
}

impl Direction {
    /// The word for it.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Rising => "rising",
            Self::Falling => "falling",
        }
    }
}

/// How old a value may become, and since when it is there.
#[derive(Clone, Copy, Default)]
pub struct Rotation {
    /// Days after which it must be replaced.
    pub max_age: Option<u16>,
    /// The day on which it was last replaced.
    pub rotated: Option<Date>,
}

impl Rotation {
    /// This, with what `change` sets in its place.
    #[must_use]
    pub fn overridden_by(self, change: Rotation) -> Rotation {
        Rotation { max_age: change.max_age.or(self.max_age), rotated: change.rotated.or(self.rotated) }
    }
}

/// `[[group]]`: keys that belong together.
pub struct GroupSpec {
    /// Where it stands in the manifest.
    pub at: Position,
    /// How many of them must be set.
    pub demand: GroupDemand,
    /// The names of variables, or the identities of settings; two or more.
    pub keys: Vec<String>,
    /// Where it holds.
    pub within: Scope,
    /// How to come by what is missing.
    pub help: Option<String>,
}

/// How many keys of a group must be set.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum GroupDemand {
    /// One, and no other.
    ExactlyOne,
    /// One or more.
    AtLeastOne,
    /// All of them, or none.
    AllOrNone,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_condition_takes_its_texts_and_every_spelling_of_a_truth() {
        let condition = |values: &[&str]| Condition {
            key: "A".to_owned(),
            values: values.iter().map(|value| (*value).to_owned()).collect(),
            at: Position { line: 1, column: 1 },
        };
        assert!(condition(&["a", "b"]).holds("b"));
        assert!(!condition(&["a", "b"]).holds("B"));
        assert!(condition(&["true"]).holds("Yes") && !condition(&["true"]).holds("off"));
        assert!(!condition(&["false"]).holds("") && !condition(&["1"]).holds("true"));
    }
}
