//! Sources and their entries: what was read, and where each thing stands.

use std::borrow::Cow;
use std::cell::OnceCell;
use std::ops::Range;
use std::rc::Rc;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::note::{Examiner, Note};
use super::position::{LineIndex, Position};
use super::schema::Schema;
use super::secret::{self, Reason};
use super::template::Piece;
use super::value::Value;

/// What the entries of a source are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum SourceKind {
    /// They go into a process's environment.
    Variables,
    /// They are leaves of a structured file.
    Settings,
}

/// What type a value was written as. A process's environment knows texts only; `true` is not `"true"` in a structured file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum ValueType {
    /// Text.
    #[default]
    String,
    /// A number, as written.
    Number,
    /// `true` or `false`.
    Boolean,
    /// Nothing; its text is empty.
    Null,
    /// A list, as compact JSON.
    List,
    /// A map that holds nothing, `{}`.
    Map,
    /// A date or a time, as written.
    Date,
    /// Nothing that counts: a map or a list that a later one of the same name replaces.
    Overruled,
}

impl ValueType {
    /// Whether a value of this type counts as secret, and why.
    pub fn recognise(self, key: &str, text: &str) -> Option<Reason> {
        match self {
            Self::String => secret::recognise(key, text),
            Self::List => secret::recognise(key, &text.replace(['[', ']', '{', '}', '"'], " ")),
            Self::Number => secret::recognise(key, "0"),
            Self::Boolean | Self::Null | Self::Map | Self::Date | Self::Overruled => None,
        }
    }
}

impl ValueType {
    /// The word for it.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::String => "string",
            Self::Number => "number",
            Self::Boolean => "boolean",
            Self::Null => "null",
            Self::List => "list",
            Self::Map => "map",
            Self::Date => "date",
            Self::Overruled => "overruled",
        }
    }
}

/// A key with its value and the place of both.
pub struct Entry {
    /// The name of a variable, or the path of a setting.
    pub key: Box<str>,
    /// The value as written, references unresolved.
    pub value: Value,
    /// The pieces of a value that holds references; empty for all others.
    pub pieces: Vec<Piece>,
    /// Byte offset of the key.
    pub key_offset: usize,
    /// Byte offset of the value, its quote included.
    pub value_offset: usize,
    /// The type that the value was written as.
    pub value_type: ValueType,
    /// Is it a variable, or a setting?
    pub kind: SourceKind,
    name_start: u32,
    secret: Option<Reason>,
}

impl Entry {
    /// An entry whose secrecy is what its name and its value say.
    pub fn new(key: &str, text: &str, key_offset: usize, value_offset: usize) -> Self {
        Self { secret: secret::recognise(key, text), ..Self::plain(key, text, key_offset, value_offset) }
    }

    /// A leaf of a structured file, at `path`.
    pub fn setting(
        path: &str,
        text: &str,
        value_type: ValueType,
        key_offset: usize,
        value_offset: usize,
    ) -> Self {
        let secret = value_type.recognise(path, text);
        let kind = SourceKind::Settings;
        Self { value_type, kind, secret, ..Self::plain(path, text, key_offset, value_offset) }
    }

    /// A variable inside a structured file, such as a service's in a Compose file: its name begins at `name_start` of `path`.
    pub fn variable(
        path: &str,
        name_start: usize,
        text: &str,
        key_offset: usize,
        value_offset: usize,
    ) -> Self {
        let secret = secret::recognise(path.get(name_start..).unwrap_or(path), text);
        let name_start = u32::try_from(name_start).unwrap_or_default();
        Self { name_start, secret, ..Self::plain(path, text, key_offset, value_offset) }
    }

    fn plain(key: &str, text: &str, key_offset: usize, value_offset: usize) -> Self {
        Self {
            key: key.into(),
            value: Value::new(text),
            pieces: Vec::new(),
            key_offset,
            value_offset,
            value_type: ValueType::String,
            kind: SourceKind::Variables,
            name_start: 0,
            secret: None,
        }
    }

    /// The name of a variable, or the whole path of a setting.
    pub fn name(&self) -> &str {
        self.key.get(self.name_start as usize..).unwrap_or(&self.key)
    }

    /// Do both hold the same value of the same type?
    pub fn same_as(&self, other: &Self) -> bool {
        self.value_type == other.value_type && self.value.same_as(&other.value)
    }

    /// Takes `length` bytes off the front of the path.
    pub fn shorten(&mut self, length: usize) {
        self.key = self.key.get(length..).unwrap_or_default().into();
        self.name_start = self.name_start.saturating_sub(u32::try_from(length).unwrap_or(u32::MAX));
    }

    /// Says what somebody declared about the key: it beats recognition, but no declaration opens what is encrypted.
    pub fn declare_secret(&mut self, secret: bool) {
        if !self.is_encrypted() {
            self.secret = secret.then_some(Reason::Declared);
        }
    }

    /// Makes it a secret for what stands around its value, which neither its path nor its text tells.
    pub fn hide(&mut self, reason: Reason) {
        if reason == Reason::Encrypted {
            self.secret = Some(reason);
        }
        self.secret.get_or_insert(reason);
    }

    /// Is the value stored encrypted, or as a reference into a vault?
    pub fn is_encrypted(&self) -> bool {
        self.secret == Some(Reason::Encrypted)
    }

    /// Why the value is never shown, if it isn't.
    pub fn secret(&self) -> Option<Reason> {
        self.secret
    }

    /// `null`, `empty` or `set`: what may be said of every value. An empty list or map is empty.
    pub fn state(&self) -> &'static str {
        let is_empty = self.value.is_empty()
            || match self.value_type {
                ValueType::List => self.value.text() == "[]",
                ValueType::Map => true,
                _ => false,
            };
        match self.value_type {
            ValueType::Null => "null",
            _ if is_empty => "empty",
            _ => "set",
        }
    }

    /// The value as written, where it is no secret.
    pub fn public_text(&self) -> Option<&str> {
        self.secret.is_none().then(|| self.value.text())
    }
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

/// A file that a source tells its reader to load too, such as `env_file` in a Compose file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FileReference {
    /// The path as written: relative to the source's folder, references unresolved.
    pub path: Box<str>,
    /// Byte offset of the path.
    pub offset: usize,
    /// Does the reader fail without it?
    pub required: bool,
    /// Is there no such file? Only for a path that stays in the project and holds no reference.
    pub is_missing: bool,
}

impl FileReference {
    /// The path from the project's root, where `source` refers to this one; nothing where it leads out of the project,
    /// or depends on a variable.
    pub fn target(&self, source: &str) -> Option<String> {
        if self.path.starts_with('/') || self.path.contains('$') {
            return None;
        }
        let (folder, _) = super::layout::split(source);
        let mut parts: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
        for part in self.path.split('/') {
            match part {
                "" | "." => {}
                ".." => drop(parts.pop()?),
                part => parts.push(part),
            }
        }
        Some(parts.join("/"))
    }
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
    /// Could nothing of it be read, so that nobody knows what is in it?
    pub is_unreadable: bool,
    /// The file's size and time; nothing where it is no file of its own.
    pub stamp: Option<Stamp>,
    /// What finds the spellings that its other readers read otherwise; nothing where nobody else reads its format his own way.
    pub examiner: Option<Examiner>,
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
        Self { stamp: self.stamp, section: Some(section.to_owned()), ..part }
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
            is_unreadable: false,
            stamp: None,
            examiner: None,
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

    /// The spellings that other readers read otherwise, in order. Looks at the whole text.
    pub fn notes(&self) -> Vec<Note> {
        self.examiner.map(|examiner| (examiner.notes)(self.text.text())).unwrap_or_default()
    }

    /// The entry whose key or value stands at `offset`.
    pub fn entry_at(&self, offset: usize) -> Option<&Entry> {
        let after = self.entries.partition_point(|entry| entry.key_offset <= offset);
        let entry = after.checked_sub(1).and_then(|before| self.entries.get(before));
        entry.filter(|entry| entry.key_offset == offset || entry.value_offset == offset)
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

    /// The place `at`, with the line shown up to the end of `key`: the bytes of a key and of what leads to its value.
    fn origin(&self, at: Option<usize>, key: Range<usize>) -> Origin {
        let (text, at) = (self.text.text(), at.filter(|_| !self.text.is_empty()));
        let index = self.index.get_or_init(|| LineIndex::new(text));
        let before_key = index.line_before(text, key.start);
        let outline = || format!("{before_key}{}", text.get(key).unwrap_or_default());
        Origin {
            file: self.path.clone(),
            at: at.map(|offset| index.position(text, offset)),
            outline: at.filter(|_| is_harmless(before_key)).map(|_| outline()),
        }
    }
}

/// Can no value stand in this beginning of a line? `export `, a table's dotted name, `debug = `; but with a quote, a comma
/// or a second `=`, as in `vars = { A = "…", B = "…" }`, an earlier value would be shown.
fn is_harmless(beginning: &str) -> bool {
    let name = beginning.trim_end();
    let name = name.strip_suffix('=').unwrap_or(name);
    name.chars().all(|c| c.is_alphanumeric() || matches!(c, ' ' | '\t' | '_' | '-' | '.'))
}

/// A place to show: the file, the position, and the harmless beginning of the line.
#[derive(Clone, Debug)]
pub struct Origin {
    /// The path, relative to the project's root.
    pub file: String,
    /// The position, where there is one.
    pub at: Option<Position>,
    /// The line up to the value.
    pub outline: Option<String>,
}
