//! `duplicate-key`: a key is set twice in one file.

use std::collections::HashMap;

use super::{Case, Check, Draft, Rule, Severities};
use crate::model::finding::Related;
use crate::model::project::Environment;
use crate::model::source::Source;

/// The rule.
pub const RULE: Rule = Rule {
    id: "duplicate-key",
    group: "shape",
    summary: "a key is set twice in one file",
    why: "Some readers take the first, some the last. Whoever corrects the one they see may correct the one that does not count.",
    fix: "Keep one of the lines. envctl takes the last.",
    severity: Severities::WARNING,
    check: Check::Environments(check),
};

fn check(case: &Case<'_>) -> Vec<Draft> {
    let sources = |environment| case.project.sources_of(environment).map(move |source| (environment, source));
    case.environments()
        .flat_map(sources)
        .flat_map(|(environment, source)| twice(environment, source))
        .collect()
}

fn twice(environment: &Environment, source: &Source) -> Vec<Draft> {
    let mut first = HashMap::with_capacity(source.entries.len());
    let mut drafts = Vec::new();
    for entry in &source.entries {
        if let Some(earlier) = first.insert(&entry.key, entry) {
            let mut draft = Draft::new(environment, format!("{} is set again; this line wins", entry.key))
                .key(&entry.key)
                .at(source.key_origin(entry))
                .help("keep one of the two lines");
            let origin = source.key_origin(earlier);
            draft.related.push(Related { environment: environment.name.clone(), origin });
            drafts.push(draft);
        }
    }
    drafts
}
