//! `missing-source`: a file tells its reader to load another, which is not there.

use std::collections::BTreeSet;

use super::{Case, Check, Draft, Rule, Severities};
use crate::model::secret::is_plainly_public;

/// The rule.
pub const RULE: Rule = Rule {
    id: "missing-source",
    group: "presence",
    summary: "a Compose file loads a file that does not exist",
    why: "`docker compose up` stops there, on the day of the deployment; or, where the file is optional, the container starts without its settings.",
    fix: "Create the file, correct its name, or say that it may be absent: `- path: .env.staging` with `required: false`.",
    severity: Severities::ERROR,
    check: Check::Environments(check),
};

fn check(case: &Case<'_>) -> Vec<Draft> {
    let mut drafts = Vec::new();
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
