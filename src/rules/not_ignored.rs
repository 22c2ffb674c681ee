//! `not-ignored`: a file with secrets that the next `git add .` takes.

use super::{Check, Draft, Held, Rule, Severities};
use crate::model::custody::Kept;

/// The rule.
pub const RULE: Rule = Rule {
    id: "not-ignored",
    group: "hygiene",
    summary: "git neither tracks nor ignores a file that holds secrets",
    why: "The next `git add .` takes it along, in a commit about something else that nobody reads to the end. Once it is pushed, the secrets are in the history for good.",
    fix: "Put the file into .gitignore before anything else happens. One line for all files of the kind (`.env*`, `!.env.example`) covers the next one too.",
    severity: Severities::GUARDED,
    check: Check::Custody(check),
};

fn check(files: &[Held<'_>]) -> Vec<Draft> {
    files.iter().filter(|file| file.kept == Kept::Exposed).map(draft).collect()
}

fn draft(file: &Held<'_>) -> Draft {
    let help = format!("put `{}` into .gitignore", file.in_gitignore());
    file.draft("the next `git add .` takes this file, and it holds", help)
}
