//! How messages name many keys: the first of them, and how many more there are.

/// How many keys a message names.
const NAMED: usize = 3;

/// `A, B, C and 15 more`.
pub(super) fn listed<'k>(keys: impl Iterator<Item = &'k str>) -> String {
    let keys: Vec<&str> = keys.collect();
    let named = if keys.len() == NAMED + 1 { keys.len() } else { NAMED };
    let first: Vec<&str> = keys.iter().copied().take(named).collect();
    match (keys.len() - first.len(), first.split_last()) {
        (0, Some((last, before))) if !before.is_empty() => format!("{} and {last}", before.join(", ")),
        (0, _) => first.concat(),
        (more, _) => format!("{} and {more} more", first.join(", ")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_few_keys_are_named_and_of_many_the_first() {
        for (keys, text) in [
            ("A", "A"),
            ("A B", "A and B"),
            ("A B C D", "A, B, C and D"),
            ("A B C D E", "A, B, C and 2 more"),
        ] {
            assert_eq!(listed(keys.split(' ')), text);
        }
    }
}
