//! A submodule inside a work tree: judged as a repository of its own.

use std::path::Path;

use git2::{IndexEntry, Repository, SubmoduleIgnore};

use super::judge::{self, Scope};
use super::{entry, head, place, repository};

/// Whether `git status` of the outer repository shows the submodule at `folder` as modified.
///
/// `submodule.NAME.ignore` counts, as it does for git: it is written down in the project. A submodule that was never
/// checked out is clean.
pub(super) fn differs(
    outer: &Repository,
    entry: &IndexEntry,
    folder: &Path,
    scope: &Scope,
) -> Result<bool, String> {
    let ignore = ignore(outer, entry);
    if ignore == SubmoduleIgnore::All {
        return Ok(false);
    }
    let judge = || {
        let Some(place) = place::at(folder)? else {
            return Ok(false);
        };
        let repo = repository::open(&place)?;
        let commit = head::commit(&repo)?;
        if commit.as_ref().is_some_and(|commit| commit.id() != entry.id) {
            return Ok(true);
        }
        let untracked = scope.untracked && ignore != SubmoduleIgnore::Untracked;
        Ok(ignore != SubmoduleIgnore::Dirty
            && judge::is_dirty(&repo, commit.as_ref(), &place, &scope.inside(entry::path(entry), untracked))?)
    };
    judge().map_err(|reason: String| format!("a submodule cannot be judged ({reason})"))
}

/// The repository's configuration goes before `.gitmodules`, the only place that libgit2 looks into.
fn ignore(outer: &Repository, entry: &IndexEntry) -> SubmoduleIgnore {
    let Ok(submodule) = outer.find_submodule(&String::from_utf8_lossy(&entry.path)) else {
        return SubmoduleIgnore::None;
    };
    let key = format!("submodule.{}.ignore", String::from_utf8_lossy(submodule.name_bytes()));
    match outer.config().and_then(|config| config.get_string(&key)).as_deref() {
        Ok("all") => SubmoduleIgnore::All,
        Ok("dirty") => SubmoduleIgnore::Dirty,
        Ok("untracked") => SubmoduleIgnore::Untracked,
        Ok(_) => SubmoduleIgnore::None,
        Err(_) => submodule.ignore_rule(),
    }
}
