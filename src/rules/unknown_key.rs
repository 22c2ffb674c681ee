//! `unknown-key`: a key that the manifest, a Terraform module or a complete example file does not know.

mod wanted;

use std::collections::{BTreeSet, HashSet};

use super::{Case, Check, Draft, Rule, Severities};
use crate::model::project::Binding;
use crate::model::schema::{Condition, KeySpec};
use crate::model::secret::by_shape;
use crate::model::source::SourceKind;
use crate::model::toml;

/// The rule.
pub const RULE: Rule = Rule {
    id: "unknown-key",
    group: "presence",
    summary: "a key is set that the manifest, or the Terraform module that takes it, does not declare",
    why: "Most unknown keys are misspelt known ones: the application falls back to a default, and nobody is told.",
    fix: "Correct the name, or declare it: [keys.NAME]. Projects that declare no keys at all are asked only what their Terraform modules and their example files do not know.",
    severity: Severities::WARNING,
    check: Check::Environments(check),
};

fn check(case: &Case<'_>) -> Vec<Draft> {
    let mut drafts = wanted::of_modules(case);
    let variables = case.keys().filter(|key| !key.is_identity());
    let known: Vec<&str> = variables.map(|key| key.name.as_str()).collect();
    match known.is_empty() {
        true => drafts.extend(wanted::of_examples(case)),
        false => drafts.extend(undeclared(case, &known)),
    }
    drafts.extend(conditions(case));
    drafts
}

/// The variables that a manifest with keys does not declare.
fn undeclared(case: &Case<'_>, known: &[&str]) -> Vec<Draft> {
    let mentioned = mentioned(case);
    let is_known = |binding: &Binding<'_>| mentioned.contains(binding.key()) || is_known(case, binding);
    let unknown = |environment| case.bindings(environment).filter(|binding| !is_known(binding));
    let drafts = case.environments().flat_map(|environment| {
        unknown(environment).map(|binding| {
            let draft = Draft::on(&binding, format!("{} is not declared in the manifest", binding.key()));
            draft.at(binding.source.key_origin(binding.entry)).help(advice(binding.key(), known))
        })
    });
    drafts.collect()
}

/// The keys that the manifest names in groups and conditions: whoever is named is known.
fn mentioned<'p>(case: &Case<'p>) -> HashSet<&'p str> {
    let conditions = case.keys().flat_map(|key| &key.required_if);
    let mut mentioned = case.project.schema.grouped();
    mentioned.extend(conditions.map(|condition| condition.key.as_str()));
    mentioned
}

/// A condition on a key that no environment has never holds, and nobody would be told.
fn conditions(case: &Case<'_>) -> Vec<Draft> {
    let all = case.keys().flat_map(|key| key.required_if.iter().map(move |condition| (key, condition)));
    let has = |condition: &Condition| {
        case.environments().any(|one| case.project.find(one, &condition.key).next().is_some())
    };
    let is_known =
        |condition: &Condition| case.project.schema.key(&condition.key).is_some() || has(condition);
    let unknown: Vec<_> = all.filter(|(_, condition)| !is_known(condition)).collect();
    let may_be_unread = || case.project.sources.iter().any(|source| source.is_unreadable);
    if unknown.is_empty() || may_be_unread() {
        return Vec::new();
    }
    let names = case.environments().flat_map(|environment| case.bindings(environment));
    let names: BTreeSet<&str> = names.map(|binding| binding.key()).filter(|name| !by_shape(name)).collect();
    let names: Vec<&str> = names.into_iter().collect();
    let draft = |(key, condition): (&KeySpec, &Condition)| {
        let message = format!("{} depends on {}, which no environment has", key.name, condition.key);
        let draft = Draft::across(case.environments(), message).key(&condition.key);
        draft.at(case.in_manifest(condition.at)).help(advice(&condition.key, &names))
    };
    unknown.into_iter().map(draft).collect()
}

/// Is the key declared, or one that selects an environment? Settings and the variables of a container are not asked:
/// the manifest declares those that matter.
fn is_known(case: &Case<'_>, binding: &Binding<'_>) -> bool {
    let (schema, key) = (&case.project.schema, binding.key());
    binding.source.kind == SourceKind::Settings
        || case.project.spec(binding).is_some()
        || schema.selector.iter().any(|selector| selector == key)
}

fn advice(key: &str, known: &[&str]) -> String {
    let near = crate::model::nearest::nearest(key, known.iter().copied());
    near.map_or_else(
        || format!("declare it: [keys.{}]", toml::name(key)),
        |near| format!("did you mean {near}?"),
    )
}
