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

/// What git holds of a project in one commit.
#[derive(Debug, Default)]
pub struct Past {
    /// The commit: as many hex digits as make it unique, at least seven.
    pub commit: String,
    /// The files, outer folders first.
    pub files: Vec<Blob>,
    /// Files whose content git does not hold as it is, or that are too large: their paths, relative to the project.
    pub opaque: Vec<String>,
}

/// A file in a commit.
#[derive(Debug)]
pub struct Blob {
    /// Its path, relative to the project.
    pub path: String,
    /// What is in it; of a link, where it leads.
    pub bytes: Vec<u8>,
    /// Is it a symbolic link?
    pub is_link: bool,
}

/// A file that git holds to be another one under a new name.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Renamed {
    /// Its path then, relative to the project.
    pub from: String,
    /// Its path later.
    pub to: String,
}
