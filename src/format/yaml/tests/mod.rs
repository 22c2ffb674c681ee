//! The format, by tables of what is written and what is read.

mod cases;
mod harm;
mod properties;

use super::read;
use crate::format::probe::{complaints, leaves, places, wanted};
use crate::model::source::ValueType;

/// What is written, and the leaves that are read.
type Case = (&'static str, &'static [(&'static str, ValueType, &'static str)]);

fn all_read_as_wanted(cases: &[Case]) {
    for (text, want) in cases {
        let reading = read(text);
        assert_eq!(leaves(&reading), wanted(want), "{text}");
        assert!(reading.problems.is_empty(), "{text}: {:?}", complaints(&reading, text));
    }
}

#[test]
fn scalars_have_the_type_that_they_are_written_as() {
    all_read_as_wanted(cases::SCALARS);
}

#[test]
fn maps_lists_and_texts_are_read_as_yaml_says() {
    all_read_as_wanted(cases::STRUCTURE);
}

#[test]
fn aliases_are_expanded_and_own_keys_win_over_merged_ones() {
    all_read_as_wanted(cases::ALIASES);
}

#[test]
fn documents_are_told_apart_by_what_they_are() {
    all_read_as_wanted(cases::DOCUMENTS);
}

#[test]
fn a_key_that_is_set_twice_is_two_entries_and_a_map_that_is_set_twice_leaves_its_place() {
    let reading = read("a: 1\nb: 2\na: 3\n");
    assert_eq!(
        leaves(&reading),
        wanted(&[
            ("a", ValueType::Number, "1"),
            ("b", ValueType::Number, "2"),
            ("a", ValueType::Number, "3"),
        ])
    );
    let text = "a:\n  b: 1\nc: {d: 1}\na:\n  e: 2\n";
    let reading = read(text);
    assert_eq!(
        leaves(&reading),
        wanted(&[
            ("a", ValueType::Overruled, ""),
            ("c.d", ValueType::Number, "1"),
            ("a.e", ValueType::Number, "2"),
        ])
    );
    assert!(reading.problems.is_empty());
}

#[test]
fn keys_and_values_are_found_where_they_stand() {
    let text = "\u{feff}# ü: ß\r\nä:\r\n  'ö' : \"ü\" # é\r\n  tagged: !t &x  5\r\n  block: |- # >\r\n\r\n    é\r\n  \
                folded: !!str >+\r\n    | a\r\n  none:\r\n  flow: {é: ß, last: , [k]: 2}\r\n  alias: *x\r\n  list: [ß]\r\n";
    let places = places(&read(text), text);
    let places: Vec<_> = places.iter().map(|(path, key, value)| (path.as_str(), *key, *value)).collect();
    let want = [
        ("ä.ö", "'ö' : \"ü\" # é", "\"ü\" # é"),
        ("ä.tagged", "tagged: !t &x  5", "5"),
        ("ä.block", "block: |- # >", "|- # >"),
        ("ä.folded", "folded: !!str >+", ">+"),
        ("ä.none", "none:", ""),
        ("ä.flow.é", "é: ß, last: , [k]: 2}", "ß, last: , [k]: 2}"),
        ("ä.flow.last", "last: , [k]: 2}", " , [k]: 2}"),
        ("ä.flow.[\"k\"]", "[k]: 2}", "2}"),
        ("ä.alias", "alias: *x", "*x"),
        ("ä.list", "list: [ß]", "[ß]"),
    ];
    assert_eq!(places, want);
}

#[test]
fn what_is_merged_is_found_where_it_is_defined() {
    let text = "base: &b\n  k: v\nhere:\n  <<: *b\n";
    let reading = read(text);
    let merged = reading.entries.last().unwrap();
    assert_eq!((&*merged.key, merged.key_offset), ("here.k", text.find("k: v").unwrap()));
}

#[test]
fn encrypted_values_are_secrets_that_are_known_to_be_encrypted() {
    let text = "a: ENC[AES256_GCM,data:x]\nb: encrypted:abc\nc: op://vault/item/field\nd: !vault |\n  $ANSIBLE_VAULT;1.1;AES256\n  6162\n\
                config:\n  app:name:\n    secure: hello\nmode: {secure: true}\nopen: {secure: hello, more: 1}\nlist: [\"ENC[x]\"]\n";
    let reading = read(text);
    let is_encrypted =
        |entry: &&crate::model::source::Entry| entry.is_encrypted() && entry.secret().is_some();
    let found: Vec<_> = reading.entries.iter().filter(is_encrypted).map(|entry| &*entry.key).collect();
    assert_eq!(found, ["a", "b", "c", "d", "config.app:name.secure", "list"]);
}

#[test]
fn a_name_inside_of_a_list_makes_its_value_a_secret() {
    let reading = read(
        "users: [{id: a, password: x}]\nports: [{id: a, port: 80}]\nenv: [{name: DB_PASSWORD, value: x}]\n",
    );
    let secrets = reading.entries.iter().filter(|entry| entry.secret().is_some());
    assert_eq!(secrets.map(|entry| &*entry.key).collect::<Vec<_>>(), ["users", "env[DB_PASSWORD].value"]);
}

#[test]
fn what_is_no_yaml_is_one_problem_in_our_own_words_where_it_stands() {
    for (text, message, rest) in cases::BROKEN {
        let reading = read(text);
        assert_eq!(complaints(&reading, text), [((*message).to_owned(), *rest)], "{text}");
        assert!(reading.entries.is_empty(), "{text}");
    }
}

#[test]
fn a_merge_of_what_is_no_map_is_a_problem_and_the_rest_is_read() {
    let text = "a: {<<: 5, b: 1}\nc:\n  <<:\n  d: 2\n";
    let reading = read(text);
    assert_eq!(leaves(&reading), wanted(&[("a.b", ValueType::Number, "1"), ("c.d", ValueType::Number, "2")]));
    let places: Vec<_> = complaints(&reading, text).into_iter().map(|(_, rest)| rest).collect();
    assert_eq!(places, ["5, b: 1}", ""]);
}

#[test]
fn no_problem_quotes_the_file() {
    for text in [
        "@hunter2",
        "a: \"hunter2",
        "a: [hunter2",
        "hunter2: a: b",
        "a: *hunter2",
        "a: !hunter2!x y",
        "%hunter2",
    ] {
        let reading = read(text);
        let problem = reading.problems.first().unwrap();
        assert!(!format!("{}{}", problem.message, problem.help).contains("hunter2"), "{text}");
    }
}
