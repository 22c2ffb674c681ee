//! `unknown-key`: a key that the manifest does not declare.

use super::{Case, Check, Draft, Rule, Severities};
use crate::model::project::Binding;
use crate::model::source::SourceKind;
use crate::model::toml;

/// The rule.
pub const RULE: Rule = Rule {
    id: "unknown-key",
    group: "presence",
    summary: "a key is set that the manifest does not declare",
    why: "Most unknown keys are misspelt known ones: the application falls back to a default, and nobody is told.",
    fix: "Correct the name, or declare it: [keys.NAME]. Projects that declare no keys at all are not asked.",
    severity: Severities::WARNING,
    check: Check::Environments(check),
};

fn check(case: &Case<'_>) -> Vec<Draft> {
    let variables = case.keys().filter(|key| !key.is_identity());
    let known: Vec<&str> = variables.map(|key| key.name.as_str()).collect();
    if known.is_empty() {
        return Vec::new();
    }
    let unknown = |environment| case.bindings(environment).filter(|binding| !is_known(case, binding));
    let drafts = case.environments().flat_map(|environment| {
        unknown(environment).map(|binding| {
            let draft = Draft::on(&binding, format!("{} is not declared in the manifest", binding.key()));
            draft.at(binding.source.key_origin(binding.entry)).help(advice(binding.key(), &known))
        })
    });
    drafts.collect()
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
