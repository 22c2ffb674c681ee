//! A decoded value: text, and the references in it that are still to be resolved.

use std::borrow::Cow;
use std::fmt;
use std::ops::Range;

/// A decoded value. `Debug` names its references and never shows its text.
#[derive(Clone, PartialEq, Eq)]
pub enum Template<'a> {
    /// Text without references, by far the most common.
    Plain(Cow<'a, str>),
    /// Text with at least one reference.
    Mixed(Box<[Segment<'a>]>),
}

/// A part of a value.
#[derive(Clone, PartialEq, Eq)]
pub enum Segment<'a> {
    /// Decoded text.
    Text(Cow<'a, str>),
    /// A reference to another key.
    Reference(Reference<'a>),
}

/// `${NAME}` or `${NAME:-text}`
#[derive(Clone, PartialEq, Eq)]
pub struct Reference<'a> {
    /// The key it refers to.
    pub name: &'a str,
    /// The decoded text that stands in where the key is missing or empty.
    pub default: Option<Cow<'a, str>>,
    /// Its bytes, from the `$` to the `}`.
    pub span: Range<usize>,
}

impl<'a> Template<'a> {
    /// The references in order.
    pub fn references(&self) -> impl Iterator<Item = &Reference<'a>> {
        let segments = match self {
            Self::Plain(_) => &[],
            Self::Mixed(segments) => segments.as_ref(),
        };
        segments.iter().filter_map(|segment| match segment {
            Segment::Text(_) => None,
            Segment::Reference(reference) => Some(reference),
        })
    }

    /// The decoded text, with its references as they are written.
    #[must_use]
    pub fn written(&self) -> Cow<'_, str> {
        match self {
            Self::Plain(text) => Cow::Borrowed(text),
            Self::Mixed(segments) => Cow::Owned(segments.iter().map(Segment::written).collect()),
        }
    }
}

impl Segment<'_> {
    fn written(&self) -> Cow<'_, str> {
        match self {
            Self::Text(text) => Cow::Borrowed(text),
            Self::Reference(reference) => Cow::Owned(reference.written()),
        }
    }
}

impl Reference<'_> {
    fn written(&self) -> String {
        match &self.default {
            Some(default) => format!("${{{}:-{default}}}", self.name),
            None => format!("${{{}}}", self.name),
        }
    }
}

impl fmt::Debug for Template<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names = self.references().map(|reference| reference.name);
        f.write_str("Template ")?;
        f.debug_list().entries(names).finish()
    }
}
