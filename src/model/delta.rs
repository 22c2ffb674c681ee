//! The difference between two environments.

use super::source::{Entry, ValueType};

/// How a key compares.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Status {
    /// Only the left environment has it.
    OnlyLeft,
    /// Only the right environment has it.
    OnlyRight,
    /// Both have it, with different values.
    Different,
    /// Both have it, with the same value.
    Same,
}

/// One key of a comparison. At least one side is there.
pub struct Delta<'p> {
    /// The identity of the stack.
    pub source: &'p str,
    /// The key in it.
    pub path: &'p str,
    /// The left entry.
    pub left: Option<&'p Entry>,
    /// The right entry.
    pub right: Option<&'p Entry>,
}

impl Delta<'_> {
    /// How the two sides compare, as written.
    pub fn status(&self) -> Status {
        match (self.left, self.right) {
            (Some(left), Some(right)) if left.same_as(right) => Status::Same,
            (Some(_), Some(_)) => Status::Different,
            (Some(_), None) => Status::OnlyLeft,
            (None, _) => Status::OnlyRight,
        }
    }

    /// The types of both values, where they differ: `true` beside `"true"`.
    pub fn types(&self) -> Option<(ValueType, ValueType)> {
        let (left, right) = (self.left?.value_type, self.right?.value_type);
        (left != right).then_some((left, right))
    }

    /// Is the value a secret on either side?
    pub fn is_secret(&self) -> bool {
        [self.left, self.right].into_iter().flatten().any(|entry| entry.secret().is_some())
    }
}

/// Pairs two lists of entries, each sorted by stack and key; the result is sorted alike.
pub fn compare<'p>(left: Vec<Side<'p>>, right: Vec<Side<'p>>) -> Vec<Delta<'p>> {
    let (mut left, mut right) = (left.into_iter().peekable(), right.into_iter().peekable());
    let mut deltas = Vec::new();
    loop {
        let (from_left, from_right) = match (left.peek(), right.peek()) {
            (None, None) => return deltas,
            (Some(l), Some(r)) => (l.identity() <= r.identity(), r.identity() <= l.identity()),
            (l, r) => (l.is_some(), r.is_some()),
        };
        let pair = (left.next_if(|_| from_left), right.next_if(|_| from_right));
        if let Some(one) = pair.0.as_ref().or(pair.1.as_ref()) {
            let (source, path) = (one.source, one.path);
            deltas.push(Delta {
                source,
                path,
                left: pair.0.map(|s| s.entry),
                right: pair.1.map(|s| s.entry),
            });
        }
    }
}

/// An entry under its identity.
pub struct Side<'p> {
    /// The identity of the stack.
    pub source: &'p str,
    /// The key in it.
    pub path: &'p str,
    /// The entry.
    pub entry: &'p Entry,
}

impl Side<'_> {
    fn identity(&self) -> (&str, &str) {
        (self.source, self.path)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn entries(pairs: &[(String, String)]) -> Vec<Entry> {
        let sorted: std::collections::BTreeMap<_, _> = pairs.iter().cloned().collect();
        sorted.iter().map(|(key, value)| Entry::new(key, value, 0, 0)).collect()
    }

    fn sides(entries: &[Entry]) -> Vec<Side<'_>> {
        entries.iter().map(|entry| Side { source: ".env", path: &entry.key, entry }).collect()
    }

    fn mirrored(status: Status) -> Status {
        match status {
            Status::OnlyLeft => Status::OnlyRight,
            Status::OnlyRight => Status::OnlyLeft,
            other => other,
        }
    }

    proptest! {
        #[test]
        fn an_environment_equals_itself(pairs in proptest::collection::vec(("[A-E]{1,2}", "[a-c]?"), 0..12)) {
            let entries = entries(&pairs);
            prop_assert!(compare(sides(&entries), sides(&entries)).iter().all(|d| d.status() == Status::Same));
        }

        #[test]
        fn the_other_way_round_is_the_mirror_image(
            one in proptest::collection::vec(("[A-E]{1,2}", "[a-c]?"), 0..12),
            two in proptest::collection::vec(("[A-E]{1,2}", "[a-c]?"), 0..12),
        ) {
            let (one, two) = (entries(&one), entries(&two));
            let there = compare(sides(&one), sides(&two));
            let back = compare(sides(&two), sides(&one));
            let keys: std::collections::BTreeSet<_> = one.iter().chain(&two).map(|entry| &entry.key).collect();
            prop_assert_eq!(there.len(), keys.len());
            for (a, b) in there.iter().zip(&back) {
                prop_assert_eq!(a.path, b.path);
                prop_assert_eq!(a.status(), mirrored(b.status()));
            }
        }
    }
}
