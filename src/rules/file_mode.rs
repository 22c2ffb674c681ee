//! `file-mode`: a file with secrets that others on the machine may read or write.

use super::{Check, Draft, Held, Rule, Severities};
use crate::model::custody::Kept;

/// The rule.
pub const RULE: Rule = Rule {
    id: "file-mode",
    group: "hygiene",
    summary: "others than the owner may read, or write to, a file that holds secrets",
    why: "On a shared machine every account, and every other service that somebody breaks into, reads the password of the database. Editors and `cp` create files that all may read, and nobody notices.",
    fix: "`chmod 600 FILE`, as the user who reads it. Create such files under `umask 077`, or with `install -m 600`.",
    severity: Severities::GUARDED,
    check: Check::Custody(check),
};

/// Git keeps no such permissions: of what it tracks, a clone makes a file that others may read.
fn check(files: &[Held<'_>]) -> Vec<Draft> {
    let is_ours = |file: &&Held<'_>| matches!(file.kept, Kept::Ignored | Kept::Exposed | Kept::Nowhere);
    files.iter().filter(|file| file.mode.is_open()).filter(is_ours).map(draft).collect()
}

fn draft(file: &Held<'_>) -> Draft {
    let what = format!("others may open this file (mode {}), and it holds", file.mode);
    file.draft(&what, format!("`chmod 600 {}`", file.in_shell()))
}
