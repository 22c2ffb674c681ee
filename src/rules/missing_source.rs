//! `missing-source`: a file tells its reader to load another, which is not there; or an environment has none at all.

use std::collections::BTreeSet;

use super::{Case, Check, Draft, Rule, Severities};
use crate::model::finding::Severity;
use crate::model::layout::{Role, split};
use crate::model::nearest::nearest;
use crate::model::project::Environment;
use crate::model::secret::is_plainly_public;
use crate::model::slot::slots;
use crate::model::source::{Origin, Source};

/// The rule.
pub const RULE: Rule = Rule {
    id: "missing-source",
    group: "presence",
    summary: "an environment has no file, or a Compose file loads one that does not exist",
    why: "`docker compose up` stops there, on the day of the deployment; or, where the file is optional, the container starts without its settings. And an environment that the manifest lists under a misspelt name is judged by nothing, while its real file is passed over.",
    fix: "Create the file, correct the name in the manifest or in the Compose file, or say that it may be absent: `- path: .env.staging` with `required: false`.",
    severity: Severities::ERROR,
    check: Check::Environments(check),
};

fn check(case: &Case<'_>) -> Vec<Draft> {
    let mut drafts = fileless(case);
    for environment in case.environments() {
        for source in case.project.sources_of(environment) {
            let mut told = BTreeSet::new();
            let missing = source.refers.iter().filter(|file| file.required && file.is_missing);
            for file in missing.filter(|file| told.insert(&file.path)) {
                let what = if is_plainly_public(&file.path) { &file.path } else { "a file" };
                let message = format!("{} loads {what}, which does not exist", source.path);
                let draft = Draft::new(environment, message).at(source.offset_origin(file.offset));
                drafts.push(draft.help("create it, or correct its name here"));
            }
        }
    }
    drafts
}

/// The environments that nothing belongs to: the manifest lists them, and no path and no table does. It is an error where
/// a path with nearly the same name was passed over.
fn fileless(case: &Case<'_>) -> Vec<Draft> {
    let is_there = |source: &Source| source.stamp.is_some() || !source.entries.is_empty();
    let is_fileless = |one: &&Environment| {
        !one.about.is_given_elsewhere()
            && one.about.inherits.is_none()
            && !case.project.own_sources(one).any(is_there)
    };
    let draft = |environment: &Environment| {
        let name = environment.name.as_str();
        let message = format!("no file belongs to {name}");
        if is_known_to_be_out(case, name) {
            return None;
        }
        let draft = match meant(case, name) {
            Some((path, near)) => Draft::new(environment, format!("{message}, and {path} is passed over"))
                .help(format!("did you mean {near}?")),
            None if environment.layers.is_empty() => Draft::new(environment, message)
                .help("write one, correct the name, or say who provides its values: provided-by")
                .at_most(Severity::Warning),
            None => return None, // what all environments share, or a table of the manifest, may be all that it needs
        };
        let file = case.project.manifest.clone()?;
        Some(draft.at(Origin { file, at: None, outline: None }))
    };
    case.environments().filter(is_fileless).filter_map(draft).collect()
}

/// Was a path of this very name passed over, so that somebody took it out?
fn is_known_to_be_out(case: &Case<'_>, name: &str) -> bool {
    let is_its = |path: &str| slots(path).iter().any(|slot| slot.name.eq_ignore_ascii_case(name));
    case.project.skipped.iter().any(|one| is_its(&one.path))
}

/// The path that was passed over for a name so near to `name` that one misspells the other.
fn meant<'p>(case: &Case<'p>, name: &str) -> Option<(&'p str, String)> {
    let values = case.project.skipped.iter().filter(|one| Role::of(split(&one.path).1) == Role::Values);
    values.map(|one| &*one.path).filter(|path| is_plainly_public(path)).find_map(|path| {
        let slots = slots(path);
        let words = slots.iter().map(|slot| &*slot.name).chain([split(path).1]);
        nearest(name, words).map(|near| (path, near.to_owned()))
    })
}
