//! Clean or dirty: HEAD against the index, then the index against the work tree.

use std::path::{Path, PathBuf};

use git2::{Commit, Index, Odb, Oid, Repository};

use super::place::Place;
use super::work_tree;

/// What counts as a change.
pub(super) struct Scope {
    /// Paths below the work tree that never count.
    ours: Vec<PathBuf>,
    /// Whether untracked files count.
    pub untracked: bool,
}

impl Scope {
    pub fn new(place: &Place, ours: &[&Path]) -> Scope {
        let ours = ours.iter().filter_map(|path| below(place.work_tree.as_deref()?, path)).collect();
        Scope { ours, untracked: true }
    }

    /// The same scope as seen from a submodule.
    pub fn inside(&self, submodule: &Path, untracked: bool) -> Scope {
        let ours =
            self.ours.iter().filter_map(|path| Some(path.strip_prefix(submodule).ok()?.to_owned())).collect();
        Scope { ours, untracked }
    }

    pub fn excludes(&self, path: &Path) -> bool {
        self.ours.iter().any(|ours| path.starts_with(ours))
    }
}

/// `path` as seen from `work_tree`. Its last part may be missing or a link, the way to it is resolved.
fn below(work_tree: &Path, path: &Path) -> Option<PathBuf> {
    if path.parent()? == work_tree {
        return path.file_name().map(PathBuf::from);
    }
    let folder = path.parent()?.canonicalize().ok()?;
    Some(folder.join(path.file_name()?).strip_prefix(work_tree).ok()?.to_owned())
}

/// Whether `git status --porcelain` would print a line on top of this commit; an error is the reason why nobody knows.
pub(super) fn is_dirty(
    repo: &Repository,
    commit: Option<&Commit<'_>>,
    place: &Place,
    scope: &Scope,
) -> Result<bool, String> {
    let mut index = repo.index().map_err(|_| "the index is damaged, split or sparse")?;
    if index.has_conflicts() || is_staged(repo, commit, &mut index, scope)? {
        return Ok(true);
    }
    work_tree::differs(repo, place, &index, scope)
}

fn is_staged(
    repo: &Repository,
    commit: Option<&Commit<'_>>,
    index: &mut Index,
    scope: &Scope,
) -> Result<bool, String> {
    const MISSING: &str = "objects are missing from the repository";
    let tree = commit.map(Commit::tree).transpose().map_err(|_| MISSING)?;
    if tree.is_some() && cached_tree(index) == tree.as_ref().map(|tree| tree.id()) {
        return Ok(false);
    }
    let diff = repo.diff_tree_to_index(tree.as_ref(), Some(index), None).map_err(|_| MISSING)?;
    Ok(diff.deltas().any(|delta| !delta.new_file().path().is_some_and(|path| scope.excludes(path))))
}

/// The tree that the index says it equals, which saves reading every tree of HEAD (gitformat-index(5), "Cache tree").
///
/// Asked to write its tree, libgit2 answers from that cache. Without the cache it would write, so the repository it is
/// given lives in memory and holds no object: the attempt fails, and nothing is known.
fn cached_tree(index: &mut Index) -> Option<Oid> {
    let nowhere = Repository::from_odb(Odb::new().ok()?).ok()?;
    index.write_tree_to(&nowhere).ok()
}
