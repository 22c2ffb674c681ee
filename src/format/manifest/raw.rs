//! The manifest as it is written: one struct per table, nothing checked but names and types.

mod choice;

use std::collections::BTreeMap;
use std::fmt;

use serde::Deserialize;
use serde::de::{Deserializer, MapAccess, SeqAccess, Visitor, value::MapAccessDeserializer};
use toml::Spanned;
use toml::value::Datetime;

use crate::model::tier::Tier;
pub use choice::{RawDeprecated, RawDirection, RawMonotonic, RawTexts};

/// A table whose keys are the user's own names.
pub type Named<T> = BTreeMap<Spanned<String>, T>;

/// `envctl.toml`.
#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub struct RawManifest {
    pub project: RawProject,
    pub stack: Vec<RawStack>,
    pub environments: Named<RawEnvironment>,
    pub keys: Named<RawKey>,
    pub group: Vec<Spanned<RawGroup>>,
    pub flags: Named<RawFlag>,
    pub rules: Named<RawRule>,
    pub accept: Vec<Spanned<RawAcceptance>>,
}

/// The one line that an older envctl must understand in a newer manifest.
#[derive(Deserialize, Default)]
#[serde(default)]
pub struct RawRequirement {
    pub project: RawProjectRequirement,
}

#[derive(Deserialize, Default)]
#[serde(default)]
pub struct RawProjectRequirement {
    pub envctl: Option<Spanned<String>>,
}

/// `[project]`.
#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub struct RawProject {
    pub name: Option<String>,
    pub envctl: Option<Spanned<String>>,
    pub default: Option<Spanned<String>>,
    pub selector: Vec<String>,
    pub loader: Vec<Spanned<String>>,
    pub context: Option<Spanned<String>>,
    pub baseline: Option<Spanned<String>>,
    pub ignore: Vec<Spanned<String>>,
    pub environments: Option<Vec<Spanned<String>>>,
}

/// `[[stack]]`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct RawStack {
    pub files: Vec<Spanned<String>>,
}

/// `env.toml`, or `[environments.NAME]`.
#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub struct RawEnvironment {
    pub description: Option<String>,
    pub tier: Option<Tier>,
    pub aliases: Vec<Spanned<String>>,
    pub inherits: Option<Spanned<String>>,
    pub branches: Vec<String>,
    pub tags: Vec<String>,
    pub hosts: Vec<String>,
    pub protected: Option<bool>,
    pub debug: Option<Spanned<bool>>,
    pub safety: Option<bool>,
    pub strict: Option<bool>,
    pub provided_by: Option<String>,
    pub process_env: Vec<String>,
    pub process_prefix: Option<String>,
    pub process_suffix: Option<String>,
    pub about: BTreeMap<String, String>,
    pub flags: Named<Spanned<bool>>,
    pub files: Vec<Spanned<String>>,
    pub vars: Named<Spanned<RawVariable>>,
}

/// A value of `[vars]`, as the text that a process will see.
pub struct RawVariable(pub String);

/// `[keys.NAME]`, and what may stand of it in `[keys.NAME.in.ENV]`.
#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub struct RawKey {
    pub required: Option<RawScope>,
    pub required_if: Named<RawTexts>,
    pub only_in: Option<Vec<Spanned<String>>>,
    pub deprecated: Option<RawDeprecated>,
    pub help: Option<String>,
    pub docs: Option<Spanned<String>>,
    pub example: Option<Spanned<RawVariable>>,
    pub secret: Option<bool>,
    pub distinct: Option<RawScope>,
    pub same: Option<RawScope>,
    pub monotonic: Option<RawMonotonic>,
    pub max_age: Option<Spanned<String>>,
    pub rotated: Option<Spanned<Datetime>>,
    pub provided_by: Option<String>,
    #[serde(rename = "in")]
    pub within: Named<RawKey>,
    pub r#type: Option<Spanned<String>>,
    pub values: Option<Vec<String>>,
    pub schemes: Option<Vec<String>>,
    pub separator: Option<String>,
    pub min: Option<f64>,
    pub max: Option<f64>,
    pub min_len: Option<usize>,
    pub max_len: Option<usize>,
    pub pattern: Option<Spanned<String>>,
    pub prefix: Option<String>,
    pub suffix: Option<String>,
}

/// `[[group]]`.
#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub struct RawGroup {
    pub exactly_one: Option<Vec<Spanned<String>>>,
    pub at_least_one: Option<Vec<Spanned<String>>>,
    pub all_or_none: Option<Vec<Spanned<String>>>,
    #[serde(rename = "in")]
    pub within: Option<Vec<Spanned<String>>>,
    pub help: Option<String>,
}

/// `true`, `false`, or a list of environments.
pub enum RawScope {
    Nowhere,
    Everywhere,
    In(Vec<Spanned<String>>),
}

/// `[flags.NAME]`.
#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub struct RawFlag {
    pub description: Option<String>,
    pub allowed_in: Option<Vec<Spanned<String>>>,
    pub expires: Option<Spanned<Datetime>>,
    pub owner: Option<String>,
}

/// A line of `[rules]`: a severity, or under `in` a table of them for each environment.
pub enum RawRule {
    Level(RawLevel),
    Table(Named<RawRule>),
}

/// A severity, or `off`.
#[derive(Deserialize, Clone, Copy)]
#[serde(rename_all = "kebab-case")]
pub enum RawLevel {
    Error,
    Warning,
    Note,
    Off,
}

/// `[[accept]]`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct RawAcceptance {
    pub rule: Spanned<String>,
    pub key: Option<String>,
    #[serde(default)]
    pub environments: Vec<Spanned<String>>,
    pub reason: Spanned<String>,
    pub until: Option<Spanned<Datetime>>,
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
                Ok(if everywhere { RawScope::Everywhere } else { RawScope::Nowhere })
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
            fn visit_str<E: serde::de::Error>(self, word: &str) -> Result<RawRule, E> {
                RawLevel::deserialize(serde::de::value::StrDeserializer::new(word)).map(RawRule::Level)
            }
            fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<RawRule, A::Error> {
                Named::deserialize(MapAccessDeserializer::new(map)).map(RawRule::Table)
            }
        }
        deserializer.deserialize_any(Rule)
    }
}
