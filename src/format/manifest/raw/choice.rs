//! Words of the manifest that may be written in more than one way.

use std::fmt;

use serde::Deserialize;
use serde::de::{Deserializer, Error, SeqAccess, Visitor};

use super::RawVariable;

/// One scalar, or a list of them, as the texts that a process would see.
#[derive(Default)]
pub struct RawTexts(pub Vec<String>);

/// `deprecated`: `true`, `false`, or what to do instead.
pub enum RawDeprecated {
    Is(bool),
    Advice(String),
}

/// `monotonic`: `true`, `false`, or which way.
pub enum RawMonotonic {
    Is(bool),
    Way(RawDirection),
}

/// Which way values go, from development to production.
#[derive(Deserialize, Clone, Copy)]
#[serde(rename_all = "kebab-case")]
pub enum RawDirection {
    Rising,
    Falling,
}

impl<'de> Deserialize<'de> for RawTexts {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Texts;
        impl<'de> Visitor<'de> for Texts {
            type Value = RawTexts;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("text, a number, true or false, or a list of these")
            }
            fn visit_str<E>(self, text: &str) -> Result<RawTexts, E> {
                Ok(RawTexts(vec![text.to_owned()]))
            }
            fn visit_i64<E>(self, number: i64) -> Result<RawTexts, E> {
                Ok(RawTexts(vec![number.to_string()]))
            }
            fn visit_f64<E>(self, number: f64) -> Result<RawTexts, E> {
                Ok(RawTexts(vec![number.to_string()]))
            }
            fn visit_bool<E>(self, on: bool) -> Result<RawTexts, E> {
                Ok(RawTexts(vec![on.to_string()]))
            }
            fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<RawTexts, A::Error> {
                let mut texts = Vec::new();
                while let Some(RawVariable(text)) = list.next_element()? {
                    texts.push(text);
                }
                Ok(RawTexts(texts))
            }
        }
        deserializer.deserialize_any(Texts)
    }
}

impl<'de> Deserialize<'de> for RawDeprecated {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Deprecated;
        impl Visitor<'_> for Deprecated {
            type Value = RawDeprecated;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("true, or a text that says what to use instead")
            }
            fn visit_bool<E>(self, is: bool) -> Result<RawDeprecated, E> {
                Ok(RawDeprecated::Is(is))
            }
            fn visit_str<E>(self, advice: &str) -> Result<RawDeprecated, E> {
                Ok(RawDeprecated::Advice(advice.to_owned()))
            }
        }
        deserializer.deserialize_any(Deprecated)
    }
}

impl<'de> Deserialize<'de> for RawMonotonic {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Monotonic;
        impl Visitor<'_> for Monotonic {
            type Value = RawMonotonic;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("true, \"rising\" or \"falling\"")
            }
            fn visit_bool<E>(self, is: bool) -> Result<RawMonotonic, E> {
                Ok(RawMonotonic::Is(is))
            }
            fn visit_str<E: Error>(self, word: &str) -> Result<RawMonotonic, E> {
                let word = serde::de::value::StrDeserializer::new(word);
                RawDirection::deserialize(word).map(RawMonotonic::Way)
            }
        }
        deserializer.deserialize_any(Monotonic)
    }
}
