//! The name of an environment among the words of a file's or a folder's name.

use super::{is_known, is_strong};

/// Parts of a program: `values-prod-api.yaml` is production's file for the API, not an environment `prod-api`.
const COMPONENTS: &[&str] = &[
    "api", "web", "app", "db", "job", "log", "sql", "k8s", "ui", "bff", "cms", "mq", "lb", "vpc", "dns",
    "cdn", "sso", "iam", "ssl", "tls", "env", "net", "s3", "ec2", "rds", "ecs", "eks", "gke", "aks", "svc",
    "bot", "cli", "tf",
];

/// Longer words that make one name together with the family's word beside them.
const QUALIFIERS: &[&str] = &[
    "east",
    "west",
    "north",
    "south",
    "central",
    "asia",
    "europe",
    "emea",
    "apac",
    "amer",
    "latam",
    "blue",
    "green",
    "canary",
    "integration",
    "docker",
];

/// The environment's name among the words of `text`: a family's word, with the words beside it that make a compound
/// name (`prod-eu`, `e2e_test`). Everybody's own `local` at the end is none.
pub fn word(text: &str) -> Option<&str> {
    if is_known(text) {
        return (!text.eq_ignore_ascii_case("local")).then_some(text);
    }
    let words = words(text);
    let pair = |index: usize| Some((words.get(index)?.0, words.get(index + 1)?.1));
    let is_known_at = |(start, end): (usize, usize)| text.get(start..end).is_some_and(is_known);
    let two = (0..words.len())
        .find_map(|index| pair(index).filter(|range| is_known_at(*range)).map(|_| (index, index + 1)));
    let is_own = |index: usize, range: (usize, usize)| {
        index + 1 == words.len()
            && text.get(range.0..range.1).is_some_and(|word| word.eq_ignore_ascii_case("local"))
    };
    let one =
        words.iter().enumerate().filter(|(index, range)| is_known_at(**range) && !is_own(*index, **range));
    let strongest = one.max_by_key(|(_, range)| text.get(range.0..range.1).is_some_and(is_strong));
    let (mut first, mut last) = two.or_else(|| strongest.map(|(index, _)| (index, index)))?;
    let joins = |index: usize| {
        words.get(index).is_some_and(|range| {
            text.get(range.0..range.1).is_some_and(is_qualifier) && has_dash(text, *range)
        })
    };
    while joins(last + 1) {
        last += 1;
    }
    while first > 0 && joins(first - 1) {
        first -= 1;
    }
    text.get(words.get(first)?.0..words.get(last)?.1)
}

/// The words between marks: their bytes.
fn words(text: &str) -> Vec<(usize, usize)> {
    let mut words = Vec::new();
    let mut start = 0;
    for (at, c) in text.char_indices().chain([(text.len(), '.')]) {
        if matches!(c, '.' | '-' | '_') {
            words.push((start, at));
            start = at + 1;
        }
    }
    words.retain(|(start, end)| end > start);
    words
}

/// Is the word joined to its neighbours by a dash or an underscore on one side? A dot sets apart.
fn has_dash(text: &str, (start, end): (usize, usize)) -> bool {
    let is_dash = |c: Option<char>| matches!(c, Some('-' | '_'));
    is_dash(text.get(..start).and_then(|before| before.chars().next_back()))
        || is_dash(text.get(end..).and_then(|after| after.chars().next()))
}

fn is_qualifier(word: &str) -> bool {
    let lower = word.to_ascii_lowercase();
    let is_short = word.len() <= 3 && !COMPONENTS.contains(&lower.as_str());
    is_short || QUALIFIERS.contains(&lower.as_str()) || is_known(&lower)
}
