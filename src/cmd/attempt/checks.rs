//! Checks of what is around an attempt: the machine, the branch, the work tree.

use std::path::{Path, PathBuf};

use wildmatch::WildMatch;

use super::Attempt;
use super::fit::Obstacle;
use crate::cmd::context::ours;
use crate::git;
use crate::model::git::Status;
use crate::model::project::{Environment, Project};

impl Attempt<'_> {
    /// What around it speaks against it. In a protected environment the branch counts too, where there is one, and so does
    /// the work tree where somebody moves there.
    pub(super) fn checks(&self) -> Vec<Obstacle> {
        let (host, branch, tree) = match self.environment.is_protected() {
            true => (self.host(), self.branch(), self.tree()),
            false => (self.host(), None, None),
        };
        [host, branch, tree].into_iter().flatten().collect()
    }

    fn host(&self) -> Option<Obstacle> {
        let hosts = &self.environment.about.hosts;
        let machine = self.ctx.host().to_lowercase();
        (!hosts.is_empty() && !is_host(hosts, &machine)).then(|| Obstacle {
            what: format!(
                "this machine is {machine}, and {} is for {}",
                self.environment.name,
                hosts.join(", ")
            ),
            mend: "do it on a machine that matches".to_owned(),
        })
    }

    fn branch(&self) -> Option<Obstacle> {
        let name = &self.environment.name;
        let branch = git::branch(&self.root.dir, None)?;
        let owners: Vec<&str> = owners(self.project, &branch).map(|one| one.name.as_str()).collect();
        let own = &self.environment.about.branches;
        if owners.contains(&name.as_str()) || (owners.is_empty() && own.is_empty()) {
            return None;
        }
        let what = match owners.as_slice() {
            [] => format!("the branch {branch} is none of {name}'s"),
            owners => format!("the branch {branch} belongs to {}, and not to {name}", owners.join(" and ")),
        };
        let mend = if own.is_empty() { "another branch".to_owned() } else { own.join(" or ") };
        Some(Obstacle { what, mend: format!("check out {mend}") })
    }

    fn tree(&self) -> Option<Obstacle> {
        if !self.action.is_departure() {
            return None;
        }
        let ours = ours(self.root, self.project);
        let ours: Vec<&Path> = ours.iter().map(PathBuf::as_path).collect();
        (git::inspect(&self.root.dir, None, &ours).status == Status::Dirty).then(|| Obstacle {
            what: "there are uncommitted changes".to_owned(),
            mend: "commit or stash them".to_owned(),
        })
    }
}

/// Does one of these globs mean the machine? A machine goes by its whole name or by its first label; case does not count.
pub fn is_host(globs: &[String], machine: &str) -> bool {
    let name = machine.to_lowercase();
    let label = name.split('.').next().unwrap_or_default();
    globs.iter().any(|glob| {
        let glob = WildMatch::new(&glob.to_lowercase());
        glob.matches(&name) || glob.matches(label)
    })
}

/// The environments that a branch belongs to.
pub fn owners<'p>(project: &'p Project, branch: &str) -> impl Iterator<Item = &'p Environment> {
    let owns =
        move |one: &&Environment| one.about.branches.iter().any(|glob| WildMatch::new(glob).matches(branch));
    project.environments.iter().filter(owns)
}
