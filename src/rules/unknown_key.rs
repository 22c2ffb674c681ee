//! `unknown-key`: a key that the manifest, a Terraform module or a complete example file does not know.

mod wanted;

use std::collections::{BTreeSet, HashMap, HashSet};

use super::{Case, Check, Draft, Rule, Severities};
use crate::model::nearest::nearest;
use crate::model::project::Binding;
use crate::model::schema::{Condition, KeySpec};
use crate::model::secret::by_shape;
use crate::model::source::SourceKind;
use crate::model::toml;

/// How many different unknown keys are compared with the known ones: a file with more has not misspelt them.
const ADVISED: usize = 200;

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
    let (mentioned, mut advisor) = (mentioned(case), Advisor::new(known.to_vec()));
    let is_known = |binding: &Binding<'_>| mentioned.contains(binding.key()) || is_known(case, binding);
    let unknown = |environment| case.bindings(environment).filter(|binding| !is_known(binding));
    let bindings = case.environments().flat_map(unknown);
    let drafts = bindings.map(|binding| {
        let draft = Draft::on(&binding, format!("{} is not declared in the manifest", binding.key()));
        draft.at(binding.source.key_origin(binding.entry)).help(advice(binding.key(), &mut advisor))
    });
    drafts.collect()
}

/// Finds what unknown keys misspell: for each once, and for the first few alone, as each is compared with all.
struct Advisor<'k> {
    known: Vec<&'k str>,
    told: HashMap<String, Option<&'k str>>,
}

impl<'k> Advisor<'k> {
    fn new(known: Vec<&'k str>) -> Self {
        Self { known, told: HashMap::new() }
    }

    fn near(&mut self, key: &str) -> Option<&'k str> {
        if let Some(told) = self.told.get(key) {
            return *told;
        }
        if self.told.len() >= ADVISED {
            return None;
        }
        let near = nearest(key, self.known.iter().copied());
        self.told.insert(key.to_owned(), near);
        near
    }
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
    let mut advisor = Advisor::new(names.into_iter().collect());
    let draft = |(key, condition): (&KeySpec, &Condition)| {
        let message = format!("{} depends on {}, which no environment has", key.name, condition.key);
        let draft = Draft::across(case.environments(), message).key(&condition.key);
        draft.at(case.in_manifest(condition.at)).help(advice(&condition.key, &mut advisor))
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

fn advice(key: &str, advisor: &mut Advisor<'_>) -> String {
    advisor.near(key).map_or_else(
        || format!("declare it: [keys.{}]", toml::name(key)),
        |near| format!("did you mean {near}?"),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_unknown_keys_alone_are_compared_and_each_once() {
        let mut advisor = Advisor::new(vec!["TIMEOUT"]);
        assert_eq!(advisor.near("TIMEOUR"), Some("TIMEOUT"));
        for number in 0..ADVISED {
            assert_eq!(advisor.near(&format!("OTHER_{number}")), None);
        }
        assert_eq!(advisor.told.len(), ADVISED);
        assert_eq!((advisor.near("TIMEOUR"), advisor.near("TIMEOUS")), (Some("TIMEOUT"), None));
    }
}
