//! `missing-required`: a key that must be set is not.

mod terraform;
mod told;
mod wanted;

use super::{Case, Check, Draft, Rule, Severities};
use crate::model::project::Environment;
use crate::model::schema::KeySpec;
use crate::model::source::Source;

/// The rule.
pub const RULE: Rule = Rule {
    id: "missing-required",
    group: "presence",
    summary: "a required key is not set: one that the manifest requires, or an example file asks for",
    why: "The application starts, runs for a while, and fails at the first use of what is not there: at night, in production.",
    fix: "Set the key in a file of the environment. Where CI or a vault provides it, declare `provided-by` for the key or for the environment. Of an example file, a key counts that is marked `# required`, or that has no value and is not marked `# optional`: it is an error where production, or an environment that is named, lacks what another has set. A key that the manifest declares is left to the manifest.",
    severity: Severities::ERROR,
    check: Check::Environments(check),
};

fn check(case: &Case<'_>) -> Vec<Draft> {
    let pairs = case.keys().flat_map(|key| case.environments().map(move |environment| (key, environment)));
    let declared = pairs
        .filter(|(key, environment)| is_missing(case, key, environment))
        .map(|(key, env)| draft(case, key, env));
    declared.chain(wanted::check(case)).chain(terraform::check(case)).collect()
}

fn is_missing(case: &Case<'_>, key: &KeySpec, environment: &Environment) -> bool {
    case.is_required(key, environment)
        && case.project.find(environment, &key.name).next().is_none()
        && !case.is_provided(key, environment)
        && !case.project.sources_of(environment).any(|source| source.is_unreadable) // it may be in there
        && !case.withholds(&key.name, key.secret)
}

fn draft(case: &Case<'_>, key: &KeySpec, environment: &Environment) -> Draft {
    let takes_variables = |source: &Source| source.is_dotenv_file() || source.format == "env.toml";
    let file = case.project.own_file(environment, |_, source| takes_variables(source));
    let file = file.or_else(|| case.project.own_file(environment, |_, source| source.section.is_none()));
    let provider = key.provided_by.as_ref().or(environment.about.provided_by.as_ref());
    let place = match (provider, file) {
        (Some(provider), _) => {
            format!("{provider} provides it: run this where it does, or leave it to --phase structure")
        }
        (None, Some(file)) => format!("set it in {file}"),
        (None, None) => String::new(),
    };
    let help = match (key.advice(), place.is_empty()) {
        (Some(advice), false) => format!("{advice}; then {place}"),
        (Some(advice), true) => advice,
        (None, _) => place,
    };
    let because = case.because(key, environment);
    let message = format!("{} is required in {}{because} and not set", key.name, environment.name);
    let draft = Draft::new(environment, message);
    draft.key(&key.name).at(case.in_manifest(key.at)).help(help)
}
