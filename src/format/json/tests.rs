//! The format, by a table of what is written and what is read, and by what holds for any text.

use proptest::prelude::*;

use super::read;
use crate::format::probe::{complaints, leaves, places, wanted};
use crate::format::tree::{self, MAX_DEPTH, flatten};
use crate::format::tree::{Member, Node, NodeValue};
use crate::format::{Reading, yaml};
use crate::model::source::ValueType::{self, Boolean, List, Map, Null, Number, String};

type Case = (&'static str, &'static [(&'static str, ValueType, &'static str)]);

const CASES: &[Case] = &[
    ("", &[]),
    ("\u{feff} // nothing\n", &[]),
    ("{}", &[]),
    ("[{\"a\": 1}]", &[]),
    ("\"text\"", &[]),
    (
        r#"{"a": "x", "b": "", "c": "\u00fc\n\"\\\ud83d\ude00"}"#,
        &[("a", String, "x"), ("b", String, ""), ("c", String, "ü\n\"\\😀")],
    ),
    (
        r#"{"a": 1, "b": -0.50, "c": 1E+3}"#,
        &[("a", Number, "1"), ("b", Number, "-0.50"), ("c", Number, "1E+3")],
    ),
    (
        r#"{"a": true, "b": false, "c": null, "d": "true"}"#,
        &[("a", Boolean, "true"), ("b", Boolean, "false"), ("c", Null, ""), ("d", String, "true")],
    ),
    (
        r#"{"a": {"b": {"c.d": 1}, "e": {}}, "": 2}"#,
        &[("a.b.\"c.d\"", Number, "1"), ("a.e", Map, "{}"), ("\"\"", Number, "2")],
    ),
    (
        r#"{"a": [1, "1", null, true, {"b": []}], "c": []}"#,
        &[("a", List, r#"[1,"1",null,true,{"b":[]}]"#), ("c", List, "[]")],
    ),
    (
        r#"{"kv": [{"binding": "A", "id": 1}, {"binding": "B"}]}"#,
        &[("kv[A].binding", String, "A"), ("kv[A].id", Number, "1"), ("kv[B].binding", String, "B")],
    ),
    (
        "// c\n{ /* d */ \"a\": 1, // e\n \"b\": [1, 2,], /* \" */\n}\n// f",
        &[("a", Number, "1"), ("b", List, "[1,2]")],
    ),
    (r#"{"a": 1, "b": 2, "a": 3}"#, &[("a", Number, "1"), ("b", Number, "2"), ("a", Number, "3")]),
    ("\u{feff}{\"ä\": \"日本\"}", &[("ä", String, "日本")]),
    (r#"{"a": "http://x/*y*/"}"#, &[("a", String, "http://x/*y*/")]),
];

#[test]
fn json_with_comments_and_trailing_commas_is_read() {
    for (text, want) in CASES {
        let reading = read(text);
        assert_eq!(leaves(&reading), wanted(want), "{text}");
        assert!(reading.problems.is_empty(), "{text}: {:?}", complaints(&reading, text));
    }
}

#[test]
fn keys_and_values_are_found_where_they_stand() {
    let text = "\u{feff}{\r\n  \"ä\" : { /* ß */ \"b\": [1] },\r\n  \"c\": \"ü\" }";
    let places = places(&read(text), text);
    let places: Vec<_> = places.iter().map(|(path, key, value)| (path.as_str(), *key, *value)).collect();
    assert_eq!(places, [("ä.b", "\"b\": [1] },", "[1] },"), ("c", "\"c\": \"ü\" }", "\"ü\" }")]);
}

#[test]
fn what_is_no_json_is_one_problem_in_our_own_words_where_it_stands() {
    let cases = [
        ("{\"a\": \"x", "a text is not closed, or a backslash in it is no escape", "\"x"),
        ("{\"a\": \"\\q\"}", "a text is not closed, or a backslash in it is no escape", "\\q\"}"),
        ("{\"a\": [1", "what opens here is never closed", "[1"),
        ("{\"a\": 1", "what opens here is never closed", "{\"a\": 1"),
        ("{} /* x", "the comment that opens here is never closed", "/* x"),
        ("{\"a\": 1 \"b\": 2}", "a comma is missing here", " \"b\": 2}"),
        ("{\"a\" 1}", "a colon is missing before this", "1}"),
        ("{\"a\":", "a key has no value", ""),
        ("{a: 1}", "this is no key", "a: 1}"),
        ("{'a': 1}", "this is no value that JSON knows", "'a': 1}"),
        ("{} {}", "something follows the end of the value", "{}"),
        ("{\"a\": ]}", "a bracket closes what was not opened with it", "]}"),
        ("{\"a\": .5}", "this is no value that JSON knows", ".5}"),
        ("{\"a\": NaN}", "this is no value that JSON knows", "NaN}"),
    ];
    for (text, message, rest) in cases {
        assert_eq!(complaints(&read(text), text), [(message.to_owned(), rest)], "{text}");
    }
}

#[test]
fn of_a_map_that_is_set_twice_the_first_leaves_its_place_alone() {
    let reading = read(r#"{"a": {"b": 1}, "a": {"c": 2}}"#);
    assert_eq!(leaves(&reading), wanted(&[("a", ValueType::Overruled, ""), ("a.c", ValueType::Number, "2")]));
}

#[test]
fn what_pulumi_encrypts_is_known_to_be_encrypted() {
    let reading = read(r#"{"config": {"app:token": {"secure": "hello"}}}"#);
    assert!(reading.entries[0].is_encrypted());
}

#[test]
fn what_is_nested_deeply_or_holds_too_much_is_one_problem() {
    let deep = |n: usize| format!("{{\"a\": {}1{}}}", "[".repeat(n), "]".repeat(n));
    let long_key = format!("{{\"{}\": {{{}\"z\": 1}}}}", "k".repeat(100_000), "\"a\": 1,".repeat(1_000));
    let hostile = [
        "[".repeat(100_000),
        "{\"a\":".repeat(100_000),
        deep(MAX_DEPTH),
        format!("[{}1]", "1,".repeat(500_000)),
        long_key,
    ];
    for text in hostile {
        let reading = read(&text);
        let said = complaints(&reading, &text);
        assert_eq!(said.len(), 1);
        assert_eq!(said[0].0, tree::too_much(0).message);
    }
    assert_eq!(read(&deep(MAX_DEPTH - 1)).entries.len(), 1);
}

#[test]
fn many_repetitions_of_anything_are_read_in_linear_time() {
    for piece in [
        "\"",
        "\\",
        "/*",
        "//",
        "{}",
        "[]",
        ",",
        ":",
        "1",
        "-",
        "\"a\":",
        "\n",
        " ",
        "é",
        "\"\\u0041",
        "{\"a\":1,",
        "\u{feff}",
        "x",
    ] {
        let text = piece.repeat((1 << 17) / piece.len());
        assert!(read(&text).problems.len() <= 1, "{piece}");
        assert!(read(&format!("{{\"a\": \"{text}")).problems.len() <= 1, "{piece}");
    }
    let keys: std::string::String = (0..50_000).map(|n| format!("\"k{n}\": 1,")).collect();
    assert_eq!(read(&format!("{{{keys}}}")).entries.len(), 50_000);
}

fn any_value() -> impl Strategy<Value = serde_json::Value> {
    let scalar = prop_oneof![
        Just(serde_json::Value::Null),
        any::<bool>().prop_map(Into::into),
        any::<i64>().prop_map(Into::into),
        any::<f64>().prop_map(Into::into),
        any_string().prop_map(Into::into),
    ];
    scalar.prop_recursive(5, 60, 6, |inner| {
        prop_oneof![
            proptest::collection::vec(inner.clone(), 0..5).prop_map(Into::into),
            proptest::collection::vec((any_string(), inner), 0..5)
                .prop_map(|members| serde_json::Value::Object(members.into_iter().collect())),
        ]
    })
}

/// Texts that YAML would take for something else without quotes, and keys that lists are known by.
const WORDS: &[&str] =
    &["name", "key", "a.b", "", "yes", "null", "1", "<<", "~", "{{", "- a", "# b", "2024-01-31"];

fn any_string() -> impl Strategy<Value = std::string::String> {
    prop_oneof![
        proptest::sample::select(WORDS).prop_map(str::to_owned),
        "[a-zé ]{1,8}",
        "\\PC{0,9}",
        any::<std::string::String>()
    ]
}

/// The tree that a value should be read as.
fn tree_of(value: &serde_json::Value) -> Node {
    use serde_json::Value;
    let value = match value {
        Value::Null => return Node::scalar("", Null, 0),
        Value::Bool(flag) => return Node::scalar(flag.to_string(), Boolean, 0),
        Value::Number(number) => return Node::scalar(number.to_string(), Number, 0),
        Value::String(text) => return Node::scalar(text.as_str(), String, 0),
        Value::Array(items) => NodeValue::List(items.iter().map(tree_of).collect()),
        Value::Object(members) => {
            let member = |(key, value): (&std::string::String, &Value)| Member {
                key: key.as_str().into(),
                key_offset: 0,
                node: tree_of(value),
            };
            NodeValue::Map(members.iter().map(member).collect())
        }
    };
    Node { value, offset: 0 }
}

proptest! {
    #[test]
    fn what_is_written_as_json_is_read_the_same_as_json_and_as_yaml(value in any_value(), pretty in any::<bool>()) {
        let value = serde_json::json!({ "top": value });
        let text = if pretty { serde_json::to_string_pretty(&value) } else { serde_json::to_string(&value) }.unwrap();
        let entries = flatten(&tree_of(&value), "").ok().unwrap();
        let want = leaves(&Reading { entries, ..Reading::default() });
        let (json, yaml) = (read(&text), (yaml::FORMAT.read)(&text));
        prop_assert_eq!(leaves(&json), want.as_slice());
        prop_assert_eq!(leaves(&yaml), want.as_slice());
        prop_assert_eq!(places(&json, &text), places(&yaml, &text));
        prop_assert!(json.problems.is_empty() && yaml.problems.is_empty());
    }

    #[test]
    fn any_text_is_read_and_every_place_lies_in_it(
        pieces in proptest::collection::vec(proptest::sample::select(&["{", "}", "[", "]", ",", ":", "\"", "\"a\":", "1", "-", "e", ".", "\\", "\\u00", "//", "/*", "*/", "\n", "é", "\u{feff}", "null", " "][..]), 0..40),
        other in any::<std::string::String>(),
    ) {
        for text in [pieces.concat(), other] {
            let reading = read(&text);
            prop_assert_eq!(places(&reading, &text).len(), reading.entries.len());
            prop_assert_eq!(complaints(&reading, &text).len(), reading.problems.len());
        }
    }
}
