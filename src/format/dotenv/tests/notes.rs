//! What other readers read otherwise, as a table: a file, and its notes with their lines.

use proptest::prelude::*;

use super::super::{notes, parse};
use super::properties::any_text;
use crate::model::note::NoteKind::{self, *};

const CASES: &[(&str, &[(usize, NoteKind)])] = &[
    // what everybody reads alike
    ("", &[]),
    ("# A file: all alike, isn't it?\n\nA=\nB_1=x/y@z:1%2,3+4-5.6=\n_=A=B:C\n", &[]),
    ("DIGITS9=0\nLONG_NAME=https://example.com:8443/a_b\n", &[]),
    // the file
    ("\u{feff}A=1\n", &[(1, ByteOrderMark)]),
    ("\u{feff}# c\nA=1\n", &[(1, ByteOrderMark)]),
    ("A=1\nB=2\r\nC=3\r\n", &[(2, CarriageReturn)]),
    ("A=1\nB=2", &[(2, NoFinalNewline)]),
    ("A=1\n# c", &[(2, NoFinalNewline)]),
    // lines that are none
    ("A=1\n \t\n\nB=2\n", &[(2, BlankLine)]),
    ("  # c\n#\tc\n", &[(1, IndentedComment)]),
    ("# A=\"x\n# A='x'\n# it's: so\n# so: 'tis\n", &[(1, CommentQuote), (4, CommentQuote)]),
    ("# x\rA=1\n# x\u{2028}A=1\n# ü\n", &[(1, LoneReturn), (2, LineSeparator)]),
    // before the value
    (" A=1\n\tB=2\n", &[(1, Indent), (2, Indent)]),
    ("export A=1\nexport  B=1\nexport\tC=1\n", &[(1, Export), (2, ExportBlanks), (3, ExportTab)]),
    ("\texport A=1\n", &[(1, Indent), (1, Export)]),
    ("a=1\nB.C=2\nD-E=3\nF9_=4\n", &[(1, KeyCase), (2, KeyDot), (3, KeyDash)]),
    ("export=1\n", &[(1, KeyCase)]),
    (
        "A =1\nB= 2\nC\t=\t3\n",
        &[(1, SpaceBeforeEquals), (2, SpaceAfterEquals), (3, SpaceBeforeEquals), (3, SpaceAfterEquals)],
    ),
    ("A= \nB=\t# c\nC= # c\n", &[(1, EmptyBlank), (2, InlineCommentTab), (3, InlineComment)]),
    ("A: 1\nB:  x\n", &[(1, YamlStyle), (2, YamlStyle)]),
    // behind the value
    ("A=1 # c\nB=1\t# c\nC=''\t # c\n", &[(1, InlineComment), (2, InlineCommentTab), (3, InlineCommentTab)]),
    ("A=1 \nB=\"\"\t\n", &[(1, TrailingBlank), (2, TrailingBlank)]),
    // unquoted values
    ("A=#x\nB=x#y\nC=##\n", &[(1, HashFirst), (2, HashInValue), (3, HashFirst), (3, HashInValue)]),
    ("A=x y\n", &[(1, SpaceUnquoted)]),
    ("A=\u{201c}x\u{201d}\nB=x\u{2019}s\n", &[(1, SmartQuote), (2, WideChars)]),
    ("A=it's\nB={\"b\":1}\n", &[(1, InnerQuote), (2, InnerQuote)]),
    (
        "A=x?y&z\nB==x\nC=x:=y\nD=ü\n",
        &[(1, UnquotedChars), (2, UnquotedChars), (3, UnquotedChars), (4, WideChars)],
    ),
    ("A=x\\ny\n", &[(1, Backslash)]),
    ("A={x}\nB=(x)\n", &[(1, UnquotedChars), (2, UnquotedChars)]),
    ("A=x`y`\n", &[(1, Command)]),
    ("A=1\rB=2\n", &[(1, LoneReturn)]),
    ("A=x\u{200b}\nB=x\u{85}y\n", &[(1, ControlChars), (2, LineSeparator)]),
    // quoted values
    ("A='x \"#&;='\nB=\"it's # so\"\nC='ü'\n", &[]),
    ("A='x\\y'\nB=\"x\\ty\"\nC=\"\\\\\"\n", &[(1, BackslashSingle), (2, Escape), (3, Escape)]),
    ("A='x\ny'\nB=1\n", &[(1, Multiline)]),
    ("A=\"x\r\ny\"\n", &[(1, CarriageReturn), (1, Multiline)]),
    ("A='\u{1b}[0m'\nB='x\ry'\n", &[(1, ControlChars), (2, LoneReturn)]),
    // dollars
    (
        "A=$B\nC='$B'\nD=\"\\$B\"\nE=\"\\\\$B\"\n",
        &[(1, Dollar), (2, DollarSingle), (3, DollarEscaped), (4, Escape), (4, Dollar)],
    ),
    ("A=$B${C}\nD=\"${C:-x}\"\n", &[(1, Reference), (2, Reference)]),
    ("A=\"$(b)\"\nC='$(b)'\n", &[(1, Command), (1, Dollar), (2, DollarSingle)]),
    // of a mistake, what stands before it
    ("export A\n  b c\n", &[(1, Export), (2, Indent)]),
    ("  1a=x y\n", &[(1, Indent)]),
    ("a=`x`\nb='x\n", &[(1, KeyCase), (2, KeyCase)]),
    ("a=\"x\"y\nB='\\'z'\nC=\"x\"# c\n", &[(1, KeyCase), (2, BackslashSingle)]),
    ("A=${B-c} # c\n", &[(1, InlineComment), (1, Reference)]),
    ("A:1\nB : 2\n", &[]),
    // pieces of secrets
    ("A=-----BEGIN X-----\nabc=\nx y=\n", &[(1, SpaceUnquoted)]),
];

fn found(text: &str) -> Vec<(usize, NoteKind)> {
    let line = |offset: usize| text.bytes().take(offset).filter(|byte| *byte == b'\n').count() + 1;
    notes(text).iter().map(|note| (line(note.offset), note.kind)).collect()
}

#[test]
fn every_case_has_its_notes() {
    for (text, expected) in CASES {
        assert_eq!(found(text), *expected, "{text:?}");
    }
}

#[test]
fn no_place_tells_anything_of_a_value() {
    let text = "A=hunter2#hunter2 # c\nB=\"x\ny\\nz\" \nC=1\r\nD=last";
    let at = |place: &str| text.find(place).unwrap();
    let known = [0, at("hunter2#"), at("\"x"), at("C=1"), at("D=last")];
    assert!(notes(text).iter().all(|note| known.contains(&note.offset)), "{:?}", notes(text));
}

/// Notes that tell of no difference between this dialect and dotenvy.
const HARMLESS: &[NoteKind] = &[
    CarriageReturn,
    NoFinalNewline,
    BlankLine,
    IndentedComment,
    CommentQuote,
    Indent,
    Export,
    ExportBlanks,
    ExportTab,
    KeyCase,
    KeyDot,
    SpaceBeforeEquals,
    SpaceAfterEquals,
    EmptyBlank,
    TrailingBlank,
    UnquotedChars,
];

/// Lines of which many are assignments, and many of these have no note.
fn likely_text() -> impl Strategy<Value = String> {
    let head = proptest::sample::select(vec!["A=", "B_1=", "export C=", " d =", "\n# x\nE= ", "F:", "#", ""]);
    let quote = proptest::sample::select(vec!["", "", "'", "\""]);
    let line =
        (head, quote, "[a-z ./:=#&|;!'\"\\$\t-]{0,4}", proptest::sample::select(vec!["\n", " \n", "\r\n"]));
    let line = line.prop_map(|(head, quote, value, end)| format!("{head}{quote}{value}{quote}{end}"));
    proptest::collection::vec(line, 0..4).prop_map(|lines| lines.concat())
}

proptest! {
    #[test]
    fn what_has_no_note_is_read_alike_by_another_reader(text in likely_text()) {
        let document = parse(&text);
        let is_told = found(&text).iter().any(|(_, kind)| !HARMLESS.contains(kind));
        if !is_told && document.errors().next().is_none() {
            let ours: Vec<_> =
                document.assignments().map(|found| (found.key.to_owned(), found.value.written().into_owned())).collect();
            let theirs: Vec<_> = dotenvy::from_read_iter(text.as_bytes()).map(Result::unwrap).collect();
            prop_assert_eq!(ours, theirs);
        }
    }

    #[test]
    fn notes_stand_in_order_at_the_starts_of_lines_keys_and_values(text in any_text()) {
        let document = parse(&text);
        let offsets: Vec<usize> = notes(&text).iter().map(|note| note.offset).collect();
        prop_assert!(offsets.is_sorted() && offsets.iter().all(|offset| text.is_char_boundary(*offset)));
        if document.errors().next().is_none() {
            let lines = text.match_indices('\n').map(|(at, _)| at + 1);
            let parts = document.assignments().flat_map(|found| [found.key_span.start, found.value_span.start]);
            let known: Vec<usize> = lines.chain(parts).chain([0]).collect();
            prop_assert!(offsets.iter().all(|offset| known.contains(offset)));
        }
    }
}
