//! The current environment at a glance: what `switch` saw, as long as nothing of it has changed since.
//!
//! A prompt is printed at every Enter. It reads the selection and looks at three names instead of reading the manifest
//! and every environment's description; where anything is not as it was, it asks the long way.

use serde::{Deserialize, Serialize};

use super::state::{self, State};
use super::{Asked, Selection, VARIABLE, grant, is_ci};
use jiff::Timestamp;

use crate::format::env_toml;
use crate::format::manifest;
use crate::model::project::{Environment, Project};
use crate::model::source::Stamp;
use crate::model::tier::Tier;
use crate::store::{ENVIRONMENTS_DIR, Root, stamp};

/// What a prompt shows of an environment.
pub struct Glance {
    /// Its name.
    pub name: String,
    /// Its tier.
    pub tier: Tier,
    /// Is it guarded?
    pub is_protected: bool,
    /// When the consent to it ends.
    pub expires_at: Option<Timestamp>,
    /// The variables of the process that select in this project.
    pub selector: Vec<String>,
}

impl Glance {
    /// The long way's answer.
    pub fn new(project: &Project, selection: &Selection<'_>) -> Self {
        let Selection { environment, expires_at, .. } = selection;
        Self {
            name: environment.name.to_string(),
            tier: environment.tier,
            is_protected: environment.is_protected(),
            expires_at: *expires_at,
            selector: project.schema.selector.clone(),
        }
    }
}

/// What decided a selection when it was made, beside the selection itself.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Seen {
    selector: Vec<String>,
    manifest: Option<Stamp>,
    description: Option<Stamp>,
    /// The folder or the file that the environment is known by.
    witness: String,
}

/// Where an environment with a folder of its own describes itself.
fn description(name: &str) -> String {
    format!("{ENVIRONMENTS_DIR}/{name}/{}", env_toml::FILE)
}

impl Seen {
    /// Notes what there is to see of an environment with a folder or a file of its own; of others, nothing.
    pub fn new(root: &Root, project: &Project, environment: &Environment) -> Option<Self> {
        let folder = format!("{ENVIRONMENTS_DIR}/{}", environment.name);
        let has_folder = root.dir.join(&folder).is_dir();
        let mut files = project.own_sources(environment).filter(|source| source.stamp.is_some());
        let witness = if has_folder { Some(folder) } else { files.next().map(|source| source.path.clone()) };
        Some(Self {
            selector: project.schema.selector.clone(),
            manifest: project.manifest_stamp,
            description: stamp(root, &description(environment.name.as_str())),
            witness: witness?,
        })
    }

    fn holds(&self, asked: &Asked<'_>, name: &str) -> bool {
        let is_unset = |variable: &str| asked.variables.get(variable).is_none();
        is_unset(VARIABLE)
            && self.selector.iter().all(|variable| is_unset(variable))
            && stamp(asked.root, manifest::FILE) == self.manifest
            && stamp(asked.root, &description(name)) == self.description
            && (self.description.is_some() || asked.root.dir.join(&self.witness).exists())
    }
}

/// The current environment, where a glance is enough to know it.
pub fn glance(asked: &Asked<'_>) -> Option<Glance> {
    if asked.option.is_some() || asked.from_git || is_ci(asked.variables) {
        return None;
    }
    let state = state::read(asked.root).ok()??;
    let State { environment: name, tier, protected, seen, .. } = &state;
    let tier = Tier::from_word(tier)?;
    let selector = seen.as_ref().filter(|seen| seen.holds(asked, name))?.selector.clone();
    let consent = || grant::Store::open(asked.variables)?.live_until(asked.root, name, asked.now);
    // The file may have come with an archive that kept the times, too: nothing called production is believed to be free.
    let is_protected = *protected || tier.is_guarded() || Tier::of_name(name) == Tier::Production;
    let expires_at = if is_protected { Some(state.end(consent(), asked.now)?) } else { None };
    Some(Glance { name: name.clone(), tier, is_protected, expires_at, selector })
}
