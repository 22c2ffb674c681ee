//! The shape of `show` as JSON, published as a schema.

use std::borrow::Cow;
use std::collections::BTreeMap;

use serde::Serialize;

#[cfg(test)]
use crate::model::source::ValueType;
use crate::out::json::JsonFinding;

/// What `show` prints.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct JsonShow<'r> {
    /// The version of this format.
    pub(super) schema_version: u32,
    /// What the environment says of itself.
    pub(super) environment: JsonEnvironment<'r>,
    /// Where no key is named: what counts, in the order of layers and lines.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) entries: Option<Vec<JsonEntry<'r>>>,
    /// Where keys are named: one for each stack that has such a key in some environment.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) keys: Option<Vec<JsonKey<'r>>>,
}

/// What the environment says of itself.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct JsonEnvironment<'r> {
    /// Its name.
    pub(super) name: &'r str,
    /// What it is for.
    #[cfg_attr(test, schemars(with = "crate::model::tier::Tier"))]
    pub(super) tier: &'static str,
    /// Does it need a person's consent?
    pub(super) protected: bool,
    /// One line for people.
    pub(super) description: Option<&'r str>,
    /// The environment whose layers lie below its own.
    pub(super) inherits: Option<&'r str>,
    /// Free words.
    pub(super) about: BTreeMap<&'r str, &'r str>,
}

/// A place in the project.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct JsonPlace {
    /// The path, relative to the root.
    pub(super) file: String,
    /// The line, from 1; null for the process environment.
    pub(super) line: Option<u32>,
    /// The character in the line, from 1.
    pub(super) column: Option<u32>,
}

/// An entry that counts.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct JsonEntry<'r> {
    /// The file, with `#` and the section where it is one.
    pub(super) source: Cow<'r, str>,
    #[serde(flatten)]
    pub(super) place: JsonPlace,
    /// The identity of its stack; with `::` and the key it is the identity of the entry.
    pub(super) stack: &'r str,
    /// The name of a variable, or the whole path.
    pub(super) key: &'r str,
    /// The name of a variable without what leads to it; else the whole path.
    pub(super) name: &'r str,
    /// What it is in its file.
    #[cfg_attr(test, schemars(extend("enum" = ["variable", "setting"])))]
    pub(super) kind: &'static str,
    /// What the value was written as.
    #[cfg_attr(test, schemars(with = "ValueType"))]
    pub(super) r#type: &'static str,
    /// Does the value count as a secret?
    pub(super) secret: bool,
    /// Has it a value?
    #[cfg_attr(test, schemars(extend("enum" = ["set", "empty", "null"])))]
    pub(super) state: &'static str,
    /// The value as written, where it is no secret and not null.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) value: Option<&'r str>,
    /// The keys that the value refers to.
    pub(super) references: Vec<&'r str>,
    /// Could all references be put in?
    pub(super) resolved: bool,
    /// What it won over, the nearest first.
    pub(super) overridden: Vec<JsonOverridden<'r>>,
}

/// An entry that does not count.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct JsonOverridden<'r> {
    /// The file, with `#` and the section where it is one.
    pub(super) source: Cow<'r, str>,
    #[serde(flatten)]
    pub(super) place: JsonPlace,
    /// What the value was written as.
    #[cfg_attr(test, schemars(with = "ValueType"))]
    pub(super) r#type: &'static str,
    /// Does the value count as a secret?
    pub(super) secret: bool,
    /// Has it a value?
    #[cfg_attr(test, schemars(extend("enum" = ["set", "empty", "null"])))]
    pub(super) state: &'static str,
    /// Has it the same value as the one that counts?
    pub(super) same: bool,
    /// The value as written, where neither is a secret and it is not null.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) value: Option<&'r str>,
}

/// All about a key.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct JsonKey<'r> {
    /// The name of a variable, or the whole path.
    pub(super) key: &'r str,
    /// The identity of the stack; null where no file has the key.
    pub(super) stack: Option<&'r str>,
    /// Has it a value?
    #[cfg_attr(test, schemars(extend("enum" = ["set", "empty", "null", "missing"])))]
    pub(super) state: &'static str,
    /// The entry that counts.
    pub(super) entry: Option<JsonEntry<'r>>,
    /// Why the value is a secret: `declared`, `name`, `shape` or `opaque`.
    pub(super) secret_because: Option<&'static str>,
    /// What the value refers to.
    pub(super) references: Vec<JsonReference<'r>>,
    /// What the manifest asks of it.
    pub(super) demand: Option<JsonDemand<'r>>,
    /// Where files such as `.env.example` ask for it.
    pub(super) wanted_by: Vec<JsonPlace>,
    /// What the rules say of it.
    pub(super) findings: Vec<JsonFinding<'r>>,
    /// Other environments that have it.
    pub(super) also_in: Vec<&'r str>,
    /// Other environments that lack it.
    pub(super) not_in: Vec<&'r str>,
    /// Other environments of which a part cannot be read.
    pub(super) unknown_in: Vec<&'r str>,
    /// Whether the process has a variable of this name: `same` value, `different`, or `set` where there is none to
    /// compare it with.
    pub(super) shell: Option<&'static str>,
}

/// A key that a value refers to.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct JsonReference<'r> {
    /// Its name.
    pub(super) name: &'r str,
    /// Where it is defined; null where it isn't.
    pub(super) found: Option<JsonPlace>,
}

/// What the manifest asks of a key in this environment.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct JsonDemand<'r> {
    /// The declared type, as the manifest spells it.
    pub(super) r#type: Option<&'static str>,
    /// Must it be set here?
    pub(super) required: bool,
    /// Where alone it may be set; null where that is everywhere.
    pub(super) only_in: Option<Vec<&'r str>>,
    /// What to do instead of setting it.
    pub(super) deprecated: Option<&'r str>,
    /// Declared secret, or declared public.
    pub(super) secret: Option<bool>,
    /// Never the same value in two environments, or in one that must have its own and another.
    pub(super) distinct: bool,
    /// The same value in all environments, or in several.
    pub(super) same: bool,
    /// Who provides it where no file has it.
    pub(super) provided_by: Option<&'r str>,
    /// How to come by a value.
    pub(super) help: Option<&'r str>,
    /// A value that shows the form.
    pub(super) example: Option<&'r str>,
    /// The address of a page that tells more.
    pub(super) docs: Option<&'r str>,
    /// `rising` or `falling`, from development to production.
    pub(super) monotonic: Option<&'static str>,
    /// Days after which the value must be replaced.
    pub(super) max_age_days: Option<u16>,
    /// The day on which it was last replaced, as the manifest says; YYYY-MM-DD.
    pub(super) rotated: Option<String>,
    /// The allowed values.
    pub(super) values: Option<Vec<&'r str>>,
    /// The allowed schemes of a URL.
    pub(super) schemes: Option<Vec<&'r str>>,
    /// The least number.
    pub(super) min: Option<f64>,
    /// The greatest number.
    pub(super) max: Option<f64>,
    /// The least number of characters.
    pub(super) min_len: Option<usize>,
    /// The greatest number of characters.
    pub(super) max_len: Option<usize>,
    /// The regular expression.
    pub(super) pattern: Option<&'r str>,
    /// The beginning.
    pub(super) prefix: Option<&'r str>,
    /// The end.
    pub(super) suffix: Option<&'r str>,
    /// What separates the items of a list; a comma unless said.
    pub(super) separator: Option<&'r str>,
}
