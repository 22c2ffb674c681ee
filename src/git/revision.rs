//! A revision as somebody wrote it: the commit that it means, or why there is none.

use git2::{Commit, ErrorCode, Repository};

use super::{head, place, repository};
use crate::git::place::Place;
use crate::model::fault::Fault;
use crate::model::name::shorten;
use std::path::Path;

/// The longest revision, in bytes; git's own longest names are shorter.
const MAX: usize = 256;

/// Opens the repository around `root`, of which `revision` is asked for.
pub(super) fn open(root: &Path, revision: &str) -> Result<(Repository, Place), Fault> {
    let place = place::find(root, None).map_err(|reason| closed(revision, &reason))?;
    let repo = repository::open(&place).map_err(|reason| closed(revision, &reason))?;
    Ok((repo, place))
}

fn closed(revision: &str, reason: &str) -> Fault {
    let what = format!("{} cannot be looked up: {reason}", shorten(revision));
    Fault::new(what).help("compare with the past in a clone of the project that git's own commands work in")
}

/// The commit that `revision` means: anything that git's `rev-parse` understands.
pub(super) fn commit<'r>(repo: &'r Repository, revision: &str) -> Result<Commit<'r>, Fault> {
    if revision.is_empty() || revision.len() > MAX || revision.contains(char::is_control) {
        let what = format!("`{}` is no revision of git", shorten(revision));
        return Err(Fault::new(what).help(EXAMPLES));
    }
    let object = repo.revparse_single(revision).map_err(|error| unknown(repo, revision, error.code()))?;
    object.peel_to_commit().map_err(|_| {
        Fault::new(format!("`{}` is no commit, and leads to none", shorten(revision))).help(EXAMPLES)
    })
}

/// The most names that anybody would choose from.
const MANY: usize = 1000;

/// The tags and the branches around `root`, those of remotes too; nothing where git cannot be asked.
pub fn revisions(root: &Path) -> Vec<String> {
    let Ok((repo, _)) = open(root, "HEAD") else { return Vec::new() };
    let Ok(mut references) = repo.references() else { return Vec::new() };
    let short = |name: &str| {
        let kinds = ["refs/tags/", "refs/heads/", "refs/remotes/"];
        kinds.iter().find_map(|kind| name.strip_prefix(kind)).map(str::to_owned)
    };
    references.names().filter_map(|name| short(name.ok()?)).take(MANY).collect()
}

const EXAMPLES: &str = "name a tag, a branch or a commit: v1.2.0, origin/main, HEAD~3";

/// Says why a revision means nothing here.
fn unknown(repo: &Repository, revision: &str, code: ErrorCode) -> Fault {
    let revision = shorten(revision);
    if code == ErrorCode::Ambiguous {
        let what = format!("`{revision}` means more than one commit");
        return Fault::new(what)
            .help("write more of its digits, or refs/tags/… or refs/heads/… before the name");
    }
    let what = format!("there is no revision `{revision}` here");
    if repo.is_shallow() {
        let help = "this clone is shallow: fetch more history with `git fetch --deepen=100`, or all of it with \
                    `git fetch --unshallow`; a tag or a branch with `git fetch origin NAME`";
        return Fault::new(what).help(help);
    }
    match head::commit(repo) {
        Ok(None) => Fault::new(format!("{what}: the branch has no commit yet")).help("commit first"),
        _ => Fault::new(what).help(format!("{EXAMPLES}; `git fetch --tags` brings what others pushed")),
    }
}
