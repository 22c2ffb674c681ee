//! `wrong-env-file`: a Compose file of one environment loads the file of another.

use std::collections::{BTreeSet, HashMap};

use super::{Case, Check, Draft, Rule, Severities};
use crate::model::project::Environment;
use crate::model::source::{FileReference, Source};

/// The rule.
pub const RULE: Rule = Rule {
    id: "wrong-env-file",
    group: "isolation",
    summary: "a Compose file of one environment loads the variables of another",
    why: "Production runs with development's settings: debugging is on, the secrets are those that everybody has.",
    fix: "Name the environment's own file under `env_file`, and create it where there is none.",
    severity: Severities::CROSSING,
    check: Check::Environments(check),
};

fn check(case: &Case<'_>) -> Vec<Draft> {
    let owners = owners(case);
    let mut drafts = Vec::new();
    for environment in case.environments() {
        for source in case.project.own_sources(environment) {
            let mut told = BTreeSet::new();
            for file in source.refers.iter().filter(|file| told.insert(&file.path)) {
                let found = file.target(&source.path);
                let owners =
                    found.and_then(|path| owners.get(path.as_str())).map(Vec::as_slice).unwrap_or_default();
                if !owners.is_empty() && owners.iter().all(|owner| owner.name != environment.name) {
                    drafts.extend(owners.first().map(|owner| draft(environment, source, file, owner)));
                }
            }
        }
    }
    drafts
}

/// The environments whose own file lies at a path.
fn owners<'p>(case: &Case<'p>) -> HashMap<&'p str, Vec<&'p Environment>> {
    let mut owners: HashMap<&str, Vec<&Environment>> = HashMap::new();
    for environment in case.environments() {
        for source in case.project.own_sources(environment) {
            owners.entry(&source.path).or_default().push(environment);
        }
    }
    owners
}

fn draft(environment: &Environment, source: &Source, file: &FileReference, owner: &Environment) -> Draft {
    let message = format!("{} loads a file of {} in {}", source.path, owner.name, environment.name);
    let help = format!("name a file of {}'s own", environment.name);
    let mut draft = Draft::new(environment, message).at(source.offset_origin(file.offset)).help(help);
    draft.environments.push(owner.name.clone());
    draft
}
