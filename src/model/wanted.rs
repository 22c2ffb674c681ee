//! Keys that are wanted: what an example file, a schema or a module's declaration says of a key.

use super::kind::Kind;
use super::placeholder::is_placeholder;
use super::value::Value;

/// A key that somebody is to set, with what its file says of it. What the file does not say is `None` or empty.
///
/// Its texts were written by anybody and may hold a secret that was left there: `default` and `example` are opaque,
/// and whoever shows one of the others asks [`super::secret`] first.
pub struct Wanted {
    /// The name of the variable.
    pub name: String,
    /// Byte offset of the name in its file.
    pub offset: usize,
    /// The heading that it stands under.
    pub section: Option<String>,
    /// Must it be set?
    pub required: Option<bool>,
    /// Is it declared secret, or declared public?
    pub secret: Option<bool>,
    /// What it is for and how to come by a value, line by line.
    pub help: Option<String>,
    /// The URL of its documentation.
    pub docs: Option<String>,
    /// Its type.
    pub kind: Option<Kind>,
    /// The words that it may be, if it may not be any.
    pub values: Vec<String>,
    /// What its value must be made of, where its file knows more than texts.
    pub form: Option<Form>,
    /// What stands as its value, a placeholder perhaps; or what the file says that it is where nobody sets it.
    pub default: Option<Value>,
    /// A value as an example, which nobody would use.
    pub example: Option<Value>,
    /// Does the file only mention it, as `# KEY=value`?
    pub is_commented_out: bool,
}

/// What a value is made of, in Terraform.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// `string`.
    Text,
    /// `number`.
    Number,
    /// `bool`.
    Truth,
    /// `list`, `set` or `tuple`.
    List,
    /// `map` or `object`.
    Map,
}

impl Wanted {
    /// A key of which nothing else is known.
    pub fn new(name: impl Into<String>, offset: usize) -> Self {
        Self {
            name: name.into(),
            offset,
            section: None,
            required: None,
            secret: None,
            help: None,
            docs: None,
            kind: None,
            values: Vec::new(),
            form: None,
            default: None,
            example: None,
            is_commented_out: false,
        }
    }

    /// Must somebody fill it in: has it no value, or a placeholder?
    pub fn is_open(&self) -> bool {
        self.default.as_ref().is_none_or(|value| value.is_empty() || value.judge(is_placeholder))
    }

    /// Takes from `other`, the same key in another place, what is not known of this one.
    pub fn learn(&mut self, other: Self) {
        self.section = self.section.take().or(other.section);
        self.required = self.required.or(other.required);
        self.secret = self.secret.or(other.secret);
        self.help = self.help.take().or(other.help);
        self.docs = self.docs.take().or(other.docs);
        self.example = self.example.take().or(other.example);
        if self.kind.is_none() && self.values.is_empty() {
            (self.kind, self.values) = (other.kind, other.values);
        }
    }
}
