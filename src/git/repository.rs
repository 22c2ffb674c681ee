//! Opening a repository that was found, and saying why it could not be done.

use std::fs;
use std::path::{Path, PathBuf};

use git2::{Config, ErrorCode, Repository, RepositoryOpenFlags};

use super::place::Place;

/// Opens the repository at `place`. libgit2 validates its owner here, as git does with `safe.directory`.
pub(super) fn open(place: &Place) -> Result<Repository, String> {
    if files(place).any(|path| is_special(&path)) {
        return Err("a file in .git is not a regular file".to_owned());
    }
    let Some(work_tree) = &place.work_tree else {
        return Err(if place.git_dir.ends_with(".git") { "inside a git folder" } else { "bare repository" }
            .to_owned());
    };
    // Without FROM_ENV: GIT_DIR, GIT_WORK_TREE, GIT_INDEX_FILE speak of other repositories than the one around us.
    let repo = Repository::open_ext(work_tree, RepositoryOpenFlags::NO_SEARCH, None::<&Path>)
        .map_err(|error| refusal(place, error.code()))?;
    match repo.workdir() {
        None => Err("bare repository".to_owned()),
        Some(path) if path == work_tree || path.canonicalize().ok().as_ref() == Some(work_tree) => Ok(repo),
        Some(_) => Err("the work tree is elsewhere".to_owned()),
    }
}

/// The files that libgit2 opens and would wait at if they were pipes.
fn files(place: &Place) -> impl Iterator<Item = PathBuf> {
    const OWN: [&str; 4] = ["HEAD", "index", "config.worktree", "gitdir"];
    const COMMON: [&str; 7] = [
        "config",
        "packed-refs",
        "shallow",
        "info/exclude",
        "info/attributes",
        "info/grafts",
        "objects/info/alternates",
    ];
    let own = OWN.map(|name| place.git_dir.join(name));
    let common = COMMON.map(|name| place.common_dir.join(name));
    own.into_iter().chain(common)
}

fn is_special(path: &Path) -> bool {
    fs::metadata(path).is_ok_and(|meta| !meta.is_file())
}

fn refusal(place: &Place, code: ErrorCode) -> String {
    if code == ErrorCode::Owner {
        return "the repository belongs to another user (git's safe.directory)".to_owned();
    }
    let Ok(config) = Config::open(&place.common_dir.join("config")) else {
        return "the repository's configuration cannot be read".to_owned();
    };
    let says = |key, value| config.get_string(key).is_ok_and(|found| found.eq_ignore_ascii_case(value));
    let reason = if says("extensions.refstorage", "reftable") {
        "the repository keeps its branches in a reftable"
    } else if says("extensions.objectformat", "sha256") {
        "the repository uses SHA-256 ids"
    } else if config.get_entry("extensions.partialclone").is_ok() {
        "the repository is a partial clone"
    } else {
        "the repository is damaged or uses an extension that envctl does not know"
    };
    reason.to_owned()
}
