//! Files that mean harm: bombs, depth, size.

use crate::format::probe::{complaints, leaves};
use crate::format::tree::{MAX_DEPTH, too_much};
use crate::format::yaml::read;

fn is_too_much(text: &str) {
    let reading = read(text);
    let said = complaints(&reading, text);
    assert_eq!(said.iter().map(|(message, _)| message.clone()).collect::<Vec<_>>(), [too_much(0).message]);
    assert!(reading.entries.is_empty());
}

#[test]
fn aliases_of_aliases_do_not_explode() {
    let mut laughs = "a0: &a0 [lol, lol]\n".to_owned();
    let mut merges = "a0: &a0 {k: lol}\n".to_owned();
    let mut longer = format!("a: &a {}\nb: [", "x".repeat(100_000));
    for n in 1..40 {
        let m = n - 1;
        laughs.push_str(&format!("a{n}: &a{n} [*a{m}, *a{m}]\n"));
        merges.push_str(&format!("a{n}: &a{n} {{x{n}: *a{m}, <<: [*a{m}, *a{m}]}}\n"));
        longer.push_str(&"*a, ".repeat(100));
    }
    longer.push_str("*a]\n");
    for text in [laughs, merges, longer] {
        is_too_much(&text);
    }
}

#[test]
fn anchors_around_anchors_do_not_multiply() {
    let depth = MAX_DEPTH - 10;
    let open: String = (0..depth).map(|n| format!("[&a{n} ")).collect();
    is_too_much(&format!("a: {open}[{}]{}", "1,".repeat(100_000), "]".repeat(depth)));
}

#[test]
fn what_is_nested_deeply_is_one_problem() {
    for opening in ["[", "{", "- ", "? ", "{a: ", "[a, ", "- ? ", ": ", "{{", "{? ", "[[],"] {
        let text = opening.repeat(10_000);
        is_too_much(&text);
        is_too_much(&format!("a: 1\n---\n{text}"));
    }
    let stairs: String = (0..1_000).map(|n| format!("{}a:\n", " ".repeat(n))).collect();
    is_too_much(&stairs);
    let chain: String = (1..1_000).map(|n| format!("a{n}: &a{n} [*a{}]\n", n - 1)).collect();
    is_too_much(&format!("a0: &a0 x\n{chain}"));
}

#[test]
fn a_hundred_levels_are_read() {
    let text = format!("a: {}1{}", "[".repeat(MAX_DEPTH - 1), "]".repeat(MAX_DEPTH - 1));
    assert_eq!(leaves(&read(&text)).len(), 1);
    is_too_much(&format!("a: {}1{}", "[".repeat(MAX_DEPTH), "]".repeat(MAX_DEPTH)));
}

#[test]
fn long_keys_above_many_leaves_do_not_fill_the_memory() {
    let text = format!(
        "{{\"{}\": {{{}}}}}",
        "k".repeat(100_000),
        (0..1_000).map(|n| format!("a{n}: 1, ")).collect::<String>()
    );
    is_too_much(&text);
}

#[test]
fn many_repetitions_of_anything_are_read_in_linear_time() {
    let pieces = [
        "x", "\"", "'", "#", "\n", " ", "\t", "%", "|", "> ", "&a ", "!a ", "*a ", "a: ", "a:\n", "- a\n",
        "a: b\n", "- |\n", "'a' ", "\\", "---\n", "--- a\n", "...\n", "\r\n", "\r", "\u{feff}", "é", "<<: ",
        "<<: *a\n", "%a\n", "- &a\n", "a: &a\n", "- a: ", "a: [", "a: {", "[]\n", "{{", "<%", ",", "a b ",
    ];
    for piece in pieces {
        let text = piece.repeat((1 << 17) / piece.len());
        let reading = read(&text);
        assert!(reading.problems.len() + reading.entries.len() <= text.len(), "{piece:?}");
    }
}

#[test]
fn many_keys_and_long_lines_are_read() {
    let keys: String = (0..50_000).map(|n| format!("k{n}: v\n")).collect();
    assert_eq!(read(&keys).entries.len(), 50_000);
    let line = format!("a: {}\nb: \"{}\"\n", "x".repeat(500_000), "ü ".repeat(150_000));
    assert_eq!(read(&line).entries.len(), 2);
    let list = format!("a: [{}]", "1, ".repeat(100_000));
    assert_eq!(read(&list).entries.len(), 1);
}
