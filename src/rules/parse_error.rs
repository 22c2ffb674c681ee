//! `parse-error`: a source, or a line of it, cannot be read.

use super::{Case, Check, Draft, Rule, Severities};

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
            drafts.extend(source.problems.iter().map(|problem| {
                let draft = Draft::new(environment, problem.message.clone()).help(problem.help.clone());
                draft.at(source.problem_origin(problem))
            }));
        }
    }
    drafts
}
