//! What holds for any text at all.

use proptest::prelude::*;

use crate::format::probe::{complaints, places};
use crate::format::yaml::read;

/// What YAML gives a meaning, so that odd combinations come up often.
const PIECES: &[&str] = &[
    "a",
    "b: ",
    "- ",
    "? ",
    ": ",
    "\n",
    "\n  ",
    "\n    ",
    " ",
    "\t",
    "[",
    "]",
    "{",
    "}",
    ",",
    "&a ",
    "*a ",
    "!t ",
    "!!str ",
    "|\n",
    "> \n",
    "|2-\n",
    "'",
    "\"",
    "#",
    " # c\n",
    "---\n",
    "...\n",
    "%YAML 1.2\n",
    "%é\n",
    "\u{feff}",
    "é",
    "\r\n",
    "\r",
    "\\",
    "\\x41",
    "0",
    "~",
    "<<: ",
    "<<: *a",
    "{{",
    "<%",
    "\u{2028}",
    "\0",
    "@",
    "`",
];

/// Texts that are read, to be broken.
const SAMPLES: &[&str] = &[
    "# values\nimage: &image\n  tag: \"1.2\"\n  name: ü\nenv:\n  - name: A\n    value: 'x'\n  - name: B\nworker:\n  <<: *image\n  args: [a, 'b', {c: d}]\n",
    "a: |\n  one\n   two\n\nb: >-\n  x\n  y\n---\napiVersion: v1\nkind: Secret\nmetadata: {name: é}\ndata: {k: !!binary aGk=}\n",
    "spring:\r\n  profiles: prod\r\n  datasource:\r\n    url: \"jdbc:x\"\r\n    on: 2024-01-31\r\n",
];

fn tricky_text() -> impl Strategy<Value = String> {
    let pieces = proptest::collection::vec(proptest::sample::select(PIECES), 0..40);
    pieces.prop_map(|pieces| pieces.concat())
}

/// A sample with pieces cut out and put in.
fn broken_sample() -> impl Strategy<Value = String> {
    let cut = (any::<prop::sample::Index>(), 0..4_usize, proptest::sample::select(PIECES));
    let cuts = proptest::collection::vec(cut, 0..5);
    (proptest::sample::select(SAMPLES), cuts).prop_map(|(sample, cuts)| {
        let mut text: Vec<char> = sample.chars().collect();
        for (at, length, piece) in cuts {
            let at = at.index(text.len() + 1);
            let end = (at + length).min(text.len());
            text.splice(at..end, piece.chars());
        }
        text.into_iter().collect()
    })
}

fn any_text() -> impl Strategy<Value = String> {
    prop_oneof![tricky_text(), broken_sample(), any::<String>(), "\\PC*"]
}

proptest! {
    #[test]
    fn any_text_is_read_and_every_place_lies_in_it(text in any_text()) {
        let reading = read(&text);
        prop_assert_eq!(places(&reading, &text).len(), reading.entries.len());
        prop_assert_eq!(complaints(&reading, &text).len(), reading.problems.len());
    }

    #[test]
    fn plain_words_are_found_where_they_stand(words in proptest::collection::vec(("[a-zé]{1,9}", "[A-Zß]{3,9}"), 1..9), indent in 1..5_usize) {
        let lines = words.iter().map(|(key, value)| format!("{}{key}: {value} # ü\r\n", " ".repeat(indent)));
        let text = format!("top: # ö\r\n{}", lines.collect::<String>());
        for (path, key, value) in places(&read(&text), &text) {
            let name = path.strip_prefix("top.").unwrap();
            let written = [name, ": ", value].concat();
            prop_assert!(key.starts_with(&written));
        }
    }
}
