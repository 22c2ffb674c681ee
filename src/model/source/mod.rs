//! Sources and their entries: what was read, and where each thing stands.

mod entry;
mod reference;

use std::borrow::Cow;
use std::cell::OnceCell;
use std::ops::Range;
use std::rc::Rc;

use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

pub use entry::{Entry, ValueType};
pub use reference::{FileReference, Interpolation, Otherwise};

use crate::model::custody::Mode;
use crate::model::excuse::Excuse;
use crate::model::note::{Examiner, Heading, Note, NoteKind};
use crate::model::position::{LineIndex, Position};
use crate::model::schema::Schema;
use crate::model::value::Value;
use crate::model::wanted::Wanted;

/// What the entries of a source are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub enum SourceKind {
    /// They go into a process's environment.
    Variables,
    /// They are leaves of a structured file.
    Settings,
}

/// Something in a source that cannot be used.
#[derive(Clone)]
pub struct Problem {
    /// What is wrong; never a piece of the file.
    pub message: String,
    /// What to do about it.
    pub help: String,
    /// Byte offset, where one place is to blame.
    pub offset: Option<usize>,
}

/// When and how large a file was when it was read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stamp {
    /// Bytes.
    pub size: u64,
    /// The time of its last change.
    pub modified: Option<Timestamp>,
}

/// A file that something was made from, as published.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Input<'s> {
    /// Its path, relative to the root.
    pub path: &'s str,
    /// Its size in bytes.
    pub size: u64,
    /// The time of its last change, RFC 3339 in UTC.
    #[cfg_attr(test, schemars(with = "Option<String>"))]
    pub modified: Option<Timestamp>,
}

/// A file, or the process environment, that gave entries.
pub struct Source {
    /// Where it is, relative to the project's root, with `/`.
    pub path: String,
    /// The section of the file, where it holds several environments.
    pub section: Option<String>,
    /// The id of the format it was read as.
    pub format: &'static str,
    /// What its entries are.
    pub kind: SourceKind,
    /// The entries in the order of the file, duplicates included.
    pub entries: Vec<Entry>,
    /// Where maps stand that later ones of the same name replace.
    pub overruled: Vec<Entry>,
    /// What could not be read.
    pub problems: Vec<Problem>,
    /// The files that it tells its reader to load too.
    pub refers: Vec<FileReference>,
    /// The variables that its reader puts into its values, but for those that a file beside it defines.
    pub interpolations: Vec<Interpolation>,
    /// Is there a `.env` beside it, which its reader takes variables from by itself?
    pub has_defaults: bool,
    /// The keys that it says are wanted, where that is what the file is for.
    pub wanted: Vec<Wanted>,
    /// Could nothing of it be read, so that nobody knows what is in it?
    pub is_unreadable: bool,
    /// The file's size and time; nothing where it is no file of its own.
    pub stamp: Option<Stamp>,
    /// Who may read and write the file; nothing where it is none.
    pub mode: Option<Mode>,
    /// What finds the spellings that its other readers read otherwise; nothing where nobody else reads its format his own way.
    pub examiner: Option<Examiner>,
    /// The comments that excuse what is found in it; the sections of a file share them.
    pub excuses: Rc<[Excuse]>,
    text: Rc<Value>,
    index: OnceCell<LineIndex>,
}

impl Source {
    /// A source that holds nothing yet. `text` is what the offsets of entries and problems point into.
    pub fn new(path: String, format: &'static str, kind: SourceKind, text: impl Into<Box<str>>) -> Self {
        Self::over(path, format, kind, Rc::new(Value::new(text)))
    }

    /// A section of the file that this is: another source with the same text.
    pub fn part(&self, section: &str) -> Self {
        let part = Self::over(self.path.clone(), self.format, self.kind, Rc::clone(&self.text));
        let excuses = Rc::clone(&self.excuses);
        Self { stamp: self.stamp, mode: self.mode, section: Some(section.to_owned()), excuses, ..part }
    }

    /// Does a file of variables give it, or a text that stands in for one, rather than the process or the manifest?
    pub fn is_dotenv_file(&self) -> bool {
        self.kind == SourceKind::Variables && matches!(self.format, "dotenv" | "json")
    }

    /// Does it say where Terraform keeps its state: `backend.hcl`, `prod.tfbackend`, `prod_backend.tfvars`?
    pub fn is_backend(&self) -> bool {
        let file = || self.path.rsplit('/').next().unwrap_or_default();
        self.format == "hcl" && (file().contains("backend") || file().ends_with(".tfbackend"))
    }

    /// Its path, with the section where it is one: `config/database.yml#production`.
    pub fn name(&self) -> Cow<'_, str> {
        match &self.section {
            Some(section) => Cow::Owned(format!("{}#{section}", self.path)),
            None => Cow::Borrowed(&self.path),
        }
    }

    fn over(path: String, format: &'static str, kind: SourceKind, text: Rc<Value>) -> Self {
        Self {
            path,
            section: None,
            format,
            kind,
            entries: Vec::new(),
            overruled: Vec::new(),
            problems: Vec::new(),
            refers: Vec::new(),
            interpolations: Vec::new(),
            has_defaults: false,
            wanted: Vec::new(),
            is_unreadable: false,
            stamp: None,
            mode: None,
            examiner: None,
            excuses: Rc::default(),
            text,
            index: OnceCell::new(),
        }
    }

    /// The file as an input of something made from it.
    pub fn input(&self) -> Option<Input<'_>> {
        let Stamp { size, modified } = self.stamp?;
        Some(Input { path: &self.path, size, modified })
    }

    /// Applies what is declared about keys. For a value of the process, recognition beats `secret = false`.
    pub fn declare_secrets(&mut self, schema: &Schema, stack: &str) {
        let is_process = self.text.is_empty();
        for entry in &mut self.entries {
            match schema.spec(stack, entry).and_then(|key| key.secret) {
                Some(secret) if secret || !is_process => entry.declare_secret(secret),
                _ => {}
            }
        }
    }

    /// The comments that are headings, in order. Looks at the whole text.
    pub fn headings(&self) -> Vec<Heading> {
        self.examiner.map(|examiner| (examiner.headings)(self.text.text())).unwrap_or_default()
    }

    /// The spellings that other readers read otherwise, in order. Looks at the whole text.
    pub fn notes(&self) -> Vec<Note> {
        self.examiner.map(|examiner| (examiner.notes)(self.text.text())).unwrap_or_default()
    }

    /// A note for each value in quotes: what a reader without quotes reads otherwise.
    pub fn quoted(&self) -> impl Iterator<Item = Note> {
        let first = |entry: &&Entry| self.text.text().as_bytes().get(entry.value_offset).copied();
        let quoted = self.entries.iter().filter(move |entry| matches!(first(entry), Some(b'"' | b'\'')));
        quoted.map(|entry| Note { kind: NoteKind::Quoted, offset: entry.value_offset })
    }

    /// What another reader, asked, reads otherwise, in order. Reads the whole text twice.
    pub fn second_reading(&self) -> Vec<Note> {
        self.examiner.map(|examiner| (examiner.second_reader)(self.text.text())).unwrap_or_default()
    }

    /// The entry whose key or value stands at `offset`.
    pub fn entry_at(&self, offset: usize) -> Option<&Entry> {
        let after = self.entries.partition_point(|entry| entry.key_offset <= offset);
        let entry = after.checked_sub(1).and_then(|before| self.entries.get(before));
        entry.filter(|entry| entry.key_offset == offset || entry.value_offset == offset)
    }

    /// The day that a comment right above `entry` gives: `# rotated: 2026-01-31`.
    pub fn rotated(&self, entry: &Entry) -> Option<Date> {
        let text = self.text.text();
        let line = self.index(text).line_before(text, entry.key_offset);
        let above = text.get(..entry.key_offset.checked_sub(line.len())?)?;
        let comments = above.lines().rev().map(str::trim).take_while(|line| line.starts_with('#'));
        comments.filter_map(day_of_rotation).next()
    }

    fn index(&self, text: &str) -> &LineIndex {
        self.index.get_or_init(|| LineIndex::new(text))
    }

    /// Where the key of `entry` stands.
    pub fn key_origin(&self, entry: &Entry) -> Origin {
        self.origin(Some(entry.key_offset), entry.key_offset..entry.value_offset)
    }

    /// Where the value of `entry` stands.
    pub fn value_origin(&self, entry: &Entry) -> Origin {
        self.origin(Some(entry.value_offset), entry.key_offset..entry.value_offset)
    }

    /// Where `problem` stands. Its line is not shown: what is not understood may be a secret.
    pub fn problem_origin(&self, problem: &Problem) -> Origin {
        Origin { outline: None, ..self.origin(problem.offset, 0..0) }
    }

    /// Where `offset` is: the value of what is no entry.
    pub fn offset_origin(&self, offset: usize) -> Origin {
        self.origin(Some(offset), offset..offset)
    }

    /// Where `excuse` stands.
    pub fn excuse_origin(&self, excuse: &Excuse) -> Origin {
        Origin { outline: None, ..self.offset_origin(excuse.offset) }
    }

    /// The line of `offset`, from 1.
    pub fn line_of(&self, offset: usize) -> u32 {
        let text = self.text.text();
        self.index.get_or_init(|| LineIndex::new(text)).position(text, offset).line
    }

    /// The place `at`, with the line shown up to the end of `key`: the bytes of a key and of what leads to its value.
    fn origin(&self, at: Option<usize>, key: Range<usize>) -> Origin {
        let (text, at) = (self.text.text(), at.filter(|_| !self.text.is_empty()));
        let index = self.index(text);
        let before_key = index.line_before(text, key.start);
        let outline = || format!("{before_key}{}", text.get(key).unwrap_or_default());
        Origin {
            file: self.path.clone(),
            at: at.map(|offset| index.position(text, offset)),
            outline: at.filter(|_| is_harmless(before_key)).map(|_| outline()),
        }
    }
}

/// What a comment says after `rotated:`.
fn day_of_rotation(comment: &str) -> Option<Date> {
    let (word, day) = comment.trim_start_matches('#').split_once(':')?;
    let day = day.split_whitespace().next()?;
    word.trim().eq_ignore_ascii_case("rotated").then(|| day.parse().ok()).flatten()
}

/// Can no value stand in this beginning of a line? `export `, a table's dotted name, `debug = `; but with a quote, a comma
/// or a second `=`, as in `vars = { A = "…", B = "…" }`, an earlier value would be shown.
fn is_harmless(beginning: &str) -> bool {
    let name = beginning.trim_end();
    let name = name.strip_suffix('=').unwrap_or(name);
    name.chars().all(|c| c.is_alphanumeric() || matches!(c, ' ' | '\t' | '_' | '-' | '.'))
}

/// A place to show: the file, the position, and the harmless beginning of the line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Origin {
    /// The path, relative to the project's root.
    pub file: String,
    /// The position, where there is one.
    pub at: Option<Position>,
    /// The line up to the value.
    pub outline: Option<String>,
}

impl Origin {
    /// A file as a whole.
    pub fn of_file(source: &Source) -> Self {
        Self { file: source.path.clone(), at: None, outline: None }
    }
}
