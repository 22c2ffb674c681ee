//! The comments of a file that excuse what is found on one of its lines.
//!
//! A comment on a line of its own is about the next line that is neither blank nor a comment. In a dotenv file, whose
//! parser keeps comments, it may also stand behind the value that it is about.

mod strings;

use std::ops::Range;

use memchr::memmem;

use super::Format;
use super::dotenv::{self, ItemKind};
use crate::model::excuse::Excuse;

/// What every excuse holds: texts without it are not read a second time.
const SIGN: &[u8] = b"envctl:";

/// The excuses in a text of this format, in its order.
pub fn find(format: &Format, text: &str) -> Vec<Excuse> {
    match memmem::find(text.as_bytes(), SIGN) {
        None => Vec::new(),
        Some(_) if format.id == dotenv::FORMAT.id => in_dotenv(text),
        Some(_) => in_lines(text, marks(format), &strings::spans(format.id, text)),
    }
}

/// What begins a comment.
fn marks(format: &Format) -> &'static [&'static str] {
    match format.id {
        "json" => &["//"],
        "hcl" | "variables.tf" => &["#", "//"],
        "properties" => &["#", "!"],
        _ => &["#"],
    }
}

fn in_dotenv(text: &str) -> Vec<Excuse> {
    let mut found = Found::default();
    for item in dotenv::parse(text).items() {
        let (start, end) = (item.range.start, item.range.end);
        match &item.kind {
            ItemKind::Blank => {}
            ItemKind::Comment => found.comment(text, start..end, &["#"], None),
            ItemKind::Assignment(assignment) => {
                found.line(assignment.key_span.start);
                let behind = assignment.value_span.end..end;
                found.comment(text, behind, &["#"], Some(assignment.key_span.start));
            }
            ItemKind::Invalid(_) => found.line(start),
        }
    }
    found.excuses
}

/// What stands in one of the `strings`, which are in their order, is neither a comment nor a key's line.
fn in_lines(text: &str, marks: &[&str], strings: &[Range<usize>]) -> Vec<Excuse> {
    let (mut found, mut start) = (Found::default(), 0);
    let mut strings = strings.iter().peekable();
    for line in text.split_inclusive('\n') {
        let content = line.trim_start_matches('\u{feff}').trim();
        while strings.next_if(|string| string.end <= start).is_some() {}
        if strings.peek().is_some_and(|string| string.contains(&start)) {
            start += line.len();
            continue;
        }
        if marks.iter().any(|mark| content.starts_with(mark)) {
            found.comment(text, start..start + line.len(), marks, None);
        } else if !content.is_empty() {
            found.line(start + (line.len() - line.trim_start().len()));
        }
        start += line.len();
    }
    found.excuses
}

/// The excuses so far; the last ones may still wait for their line.
#[derive(Default)]
struct Found {
    excuses: Vec<Excuse>,
    waiting: usize,
}

impl Found {
    /// A line that is neither blank nor a comment.
    fn line(&mut self, offset: usize) {
        let settled = self.excuses.len() - self.waiting;
        self.excuses.iter_mut().skip(settled).for_each(|excuse| excuse.target = Some(offset));
        self.waiting = 0;
    }

    /// A comment somewhere in `range`, on a line of its own where it has no `target`.
    fn comment(&mut self, text: &str, range: Range<usize>, marks: &[&str], target: Option<usize>) {
        let line = text.get(range.clone()).unwrap_or_default();
        let begins = marks.iter().filter_map(|mark| Some((line.find(mark)?, mark))).min();
        let Some((at, mark)) = begins else { return };
        let comment = line.get(at..).unwrap_or_default().trim_start_matches(mark);
        if let Some(excuse) = Excuse::read(comment, range.start + at, target) {
            self.waiting += usize::from(target.is_none());
            self.excuses.push(excuse);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The lines that each excuse stands on and is about, by the format of a file of this name.
    fn found(file: &str, text: &str) -> Vec<(usize, Option<usize>)> {
        let line = |offset: usize| text.get(..offset).unwrap().matches('\n').count() + 1;
        let excuses = find(super::super::of_file(file).unwrap(), text);
        excuses.iter().map(|excuse| (line(excuse.offset), excuse.target.map(line))).collect()
    }

    #[test]
    fn a_comment_is_about_the_next_line_that_is_neither_blank_nor_a_comment() {
        let text = "# envctl: accept a b\n\n# other\n  ## envctl: accept c d\nexport A=1\nB=2\n# envctl: accept e f\n";
        assert_eq!(found(".env", text), [(1, Some(5)), (4, Some(5)), (7, None)]);
        assert_eq!(found("a.yaml", "\u{feff}# envctl: accept a b\r\n\r\nA: 1\r\n"), [(1, Some(3))]);
        assert_eq!(
            found("a.tfvars", "// envctl: accept a b\n# envctl: accept a b\na = 1\n"),
            [(1, Some(3)), (2, Some(3))]
        );
        assert_eq!(found("a.properties", "! envctl: accept a b\na=1\n"), [(1, Some(2))]);
        assert_eq!(found("a.json", "{\n // envctl: accept a b\n\"a\": 1}"), [(2, Some(3))]);
        assert_eq!(found("env.toml", "[flags]\n# envctl: accept a b\na = true"), [(2, Some(3))]);
    }

    #[test]
    fn what_stands_in_a_text_of_several_lines_is_no_comment() {
        for (file, text) in [
            ("a.yaml", "é: 1\na: |\n  # envctl: accept a b\nb: 1\n"),
            ("a.yaml", "a: \"x\n  # envctl: accept a b\n  y\"\nb: 1\n"),
            ("a.yaml", "a:\n- |\n  # envctl: accept a b\nb: 1\n"),
            ("compose.yaml", "services:\n  a:\n    command: >\n      # envctl: accept a b\n    image: b:1\n"),
            ("a.toml", "a = \"\"\"\n# envctl: accept a b\n\"\"\"\nb = 1\n"),
            ("env.toml", "[vars]\na = '''\n# envctl: accept a b\n'''\nb = 1\n"),
            ("a.properties", "a=\\\n# envctl: accept a b\nb=1\n"),
            ("a.tfvars", "a = <<-EOT\n  # envctl: accept a b\n  EOT\nb = 1\n"),
        ] {
            assert_eq!(found(file, text), [], "{text}");
        }
        for (file, text) in [
            ("a.yaml", "a: |\n  x\n# envctl: accept a b\nb: 1\n"),
            ("a.toml", "a = \"\"\"\n\"\"\"\n# envctl: accept a b\n"),
            ("a.properties", "a=\\\\\n\n# envctl: accept a b\nb=1\n"),
            ("a.tfvars", "a = <<EOT\nEOT\n# envctl: accept a b\nb = 1\n"),
        ] {
            assert_eq!(found(file, text).len(), 1, "{text}");
        }
    }

    #[test]
    fn in_a_dotenv_file_it_may_stand_behind_the_value_and_never_in_it() {
        assert_eq!(found(".env", "A=1 # envctl: accept a b\nB=2\n"), [(1, Some(1))]);
        assert_eq!(found(".env", "A='1' # envctl: accept a b\n"), [(1, Some(1))]);
        for inside in
            ["A='x # envctl: accept a b'", "A='x\n# envctl: accept a b\n'", "A=x#envctl: accept a b"]
        {
            assert_eq!(found(".env", inside), [], "{inside}");
        }
        assert_eq!(found("a.yaml", "A: 1 # envctl: accept a b\nB: 1\n"), []);
        assert_eq!(found("a.json", "{\"a\": 1}\n# envctl: accept a b\n"), []);
    }
}
