//! The format as tables of cases, what holds for any text, and texts made to break a parser.

use std::time::{Duration, Instant};

use proptest::prelude::*;

use super::{FORMAT, read};
use crate::format::MAX_PROBLEMS;
use crate::format::tests::{any_text, check, laid, mistakes, places};

/// A text and its entries, all of them texts.
const CASES: &[(&str, &[(&str, &str)])] = &[
    // lines
    ("", &[]),
    ("\u{feff}a=1\r\nb=2\rc=3\n\n \x0C\nd=4", &[("a", "1"), ("b", "2"), ("c", "3"), ("d", "4")]),
    ("# a=1\n ! b=2\\\nc=3 # d\n", &[("c", "3 # d")]),
    ("a=1\na=2\n", &[("a", "1"), ("a", "2")]),
    // separators
    ("a=1\nb:2\nc 3\nd\n", &[("a", "1"), ("b", "2"), ("c", "3"), ("d", "")]),
    (" a = 1 \n b\t:\t2\n c \x0C 3\n d = = 4", &[("a", "1 "), ("b", "2"), ("c", "3"), ("d", "= 4")]),
    ("a=\nb= \nc:=d\n", &[("a", ""), ("b", ""), ("c", "=d")]),
    ("spring.datasource.url=jdbc:x\n", &[("spring.datasource.url", "jdbc:x")]),
    ("a[0].b=1\na.\"c\"=2", &[("a[0].b", "1"), ("a.\"c\"", "2")]),
    // escapes
    (r"a=\t\n\r\f\\\:\=\#\!\ \q\", &[("a", "\t\n\r\x0C\\:=#! q")]),
    (r"a\ b\:c\=d\.e=1", &[("a b:c=d.e", "1")]),
    ("\\#a=1\n\\u0061b=\\u00fc\\u00FC\\uD83D\\uDE00é", &[("#a", "1"), ("ab", "\u{fc}\u{fc}\u{1f600}é")]),
    ("a\\é=\\é", &[("aé", "é")]),
    // continued lines
    ("a=1\\\n  2\\\r\n\t3\\\r4\nb=5", &[("a", "1234"), ("b", "5")]),
    ("a=1\\\\\nb=2\\", &[("a", "1\\"), ("b", "2")]),
    ("a=1\\\n# 2\n\\\n b \\\n = \\\n 3", &[("a", "1# 2"), ("b", "3")]),
    ("a\\\n b=1\\\n\nc=2\n\\\n\n\\\n# d", &[("ab", "1"), ("c", "2")]),
    // documents
    (
        "a=1\n#---\nspring.config.activate.on-profile=dev\na=2\n!---\t\na=3",
        &[
            ("a", "1"),
            ("[on-profile/dev].spring.config.activate.on-profile", "dev"),
            ("[on-profile/dev].a", "2"),
            ("a", "3"),
        ],
    ),
    (
        "b=1\nspring.config.activate.on-profile = prod & eu \n",
        &[
            ("[on-profile/prod & eu].b", "1"),
            ("[on-profile/prod & eu].spring.config.activate.on-profile", "prod & eu "),
        ],
    ),
    (
        "spring.profiles=dev,eu\nb=1",
        &[("[on-profile/dev,eu].spring.profiles", "dev,eu"), ("[on-profile/dev,eu].b", "1")],
    ),
    ("spring.config.activate.on-profile=\nb=1", &[("spring.config.activate.on-profile", ""), ("b", "1")]),
];

#[test]
fn every_text_gives_its_entries() {
    for (text, entries) in CASES {
        let reading = read(text);
        assert_eq!(mistakes(&reading, text), [""; 0], "{text}");
        let expected: Vec<_> = entries.iter().map(|(key, value)| format!("{key} String {value}")).collect();
        assert_eq!(laid(&reading), expected, "{text}");
    }
}

#[test]
fn only_a_comment_alone_and_in_the_first_column_separates_documents() {
    let profile = "spring.config.activate.on-profile=dev\na=1";
    let separates =
        |between: &str| read(&format!("b=1\n{between}\n{profile}")).entries[0].key.starts_with('b');
    for between in ["#---", "!---", "#--- \t", "# c\n\n#---", "! c\n#---", "#---\n! c", "#---\n\n# c"] {
        assert!(separates(between), "{between:?}");
    }
    for between in [" #---", "#--", "#----", "# ---", "#---x", "# c\n#---", "#---\n# c", "#---\n#---", "---"]
    {
        assert!(!separates(between), "{between:?}");
    }
}

/// A text, the keys that it still gives, and its mistakes.
const MISTAKES: &[(&str, &[&str], &[&str])] = &[
    ("=1\na=2\n : 3", &["a"], &["1:1 a value has no key", "3:2 a value has no key"]),
    (
        "é=\\u12\na=\\uD83Dx\nb=\\u12é4\\\n c\nd=1",
        &["d"],
        &[
            "1:3 this `\\u` is no character",
            "2:3 this `\\u` is no character",
            "3:3 this `\\u` is no character",
        ],
    ),
    (
        "a=\\uD83D\\u0041\n\\u=1\nb=\\u+123",
        &[],
        &[
            "1:3 this `\\u` is no character",
            "2:1 this `\\u` is no character",
            "3:3 this `\\u` is no character",
        ],
    ),
    (
        "key=-----BEGIN PRIVATE KEY-----\nMIIBVQIBADANBg\n\nQg==\n-----END PRIVATE KEY-----\na=1",
        &["key", "a"],
        &["2:1 this looks like a piece of a secret, not like a key"],
    ),
    (
        "a7Kd93Lm0QzX5vTea7Kd93Lm0QzX5vTea7Kd93Lm0Qz\nb=1",
        &["b"],
        &["1:1 this looks like a piece of a secret, not like a key"],
    ),
    ("key=-----BEGIN X-----\\n\\\nMIIBVQ\\n\\\n-----END X-----\nb=1", &["key", "b"], &[]),
    ("key=-----BEGIN X-----\nb=1\nc.d=2", &["key", "b", "c.d"], &[]),
];

#[test]
fn every_mistake_is_told_with_its_place() {
    for (text, keys, wrong) in MISTAKES {
        let reading = read(text);
        assert_eq!(mistakes(&reading, text), *wrong, "{text}");
        assert_eq!(reading.entries.iter().map(|entry| &*entry.key).collect::<Vec<_>>(), *keys, "{text}");
    }
}

#[test]
fn places_are_those_of_key_and_value() {
    let text = "\u{feff}ä = é\r\n# ü\r\n  b\\\r\n  c:\\\r\n  1\r\nd\r\ne=";
    assert_eq!(places(&read(text), text), ["1:1 1:5", "3:3 5:3", "6:1 6:2", "7:1 7:3"]);
}

#[test]
fn the_name_ends_with_properties() {
    assert!((FORMAT.matches)("application-prod.properties"));
    assert!(!(FORMAT.matches)("properties") && !(FORMAT.matches)("a.properties.bak"));
}

#[test]
fn large_files_are_read_in_linear_time() {
    let many = 100_000;
    let on_long_profile = format!("spring.config.activate.on-profile={}\n", "x".repeat(500_000));
    let large = [
        ((0..many).map(|i| format!("a.b{i}={i}\n")).collect::<String>(), many, 0),
        (format!("a={}", "x\\\n".repeat(many)), 1, 0),
        (format!("a={}", "\\u0041".repeat(many)), 1, 0),
        (format!("a{}=1", ".b".repeat(many)), 1, 0),
        ("\\\n".repeat(many), 0, 0),
        ("#---\n\n".repeat(many), 0, 0),
        ("a=-----BEGIN X-----\n".repeat(many), many, 0),
        ("=\n".repeat(many), 0, MAX_PROBLEMS),
        (on_long_profile + &"a=1\n".repeat(many), 0, 1),
    ];
    for (text, entries, problems) in large {
        let start = Instant::now();
        let reading = read(&text);
        assert_eq!(
            (reading.entries.len(), reading.problems.len()),
            (entries, problems),
            "{:?}",
            text.get(..20)
        );
        let took = start.elapsed();
        assert!(took < Duration::from_secs(60), "{:?} took {took:?}", text.get(..20));
    }
}

const PIECES: &[&str] = &[
    "a",
    ".",
    "b",
    " ",
    "\t",
    "\n",
    "\r\n",
    "\r",
    "=",
    ":",
    "#",
    "!",
    "#---\n",
    "!---",
    "\\",
    "\\\n",
    "\\u",
    "\\u0041",
    "\\uD83D",
    "\\uDE00",
    "12",
    "é",
    "\u{feff}",
    "spring.config.activate.on-profile=x\n",
    "a=1\n",
    "-----BEGIN X-----",
    "-----END X-----",
    "MIIB\n",
    "==",
];

/// A text that means `text`: every character that may mean something escaped.
fn escaped(text: &str) -> String {
    let escape = |c: char| match c {
        '\n' => "\\n".to_owned(),
        '\r' => "\\r".to_owned(),
        ' ' | '\t' | '\x0C' | '=' | ':' | '#' | '!' | '\\' => {
            format!("\\{c}").replace("\\\t", "\\t").replace("\\\x0C", "\\f")
        }
        c if (c as u32).is_multiple_of(3) => {
            c.encode_utf16(&mut [0; 2]).iter().map(|unit| format!("\\u{unit:04x}")).collect()
        }
        c => c.to_string(),
    };
    text.chars().map(escape).collect()
}

proptest! {
    #[test]
    fn any_text_is_read_without_panic(text in any_text(PIECES)) {
        check(&read(&text), &text);
    }

    #[test]
    fn any_pairs_written_as_properties_come_back(
        pairs in proptest::collection::vec(("[a-z.=: é]{1,9}", any::<String>(), "=|:| | = |:\\\\\n "), 0..6),
    ) {
        let line = |(key, value, mark): &(String, String, String)| format!("{}{mark}{}\n", escaped(key), escaped(value));
        let text: String = pairs.iter().map(line).collect();
        let expected: Vec<_> = pairs.iter().map(|(key, value, _)| format!("{key} String {value}")).collect();
        prop_assert_eq!(laid(&read(&text)), expected, "{}", text);
    }
}
