//! `parse-error`: a source, or a line of it, cannot be read.

use super::{Case, Check, Draft, Rule, Severities};
use crate::model::finding::Severity;
use crate::model::project::Environment;
use crate::model::source::{Problem, Source};

/// The rule.
pub const RULE: Rule = Rule {
    id: "parse-error",
    group: "shape",
    summary: "a file or a line of it cannot be read",
    why: "Readers disagree about broken lines: one skips them, one stops, one takes the rest of the file for a value. What runs is not what was reviewed.",
    fix: "Mend the line as the finding says. The dialect is described in the README.",
    severity: Severities::ERROR,
    check: Check::Environments(check),
};

fn check(case: &Case<'_>) -> Vec<Draft> {
    let mut drafts = Vec::new();
    for environment in case.environments() {
        for source in case.project.sources_of(environment) {
            drafts.extend(source.problems.iter().map(|problem| draft(environment, source, problem)));
        }
        // an example file harms nobody but those who begin
        for source in &case.project.schema_files {
            let doubts = source.problems.iter().map(|problem| draft(environment, source, problem));
            drafts.extend(doubts.map(|draft| Draft { at_most: Severity::Warning, ..draft }));
        }
    }
    drafts
}

fn draft(environment: &Environment, source: &Source, problem: &Problem) -> Draft {
    let draft = Draft::new(environment, problem.message.clone()).help(problem.help.clone());
    draft.at(source.problem_origin(problem))
}
