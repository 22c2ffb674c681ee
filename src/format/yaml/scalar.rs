//! What a scalar is: text, unless it is written plainly and looks like something else.

use saphyr_parser::Tag;

use crate::model::source::ValueType;

/// How the words of YAML 1.1, `yes`, `no`, `on` and `off`, are read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Words {
    /// As true and false.
    Flags,
    /// As text.
    Text,
}

/// The text and the type of a scalar. A tag of YAML's own that names no text leaves it to what is written.
pub fn resolve<'t>(text: &'t str, is_plain: bool, tag: Option<&Tag>, words: Words) -> (&'t str, ValueType) {
    match tag.map(own_tag) {
        None if !is_plain => (text, ValueType::String),
        None | Some(Some("bool" | "int" | "float" | "null" | "timestamp")) => plain(text, words),
        Some(_) => (text, ValueType::String),
    }
}

/// What follows `!!` in a tag of YAML's own.
fn own_tag(tag: &Tag) -> Option<&str> {
    match tag.is_yaml_core_schema() {
        true => Some(&tag.suffix),
        false => tag.suffix.strip_prefix("tag:yaml.org,2002:"),
    }
}

fn plain(text: &str, words: Words) -> (&str, ValueType) {
    match text {
        "" | "~" | "null" | "Null" | "NULL" => ("", ValueType::Null),
        "true" | "True" | "TRUE" => ("true", ValueType::Boolean),
        "false" | "False" | "FALSE" => ("false", ValueType::Boolean),
        "yes" | "Yes" | "YES" | "on" | "On" | "ON" if words == Words::Flags => ("true", ValueType::Boolean),
        "no" | "No" | "NO" | "off" | "Off" | "OFF" if words == Words::Flags => ("false", ValueType::Boolean),
        _ if is_number(text) => (text, ValueType::Number),
        _ if is_date(text) => (text, ValueType::Date),
        _ => (text, ValueType::String),
    }
}

/// `42`, `-1.5`, `1e3`, `0x1F`, `0o17`, `.inf`, `.nan`.
fn is_number(text: &str) -> bool {
    let in_base = |prefix, is_digit: fn(&u8) -> bool| {
        text.strip_prefix(prefix).is_some_and(|rest| !rest.is_empty() && rest.as_bytes().iter().all(is_digit))
    };
    let unsigned = text.strip_prefix(['-', '+']).unwrap_or(text);
    is_decimal(unsigned)
        || in_base("0x", u8::is_ascii_hexdigit)
        || in_base("0o", |b| matches!(b, b'0'..=b'7'))
        || matches!(unsigned, ".inf" | ".Inf" | ".INF")
        || matches!(text, ".nan" | ".NaN" | ".NAN")
}

fn is_decimal(text: &str) -> bool {
    let (number, exponent) = text.split_once(['e', 'E']).unwrap_or((text, "0"));
    let (whole, fraction) = number.split_once('.').unwrap_or((number, ""));
    let exponent = exponent.strip_prefix(['-', '+']).unwrap_or(exponent);
    let is_some = !whole.is_empty() || !fraction.is_empty();
    is_some && !exponent.is_empty() && [whole, fraction, exponent].into_iter().all(is_digits)
}

/// `2024-01-31`, `2024-01-31T10:00:00Z`, `2024-01-31 10:00:00.5 +02:00`.
fn is_date(text: &str) -> bool {
    let Some((date, time)) = text.split_at_checked(10) else { return false };
    parts_are(date, '-', &[4, 2, 2]) && (time.is_empty() || is_time(time))
}

/// `T10:00:00Z` and the like: what follows the day.
fn is_time(text: &str) -> bool {
    let Some(text) = text.strip_prefix(['T', 't', ' ', '\t']) else { return false };
    let (clock, zone) = text.split_at(text.find(['Z', '+', '-', ' ', '\t']).unwrap_or(text.len()));
    let (clock, fraction) = clock.split_once('.').unwrap_or((clock, ""));
    let zone = zone.trim_start_matches([' ', '\t']);
    let is_zone = match zone.strip_prefix(['+', '-']) {
        Some(offset) => parts_are(offset, ':', &[2, 2]) || parts_are(offset, ':', &[2]),
        None => matches!(zone, "" | "Z"),
    };
    parts_are(clock, ':', &[2, 2, 2]) && is_digits(fraction) && is_zone
}

/// Are these numbers of so many digits, with marks between them?
fn parts_are(text: &str, mark: char, lengths: &[usize]) -> bool {
    let mut parts = text.split(mark);
    let fit = lengths.iter().all(|length| parts.next().is_some_and(|p| p.len() == *length && is_digits(p)));
    fit && parts.next().is_none()
}

fn is_digits(text: &str) -> bool {
    text.bytes().all(|b| b.is_ascii_digit())
}
