//! From what a format read to a source.

use super::file::Reader;
use crate::format::{self, Format, Reading, text};
use crate::model::layout::is_spring;
use crate::model::source::{Entry, Problem, Source, SourceKind, ValueType};

/// The source of the file at `path`; `is_there` tells of another path whether it exists.
pub fn source(
    path: &str,
    format: &Format,
    text: String,
    reading: Reading,
    is_there: impl Fn(&str) -> bool,
) -> Source {
    let excuses = format::excuse::find(format, &text);
    let wanted = format::wanted(path, format, &text);
    let mut source = Source::new(path.to_owned(), format.id, format.kind, text);
    source.excuses = excuses.into();
    source.wanted = wanted;
    source.problems = reading.problems;
    let is_known = |entry: &Entry| entry.kind == SourceKind::Variables && !is_json(format);
    let entries = reading.entries.into_iter();
    let entries = entries.filter_map(|entry| match is_known(&entry) {
        true => Some(entry),
        false => named(entry, &mut source.problems),
    });
    (source.overruled, source.entries) =
        entries.partition(|entry: &Entry| entry.value_type == ValueType::Overruled);
    if is_spring(path) {
        source.entries.iter_mut().for_each(Entry::unquote_path);
    }
    source.refers = reading.refers;
    source.interpolations = reading.interpolations;
    for file in &mut source.refers {
        file.is_missing = file.target(path).is_some_and(|target| !is_there(&target));
    }
    source.examiner = format::examiner(format);
    source.is_unreadable = source.entries.is_empty() && !source.problems.is_empty();
    source
}

/// The file at `path`, if there is one that can be read.
pub fn read(reader: &Reader<'_>, path: &str) -> Option<Source> {
    read_as(reader, path, format::of_path(path)?)
}

/// The same, in a format that its name does not tell.
pub fn read_as(reader: &Reader<'_>, path: &str, format: &Format) -> Option<Source> {
    let content = reader.read(path).ok()??;
    let text = text::decode(&content.bytes).ok()?;
    let mut read = source(path, format, text.to_owned(), (format.read)(text), |_| true);
    (read.stamp, read.mode) = (Some(content.stamp), Some(content.mode));
    Some(read)
}

/// Is it JSON, be it a vault's variables? dotenv files look themselves for keys that are secrets.
fn is_json(format: &Format) -> bool {
    format.id == format::json::FORMAT.id
}

/// The entry, unless its path would show a secret.
fn named(entry: Entry, problems: &mut Vec<Problem>) -> Option<Entry> {
    if !entry.is_named_by_secret() {
        return Some(entry);
    }
    problems.push(Problem {
        message: "this looks like a secret, not like a key".to_owned(),
        help: "write the secret as a value, and a name for it here".to_owned(),
        offset: Some(entry.key_offset),
    });
    None
}

/// A file that gave nothing: its `problem` points into what of it is `readable`.
pub fn unusable(path: &str, format: &'static str, problem: Problem, readable: &str) -> Source {
    let mut source = Source::new(path.to_owned(), format, SourceKind::Variables, readable);
    source.problems.push(problem);
    source.is_unreadable = true;
    source
}

/// What to say of a file whose name no format claims.
pub fn unknown_format() -> Problem {
    let known: Vec<&str> = format::FORMATS.iter().map(|format| format.id).collect();
    let help = format!("envctl reads {}; take the file out of the stack", known.join(", "));
    Problem {
        message: "the name of this file belongs to no format that envctl reads".to_owned(),
        help,
        offset: None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(path: &str, text: &str) -> Source {
        let format = format::of_path(path).unwrap();
        source(path, format, text.to_owned(), (format.read)(text), |_| false)
    }

    #[test]
    fn a_secret_in_the_place_of_a_key_is_a_problem_and_no_key() {
        for (path, text) in [
            ("values.yaml", "sk_live_0CANARY0123456789abcd: 1\nb: 2\n"),
            ("a.json", r#"{"x": {"sk_live_0CANARY0123456789abcd": 1}, "b": 2}"#),
            ("a.toml", "b = 2\n[[users]]\nname = \"sk_live_0CANARY0123456789abcd\"\nrole = \"x\"\n"),
        ] {
            let source = read(path, text);
            assert_eq!(source.entries.iter().map(|entry| &*entry.key).collect::<Vec<_>>(), ["b"], "{path}");
            assert!(!source.problems.is_empty(), "{path}");
        }
    }

    #[test]
    fn a_dot_is_a_dot_in_springs_files() {
        let keys = |path| read(path, "server.port: 1\n").entries[0].key.to_string();
        assert_eq!(
            (keys("application-dev.yml"), keys("values.yml")),
            ("server.port".into(), "\"server.port\"".into())
        );
    }
}
