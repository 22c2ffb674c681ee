//! The git repository around a project: branch, commit, clean or dirty; and how it keeps single files.
//!
//! The only module that knows git2. It executes nothing (no hook, filter or fsmonitor), opens no socket and writes
//! nothing, not even a refreshed index. What cannot be judged is [`Status::Unknown`] with a reason in our own words:
//! libgit2's messages quote names and paths that somebody else chose.

mod content;
mod custody;
mod entry;
mod folder;
mod head;
mod ignore;
mod judge;
mod past;
mod pattern;
mod place;
mod position;
mod repository;
mod revision;
mod submodule;
mod wildmatch;
mod work_tree;

use std::path::{Path, PathBuf};

use crate::model::git::{Git, Status};
pub use custody::kept;
use head::Head;
pub use past::{past, renamed};
use place::Place;
pub use position::{Position, position};
pub use revision::revisions;

/// Tells all about the repository around `start`; it never fails and never panics.
///
/// The search goes upward and ends below `ceiling`, a folder that is not looked into itself (as
/// `GIT_CEILING_DIRECTORIES` has it). `ours` are absolute paths that never make the tree dirty, tracked or not.
pub fn inspect(start: &Path, ceiling: Option<&Path>, ours: &[&Path]) -> Git {
    match place::find(start, ceiling) {
        Ok(place) => report(&place, ours),
        Err(reason) => Git { detail: Some(reason), ..Git::default() },
    }
}

/// The work tree's top around `start`; libgit2 is not started.
pub fn top(start: &Path) -> Option<PathBuf> {
    place::find(start, None).ok()?.work_tree
}

/// The branch that HEAD names, for a prompt: two or three small files are read and libgit2 is not even started.
pub fn branch(start: &Path, ceiling: Option<&Path>) -> Option<String> {
    match head::read(&place::find(start, ceiling).ok()?.git_dir) {
        Head::Branch(name) => Some(name),
        Head::Detached | Head::Unreadable => None,
    }
}

/// Branch and commit around `start`, as far as they are known; nobody looks whether the tree is clean.
pub fn head(start: &Path) -> Git {
    let mut git = Git::default();
    let Ok(place) = place::find(start, None) else { return git };
    if let Head::Branch(name) = head::read(&place.git_dir) {
        git.branch = Some(name);
    }
    let repository = repository::open(&place).ok();
    let commit = repository.as_ref().and_then(|repository| head::commit(repository).ok()?);
    git.commit = commit.as_ref().map(head::short_id);
    git
}

fn report(place: &Place, ours: &[&Path]) -> Git {
    let mut git = Git::default();
    let mut notes = Vec::new();
    match head::read(&place.git_dir) {
        Head::Branch(name) => git.branch = Some(name),
        Head::Detached => notes.push("detached HEAD".to_owned()),
        Head::Unreadable => notes.push("HEAD cannot be read".to_owned()),
    }
    match repository::open(place) {
        Ok(repo) => describe(&repo, place, ours, &mut git, &mut notes),
        Err(reason) => notes.push(reason),
    }
    git.detail = (!notes.is_empty()).then(|| notes.join(", "));
    git
}

fn describe(repo: &git2::Repository, place: &Place, ours: &[&Path], git: &mut Git, notes: &mut Vec<String>) {
    if repo.is_worktree() {
        notes.push("linked worktree".to_owned());
    } else if place.is_submodule() {
        notes.push("submodule".to_owned());
    }
    let commit = match head::commit(repo) {
        Ok(commit) => commit,
        Err(reason) => return notes.push(reason),
    };
    match &commit {
        Some(commit) => git.commit = Some(head::short_id(commit)),
        None => notes.push("no commit yet".to_owned()),
    }
    match judge::is_dirty(repo, commit.as_ref(), place, &judge::Scope::new(place, ours)) {
        Ok(true) => git.status = Status::Dirty,
        Ok(false) => git.status = Status::Clean,
        Err(reason) => notes.push(reason),
    }
}
