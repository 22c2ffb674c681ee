//! Words of the manifest that may be written in more than one way.

use std::fmt;

use serde::Deserialize;
use serde::de::value::{MapAccessDeserializer, StrDeserializer};
use serde::de::{Deserializer, Error, MapAccess, SeqAccess, Visitor};

use super::{Named, Spanned};
#[cfg(test)]
pub use schema::{KindName, LoaderName};

/// A value of `[vars]`, as the text that a process will see.
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct RawVariable(#[cfg_attr(test, schemars(with = "schema::Scalar"))] pub String);

/// One scalar, or a list of them, as the texts that a process would see.
#[derive(Default)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct RawTexts(#[cfg_attr(test, schemars(with = "schema::Scalars"))] pub Vec<String>);

/// `true`, `false`, or a list of environments.
#[cfg_attr(test, derive(schemars::JsonSchema), schemars(untagged))]
pub enum RawScope {
    Is(bool),
    In(Vec<Spanned<String>>),
}

/// `deprecated`: `true`, `false`, or what to do instead.
#[cfg_attr(test, derive(schemars::JsonSchema), schemars(untagged))]
pub enum RawDeprecated {
    Is(bool),
    Advice(String),
}

/// `monotonic`: `true`, `false`, or which way.
#[cfg_attr(test, derive(schemars::JsonSchema), schemars(untagged))]
pub enum RawMonotonic {
    Is(bool),
    Way(RawDirection),
}

/// Which way values go, from development to production.
#[derive(Deserialize, Clone, Copy)]
#[serde(rename_all = "kebab-case")]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub enum RawDirection {
    Rising,
    Falling,
}

/// A line of `[rules]`: a severity, or under `in` a table of them for each environment.
pub enum RawRule {
    Level(RawLevel),
    Table(Named<RawRule>),
}

/// A severity, or `off`.
#[derive(Deserialize, Clone, Copy)]
#[serde(rename_all = "kebab-case")]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub enum RawLevel {
    Error,
    Warning,
    Note,
    Off,
}

impl<'de> Deserialize<'de> for RawVariable {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Scalar;
        impl Visitor<'_> for Scalar {
            type Value = RawVariable;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("text, a number, or true or false")
            }
            fn visit_str<E>(self, text: &str) -> Result<RawVariable, E> {
                Ok(RawVariable(text.to_owned()))
            }
            fn visit_i64<E>(self, number: i64) -> Result<RawVariable, E> {
                Ok(RawVariable(number.to_string()))
            }
            fn visit_f64<E>(self, number: f64) -> Result<RawVariable, E> {
                Ok(RawVariable(number.to_string()))
            }
            fn visit_bool<E>(self, on: bool) -> Result<RawVariable, E> {
                Ok(RawVariable(on.to_string()))
            }
        }
        deserializer.deserialize_any(Scalar)
    }
}

impl<'de> Deserialize<'de> for RawScope {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Scope;
        impl<'de> Visitor<'de> for Scope {
            type Value = RawScope;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("true, false, or a list of environments")
            }
            fn visit_bool<E>(self, everywhere: bool) -> Result<RawScope, E> {
                Ok(RawScope::Is(everywhere))
            }
            fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<RawScope, A::Error> {
                let mut names = Vec::new();
                while let Some(name) = list.next_element()? {
                    names.push(name);
                }
                Ok(RawScope::In(names))
            }
        }
        deserializer.deserialize_any(Scope)
    }
}

impl<'de> Deserialize<'de> for RawRule {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Rule;
        impl<'de> Visitor<'de> for Rule {
            type Value = RawRule;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("\"error\", \"warning\", \"note\" or \"off\"")
            }
            fn visit_str<E: Error>(self, word: &str) -> Result<RawRule, E> {
                RawLevel::deserialize(StrDeserializer::new(word)).map(RawRule::Level)
            }
            fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<RawRule, A::Error> {
                Named::deserialize(MapAccessDeserializer::new(map)).map(RawRule::Table)
            }
        }
        deserializer.deserialize_any(Rule)
    }
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
                let word = StrDeserializer::new(word);
                RawDirection::deserialize(word).map(RawMonotonic::Way)
            }
        }
        deserializer.deserialize_any(Monotonic)
    }
}

/// What the published schema says of words that serde reads as any text.
#[cfg(test)]
mod schema {
    use std::borrow::Cow;
    use std::collections::BTreeSet;

    use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};

    use crate::model::kind::Kind;
    use crate::model::loader::Loader;

    #[derive(JsonSchema)]
    #[schemars(untagged)]
    #[expect(dead_code, reason = "only its schema is wanted")]
    pub enum Scalar {
        Text(String),
        Number(f64),
        Truth(bool),
    }

    #[derive(JsonSchema)]
    #[schemars(untagged)]
    #[expect(dead_code, reason = "only its schema is wanted")]
    pub enum Scalars {
        One(Scalar),
        More(Vec<Scalar>),
    }

    pub struct KindName;

    impl JsonSchema for KindName {
        fn schema_name() -> Cow<'static, str> {
            "Kind".into()
        }
        fn json_schema(_: &mut SchemaGenerator) -> Schema {
            json_schema!({ "enum": Kind::names().collect::<Vec<_>>() })
        }
    }

    pub struct LoaderName;

    impl JsonSchema for LoaderName {
        fn schema_name() -> Cow<'static, str> {
            "Loader".into()
        }
        fn json_schema(_: &mut SchemaGenerator) -> Schema {
            json_schema!({ "enum": Loader::all_names().collect::<BTreeSet<_>>() })
        }
    }
}
