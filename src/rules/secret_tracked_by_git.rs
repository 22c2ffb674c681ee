//! `secret-tracked-by-git`: a file with secrets is in git's index.

use std::collections::BTreeMap;

use super::{Check, Draft, Held, Rule, Severities};
use crate::model::custody::Kept;
use crate::model::finding::Severity;

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
    let tracked = files.iter().filter(|file| file.kept == Kept::Tracked).map(draft);
    tracked.chain(unasked(files)).collect()
}

/// Where git cannot be asked, no secret in it is found: that is told, once for each reason.
fn unasked(files: &[Held<'_>]) -> Vec<Draft> {
    const HELP: &str = "mend that where validate runs (`git config --global --add safe.directory FOLDER` for another user's repository, `git update-index --no-split-index` for a split index), or accept it with the reason";
    let mut reasons: BTreeMap<&str, Vec<&Held<'_>>> = BTreeMap::new();
    for file in files {
        if let Kept::Unknown(reason) = &file.kept {
            reasons.entry(reason).or_default().push(file);
        }
    }
    let draft = |(reason, files): (&str, Vec<&Held<'_>>)| {
        let which = match files.len() {
            1 => "this file, which holds secrets".to_owned(),
            all => format!("{all} files that hold secrets"),
        };
        let message = format!("git could not be asked whether it tracks {which}: {reason}");
        Held::draft_of(&files, message, HELP.to_owned()).at_most(Severity::Warning)
    };
    reasons.into_iter().map(draft).collect()
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
