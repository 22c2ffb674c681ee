//! Entries: a key, its value, the places of both, and whether the value may be shown.

use std::cell::OnceCell;

use serde::Serialize;

use super::SourceKind;
use crate::model::secret::{self, NameVerdict, Reason};
use crate::model::template::Piece;
use crate::model::value::Value;

/// What type a value was written as. A process's environment knows texts only; `true` is not `"true"` in a structured file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default, Serialize)]
#[serde(rename_all = "kebab-case")]
#[cfg_attr(test, derive(schemars::JsonSchema))]
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
    #[cfg_attr(test, schemars(skip))]
    Overruled,
}

impl ValueType {
    /// Whether a value of this type counts as secret, and why.
    pub fn recognise(self, key: &str, text: &str) -> Option<Reason> {
        match self {
            Self::String => secret::recognise_setting(key, text),
            Self::List => secret::recognise_list(secret::in_document(key).1, text),
            Self::Number => secret::recognise_setting(key, "0"),
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
#[derive(Clone)]
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
    /// What is recognised when somebody asks: it costs more than reading the file.
    secret: OnceCell<Option<Reason>>,
}

impl Entry {
    /// An entry whose secrecy is what its name and its value say.
    pub fn new(key: &str, text: &str, key_offset: usize, value_offset: usize) -> Self {
        Self::plain(key, text, key_offset, value_offset)
    }

    /// A leaf of a structured file, at `path`.
    pub fn setting(
        path: &str,
        text: &str,
        value_type: ValueType,
        key_offset: usize,
        value_offset: usize,
    ) -> Self {
        let secret = value_type.recognise(path, text).into();
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
        let secret = secret::recognise(path.get(name_start..).unwrap_or(path), text).into();
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
            secret: OnceCell::new(),
        }
    }

    /// The name of a variable, or the whole path of a setting.
    pub fn name(&self) -> &str {
        self.key.get(self.name_start as usize..).unwrap_or(&self.key)
    }

    /// The name of a variable, in a list of them too (`env[DEBUG].value`), or the path of a setting in its document.
    pub fn spoken_name(&self) -> &str {
        let name = secret::in_document(self.name()).1;
        secret::listed_variable(name).unwrap_or(name)
    }

    /// The name of a variable, or the last part of a setting's path.
    pub fn last_name(&self) -> &str {
        let name = self.name();
        if let Some(variable) = secret::listed_variable(name) {
            return variable;
        }
        name.rsplit('.').next().unwrap_or(name).trim_matches('"')
    }

    /// Do both hold the same value of the same type?
    pub fn same_as(&self, other: &Self) -> bool {
        self.value_type == other.value_type && self.value.same_as(&other.value)
    }

    /// Takes `length` bytes off the front of the path.
    pub fn shorten(&mut self, length: usize) {
        self.secret();
        self.key = self.key.get(length..).unwrap_or_default().into();
        self.name_start = self.name_start.saturating_sub(u32::try_from(length).unwrap_or(u32::MAX));
    }

    /// Lets the dots in quoted keys count as separators.
    pub fn unquote_path(&mut self) {
        if self.key.contains('"') {
            self.secret();
            self.key = self.key.replace('"', "").into();
        }
    }

    /// May a part of the path be a secret itself, that somebody wrote where a name belongs?
    pub fn is_named_by_secret(&self) -> bool {
        let is_odd = |part: &&str| part.len() >= 16 || part.contains(['=', ':']);
        self.key.split(['.', '[', ']', '"']).filter(is_odd).any(secret::by_shape)
    }

    /// Says what somebody declared about the key: it beats recognition, but no declaration opens what is encrypted.
    pub fn declare_secret(&mut self, secret: bool) {
        if !self.is_encrypted() {
            self.secret = secret.then_some(Reason::Declared).into();
        }
    }

    /// Makes it a secret for what stands around its value, which neither its path nor its text tells.
    pub fn hide(&mut self, reason: Reason) {
        let known = self.secret().filter(|_| reason != Reason::Encrypted);
        self.secret = Some(known.unwrap_or(reason)).into();
    }

    /// Is the value stored encrypted, or as a reference into a vault?
    pub fn is_encrypted(&self) -> bool {
        self.secret() == Some(Reason::Encrypted)
    }

    /// Why the value is never shown, if it isn't.
    pub fn secret(&self) -> Option<Reason> {
        *self.secret.get_or_init(|| secret::recognise(&self.key, self.value.text()))
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

    /// Why it is a secret that somebody could use, if it is: a reason that lies in the name of something around it, which
    /// is enough to hide it, is none.
    pub fn own_secret(&self) -> Option<Reason> {
        let name = self.name();
        let is_borrowed = || secret::by_name(name) == NameVerdict::Secret && !secret::is_named_secret(name);
        self.secret().filter(|reason| *reason != Reason::Name || !is_borrowed())
    }

    /// The value as written, where it is no secret.
    pub fn public_text(&self) -> Option<&str> {
        self.secret().is_none().then(|| self.value.text())
    }
}
