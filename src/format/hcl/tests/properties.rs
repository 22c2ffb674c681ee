//! What holds for any text at all, and for any tree that is written as HCL.

use std::fmt::Write;

use proptest::prelude::*;

use super::super::read;
use crate::format::tests::{any_map, any_text, check, laid, laid_tree};
use crate::format::tree::{Member, Node, NodeValue};
use crate::model::source::ValueType;

/// What HCL gives a meaning, so that odd combinations come up often.
const PIECES: &[&str] = &[
    "a",
    "b",
    " ",
    "\n",
    "\r\n",
    "\r",
    "=",
    ":",
    ",",
    "{",
    "}",
    "[",
    "]",
    "(",
    ")",
    "\"",
    "'",
    "\\",
    "\\\"",
    "\\u12",
    "${",
    "%{",
    "$${",
    "$",
    "<<EOF\n",
    "<<-E\n",
    "EOF\n",
    "E",
    "for ",
    "null",
    "true",
    "-",
    "1",
    ".5",
    "e9",
    "!",
    "?",
    ".",
    ".*",
    "#",
    "//",
    "/*",
    "*/",
    "ä",
    "\u{feff}",
    "a = 1\n",
    "a \"b\" {\n",
    "a = \"x\"\n",
    "a = [1, 2]\n",
];

proptest! {
    #[test]
    fn any_text_is_read_without_panic(text in any_text(PIECES)) {
        check(&read(&text), &text);
    }

    #[test]
    fn a_tree_written_as_hcl_comes_back(tree in any_map()) {
        let mut text = String::new();
        body(&mut text, tree.members());
        let reading = read(&text);
        prop_assert!(reading.problems.is_empty(), "{}", text);
        prop_assert_eq!(laid(&reading), laid_tree(&tree), "{}", text);
    }
}

fn body(text: &mut String, members: &[Member]) {
    for Member { key, node, .. } in members {
        match &node.value {
            NodeValue::Map(inner) if key.len() > 3 && inner.iter().all(|member| is_bare(&member.key)) => {
                writeln!(text, "{key} {{").unwrap();
                body(text, inner);
                text.push_str("} # block\n");
            }
            _ => {
                write!(text, "{key} = ").unwrap();
                value(text, node);
                text.push_str(" // attribute\n");
            }
        }
    }
}

fn is_bare(key: &str) -> bool {
    key.starts_with(|c: char| c.is_ascii_alphabetic())
        && key.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_')
}

fn value(text: &mut String, node: &Node) {
    match &node.value {
        NodeValue::Scalar(scalar, ValueType::String) => quoted(text, scalar),
        NodeValue::Scalar(scalar, _) => text.push_str(scalar),
        NodeValue::List(items) => {
            text.push_str("[\n");
            for item in items {
                value(text, item);
                text.push_str(", # item\n");
            }
            text.push(']');
        }
        NodeValue::Map(members) => {
            text.push('{');
            for (index, Member { key, node, .. }) in members.iter().enumerate() {
                if is_bare(key) {
                    text.push_str(key)
                } else {
                    quoted(text, key)
                }
                text.push_str(if index % 2 == 0 { " = " } else { ":" });
                value(text, node);
                text.push_str(if index % 3 == 0 { "\n" } else { "," });
            }
            text.push('}');
        }
    }
}

fn quoted(text: &mut String, scalar: &str) {
    let escaped = scalar.replace('\\', "\\\\").replace('"', "\\\"").replace('\n', "\\n");
    write!(text, "\"{}\"", escaped.replace("${", "$${").replace("%{", "%%{")).unwrap();
}
