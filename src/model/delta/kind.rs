//! What kind of difference there is between values: one to look at, or one of form alone.

use std::borrow::Cow;

use super::Row;
use crate::model::fold::{OwnNames, is_same_but_for_names};
use crate::model::kind::{self, as_bool};
use crate::model::schema::Schema;
use crate::model::source::{Entry, ValueType};

/// How the values of a key differ, or its names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Only by the environments' own names, in the values or in the key.
    NameOnly,
    /// Only in the blanks around them.
    Whitespace,
    /// Only in their type: `true` and `"true"`.
    Type,
    /// Only in a slash at the end.
    TrailingSlash,
    /// Only in the quotes around them.
    Quotes,
    /// Only in the case of `true` or `false`.
    LetterCase,
    /// Only in the order of a list that is declared as one.
    Order,
    /// In what they say.
    Value,
    /// They are secret, and nothing more is told.
    Secret,
}

impl Kind {
    /// The word for it in JSON.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::NameOnly => "name-only",
            Self::Whitespace => "whitespace",
            Self::Type => "type",
            Self::Secret => "secret",
            Self::TrailingSlash | Self::Quotes | Self::LetterCase | Self::Order | Self::Value => "value",
        }
    }

    /// What the values differ in, where they mean the same all the same.
    pub const fn only_in(self) -> Option<&'static str> {
        match self {
            Self::NameOnly => Some("the environment's name"),
            Self::Whitespace => Some("blanks around it"),
            Self::Type => Some("its type"),
            Self::TrailingSlash => Some("a trailing slash"),
            Self::Quotes => Some("quotes"),
            Self::LetterCase => Some("letter case"),
            Self::Order => Some("the order of a list"),
            Self::Value | Self::Secret => None,
        }
    }
}

/// The kind of difference among those that have the key; nothing where there is none.
pub(super) fn of(row: &Row<'_>, names: &[OwnNames], schema: &Schema) -> Option<Kind> {
    let first = row.entries().next()?;
    let all = |is: &dyn Fn(&Entry) -> bool| row.entries().skip(1).all(is);
    let all_texts = |form: fn(&str) -> Cow<'_, str>| {
        let text = form(first.value.text());
        all(&|other: &Entry| form(other.value.text()) == text)
    };
    Some(match () {
        () if all(&|other| first.same_as(other)) => return is_renamed(row).then_some(Kind::NameOnly),
        () if row.is_secret() => Kind::Secret,
        () if row.has_types() => {
            if all_texts(small_bool) {
                Kind::Type
            } else {
                Kind::Value
            }
        }
        () if all_texts(|text| text.trim().into()) => Kind::Whitespace,
        () if all_texts(without_slash) => Kind::TrailingSlash,
        () if all_texts(without_quotes) => Kind::Quotes,
        () if all_texts(small_bool) => Kind::LetterCase,
        () if is_reordered(row, schema) => Kind::Order,
        () if is_name_only(row, names) => Kind::NameOnly,
        () => Kind::Value,
    })
}

fn is_renamed(row: &Row<'_>) -> bool {
    row.present().any(|(_, side)| side.path != row.path())
}

fn is_name_only(row: &Row<'_>, names: &[OwnNames]) -> bool {
    let mut sides = row.present().filter_map(|(index, side)| Some((side.entry, names.get(index)?)));
    sides.next().is_some_and(|first| sides.all(|other| is_alike(first, other)))
}

/// Are two values, which are no secret, the same but for the names of their environments?
pub(super) fn is_alike(one: (&Entry, &OwnNames), other: (&Entry, &OwnNames)) -> bool {
    let is_text = |entry: &Entry| matches!(entry.value_type, ValueType::String | ValueType::List);
    one.0.value_type == other.0.value_type
        && is_text(one.0)
        && is_same_but_for_names((one.0.value.text(), one.1), (other.0.value.text(), other.1))
}

fn without_slash(text: &str) -> Cow<'_, str> {
    text.strip_suffix('/').filter(|text| !text.is_empty()).unwrap_or(text).into()
}

fn without_quotes(text: &str) -> Cow<'_, str> {
    let inside = |quote| text.strip_prefix(quote).and_then(|text| text.strip_suffix(quote));
    inside('"').or_else(|| inside('\'')).unwrap_or(text).into()
}

/// `true` and `false` in small letters; any other text as it is.
fn small_bool(text: &str) -> Cow<'_, str> {
    match text.len() > 3 && as_bool(text).is_some() {
        true => text.to_ascii_lowercase().into(),
        false => text.into(),
    }
}

/// Are all values the same items of a declared list?
fn is_reordered(row: &Row<'_>, schema: &Schema) -> bool {
    let sorted = |entry: &Entry| {
        let constraints = &schema.spec(row.source, entry)?.constraints;
        constraints.kind.filter(|kind| *kind == kind::Kind::List)?;
        let mut items = items(entry, constraints.separator.as_deref().unwrap_or(","));
        items.sort_unstable();
        Some(items)
    };
    let mut lists = row.entries().map(sorted);
    let Some(Some(first)) = lists.next() else { return false };
    lists.all(|other| other.as_ref() == Some(&first))
}

fn items(entry: &Entry, separator: &str) -> Vec<String> {
    let text = entry.value.text();
    match entry.value_type {
        ValueType::List => {
            let items: Vec<serde_json::Value> = serde_json::from_str(text).unwrap_or_default();
            items.iter().map(serde_json::Value::to_string).collect()
        }
        _ => text.split(separator).map(|item| item.trim().to_owned()).collect(),
    }
}
