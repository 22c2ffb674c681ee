//! The registration of the format: from a document to entries and problems.

use super::{Assignment, Error, Reference, Segment, Template, parse};
use crate::format::{Format, Reading};
use crate::model::source::{Entry, Problem, SourceKind};
use crate::model::template::Piece;

/// The registration.
pub const FORMAT: Format = Format { id: "dotenv", kind: SourceKind::Variables, matches, read };

/// `.env`, `.env.production`, `.env-production`, `production.env`.
fn matches(name: &str) -> bool {
    let rest = name.strip_prefix(".env");
    rest.is_some_and(|rest| rest.is_empty() || rest.starts_with(['.', '-', '_'])) || name.ends_with(".env")
}

fn read(text: &str) -> Reading {
    let document = parse(text);
    let mut entries = Vec::with_capacity(document.items().len());
    entries.extend(document.assignments().map(entry));
    Reading { entries, problems: document.errors().map(problem).collect(), ..Reading::default() }
}

fn entry(assignment: &Assignment<'_>) -> Entry {
    let text = assignment.value.written();
    let mut entry = Entry::new(assignment.key, &text, assignment.key_span.start, assignment.value_span.start);
    entry.pieces = pieces(&assignment.value);
    entry
}

/// The pieces of a value that refers to others; nothing for plain text, which has its value already.
pub(super) fn pieces(template: &Template<'_>) -> Vec<Piece> {
    let Template::Mixed(segments) = template else { return Vec::new() };
    let piece = |segment: &Segment<'_>| match segment {
        Segment::Text(text) => Piece::Text(text.as_ref().into()),
        Segment::Reference(Reference { name, default, .. }) => {
            Piece::Reference { name: (*name).into(), default: default.as_deref().map(Into::into) }
        }
    };
    segments.iter().map(piece).collect()
}

fn problem(error: &Error) -> Problem {
    Problem {
        message: error.kind.message().to_owned(),
        help: error.kind.help().to_owned(),
        offset: Some(error.span.start),
    }
}
