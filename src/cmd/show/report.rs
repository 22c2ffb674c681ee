//! `show` for machines: the list of an environment, or all about some of its keys.

use super::demand::Demand;
use super::inspect::Inspected;
use super::json::{
    JsonDemand, JsonEntry, JsonEnvironment, JsonKey, JsonOverridden, JsonPlace, JsonReference, JsonShow,
};
use super::listing::{Listing, references};
use crate::model::project::{Environment, Loser, Trail};
use crate::model::schema::Scope;
use crate::model::secret::{Reason, by_shape, is_plainly_public};
use crate::model::source::{Entry, Origin, SourceKind, ValueType};
use crate::out::json::{JsonFinding, SCHEMA_VERSION};

/// The list.
pub fn listing<'r>(listing: &'r Listing<'_>) -> JsonShow<'r> {
    let trails = listing.groups.iter().flat_map(|group| &group.trails);
    JsonShow { entries: Some(trails.map(entry).collect()), ..JsonShow::new(listing.environment) }
}

/// All about some keys.
pub fn inspection<'r>(environment: &'r Environment, inspected: &'r [Inspected<'_>]) -> JsonShow<'r> {
    JsonShow { keys: Some(inspected.iter().map(key).collect()), ..JsonShow::new(environment) }
}

fn entry<'r>(trail: &'r Trail<'_>) -> JsonEntry<'r> {
    let (binding, entry) = (&trail.binding, trail.binding.entry);
    JsonEntry {
        source: binding.source.name(),
        place: binding.source.key_origin(entry).into(),
        stack: binding.stack,
        key: &entry.key,
        name: entry.name(),
        kind: match entry.kind {
            SourceKind::Variables => "variable",
            SourceKind::Settings => "setting",
        },
        r#type: entry.value_type.as_str(),
        secret: entry.secret().is_some(),
        state: entry.state(),
        value: value(entry, false),
        references: references(entry),
        resolved: binding.unresolved().is_none(),
        overridden: trail.losers.iter().map(|loser| overridden(entry, loser)).collect(),
    }
}

/// A public value as written; null is no text.
fn value(entry: &Entry, is_hidden: bool) -> Option<&str> {
    entry.public_text().filter(|_| !is_hidden && entry.value_type != ValueType::Null)
}

/// What a secret overrides is not shown either.
fn overridden<'r>(winner: &Entry, loser: &'r Loser<'_>) -> JsonOverridden<'r> {
    let entry = loser.entry;
    JsonOverridden {
        source: loser.source.name(),
        place: loser.source.key_origin(entry).into(),
        secret: entry.secret().is_some(),
        r#type: entry.value_type.as_str(),
        state: entry.state(),
        same: winner.same_as(entry),
        value: value(entry, winner.secret().is_some()),
    }
}

fn key<'r>(one: &'r Inspected<'_>) -> JsonKey<'r> {
    let there = |wanted| {
        let names = one.elsewhere.iter().filter(move |(_, is_there)| *is_there == wanted);
        names.map(|(environment, _)| environment.name.as_str()).collect()
    };
    let secret = one.trail.and_then(|trail| trail.binding.entry.secret());
    let named = one.referents.iter().filter(|referent| is_plainly_public(referent.name));
    JsonKey {
        key: one.key,
        stack: one.stack,
        state: one.trail.map_or("missing", |trail| trail.binding.entry.state()),
        entry: one.trail.map(entry),
        secret_because: secret.map(because),
        references: named
            .map(|referent| JsonReference {
                name: referent.name,
                found: referent.found.map(|(source, entry)| source.key_origin(entry).into()),
            })
            .collect(),
        demand: one.demand.as_ref().map(demand),
        wanted_by: one.wanted.iter().cloned().map(JsonPlace::from).collect(),
        findings: one.findings.iter().map(|finding| JsonFinding::from(*finding)).collect(),
        also_in: there(Some(true)),
        not_in: there(Some(false)),
        unknown_in: there(None),
        shell: one.shell.as_ref().map(|shell| match shell.is_same {
            Some(true) => "same",
            Some(false) => "different",
            None => "set",
        }),
    }
}

fn because(reason: Reason) -> &'static str {
    match reason {
        Reason::Declared => "declared",
        Reason::Name => "name",
        Reason::Shape => "shape",
        Reason::Opaque => "opaque",
        Reason::Encrypted => "encrypted",
    }
}

fn demand<'r>(demand: &'r Demand<'_>) -> JsonDemand<'r> {
    let (spec, constraints) = (demand.spec, &demand.constraints);
    fn public(text: &str) -> Option<&str> {
        Some(text).filter(|text| !by_shape(text))
    }
    let list = |words: &'r Option<Vec<String>>| {
        let words = words.as_ref()?.iter().filter_map(|word| public(word));
        Some(words.collect())
    };
    JsonDemand {
        r#type: constraints.kind.map(|kind| kind.name()),
        required: demand.is_required,
        only_in: demand.only_in().map(|words| words.iter().map(String::as_str).collect()),
        deprecated: demand.deprecated(),
        secret: spec.secret,
        distinct: spec.distinct != Scope::Nowhere,
        same: spec.same != Scope::Nowhere,
        provided_by: demand.provided_by,
        help: demand.help(),
        example: spec.example.as_deref(),
        docs: spec.docs.as_deref(),
        monotonic: spec.monotonic.map(|way| way.as_str()),
        max_age_days: demand.rotation.max_age,
        rotated: demand.rotation.rotated.map(|day| day.to_string()),
        values: list(&constraints.values),
        schemes: list(&constraints.schemes),
        min: constraints.min,
        max: constraints.max,
        min_len: constraints.min_len,
        max_len: constraints.max_len,
        pattern: demand.pattern.as_deref().and_then(public),
        prefix: constraints.prefix.as_deref().and_then(public),
        suffix: constraints.suffix.as_deref().and_then(public),
        separator: constraints.separator.as_deref(),
    }
}

impl<'r> JsonShow<'r> {
    fn new(environment: &'r Environment) -> Self {
        let about = &environment.about;
        let words = about.about.iter().filter(|(label, text)| !by_shape(label) && !by_shape(text));
        let environment = JsonEnvironment {
            name: environment.name.as_str(),
            tier: environment.tier.as_str(),
            protected: environment.is_protected(),
            description: about.description.as_deref().filter(|text| !by_shape(text)),
            inherits: about.inherits.as_ref().map(|(name, _)| name.as_str()),
            about: words.map(|(label, text)| (label.as_str(), text.as_str())).collect(),
        };
        Self { schema_version: SCHEMA_VERSION, environment, entries: None, keys: None }
    }
}

impl From<Origin> for JsonPlace {
    fn from(origin: Origin) -> Self {
        Self { line: origin.at.map(|at| at.line), column: origin.at.map(|at| at.column), file: origin.file }
    }
}
