//! The dialect as a table: a file, the values it gives, the errors with their lines.

use std::collections::BTreeMap;

use super::super::ErrorKind::{
    self, Backtick, ExpansionSyntax, ExportUnset, Key, NoEquals, Trailing, Unterminated, YamlStyle,
};
use super::super::entries::pieces;
use super::super::parse;
use crate::model::template::expand;

type Values = &'static [(&'static str, &'static str)];
type Errors = &'static [(usize, ErrorKind)];

const CASES: &[(&str, Values, Errors)] = &[
    // lines and comments
    ("", &[], &[]),
    ("\u{feff}", &[], &[]),
    ("\u{feff}A=1\nB=2", &[("A", "1"), ("B", "2")], &[]),
    ("A=1\r\nB='2'\r\n\r\nC=\"3\" # c\r\n", &[("A", "1"), ("B", "2"), ("C", "3")], &[]),
    ("# don't \"\n\t# A=0\n  A=1\n", &[("A", "1")], &[]),
    ("A=1\rB=2\n", &[("A", "1\rB=2")], &[]),
    ("A=1\u{2028}B=2\n", &[("A", "1\u{2028}B=2")], &[]),
    // keys
    ("A=1\nA=2\n", &[("A", "2")], &[]),
    ("_=1\na.B-9=2\n", &[("_", "1"), ("a.B-9", "2")], &[]),
    ("A\t = \t1\n", &[("A", "1")], &[]),
    ("9A=1\n.A=1\n-A=1\n", &[], &[(1, Key), (2, Key), (3, Key)]),
    ("=\nA[1]=2\nA+=3\nA B=4\n", &[], &[(1, Key), (2, Key), (3, Key), (4, Key)]),
    ("[main]\n; c\n. ./x.env\n", &[], &[(1, Key), (2, Key), (3, Key)]),
    ("A\u{200b}=1\n\u{a0}B=2\n", &[], &[(1, Key), (2, Key)]),
    ("A\nset -e\nA # = \nexport\n", &[], &[(1, NoEquals), (2, NoEquals), (3, NoEquals), (4, NoEquals)]),
    // export
    ("export A=1\nexport\t \tB = 2\n", &[("A", "1"), ("B", "2")], &[]),
    ("export = 1\nexported=2\n", &[("export", "1"), ("exported", "2")], &[]),
    ("export A\nexport B C # d\n", &[], &[(1, ExportUnset), (2, ExportUnset)]),
    ("export 1\nexport A B=1\n", &[], &[(1, Key), (2, Key)]),
    // yaml
    ("A: x: y\nB: 'z'\nexport: 1\n", &[("A", "x: y"), ("B", "z"), ("export", "1")], &[]),
    ("A:1\nB : 2\nC:\n", &[], &[(1, YamlStyle), (2, YamlStyle), (3, YamlStyle)]),
    // unquoted
    ("A=\nB= \t\nC= # c\n", &[("A", ""), ("B", ""), ("C", "")], &[]),
    ("A=x  y \t# c\nB=x#y#\nC=#z\n", &[("A", "x  y"), ("B", "x#y#"), ("C", "#z")], &[]),
    ("A==b=c\nB=it's \"so\"\n", &[("A", "=b=c"), ("B", "it's \"so\"")], &[]),
    ("A=a\\nb\\\\\\\nB=2\n", &[("A", "a\\nb\\\\\\"), ("B", "2")], &[]),
    ("A=`x\nB=x`y`\n", &[("B", "x`y`")], &[(1, Backtick)]),
    // quoted
    ("A=''\nB=\"\" \t\n", &[("A", ""), ("B", "")], &[]),
    ("A=' x\\n\"$ '\nB=\" # ' \"\n", &[("A", " x\\n\"$ "), ("B", " # ' ")], &[]),
    (r#"A="\n\r\t\"\\\$\e\x\'""#, &[("A", "\n\r\t\"\\$\\e\\x\\'")], &[]),
    ("A=\"C:\\\\\"\nB=\"x\\\ny\"\n", &[("A", "C:\\"), ("B", "x\\\ny")], &[]),
    ("A='x\r\n#y'\r\nB=\"x\r\n\\\r\n\"\r\n", &[("A", "x\n#y"), ("B", "x\n\\\n")], &[]),
    (
        "A='a'b\nB=\"a\"'b'\nC='it\\'s'\nD=\"\"\"x\n",
        &[],
        &[(1, Trailing), (2, Trailing), (3, Trailing), (4, Trailing)],
    ),
    ("A=\"a\"# b\nB=\"a\" # b\n", &[("B", "a")], &[(1, Trailing)]),
    ("A='x\nB=1\nC=\"y\nD=2\n", &[("B", "1"), ("D", "2")], &[(1, Unterminated), (3, Unterminated)]),
    ("A=\"x\\\"\nB=1\n", &[("B", "1")], &[(1, Unterminated)]),
    // references
    ("A=1\nB=${A}\nC=\"<${A}>\"\nD='${A}'\n", &[("A", "1"), ("B", "1"), ("C", "<1>"), ("D", "${A}")], &[]),
    ("A=$B$(c)$$\nB=\"\\${A}\\\\${A}\"\n", &[("A", "$B$(c)$$"), ("B", "${A}\\$B$(c)$$")], &[]),
    ("A=1\nB=\\${A}$${A}\n", &[("A", "1"), ("B", "\\1$1")], &[]),
    ("A=${X:-a:-b c}\nB=${X:-}\n", &[("A", "a:-b c"), ("B", "")], &[]),
    ("A=\"${X:-\\\"y\\\"}\"\n", &[("A", "\"y\"")], &[]),
    ("A=${\nB=${}\nC=${1}\n", &[], &[(1, ExpansionSyntax), (2, ExpansionSyntax), (3, ExpansionSyntax)]),
    (
        "A=${X-y}\nB=${X:?y}\nC=${ X }\n",
        &[],
        &[(1, ExpansionSyntax), (2, ExpansionSyntax), (3, ExpansionSyntax)],
    ),
    ("A=${X:-${Y}}\nB=1\n", &[("B", "1")], &[(1, ExpansionSyntax)]),
];

/// The values after expansion; a value that refers to nothing is left out.
fn values(text: &str) -> BTreeMap<String, String> {
    let mut values = BTreeMap::<String, String>::new();
    for assignment in parse(text).assignments() {
        let lookup = |name: &str| values.get(name).map(String::as_str);
        let pieces = pieces(&assignment.value);
        let value = match pieces.is_empty() {
            true => Ok(assignment.value.written().into_owned()),
            false => expand(&pieces, lookup, &mut 1000),
        };
        values.extend(value.into_iter().map(|value| (assignment.key.to_owned(), value)));
    }
    values
}

fn errors(text: &str) -> Vec<(usize, ErrorKind)> {
    let line = |offset: usize| text.bytes().take(offset).filter(|byte| *byte == b'\n').count() + 1;
    parse(text).errors().map(|error| (line(error.span.start), error.kind)).collect()
}

#[test]
fn every_case_gives_its_values_and_errors() {
    for (text, expected, mistakes) in CASES {
        let owned = |(key, value): &(&str, &str)| ((*key).to_owned(), (*value).to_owned());
        assert_eq!(values(text), expected.iter().map(owned).collect(), "values of {text:?}");
        assert_eq!(errors(text), *mistakes, "errors of {text:?}");
    }
}
