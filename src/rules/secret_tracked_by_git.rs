//! `secret-tracked-by-git`: a file with secrets is in git's index.

use super::{Check, Draft, Held, Rule, Severities};
use crate::model::custody::Kept;

/// The rule.
pub const RULE: Rule = Rule {
    id: "secret-tracked-by-git",
    group: "hygiene",
    summary: "git tracks a file that holds secrets",
    why: "Every clone, fork and backup has the password, and so has everybody who ever had access. Deleting the file later changes nothing: the history keeps it, and robots that read public repositories use a new key within minutes.",
    fix: "Take the file out of git with `git rm --cached` and ignore it, then replace every secret in it: they count as known. A secret that must lie in git is encrypted first (sops, dotenvx, git-crypt). Where all values are made up, accept it with that reason.",
    severity: Severities::GUARDED,
    check: Check::Custody(check),
};

fn check(files: &[Held<'_>]) -> Vec<Draft> {
    files.iter().filter(|file| file.kept == Kept::Tracked).map(draft).collect()
}

fn draft(file: &Held<'_>) -> Draft {
    let (path, line) = (file.in_shell(), file.in_gitignore());
    let help = match file.is_shared() {
        true => "move what is secret into a file that git ignores, such as .env.local, and replace it: git's history keeps it".to_owned(),
        false => format!(
            "`git rm --cached {path}`, put `{line}` into .gitignore, and replace what the file holds: git's history keeps it"
        ),
    };
    file.draft("git tracks this file, and it holds", help)
}
