//! What is told once: findings of one rule that say the same of many keys of one file.

use std::collections::HashMap;

use crate::model::finding::{Finding, Severity};
use crate::out::findings::Told;

/// So many findings are told as one; fewer are not worth the loss.
const ENOUGH: usize = 3;

/// What findings have in common that are told as one: all but the key and the line.
#[derive(PartialEq, Eq, Hash)]
struct Shape<'f> {
    environments: Vec<&'f str>,
    file: Option<&'f str>,
    rule: &'f str,
    severity: Severity,
    message: String,
    help: Option<String>,
}

/// `findings` in their order, those of one shape behind the first of them.
pub fn fold<'f>(findings: &[&'f Finding]) -> Vec<Told<'f>> {
    let mut slots: HashMap<Shape<'f>, usize> = HashMap::new();
    let mut groups: Vec<Vec<(usize, &'f Finding)>> = Vec::new();
    for (at, finding) in findings.iter().enumerate() {
        let slot = *slots.entry(shape(finding)).or_insert(groups.len());
        match groups.get_mut(slot) {
            Some(group) => group.push((at, finding)),
            None => groups.push(vec![(at, finding)]),
        }
    }
    let mut told: Vec<(usize, Told<'f>)> = groups.into_iter().flat_map(tell).collect();
    told.sort_by_key(|(at, _)| *at);
    told.into_iter().map(|(_, told)| told).collect()
}

fn tell(group: Vec<(usize, &Finding)>) -> Vec<(usize, Told<'_>)> {
    match group.split_first() {
        Some(((at, first), more)) if group.len() >= ENOUGH => {
            let more = more.iter().map(|(_, finding)| *finding).collect();
            vec![(*at, Told { first, more })]
        }
        _ => group.into_iter().map(|(at, first)| (at, Told { first, more: Vec::new() })).collect(),
    }
}

fn shape(finding: &Finding) -> Shape<'_> {
    let key = finding.key.as_deref();
    Shape {
        environments: finding.environments.iter().map(|name| name.as_str()).collect(),
        file: finding.origin.as_ref().map(|origin| origin.file.as_str()),
        rule: finding.rule,
        severity: finding.severity,
        message: without(&finding.message, key),
        help: finding.help.as_deref().map(|help| without(help, key)),
    }
}

/// `text` with a gap where `key` stands as a word.
fn without(text: &str, key: Option<&str>) -> String {
    let Some(key) = key.filter(|key| !key.is_empty()) else { return text.to_owned() };
    let is_part = |c: char| c.is_alphanumeric() || c == '_';
    let (mut gapped, mut from) = (String::with_capacity(text.len()), 0);
    for (at, _) in text.match_indices(key) {
        let (before, after) =
            (text.get(..at).unwrap_or_default(), text.get(at + key.len()..).unwrap_or_default());
        if !before.ends_with(is_part) && !after.starts_with(is_part) {
            gapped += text.get(from..at).unwrap_or_default();
            gapped.push('\0');
            from = at + key.len();
        }
    }
    gapped + text.get(from..).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_leaves_a_gap_where_it_is_a_word() {
        let cases = [
            ("A is none in A, [keys.A]", Some("A"), "\0 is none in \0, [keys.\0]"),
            ("ABC and BA and A_B", Some("A"), "ABC and BA and A_B"),
            ("A", Some(""), "A"),
            ("nothing", None, "nothing"),
        ];
        for (text, key, gapped) in cases {
            assert_eq!(without(text, key), gapped);
        }
    }
}
