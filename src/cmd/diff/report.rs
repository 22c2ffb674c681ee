//! `diff` as JSON.

use std::borrow::Cow;
use std::collections::BTreeMap;

use serde::Serialize;
use serde::ser::{SerializeMap, Serializer};

use super::DiffArgs;
use crate::model::delta::{Comparison, Kind, Row, Status};
use crate::model::project::Project;
use crate::out::json::SCHEMA_VERSION;

/// What `diff` prints: one comparison, or each environment with the next one.
#[derive(Serialize)]
#[serde(untagged)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub enum Report<'r> {
    /// One comparison.
    One {
        schema_version: u32,
        #[serde(flatten)]
        comparison: JsonComparison<'r>,
        /// Files that one environment alone has, where there are any.
        #[serde(skip_serializing_if = "<[_]>::is_empty")]
        not_compared: &'r [Alone<'r>],
    },
    /// Several, where no environment was named.
    Several {
        schema_version: u32,
        /// Each environment with the next one.
        comparisons: Vec<JsonComparison<'r>>,
        /// Files that one environment alone has, where there are any.
        #[serde(skip_serializing_if = "<[_]>::is_empty")]
        not_compared: &'r [Alone<'r>],
    },
}

/// A structured file that one environment alone has: every line of it would be a difference.
#[derive(Serialize, PartialEq)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Alone<'r> {
    /// The file.
    pub source: Cow<'r, str>,
    /// Who has it.
    pub r#in: &'r str,
    /// Why it is not compared, where it is not that one environment alone has it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub because: Option<&'static str>,
}

/// The structured files that one of the environments alone has.
pub fn alone<'p>(project: &'p Project, comparisons: &[Comparison<'p>]) -> Vec<Alone<'p>> {
    let is_alone = |index: usize| project.stacks.get(index).is_some_and(|stack| stack.is_alone);
    let mut all = Vec::new();
    for environment in comparisons.iter().flat_map(|comparison| &comparison.environments) {
        let layers = environment.layers.iter().filter(|layer| layer.is_own && is_alone(layer.stack));
        for source in layers.filter_map(|layer| project.sources.get(layer.source)) {
            let one = Alone { source: source.name(), r#in: environment.name.as_str(), because: None };
            if !all.contains(&one) {
                all.push(one);
            }
        }
    }
    all
}

/// Environments side by side.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct JsonComparison<'r> {
    /// Their names, in the order of the columns.
    environments: Vec<&'r str>,
    /// `raw` is the environments' own files alone.
    #[cfg_attr(test, schemars(extend("enum" = ["effective", "raw"])))]
    mode: &'static str,
    /// The keys, by source and path.
    keys: Vec<JsonKey<'r>>,
    /// How many keys compare how.
    counts: JsonCounts<'r>,
}

/// A key, and how it compares.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct JsonKey<'r> {
    /// The file, with `{env}` in place of the environment's name.
    source: &'r str,
    /// The key; where environments call it differently, as the first of them does.
    path: &'r str,
    /// `same` and `different` where all have it, else `only-in`.
    #[cfg_attr(test, schemars(extend("enum" = ["same", "different", "only-in"])))]
    status: &'static str,
    /// What differs among those that have it.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(test, schemars(extend("enum" = ["name-only", "whitespace", "type", "secret", "value"])))]
    kind: Option<&'static str>,
    /// What alone they differ in, in words.
    #[serde(skip_serializing_if = "Option::is_none")]
    differs_only_in: Option<&'static str>,
    /// Who has it.
    r#in: Vec<&'r str>,
    /// Is it a secret anywhere? Then there are no values.
    secret: bool,
    /// What each calls it, where they call it differently.
    #[serde(skip_serializing_if = "Option::is_none")]
    paths: Option<BTreeMap<&'r str, &'r str>>,
    /// The types of the values, where they differ.
    #[serde(skip_serializing_if = "Option::is_none")]
    types: Option<BTreeMap<&'r str, &'static str>>,
    /// Of more than two environments: those with the same value, together.
    #[serde(skip_serializing_if = "Option::is_none")]
    groups: Option<Vec<Vec<&'r str>>>,
    /// The values as written, where it is no secret.
    #[serde(skip_serializing_if = "Option::is_none")]
    values: Option<BTreeMap<&'r str, &'r str>>,
    /// Of secrets, where asked for: marks that are equal when the values are, under the user's own key.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    fingerprints: BTreeMap<&'r str, String>,
}

/// How many keys compare how.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct JsonCounts<'r> {
    /// Keys that one environment alone has, for each.
    #[cfg_attr(test, schemars(with = "BTreeMap<String, usize>"))]
    only_in: OnlyIn<'r>,
    /// Keys that several of more than two have, and not all.
    #[serde(skip_serializing_if = "Option::is_none")]
    in_some: Option<usize>,
    /// Keys that all have and that differ; the next five are what they differ in.
    different: usize,
    /// In the environment's name alone.
    name_only: usize,
    /// In blanks alone.
    whitespace: usize,
    /// In the type alone.
    r#type: usize,
    /// In the value.
    value: usize,
    /// In a secret.
    secret: usize,
    /// Keys that are the same everywhere.
    same: usize,
}

/// A map that keeps the order of environments.
struct OnlyIn<'r>(Vec<(&'r str, usize)>);

impl Serialize for OnlyIn<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        for (name, count) in &self.0 {
            map.serialize_entry(name, count)?;
        }
        map.end()
    }
}

impl<'r> Report<'r> {
    /// The report on `comparisons`: one of them, or each environment with the next one.
    pub(super) fn new(
        comparisons: &'r [Comparison<'r>],
        not_compared: &'r [Alone<'r>],
        args: &DiffArgs,
    ) -> Self {
        let schema_version = SCHEMA_VERSION;
        let mut all: Vec<_> = comparisons.iter().map(|one| comparison(one, args)).collect();
        let is_one = !args.environments.is_empty() || args.all;
        match (is_one, all.pop()) {
            (true, Some(comparison)) => Self::One { schema_version, comparison, not_compared },
            (_, last) => {
                all.extend(last);
                Self::Several { schema_version, comparisons: all, not_compared }
            }
        }
    }
}

/// Environments side by side, as JSON.
pub(super) fn comparison<'r>(comparison: &'r Comparison<'r>, args: &DiffArgs) -> JsonComparison<'r> {
    let names = comparison.names();
    let listed = comparison.rows.iter().filter(|row| args.all_keys || row.status() != Status::Same);
    JsonComparison {
        mode: if args.raw { "raw" } else { "effective" },
        keys: listed.map(|row| key(row, &names, args.keys)).collect(),
        counts: counts(comparison, &names),
        environments: names,
    }
}

fn counts<'r>(comparison: &'r Comparison<'r>, names: &[&'r str]) -> JsonCounts<'r> {
    let counts = comparison.counts();
    let different: Vec<Kind> = comparison
        .rows
        .iter()
        .filter(|row| row.status() == Status::Different)
        .filter_map(|row| row.kind)
        .collect();
    let of = |kind: &str| different.iter().filter(|one| one.as_str() == kind).count();
    let mut only_in: Vec<(&str, usize)> = names.iter().copied().zip(counts.only_in).collect();
    only_in.dedup_by_key(|(name, _)| *name); // an environment beside itself is named once
    JsonCounts {
        only_in: OnlyIn(only_in),
        in_some: (names.len() > 2).then_some(counts.in_some),
        different: counts.different,
        name_only: of("name-only"),
        whitespace: of("whitespace"),
        r#type: of("type"),
        value: of("value"),
        secret: of("secret"),
        same: counts.same,
    }
}

/// The key of a row whose columns have these names.
pub fn key<'r>(row: &'r Row<'r>, names: &[&'r str], keys_only: bool) -> JsonKey<'r> {
    let present = || row.present().filter_map(|(index, side)| Some((*names.get(index)?, side)));
    let secret = row.is_secret();
    let values = present().filter_map(|(name, side)| Some((name, side.entry.public_text()?))).collect();
    let mark = |(index, _)| Some((*names.get(index)?, row.fingerprint(index)?.to_string()));
    JsonKey {
        fingerprints: row.present().filter_map(mark).collect(),
        source: row.source,
        path: row.path(),
        status: match row.status() {
            Status::OnlyIn => "only-in",
            Status::Different => "different",
            Status::Same => "same",
        },
        kind: row.kind.map(Kind::as_str),
        differs_only_in: row.kind.and_then(Kind::only_in),
        r#in: present().map(|(name, _)| name).collect(),
        secret,
        paths: (!row.other_paths().is_empty())
            .then(|| present().map(|(name, side)| (name, side.path)).collect()),
        types: row
            .has_types()
            .then(|| present().map(|(name, side)| (name, side.entry.value_type.as_str())).collect()),
        groups: (names.len() > 2 && row.kind.is_some()).then(|| groups(row, names)),
        values: (!secret && !keys_only).then_some(values),
    }
}

/// Who has the same value.
fn groups<'r>(row: &Row<'r>, names: &[&'r str]) -> Vec<Vec<&'r str>> {
    let mut groups: BTreeMap<usize, Vec<&str>> = BTreeMap::new();
    for (name, class) in names.iter().zip(row.classes()) {
        if let Some(class) = class {
            groups.entry(class).or_default().push(name);
        }
    }
    groups.into_values().collect()
}
