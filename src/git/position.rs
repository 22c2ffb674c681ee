//! Where HEAD stands: on a branch, or on a commit that tags may point at.

use std::path::Path;

use git2::{Oid, Reference, Repository};

use super::head::{self, Head};
use super::{place, repository};

/// Where HEAD stands.
pub enum Position {
    /// On this branch.
    Branch(String),
    /// On a commit, at which these tags point.
    Detached(Vec<String>),
}

/// Where HEAD of the repository around `start` stands; on a branch, libgit2 is not started.
///
/// # Errors
/// Why it cannot be known, in our own words.
pub fn position(start: &Path) -> Result<Position, String> {
    let place = place::find(start, None)?;
    match head::read(&place.git_dir) {
        Head::Branch(name) => Ok(Position::Branch(name)),
        Head::Unreadable => Err("HEAD cannot be read".to_owned()),
        Head::Detached => tags(&repository::open(&place)?).map(Position::Detached),
    }
}

/// The tags that point at the commit of HEAD, sorted.
fn tags(repo: &Repository) -> Result<Vec<String>, String> {
    let Some(commit) = head::commit(repo)? else { return Ok(Vec::new()) };
    let unreadable = |_| "its tags cannot be read".to_owned();
    let all = repo.references_glob("refs/tags/*").map_err(unreadable)?;
    let here = all.filter_map(Result::ok).filter(|tag| leads_to(tag, commit.id()));
    let mut names: Vec<String> =
        here.map(|tag| String::from_utf8_lossy(tag.shorthand_bytes()).into_owned()).collect();
    names.sort();
    Ok(names)
}

/// Packed tags know their commit; of the others the object is read.
fn leads_to(tag: &Reference<'_>, commit: Oid) -> bool {
    let known = tag.target_peel().or_else(|| tag.target().filter(|id| *id == commit));
    match known {
        Some(id) => id == commit,
        None => tag.peel_to_commit().is_ok_and(|found| found.id() == commit),
    }
}
