//! What dotenvy reads otherwise, as a table: a file, and the verdicts with their lines.

use std::collections::BTreeMap;

use proptest::prelude::*;

use super::super::parse;
use super::super::second_reader::ask;
use super::properties::any_text;
use crate::model::note::NoteKind::{self, *};

const CASES: &[(&str, &[(usize, NoteKind)])] = &[
    ("", &[]),
    ("# c\n\nA=1\nexport B = 'x y' # c\nC=\"x\\ny\"\nD=\nE='x\ny'\n", &[]),
    ("A=1\nA=2\n", &[]),
    // another value
    ("A=x\\\\y\nB=1\n", &[(1, DotenvyDiffers)]),
    ("A=x\"y\"\nB=#x\nC=\"x\r\ny\"\n", &[(1, DotenvyDiffers), (2, DotenvyDiffers), (3, DotenvyDiffers)]),
    // no value: a quote that stays open takes the lines below
    ("A=it's\nB=1\nC='x'\nD=1\n", &[(1, DotenvyStops)]),
    ("A=it's\nB=it's\nC=1\n", &[(1, DotenvyDiffers), (2, DotenvyMisses)]),
    // the end
    ("A=1\n\n# c\nB=x y\nC=x y\n", &[(4, DotenvyStops)]),
    ("A-B=1\n", &[(1, DotenvyStops)]),
    ("A: 1\n", &[(1, DotenvyStops)]),
    ("A=\"\\t\"\n", &[(1, DotenvyStops)]),
    ("\u{feff}A=1\n", &[(1, DotenvyStops)]),
    ("A=x\\\\y\nnonsense\nB=x\\\\y\n", &[(1, DotenvyDiffers), (2, DotenvyStops)]),
    ("A=1\nB=\"x\nC=1\n", &[(2, DotenvyStops)]),
    // references
    ("A=1\nB=$A\nC=\"${A}\"\nD='${A}'\nE=\"\\$A\"\n", &[(2, DotenvyExpands), (3, DotenvyExpands)]),
    ("A=\\$B\nC=x\\\\$B\n", &[(1, DotenvyDiffers), (2, DotenvyDiffers)]),
    ("A=1\nB=${A\nC=1\nD=x y\n", &[(2, DotenvyStops)]),
    ("A=${A:?b}\nC=1\n", &[]),
];

fn verdicts(text: &str) -> Vec<(usize, NoteKind)> {
    let line = |offset: usize| text.bytes().take(offset).filter(|byte| *byte == b'\n').count() + 1;
    ask(text).iter().map(|note| (line(note.offset), note.kind)).collect()
}

#[test]
fn every_case_has_its_verdicts() {
    for (text, expected) in CASES {
        assert_eq!(verdicts(text), *expected, "{text:?}");
    }
}

#[test]
fn what_would_take_dotenvy_long_is_not_shown_to_it() {
    let doubling: String = (1..60).map(|n| format!("A{n}=$A{}$A{}\n", n - 1, n - 1)).collect();
    assert_eq!(verdicts(&doubling).len(), 59);
    let deep = format!("{}A=\"{}\"\n", " ".repeat(1000), "\n".repeat(1000));
    let large = "A=1\n".repeat(70_000);
    for text in [deep, large] {
        assert_eq!(verdicts(&text), [(1, DotenvyUnasked)]);
    }
}

proptest! {
    #[test]
    fn verdicts_are_true(text in any_text().prop_map(|text| text.replace('$', "S"))) {
        let answer: Vec<_> = dotenvy::from_read_iter(text.as_bytes()).map_while(Result::ok).collect();
        let is_whole = dotenvy::from_read_iter(text.as_bytes()).all(|next| next.is_ok());
        let verdicts = verdicts(&text);
        prop_assert_eq!(is_whole, verdicts.iter().all(|(_, kind)| *kind != DotenvyStops));
        if is_whole && verdicts.is_empty() {
            let theirs: BTreeMap<_, _> = answer.into_iter().collect();
            for ours in parse(&text).assignments() {
                prop_assert!(theirs.contains_key(ours.key));
            }
        }
    }

    #[test]
    fn no_text_makes_it_fail(text in any_text()) {
        let notes = ask(&text);
        prop_assert!(notes.is_sorted_by_key(|note| note.offset));
    }
}
