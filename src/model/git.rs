//! What envctl tells about the git repository around a project: plain data.

/// Whether the work tree holds changes that are not committed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Status {
    /// `git status --porcelain` would print nothing.
    Clean,
    /// Something is staged, modified, deleted, in conflict or untracked.
    Dirty,
    /// Nobody may claim either; [`Git::detail`] says why.
    #[default]
    Unknown,
}

impl Status {
    /// The word used in text and JSON.
    pub fn as_str(self) -> &'static str {
        match self {
            Status::Clean => "clean",
            Status::Dirty => "dirty",
            Status::Unknown => "unknown",
        }
    }
}

/// The repository around a project, as far as it is known.
///
/// `branch` comes from the repository as it is: it may hold control characters and has to be escaped before a terminal.
/// The other fields are envctl's own words, or hex.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Git {
    /// The branch HEAD names, without `refs/heads/`; none when HEAD is detached.
    pub branch: Option<String>,
    /// The commit HEAD leads to: as many hex digits as make it unique, at least seven.
    pub commit: Option<String>,
    /// Clean or dirty, over the whole work tree.
    pub status: Status,
    /// Why the status is unknown, and what is special here: detached HEAD, linked worktree, submodule and the like.
    pub detail: Option<String>,
}
