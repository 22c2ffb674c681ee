//! What holds for any text at all.

use proptest::prelude::*;

use super::super::{ItemKind, parse};

/// What the dialect gives a meaning, so that odd combinations come up often.
const PIECES: &[&str] = &[
    "A",
    "B_1",
    "export ",
    "=",
    ": ",
    ":",
    "\"",
    "'",
    "`",
    "\\",
    "$",
    "${",
    "${A}",
    "${A:-b}",
    "}",
    "#",
    " #",
    " ",
    "\t",
    "\n",
    "\r\n",
    "\r",
    "ä",
    "\u{feff}",
    "\u{2028}",
    "x=1\n",
    "y=\"z\"\n",
];

fn tricky_text() -> impl Strategy<Value = String> {
    let pieces = proptest::collection::vec(proptest::sample::select(PIECES), 0..40);
    pieces.prop_map(|pieces| pieces.concat())
}

pub(super) fn any_text() -> impl Strategy<Value = String> {
    prop_oneof![tricky_text(), any::<String>(), "\\PC*"]
}

proptest! {
    #[test]
    fn printing_loses_nothing(text in any_text()) {
        let document = parse(&text);
        prop_assert_eq!(document.print(), text.as_str());
        let mut end = 0;
        for item in document.items() {
            prop_assert!(item.range.start == end && item.range.end > end);
            end = item.range.end;
        }
        prop_assert_eq!(end, text.len());
    }

    #[test]
    fn every_span_is_text_inside_its_item(text in any_text()) {
        for item in parse(&text).items() {
            let mut spans = Vec::new();
            match &item.kind {
                ItemKind::Blank | ItemKind::Comment => {}
                ItemKind::Invalid(error) => {
                    let text = text.get(error.span.clone());
                    prop_assert!(text.is_some_and(|text| !text.is_empty() && !text.contains('\n')));
                    spans.push(error.span.clone());
                }
                ItemKind::Assignment(found) => {
                    prop_assert_eq!(text.get(found.key_span.clone()), Some(found.key));
                    spans.extend([found.key_span.clone(), found.value_span.clone()]);
                    for reference in found.value.references() {
                        let written = text.get(reference.span.clone()).unwrap_or_default();
                        let opening = ["${", reference.name].concat();
                        let is_whole = written.starts_with(&opening) && written.ends_with('}');
                        prop_assert!(is_whole);
                        spans.push(reference.span.clone());
                    }
                }
            }
            for span in spans {
                prop_assert!(text.get(span.clone()).is_some());
                prop_assert!(item.range.start <= span.start && span.end <= item.range.end);
            }
        }
    }

    #[test]
    fn portable_values_come_back(key in "[A-Za-z_][A-Za-z0-9_]{0,9}", value in "[A-Za-z0-9_./:@%+,-][A-Za-z0-9_./:@%+,=-]{0,20}") {
        for quote in ["", "'", "\""] {
            let text = format!("{key}={quote}{value}{quote}\n");
            let document = parse(&text);
            let found: Vec<_> = document.assignments().map(|found| (found.key, found.value.written())).collect();
            prop_assert_eq!(found, [(key.as_str(), value.as_str().into())]);
        }
    }

    #[test]
    fn another_reader_agrees_on_what_is_portable(
        lines in proptest::collection::vec(
            ("[A-Za-z_][A-Za-z0-9_]{0,9}", "[A-Za-z0-9_./:@%+,-][A-Za-z0-9_./:@%+,=-]{0,20}", "['\"]?"), 0..8,
        ),
    ) {
        let text: String =
            lines.iter().map(|(key, value, quote)| format!("{key}={quote}{value}{quote}\n# about\n\n")).collect();
        let document = parse(&text);
        let ours: Vec<_> =
            document.assignments().map(|found| (found.key.to_owned(), found.value.written().into_owned())).collect();
        let theirs: Vec<_> = dotenvy::from_read_iter(text.as_bytes()).map(Result::unwrap).collect();
        prop_assert_eq!(ours, theirs);
    }

    #[test]
    fn any_value_survives_escaping(value in any::<String>()) {
        let escaped = value.replace('\\', "\\\\").replace('"', "\\\"").replace('$', "\\$");
        let text = format!("A=\"{}\"", escaped.replace('\r', "\\r").replace('\n', "\\n"));
        let document = parse(&text);
        let found: Vec<_> = document.assignments().map(|found| found.value.written()).collect();
        prop_assert_eq!(found, [value]);
    }

    #[test]
    fn a_line_after_any_line_with_an_error_is_read(text in "[^\n'\"]*") {
        let text = format!("{text}\nLAST=1\n");
        prop_assert_eq!(parse(&text).assignments().last().map(|found| found.key), Some("LAST"));
    }
}
