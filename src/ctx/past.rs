//! The project as it was in a commit, and as it is as far as git knows.

use std::collections::HashSet;

use anyhow::Result;

use super::Ctx;
use crate::git;
use crate::model::custody::Kept;
use crate::model::fault::Fault;
use crate::model::git::Renamed;
use crate::model::name::shorten;
use crate::model::project::Project;
use crate::model::variables::Variables;
use crate::store::{self, Depth, Plan, Replica, Root};

/// A project in a commit.
pub struct Moment {
    /// The project.
    pub project: Project,
    /// The commit: as many hex digits as make it unique, at least seven.
    pub commit: String,
    /// The files that git holds of it, relative to the root.
    pub paths: HashSet<String>,
    /// Files whose content git does not hold as it is.
    pub opaque: Vec<String>,
}

impl Ctx {
    /// The project as it was in the commit that `revision` means. Variables of the process take no part.
    ///
    /// # Errors
    /// Where there is no such commit, or what it holds is no project that can be used.
    pub fn load_past(&self, root: &Root, revision: &str) -> Result<Moment> {
        let past = git::past(&root.dir, revision, &store::is_read)?;
        let replica = Replica::of(root, &past.files)?;
        let project = files_alone(&replica.root, true).map_err(|fault| {
            let (there, here) = (replica.root.dir.display().to_string(), root.dir.display().to_string());
            let what = fault.to_string().replace(&there, &here);
            let help = "name another revision, one in which envctl understands the project";
            Fault::new(format!("as it was in `{}`: {what}", shorten(revision))).help(help)
        })?;
        let paths = past.files.into_iter().map(|file| file.path).collect();
        Ok(Moment { project, commit: past.commit, paths, opaque: past.opaque })
    }

    /// The project as it is, without variables of the process.
    ///
    /// # Errors
    /// Where there is no project, or its manifest cannot be used.
    pub fn load_files(&self, root: &Root) -> Result<Project> {
        Ok(files_alone(root, false)?)
    }

    /// Of these files, relative to the root, those that git tracks.
    pub fn tracked<'p>(&self, root: &Root, paths: &[&'p str]) -> HashSet<&'p str> {
        let kept = git::kept(&root.dir, paths.iter().copied());
        paths.iter().zip(kept).filter(|(_, kept)| *kept == Kept::Tracked).map(|(path, _)| *path).collect()
    }

    /// Of these files, relative to the root, those that git ignores; nothing where no repository is around the project.
    pub fn ignored<'p>(&self, root: &Root, paths: &[&'p str]) -> Option<HashSet<&'p str>> {
        let kept = git::kept(&root.dir, paths.iter().copied());
        let is_nowhere = kept.iter().all(|kept| *kept == Kept::Nowhere);
        let ignored = paths.iter().zip(kept).filter(|(_, kept)| *kept == Kept::Ignored);
        (!is_nowhere).then(|| ignored.map(|(path, _)| *path).collect())
    }

    /// The files that were renamed between `from` and `to`, or what is staged now.
    ///
    /// # Errors
    /// Where there is no such commit.
    pub fn renamed(&self, root: &Root, from: &str, to: Option<&str>) -> Result<Vec<Renamed>> {
        Ok(git::renamed(&root.dir, from, to, &store::is_read)?)
    }
}

/// The project without the process; where `may_be_empty`, one without environments is one too.
fn files_alone(root: &Root, may_be_empty: bool) -> Result<Project, Fault> {
    let (rules, variables) = (crate::rules::ids(), Variables::default());
    let (depth, meant) = (Depth::Values, |_: &Project| Vec::new());
    store::load(root, &Plan { may_be_empty, ..Plan::new(depth, &rules, &variables, meant) })
}
