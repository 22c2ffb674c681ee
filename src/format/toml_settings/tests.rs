//! The format as tables of cases, what holds for any text, and texts made to break a parser.

use std::fmt::Write;
use std::time::{Duration, Instant};

use proptest::prelude::*;

use super::{matches, read};
use crate::format::tests::{any_map, any_text, check, laid, laid_tree, mistakes, places};
use crate::format::tree::{Member, Node, NodeValue};
use crate::model::source::ValueType;

const CASES: &[(&str, &[&str])] = &[
    ("", &[]),
    ("\u{feff}a = 'x'\r\nb = \"\\u00e9\\n\"\r\n", &["a String x", "b String é\n"]),
    (
        "a = 1_000\nb = 0xFF\nc = -1.5e3\nd = inf",
        &["a Number 1_000", "b Number 0xFF", "c Number -1.5e3", "d Number inf"],
    ),
    (
        "a = true\nb = 1979-05-27T07:32:00Z\nc = 1979-05-27\nd = 07:32:00",
        &["a Boolean true", "b Date 1979-05-27T07:32:00Z", "c Date 1979-05-27", "d Date 07:32:00"],
    ),
    ("a = '''\nx\ny'''\nb = \"\"\"\\\n  z\"\"\"", &["a String x\ny", "b String z"]),
    ("a = []\nb = {}\n[c]\n[d.e]\n", &["a List []", "b Map {}", "c Map {}", "d.e Map {}"]),
    ("a = [1, 'x', [true], 1979-05-27, {b = 1}]", &["a List [1,\"x\",[true],\"1979-05-27\",{\"b\":1}]"]),
    (
        "b.a = 1\n\"c.d\".e = 2\n'f' = { g.h = 3, \"i\" = 4 }",
        &["b.a Number 1", "\"c.d\".e Number 2", "f.g.h Number 3", "f.i Number 4"],
    ),
    (
        "[z]\nb = 1\na = 2\n[y.x]\nc = 3\n[z.w]\nd = 4",
        &["z.b Number 1", "z.a Number 2", "y.x.c Number 3", "z.w.d Number 4"],
    ),
    ("[[a]]\nb = 1\n[[a]]\nb = 2\nc = 3", &["a List [{\"b\":1},{\"b\":2,\"c\":3}]"]),
    (
        "[[a]]\nbinding = 'x'\n[[a]]\nn.m = 1\nbinding = 'y'",
        &["a[x].binding String x", "a[y].n.m Number 1", "a[y].binding String y"],
    ),
];

#[test]
fn every_text_gives_its_entries() {
    for (text, entries) in CASES {
        let reading = read(text);
        assert_eq!(mistakes(&reading, text), [""; 0], "{text}");
        assert_eq!(laid(&reading), *entries, "{text}");
    }
}

#[test]
fn a_mistake_is_told_with_its_place_and_nothing_of_the_file() {
    for (text, wrong) in [
        ("'é' = 1\na = CANARY", "2:5 a value is missing or not quoted"),
        ("'é' = 1\r\na = \"CANARY", "2:12 a string is not closed on its line"),
        ("a = '''CANARY", "1:14 a string in three quotes is not closed"),
        ("CANARY = 1\nCANARY = 2", "2:1 the same key or table is set a second time"),
        ("a = { CANARY = 1", "1:17 a `{ table }` is not closed"),
        ("a = ['CANARY' 'CANARY']", "1:15 a comma is missing"),
        ("CANARY = 1\nCANARY.b = 2", "2:1 a key leads into something that is no table"),
        ("CANARY é = 1", "1:8 a key has no value"),
    ] {
        let reading = read(text);
        assert_eq!(mistakes(&reading, text), [wrong], "{text}");
        assert!(reading.entries.is_empty() && !reading.problems[0].help.contains("CANARY"), "{text}");
    }
}

#[test]
fn places_are_those_of_key_and_value() {
    let text = "\u{feff}'é' = 'é' # ü\r\n[a.b]\r\n[\"ü\"]\r\nx = { \"é\" = [1], y = 2 }\r\n[[t]]\r\na = 1";
    assert_eq!(mistakes(&read(text), text), [""; 0]);
    assert_eq!(places(&read(text), text), ["1:1 1:7", "2:4 2:4", "4:7 4:13", "4:18 4:22", "5:3 5:3"]);
}

#[test]
fn files_of_envctl_are_no_settings() {
    assert!(matches("wrangler.toml") && matches("Settings.toml"));
    assert!(!matches("env.toml") && !matches("envctl.toml") && !matches("toml"));
}

#[test]
fn large_files_are_read_in_linear_time() {
    let many = 100_000;
    let keys: String = (0..many).map(|i| format!("k{i} = {i}\n")).collect();
    let tables: String = (0..many).map(|i| format!("[t{i}]\nx = 1\n")).collect();
    let large = [
        (format!("[t]\n{keys}"), many),
        (tables, many),
        ("[[t]]\nx = 1\n".repeat(many), 1),
        (format!("a = '{}'", "x".repeat(1 << 20)), 1),
        (format!("[{}]\n{keys}", "x".repeat(500_000)), 0),
        ("a = \n".repeat(many), 0),
        ("[a\n".repeat(many), 0),
    ];
    for (text, entries) in large {
        let start = Instant::now();
        assert_eq!(read(&text).entries.len(), entries, "{:?}", text.get(..20));
        let took = start.elapsed();
        assert!(took < Duration::from_secs(60), "{:?} took {took:?}", text.get(..20));
    }
}

const PIECES: &[&str] = &[
    "a",
    "b",
    ".",
    " = ",
    "=",
    "1",
    "-",
    "0x",
    "e9",
    "true",
    "1979-05-27",
    "T",
    "07:32:00",
    "Z",
    "\"",
    "'",
    "'''",
    "\"\"\"",
    "\\",
    "\\u00e9",
    "[",
    "]",
    "[[",
    "]]",
    "{",
    "}",
    ",",
    "#",
    " ",
    "\n",
    "\r\n",
    "\r",
    "é",
    "\u{feff}",
    "a = 1\n",
    "[a]\n",
    "[[b]]\n",
    "c = [1, { d = 'x' }]\n",
];

proptest! {
    #[test]
    fn any_text_is_read_without_panic(text in any_text(PIECES)) {
        check(&read(&text), &text);
    }

    #[test]
    fn a_tree_written_as_toml_comes_back(tree in any_map(), with_headings in any::<bool>()) {
        let (tables, others): (Vec<_>, Vec<_>) =
            tree.members().iter().partition(|member| with_headings && matches!(member.node.value, NodeValue::Map(_)));
        let mut text = String::new();
        others.iter().for_each(|member| assignment(&mut text, member, "\n"));
        for Member { key, node, .. } in tables {
            writeln!(text, "[{key}]").unwrap();
            node.members().iter().for_each(|member| assignment(&mut text, member, "\n"));
        }
        let reading = read(&text);
        let sorted = |mut lines: Vec<String>| { lines.sort(); lines };
        prop_assert!(reading.problems.is_empty(), "{}", text);
        prop_assert_eq!(sorted(laid(&reading)), sorted(laid_tree(&tree)), "{}", text);
    }
}

fn assignment(text: &mut String, Member { key, node, .. }: &Member, end: &str) {
    quoted(text, key);
    text.push_str(" = ");
    written(text, node);
    text.push_str(end);
}

fn written(text: &mut String, node: &Node) {
    match &node.value {
        NodeValue::Scalar(scalar, ValueType::String) => quoted(text, scalar),
        NodeValue::Scalar(scalar, _) => text.push_str(scalar),
        NodeValue::List(items) => {
            text.push('[');
            items.iter().for_each(|item| {
                written(text, item);
                text.push_str(", # item\n");
            });
            text.push(']');
        }
        NodeValue::Map(members) => {
            text.push('{');
            for (index, member) in members.iter().enumerate() {
                assignment(text, member, if index + 1 < members.len() { ", " } else { "" });
            }
            text.push('}');
        }
    }
}

fn quoted(text: &mut String, scalar: &str) {
    text.push('"');
    for c in scalar.chars() {
        match c {
            '"' | '\\' => text.extend(['\\', c]),
            c if c.is_control() => write!(text, "\\u{:04x}", c as u32).unwrap(),
            c => text.push(c),
        }
    }
    text.push('"');
}
