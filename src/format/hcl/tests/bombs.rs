//! Texts made to overflow the stack, or to take all time or memory.

use std::time::{Duration, Instant};

use super::super::read;
use crate::format::MAX_PROBLEMS;
use crate::format::tree::MAX_DEPTH;

const MANY: usize = 10_000;

fn around(opening: &str, inside: &str, closing: &str, times: usize) -> String {
    format!("a = 1\nb = {}{inside}{}\nc = 2\n", opening.repeat(times), closing.repeat(times))
}

const PAIRS: &[(&str, &str)] = &[
    ("[", "]"),
    ("{x=", "}"),
    ("(", ")"),
    ("f(", ")"),
    ("\"${", "}\""),
    ("x[", "]"),
    ("{(", ")=1}"),
    ("[[0],", "]"),
];

#[test]
fn what_is_nested_too_deeply_is_told() {
    for (opening, closing) in PAIRS {
        for text in [around(opening, "1", closing, MANY), around(opening, "1", "", MANY)] {
            let reading = read(&text);
            assert_eq!(reading.problems.len(), 1, "{opening}");
            assert!(reading.problems[0].message.contains("nested too deeply"), "{opening}");
            assert!(reading.entries.iter().any(|entry| &*entry.key == "a"));
        }
    }
    for text in ["x {".repeat(MANY), "x \"y\" {".repeat(MANY), format!("x {} {{}}", "y ".repeat(MANY))] {
        let reading = read(&text);
        assert_eq!(reading.problems.len(), 1);
        assert!(reading.problems[0].message.contains("nested too deeply"));
    }
}

#[test]
fn what_is_nested_as_deeply_as_allowed_is_read() {
    for (opening, closing) in PAIRS {
        let reading = read(&around(opening, "1", closing, MAX_DEPTH / 2));
        assert!(reading.problems.is_empty(), "{opening}");
        assert_eq!(reading.entries.len(), 3, "{opening}");
    }
}

#[test]
fn long_chains_are_text() {
    for link in ["!", "-", "a ? b : ", "1 + ", "a.", "a[0].", "/* c */"] {
        let reading = read(&format!("b = {}x", link.repeat(MANY)));
        assert!(reading.problems.is_empty(), "{link}");
        assert_eq!(reading.entries.len(), 1);
    }
}

#[test]
fn large_files_are_read_in_linear_time() {
    let many = 100_000;
    let keys: String = (0..many).map(|i| format!("k{i} = {i}\n")).collect();
    let long = "x".repeat(1 << 20);
    let large = [
        (keys.clone(), many),
        (format!("a = {{\n{keys}}}\n"), many),
        ("a { b = 1 }\n".repeat(many / 4), 1),
        (format!("a = [{}]\n", "1, ".repeat(many)), 1),
        (format!("a = \"{long}\""), 1),
        (format!("a = {long}"), 1),
        (format!("{long} = 1"), 1),
        (format!("a = <<EOF\n{}EOF\n", "x\n".repeat(many)), 1),
        (format!("{} {{\n{keys}}}\n", "x".repeat(500_000)), 0),
        (format!("a = {}x", "\"\\n\" + ".repeat(many)), 1),
        (format!("a = \"{}\"", "${".repeat(many)), 0),
        ("a = 'x'\n".repeat(many), 0),
        ("a { b { c } d } e\n".repeat(many), 1),
        ("<<EOF\n".repeat(many), 0),
        ("a = <<EOF\n".repeat(many), 0),
        ("/*".repeat(many), 0),
        ("a = [\n".repeat(many), 0),
        ("a = \"x\n".repeat(many), 0),
        ("{".repeat(many), 0),
        (")".repeat(many), 0),
    ];
    for (text, entries) in large {
        let start = Instant::now();
        assert_eq!(read(&text).entries.len(), entries, "{:?}", text.get(..20));
        let took = start.elapsed();
        assert!(took < Duration::from_secs(60), "{:?} took {took:?}", text.get(..20));
    }
}

#[test]
fn a_file_of_mistakes_is_given_up() {
    assert_eq!(read(&"a\n".repeat(MANY)).problems.len(), MAX_PROBLEMS);
}
