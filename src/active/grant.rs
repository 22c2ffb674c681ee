//! Grants: a person's consent to work in a protected environment, with an end.
//!
//! They are kept in the user's own state folder, never in the project: a repository cannot bring one along.

use std::path::{Path, PathBuf};

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use super::user;
use crate::model::fault::Fault;
use crate::model::variables::Variables;
use crate::store::{Root, atomic, folder, read_small};

/// How long a grant lasts unless said.
pub const USUAL: SignedDuration = SignedDuration::from_mins(60);
/// The longest grant.
pub const LONGEST: SignedDuration = SignedDuration::from_hours(12);

const FILE: &str = "grants.json";
/// The version of its format.
const SCHEMA_VERSION: u32 = 1;

/// All grants of a user.
#[derive(Default, Serialize, Deserialize)]
struct Grants {
    schema_version: u32,
    grants: Vec<Grant>,
}

/// Consent to work in one environment of one project.
#[derive(Clone, Serialize, Deserialize)]
struct Grant {
    project: PathBuf,
    environment: String,
    granted_at: Timestamp,
    expires_at: Timestamp,
    /// May coding agents use it too? What was granted before there was this word is for persons.
    #[serde(default)]
    agents: bool,
}

/// Whom a consent is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum For {
    /// Persons.
    Persons,
    /// Coding agents too.
    AgentsToo,
}

impl Grant {
    fn concerns(&self, root: &Root, environment: &str) -> bool {
        self.project == root.dir && self.environment == environment
    }

    /// A grant from the future or without a sane end was not made by us, or not with this clock.
    fn is_live(&self, now: Timestamp) -> bool {
        self.granted_at <= now
            && now < self.expires_at
            && self.granted_at.duration_until(self.expires_at) <= LONGEST
    }
}

/// The user's grants, on disk.
pub struct Store {
    dir: PathBuf,
}

impl Store {
    /// The grants in the user's state folder; nothing where there is no such folder.
    pub fn open(variables: &Variables) -> Option<Self> {
        Some(Self { dir: user::folder(variables)? })
    }

    /// Until when `environment` of the project at `root` may be worked in; nothing where consent is missing or over.
    pub fn live_until(&self, root: &Root, environment: &str, now: Timestamp) -> Option<Timestamp> {
        self.live(root, environment, now).map(|grant| grant.expires_at).max()
    }

    /// Until when a coding agent may work there.
    pub fn live_for_agents(&self, root: &Root, environment: &str, now: Timestamp) -> Option<Timestamp> {
        let live = self.live(root, environment, now).filter(|grant| grant.agents);
        live.map(|grant| grant.expires_at).max()
    }

    fn live(&self, root: &Root, environment: &str, now: Timestamp) -> impl Iterator<Item = Grant> {
        let grants = self.read().grants.into_iter();
        grants.filter(move |grant| grant.concerns(root, environment) && grant.is_live(now))
    }

    /// Gives consent for `length` from `now` on, and forgets what is over.
    ///
    /// # Errors
    /// A [`Fault`] where it cannot be written.
    pub fn add(
        &self,
        root: &Root,
        environment: &str,
        now: Timestamp,
        (length, whom): (SignedDuration, For),
    ) -> Result<Timestamp, Fault> {
        folder::make(&self.dir, "the folder for grants")?;
        let _lock = folder::lock(&self.dir)?;
        let mut grants = Grants { schema_version: SCHEMA_VERSION, grants: self.read().grants };
        grants.grants.retain(|grant| grant.is_live(now) && !grant.concerns(root, environment));
        let expires_at = now.checked_add(length).map_err(|_| Fault::new("the grant would never end"))?;
        let (project, environment) = (root.dir.clone(), environment.to_owned());
        let agents = whom == For::AgentsToo;
        grants.grants.push(Grant { project, environment, granted_at: now, expires_at, agents });
        write(&self.dir.join(FILE), &grants)?;
        Ok(expires_at)
    }

    /// What is stored; a file that is none of ours grants nothing.
    fn read(&self) -> Grants {
        let bytes = read_small(&self.dir.join(FILE)).ok().flatten();
        let grants = bytes.and_then(|bytes| serde_json::from_slice::<Grants>(&bytes).ok());
        grants.filter(|grants| grants.schema_version == SCHEMA_VERSION).unwrap_or_default()
    }
}

fn write(path: &Path, grants: &Grants) -> Result<(), Fault> {
    let text =
        serde_json::to_string_pretty(grants).map_err(|_| Fault::new("the grant cannot be put into words"))?;
    atomic::write(path, (text + "\n").as_bytes()).map_err(|error| {
        Fault::new(format!("the grant cannot be written: {}", folder::reason(&error)))
            .help("nothing has changed")
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn place() -> (tempfile::TempDir, Store, Root) {
        let temp = tempfile::tempdir().unwrap();
        let store = Store { dir: temp.path().join("state") };
        let root = Root::exactly(temp.path()).unwrap();
        (temp, store, root)
    }

    #[test]
    fn a_grant_ends_at_its_time_and_is_for_one_project_and_environment() {
        let (_temp, store, root) = place();
        let now = Timestamp::now();
        let until =
            store.add(&root, "production", now, (SignedDuration::from_mins(5), For::Persons)).unwrap();
        assert_eq!(store.live_until(&root, "production", now), Some(until));
        assert_eq!(store.live_until(&root, "prod-eu", now), None);
        assert_eq!(store.live_until(&root, "production", until), None);
        let other = Root { dir: root.dir.join("other") };
        assert_eq!(store.live_until(&other, "production", now), None);
    }

    #[test]
    fn a_grant_from_the_future_or_without_end_counts_for_nothing() {
        let (_temp, store, root) = place();
        let now = Timestamp::now();
        store.add(&root, "production", now + SignedDuration::from_hours(1), (USUAL, For::Persons)).unwrap();
        assert_eq!(store.live_until(&root, "production", now), None);
        store.add(&root, "production", now, (SignedDuration::from_hours(13), For::Persons)).unwrap();
        assert_eq!(store.live_until(&root, "production", now), None);
    }

    #[test]
    fn only_what_was_granted_to_agents_is_for_agents_and_an_older_grant_is_not() {
        let (_temp, store, root) = place();
        let now = Timestamp::now();
        let until = store.add(&root, "production", now, (USUAL, For::AgentsToo)).unwrap();
        assert_eq!(store.live_for_agents(&root, "production", now), Some(until));
        let path = store.dir.join(FILE);
        let text = std::fs::read_to_string(&path).unwrap();
        let old: String = text.replace(",\n      \"agents\": true", "");
        assert_ne!(old, text);
        std::fs::write(&path, old).unwrap();
        assert_eq!(store.live_until(&root, "production", now), Some(until));
        assert_eq!(store.live_for_agents(&root, "production", now), None);
    }

    #[test]
    fn garbage_grants_nothing_and_is_replaced() {
        let (_temp, store, root) = place();
        std::fs::create_dir(&store.dir).unwrap();
        std::fs::write(store.dir.join(FILE), "{").unwrap();
        let now = Timestamp::now();
        assert_eq!(store.live_until(&root, "production", now), None);
        store.add(&root, "production", now, (USUAL, For::Persons)).unwrap();
        assert!(store.live_until(&root, "production", now).is_some());
    }
}
