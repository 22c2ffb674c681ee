//! HEAD: which branch it names, and which commit it leads to.

use std::fs;
use std::os::unix::ffi::OsStrExt;
use std::path::Path;

use git2::{Commit, ErrorCode, Repository};

use super::place::read_small;

/// What the file HEAD says.
pub(super) enum Head {
    Branch(String),
    Detached,
    Unreadable,
}

/// Reads HEAD as git does: `ref: refs/…`, a commit's id, or (before git 1.6) a symbolic link.
pub(super) fn read(git_dir: &Path) -> Head {
    let path = git_dir.join("HEAD");
    if let Ok(target) = fs::read_link(&path) {
        return named(target.as_os_str().as_bytes());
    }
    let text = read_small(&path).unwrap_or_default();
    match text.strip_prefix(b"ref:") {
        Some(name) => named(name.trim_ascii()),
        None if is_id(text.trim_ascii_end()) => Head::Detached,
        None => Head::Unreadable,
    }
}

fn named(reference: &[u8]) -> Head {
    // A repository with reftable keeps this name in HEAD so that older programs find no branch.
    if !reference.starts_with(b"refs/") || reference == b"refs/heads/.invalid" {
        return Head::Unreadable;
    }
    let name = reference.strip_prefix(b"refs/heads/").unwrap_or(reference);
    Head::Branch(String::from_utf8_lossy(name).into_owned())
}

fn is_id(text: &[u8]) -> bool {
    matches!(text.len(), 40 | 64) && text.iter().all(u8::is_ascii_hexdigit)
}

/// The commit HEAD leads to; none on a branch without a commit.
pub(super) fn commit(repo: &Repository) -> Result<Option<Commit<'_>>, String> {
    match repo.head() {
        Ok(head) => head.peel_to_commit().map(Some).map_err(|_| "the commit of HEAD is missing".to_owned()),
        Err(error) if error.code() == ErrorCode::UnbornBranch => Ok(None),
        Err(_) => Err("HEAD leads to no commit".to_owned()),
    }
}

/// Like `git rev-parse --short`, but never shorter than seven digits, whatever `core.abbrev` says.
pub(super) fn short_id(commit: &Commit<'_>) -> String {
    let id = commit.id().to_string();
    let unique = commit.as_object().short_id().map_or(id.len(), |short| short.len());
    id.chars().take(unique.max(7)).collect()
}
