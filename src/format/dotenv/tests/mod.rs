//! What the dialect promises, case by case.

mod cases;
mod notes;
mod properties;
mod second_reader;

use super::{Assignment, Document, ErrorKind, ItemKind, Quote, Style, Template, parse};

fn only(text: &str) -> Assignment<'_> {
    let document = parse(text);
    let mut assignments = document.assignments();
    let first = assignments.next().unwrap().clone();
    assert!(assignments.next().is_none() && document.errors().next().is_none());
    first
}

fn errors(text: &str) -> Vec<(ErrorKind, &str)> {
    let document = parse(text);
    document.errors().map(|error| (error.kind, text.get(error.span.clone()).unwrap())).collect()
}

fn keys<'a>(document: &Document<'a>) -> Vec<&'a str> {
    document.assignments().map(|assignment| assignment.key).collect()
}

#[test]
fn an_assignment_knows_where_its_parts_are() {
    let text = "\u{feff}\n  export  A.b-1 =\t\"x y\"  # why\n";
    let found = only(text);
    assert_eq!(found.key, "A.b-1");
    assert_eq!(text.get(found.key_span.clone()), Some("A.b-1"));
    assert_eq!(text.get(found.value_span.clone()), Some("\"x y\""));
    assert!(found.exported);
    assert_eq!((found.style, found.quote), (Style::Equals, Some(Quote::Double)));
    assert_eq!(found.value.written(), "x y");
}

#[test]
fn an_empty_value_stands_right_after_the_equals_sign() {
    assert_eq!(only("A= \t # c\n").value_span, 2..2);
    assert_eq!(only("A=").value_span, 2..2);
    assert_eq!(only("A=''").value_span, 2..4);
}

#[test]
fn a_yaml_style_line_is_told_apart() {
    let found = only("A: 'x'");
    assert_eq!((found.style, found.quote), (Style::Colon, Some(Quote::Single)));
}

#[test]
fn ordinary_values_borrow_the_text() {
    for text in ["A=x", "A='x\\n#'", "A=\"x y\"", "A=a\\nb$X", "A=\"a\nb\""] {
        assert!(matches!(only(text).value, Template::Plain(std::borrow::Cow::Borrowed(_))));
    }
}

#[test]
fn every_line_is_an_item() {
    let text = "\u{feff}# c\r\n\r\nA='x\ny'\nnot one\n \t";
    let document = parse(text);
    let items: Vec<_> = document.items().iter().map(|item| document.source(item)).collect();
    assert_eq!(items, ["\u{feff}# c\r\n", "\r\n", "A='x\ny'\n", "not one\n", " \t"]);
    let kinds: Vec<_> = document.items().iter().map(|item| &item.kind).collect();
    assert!(matches!(
        kinds[..],
        [ItemKind::Comment, ItemKind::Blank, ItemKind::Assignment(_), ItemKind::Invalid(_), ItemKind::Blank]
    ));
}

#[test]
fn an_unterminated_quote_does_not_hide_the_next_line() {
    let document = parse("A=\"foo\nB=2\n1C=3\nD=4");
    assert_eq!(keys(&document), ["B", "D"]);
    assert_eq!(errors("A=\"foo\nB=2\n1C=3"), [(ErrorKind::Unterminated, "\""), (ErrorKind::Key, "1C")]);
}

#[test]
fn a_quote_that_only_the_next_quoted_value_would_close_is_unterminated() {
    let text = "A=\"foo\n1=x\nexport B = \"bar\" # c\nC=3\n";
    assert_eq!(keys(&parse(text)), ["B", "C"]);
    assert_eq!(errors(text), [(ErrorKind::Unterminated, "\""), (ErrorKind::Key, "1")]);
}

#[test]
fn text_after_a_quote_that_spans_lines_is_an_error_where_it_stands() {
    let text = "A='x\ny' z # c\nB=1";
    assert_eq!(errors(text), [(ErrorKind::Trailing, "z")]);
    assert_eq!(keys(&parse(text)), ["B"]);
}

#[test]
fn errors_point_at_the_offending_place() {
    assert_eq!(errors("  foo  # a=b"), [(ErrorKind::NoEquals, "foo")]);
    assert_eq!(errors("foo bar = 1"), [(ErrorKind::Key, "foo bar")]);
    assert_eq!(errors("=1"), [(ErrorKind::Key, "=")]);
    assert_eq!(errors("ÄÖ=1"), [(ErrorKind::Key, "ÄÖ")]);
    assert_eq!(errors("A=\"x\"#y"), [(ErrorKind::Trailing, "#y")]);
    assert_eq!(errors("A= `x`"), [(ErrorKind::Backtick, "`")]);
    assert_eq!(errors("A:1"), [(ErrorKind::YamlStyle, ":")]);
    assert_eq!(errors("export A"), [(ErrorKind::ExportUnset, "A")]);
    let text = "A=\"ok\n${OK} ${\"";
    let start = parse(text).errors().next().unwrap().span.start;
    assert_eq!(start, text.len() - 3);
}

#[test]
fn a_piece_of_a_secret_is_no_key() {
    let block = "-----BEGIN X-----\nAbCd+/0123456789\nQ7f=\nQw==\n-----END X-----";
    for text in [format!("A={block}\nB=1\n"), format!("A='{block}\nB=1\n"), format!("# {block}\nB=1\n")] {
        let document = parse(&text);
        let found: Vec<_> = keys(&document).into_iter().filter(|key| *key != "A").collect();
        assert_eq!(found, ["B"], "{text}");
        let pieces = errors(&text).into_iter().filter(|(kind, _)| *kind == ErrorKind::SecretPiece);
        assert_eq!(pieces.map(|(_, line)| line).collect::<Vec<_>>(), ["AbCd+/0123456789"], "{text}");
    }
    assert_eq!(
        errors("sk_live_51Q7zP2xW9lM4kD8rTaB=x"),
        [(ErrorKind::SecretPiece, "sk_live_51Q7zP2xW9lM4kD8rTaB")]
    );
    // After a mistake a key must look like one; without a mistake it may be odd.
    assert_eq!(
        keys(&parse("nothing\nX9q7Zp2Kd8Lm4=\nQw==\nDB_URL2=1\nX9q7Zp2Kd8Lm4=\nQw==\n")),
        ["DB_URL2", "X9q7Zp2Kd8Lm4", "Qw"]
    );
}

#[test]
fn references_are_kept_as_written_until_they_are_expanded() {
    let value = only("A=\"x${B}\\n${C:-d\\te}\"").value;
    assert_eq!(value.written(), "x${B}\n${C:-d\te}");
    let spans: Vec<_> = value.references().map(|reference| reference.span.clone()).collect();
    assert_eq!(spans, [4..8, 10..20]);
}

#[test]
fn debug_output_shows_no_value() {
    let text = "A=hunter2\nB=\"hunter2${X:-hunter2}\\n\"\n# hunter2\nhunter2\n";
    let shown = format!("{:?}", parse(text));
    assert!(shown.contains("\"X\"") && !shown.contains("hunter2"));
}

#[test]
fn hostile_files_are_read_in_linear_time() {
    let long_line = format!("A={}\n", "x # ${".repeat(200_000));
    let many_keys = "KEY=${KEY}\n".repeat(200_000);
    let open_quotes = "A=\"x\nB='y\n".repeat(100_000);
    let half_open = format!("A=\"\\\\\n{}", "B='\\\"\n".repeat(100_000));
    let references = format!("A=\"{}\"", "\\\\${X:-y}".repeat(100_000));
    for text in [long_line, many_keys, open_quotes, half_open, references] {
        assert_eq!(parse(&text).print(), text);
    }
}
