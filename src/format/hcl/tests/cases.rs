//! What HCL means, as tables: a text, its entries, its mistakes.

use super::super::read;
use crate::format::tests::{laid, mistakes, places};

type Case = (&'static str, &'static [&'static str]);

const LITERALS: &[Case] = &[
    ("", &[]),
    ("\u{feff}a = 1", &["a Number 1"]),
    ("a=\"x\"\r\nb = true # c\r\nc = null // d\r\n", &["a String x", "b Boolean true", "c Null "]),
    ("# c\n// d\n/* e\n = f */ a = 1 /* g */\n", &["a Number 1"]),
    ("a = -1.5e+3\nb = - 2\nc = 1E6", &["a Number -1.5e+3", "b Number -2", "c Number 1E6"]),
    (r#"a = "\"\\\n\t\u00fc\U0001F600|#//""#, &["a String \"\\\n\t\u{fc}\u{1f600}|#//"]),
    ("a = \"$${x} %%{y} 5% $5 $\"", &["a String ${x} %{y} 5% $5 $"]),
    ("ü-1 = \"é\"", &["ü-1 String é"]),
    ("a = 1\na = 2", &["a Number 1", "a Number 2"]),
    ("a = ENC", &["a String ENC"]),
];

const COLLECTIONS: &[Case] = &[
    ("a = []\nb = {}\nc = [ ]", &["a List []", "b Map {}", "c List []"]),
    ("a = [\"x\", 1,\n true, null, # c\n]", &["a List [\"x\",1,true,null]"]),
    ("a = [[1], {b = 2}]", &["a List [[1],{\"b\":2}]"]),
    ("a = { b = 1, \"c.d\" : 2 }", &["a.b Number 1", "a.\"c.d\" Number 2"]),
    (
        "a = {\n  b = 1\n  c = { d = \"x\" }, # c\n\n  1 = 2\n}",
        &["a.b Number 1", "a.c.d String x", "a.1 Number 2"],
    ),
    ("a = { b = 1, b = 2 }", &["a.b Number 1", "a.b Number 2"]),
    (
        "a = [{ name = \"x\", n = 1 }, { name = \"y\" }]",
        &["a[x].name String x", "a[x].n Number 1", "a[y].name String y"],
    ),
    ("a = { (var.x) = 1, \"${b}\" = 2 }", &["a.\"(var.x)\" Number 1", "a.${b} Number 2"]),
];

const HEREDOCS: &[Case] = &[
    ("a = <<EOF\n x\n\n EOFY\nEOF\nb = 1", &["a String  x\n\n EOFY\n", "b Number 1"]),
    ("a = <<-EOF\n    x\n\n      y\n  EOF\n", &["a String x\n\n  y\n"]),
    ("a = <<EOF\r\nx\r\n\tEOF\r\n", &["a String x\n"]),
    ("a = <<EOF\nEOF", &["a String "]),
    ("a = <<EOF\n$${x} \\n\nEOF", &["a String ${x} \\n\n"]),
    ("a = <<EOF\n$${x} ${y}\nEOF", &["a String $${x} ${y}\n"]),
    ("a = [<<EOF\nx\nEOF\n, 2]", &["a List [\"x\\n\",2]"]),
];

const EXPRESSIONS: &[Case] = &[
    ("a = var.x\nb = \"${var.x}-\\n\"", &["a String var.x", "b String ${var.x}-\\n"]),
    ("a = \"${f(\"}\", { b = \"\\\"\" })}/x\"", &["a String ${f(\"}\", { b = \"\\\"\" })}/x"]),
    ("a = \"%{if x}y%{endif}\"", &["a String %{if x}y%{endif}"]),
    ("a = f(\n  b, # )\n  \")\",\n) /* c */", &["a String f(\n  b, # )\n  \")\",\n) /* c */"]),
    ("a = x ? \"y\" : -1 # c", &["a String x ? \"y\" : -1"]),
    (
        "a = 1 + 2\nb = (1)\nc = !true\nd = -x",
        &["a String 1 + 2", "b String (1)", "c String !true", "d String -x"],
    ),
    (
        "a = [for x in y : x]\nb = { for k, v in y : k => v }",
        &["a String [for x in y : x]", "b String { for k, v in y : k => v }"],
    ),
    (
        "a = [1, 2][0]\nb = x.*.y[0]\nc = x[\"y\"].*",
        &["a String [1, 2][0]", "b String x.*.y[0]", "c String x[\"y\"].*"],
    ),
    ("a = [x.y, \"${z}\", f(1, 2)]", &["a List [\"x.y\",\"${z}\",\"f(1, 2)\"]"]),
    ("a = { b = x.y, c = true && z }", &["a.b String x.y", "a.c String true && z"]),
    ("a = f(<<EOF\n)\nEOF\n)", &["a String f(<<EOF\n)\nEOF\n)"]),
    ("a = b::c(\"d\") == \"e\"", &["a String b::c(\"d\") == \"e\""]),
];

const BLOCKS: &[Case] = &[
    ("a {\n  b = 1\n  c \"d.e\" f {\n    g = 2\n  }\n}", &["a.b Number 1", "a.c.\"d.e\".f.g Number 2"]),
    ("a { b = 1 }\nc {}", &["a.b Number 1", "c Map {}"]),
    ("a \"x\" { b = 1 }\na \"y\" { b = 2 }", &["a.x.b Number 1", "a.y.b Number 2"]),
    ("a \"x\" { b = 1 }\na \"x\" { b = 2 }", &["a.x List [{\"b\":1},{\"b\":2}]"]),
    ("a { name = \"x\" }\na { name = \"y\" }", &["a[x].name String x", "a[y].name String y"]),
];

#[test]
fn every_text_gives_its_entries() {
    for (text, entries) in [LITERALS, COLLECTIONS, HEREDOCS, EXPRESSIONS, BLOCKS].concat() {
        let reading = read(text);
        assert_eq!(mistakes(&reading, text), [""; 0], "{text}");
        assert_eq!(laid(&reading), entries, "{text}");
    }
}

/// A text, the entries that it still gives, and its mistakes.
const MISTAKES: &[(&str, &[&str], &[&str])] = &[
    ("a = \nb = 1", &["b Number 1"], &["1:5 a value is missing"]),
    ("a\nb = 1", &["b Number 1"], &["1:1 this is neither `name = value` nor a block"]),
    ("\"a\" = 1", &[], &["1:1 a name stands without quotes here"]),
    (
        "1a = 1\n= 2\n}\nb: 3",
        &[],
        &[
            "1:1 this is neither `name = value` nor a block",
            "2:1 this is neither `name = value` nor a block",
            "3:1 this is neither `name = value` nor a block",
            "4:1 this is neither `name = value` nor a block",
        ],
    ),
    ("ä = 'x'\nb = x y\nc = 1", &["c Number 1"], &["1:5 this is not a value", "2:7 text follows the value"]),
    ("a = + 1\nb => 2\nc = -!d", &["c String -!d"], &["1:5 this is not a value", "2:4 this is not a value"]),
    ("a = 1, b = 2\nc = 3", &["a Number 1", "c Number 3"], &["1:6 text follows the value"]),
    ("a = {} {}\nb = 1 }\n", &["b Number 1"], &["1:8 text follows the value", "2:7 text follows the value"]),
    (
        "a = \"C:\\dir\"\nb = \"\\u12\"\nc = \"\\é\"",
        &[],
        &[
            "1:8 this backslash starts no valid escape",
            "2:6 this backslash starts no valid escape",
            "3:6 this backslash starts no valid escape",
        ],
    ),
    (
        "a = { b }\nc = { = 1 }\nd = { e =\n}\nf = 1",
        &["f Number 1"],
        &["1:7 this key has no value", "2:7 this is not a valid key", "3:10 a value is missing"],
    ),
    (
        "a = [1 2]\nb = { c = 1 d = 2 }\ne = 1 +\nf = [,]",
        &[],
        &[
            "1:8 text follows the value",
            "2:13 text follows the value",
            "3:8 a value is missing",
            "4:6 a value is missing",
        ],
    ),
    ("a { b c }\nd = 1", &["a Map {}", "d Number 1"], &["1:5 this is neither `name = value` nor a block"]),
    (
        "a {\n b = 1\n c\n d = 2\n} x\ne = 1",
        &["a.b Number 1", "a.d Number 2", "e Number 1"],
        &["3:2 this is neither `name = value` nor a block", "5:3 text follows the value"],
    ),
    // what is never closed ends the reading
    ("a = 1\nb = \"x\nc = 2", &["a Number 1"], &["2:5 what opens here is never closed"]),
    (
        "a = 1\nb = [1,\nc = 2",
        &["a Number 1"],
        &["3:3 text follows the value", "2:5 what opens here is never closed"],
    ),
    ("a = [1}\nb = 1", &[], &["1:5 what opens here is never closed"]),
    ("a = f(1]\nb = 1", &[], &["1:6 what opens here is never closed"]),
    ("a {\n b = 1\n", &["a.b Number 1"], &["1:3 what opens here is never closed"]),
    ("a = <<EOF\nx", &[], &["1:5 what opens here is never closed"]),
    ("a = 1 /* x", &[], &["1:7 what opens here is never closed"]),
    ("a = \"${x\n\"", &[], &["2:1 what opens here is never closed"]),
];

#[test]
fn every_mistake_is_told_with_its_place() {
    for (text, entries, wrong) in MISTAKES {
        let reading = read(text);
        assert_eq!(mistakes(&reading, text), *wrong, "{text}");
        assert_eq!(laid(&reading), *entries, "{text}");
    }
}

#[test]
fn places_are_those_of_key_and_value() {
    let text = "\u{feff}ä = \"é\" # ü\r\nb \"ö\" {\r\n  c = { \"é\" = [1], d = <<EOF\r\nx\r\nEOF\r\n }\r\n}";
    assert_eq!(places(&read(text), text), ["1:1 1:5", "3:9 3:15", "3:20 3:24"]);
}

#[test]
fn a_mistake_says_nothing_of_the_file() {
    for (text, ..) in MISTAKES {
        let text = text.replace(['b', 'x'], "CANARY");
        for problem in read(&text).problems {
            assert!(!format!("{}{}", problem.message, problem.help).contains("CANARY"), "{text}");
        }
    }
}
