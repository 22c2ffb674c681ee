//! Comments that are headings of what stands below them: `# --- Database ---`, or a line alone above several keys.
//!
//! A comment may hold a secret, so only what certainly is a heading counts.

use super::{Item, ItemKind, parse};
use crate::model::note::Heading;
use crate::model::secret::is_plainly_public;

/// The longest heading, in characters.
const LONGEST: usize = 60;

/// The longest word that may hold letters and digits: `OAuth2`, but not `hunter2`.
const MIXED: usize = 6;

/// What frames a heading, or makes a rule.
const FRAME: &[char] = &['#', '-', '=', '*', '~', '─', '═', ' ', '\t', '\r', '\n'];

/// The headings in their order. Framed ones hold to the next one; where there is none, those hold to the next blank line
/// that stand alone above two keys or more, unless there is only one such.
pub fn headings(text: &str) -> Vec<Heading> {
    let document = parse(text);
    let items = document.items();
    let source = |index: usize| items.get(index).map_or("", |item| document.source(item));
    let found: Vec<(usize, Heading)> = (0..items.len())
        .filter(|index| is_comment(items.get(*index)) && stands_alone(items, *index, &source))
        .filter_map(|index| {
            let text = title(source(index))?;
            Some((index, Heading { offset: items.get(index)?.range.start, text: Some(text) }))
        })
        .collect();
    if found.iter().any(|(index, _)| is_framed(items, *index, &source)) {
        let framed = found.into_iter().filter(|(index, _)| is_framed(items, *index, &source));
        return framed.map(|(_, heading)| heading).collect();
    }
    let mut headings = Vec::new();
    for (index, heading) in found {
        let block = items.iter().skip(index + 1).take_while(|item| !matches!(item.kind, ItemKind::Blank));
        let keys = block.clone().filter(|item| matches!(item.kind, ItemKind::Assignment(_))).count();
        let end = block.last().map_or(heading.offset, |item| item.range.end);
        if keys > 1 {
            headings.extend([heading, Heading { offset: end, text: None }]);
        }
    }
    if headings.len() > 2 { headings } else { Vec::new() }
}

fn is_comment(item: Option<&Item<'_>>) -> bool {
    item.is_some_and(|item| matches!(item.kind, ItemKind::Comment))
}

/// Is it a line of nothing but what frames?
fn is_rule(line: &str) -> bool {
    line.trim_matches(FRAME).is_empty() && line.trim().len() > 2
}

/// Is it no line of several that make a sentence, or that were commented out?
fn stands_alone<'a>(items: &[Item<'_>], index: usize, source: &dyn Fn(usize) -> &'a str) -> bool {
    let is_open = |index: usize| match items.get(index).map(|item| &item.kind) {
        None | Some(ItemKind::Blank) => true,
        Some(ItemKind::Comment) => is_rule(source(index)),
        _ => false,
    };
    let is_key = matches!(items.get(index + 1).map(|item| &item.kind), Some(ItemKind::Assignment(_)));
    index.checked_sub(1).is_none_or(is_open) && (is_key || is_open(index + 1))
}

/// Does a frame, or a rule above it, say that it is a heading?
fn is_framed<'a>(items: &[Item<'_>], index: usize, source: &dyn Fn(usize) -> &'a str) -> bool {
    let inner = source(index).trim_start_matches(['#', ' ', '\t']);
    let is_rule_at = |index: usize| is_comment(items.get(index)) && is_rule(source(index));
    inner.starts_with(FRAME)
        || source(index).starts_with("##")
        || index.checked_sub(1).is_some_and(is_rule_at)
}

/// The words of a heading, where there is nothing else in the line.
fn title(line: &str) -> Option<String> {
    let text = line.trim_matches(FRAME);
    let text = text.strip_suffix(':').unwrap_or(text);
    let is_simple = |c: char| c.is_alphanumeric() || " &/(),.'+-".contains(c);
    let is_mixed = |word: &str| {
        word.chars().count() > MIXED
            && word.chars().any(char::is_numeric)
            && word.chars().any(char::is_alphabetic)
    };
    let is_title = text.chars().count() <= LONGEST
        && text.chars().next().is_some_and(char::is_uppercase)
        && text.chars().all(is_simple)
        && !text.split(|c: char| !c.is_alphanumeric()).any(is_mixed)
        && text.split(' ').all(is_plainly_public)
        && is_plainly_public(text);
    is_title.then(|| text.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(text: &str) -> Vec<String> {
        let told = |heading: Heading| heading.text.unwrap_or_else(|| "-".to_owned());
        headings(text).into_iter().map(told).collect()
    }

    #[test]
    fn framed_lines_are_headings_and_else_those_above_several_keys() {
        for (text, want) in [
            ("# --- Database ---\nA=1\n\n# Other\nB=1\n", vec!["Database"]),
            ("## Mail\nA=1\n# === Sign-in & OAuth2 ===\nB=1\n", vec!["Mail"]),
            ("A=1\n\n#########\n# Mail (SMTP):\n#########\nB=1\n", vec!["Mail (SMTP)"]),
            (
                "# Database\nA=1\nB=2\n\nC=3\n\n# One key\nD=1\n\n# Mail\nE=1\nF=1\n",
                vec!["Database", "-", "Mail", "-"],
            ),
            ("# Its database\nA=1\nB=1\n", vec![]),
            ("# Two lines\n# of words\nA=1\nB=1\n", vec![]),
            ("A='\n# --- Inside ---\n'\n", vec![]),
        ] {
            assert_eq!(told(text), want, "{text:?}");
        }
    }

    #[test]
    fn what_may_be_a_secret_is_no_heading() {
        for text in [
            "TOKEN=abc",
            "Token: abc",
            "Hunter2horse",
            "Ghp_0123456789abcdefghij0123456789abcdef",
            "Zk3v9QpX7mB2wLr8",
            "DkvQpXmBwLrTzYcNfGhJsWaEbUiO",
            "lower case",
            "OLD_PASSWORD hunter",
            "https://u:p@host",
        ] {
            assert_eq!(told(&format!("# --- {text} ---\nA=1\nB=1\n")), [""; 0], "{text}");
            let plain = format!("# Mail\nA=1\nB=1\n\n# {text}\nC=1\nD=1\n\n# Queue\nE=1\nF=1\n");
            assert_eq!(told(&plain), ["Mail", "-", "Queue", "-"], "{text}");
        }
    }
}
