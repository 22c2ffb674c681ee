//! What `switch` selected: `.envctl/state.json`, the only truth that it writes in the project.

use std::path::{Path, PathBuf};

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::glance::Seen;
use crate::model::fault::Fault;
use crate::model::name::EnvName;
use crate::store::{Root, atomic, folder, read_small};

/// The file's name in the state folder.
pub const FILE: &str = "state.json";

/// A selection as stored.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct State {
    schema_version: u32,
    /// The canonical name of the environment.
    pub environment: String,
    /// Its tier at the time of the switch.
    pub tier: String,
    /// Did it need a grant then?
    pub protected: bool,
    /// When it was selected.
    pub switched_at: Timestamp,
    /// When the consent to it ends; a later consent may be that of one terminal.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<Timestamp>,
    /// What was selected before, for `switch -`.
    pub previous: Option<String>,
    /// What decided then, so that a prompt need not read it again.
    #[serde(default)]
    pub seen: Option<Seen>,
}

impl State {
    /// A selection made now.
    pub fn new(
        environment: &crate::model::project::Environment,
        (now, until): (Timestamp, Option<Timestamp>),
        previous: Option<String>,
        seen: Option<Seen>,
    ) -> Self {
        Self {
            schema_version: 1,
            environment: environment.name.to_string(),
            tier: environment.tier.as_str().to_owned(),
            protected: environment.is_protected(),
            switched_at: now,
            until,
            previous,
            seen,
        }
    }

    /// When the selection of what needs consent ends; nothing where that is over, or where no `consent` is live.
    pub fn end(&self, consent: Option<Timestamp>, now: Timestamp) -> Option<Timestamp> {
        let end = consent?.min(self.until.unwrap_or(Timestamp::MAX));
        (end > now).then_some(end)
    }
}

/// Where the selection of the project at `root` lies.
pub fn path(root: &Root) -> PathBuf {
    root.dir.join(folder::STATE_DIR).join(FILE)
}

/// Reads the selection; nothing where none was made.
///
/// # Errors
/// A [`Fault`] where there is something that is no selection of ours: a link, a pipe, another text.
pub fn read(root: &Root) -> Result<Option<State>, Fault> {
    let dir = root.dir.join(folder::STATE_DIR);
    let unusable = |why: &str| {
        Fault::new(format!("{}/{FILE} {why}", folder::STATE_DIR)).help("select again: envctl switch NAME")
    };
    if dir.is_symlink() {
        return Err(unusable("lies behind a link, and is not followed"));
    }
    let Some(bytes) = read_small(&dir.join(FILE)).map_err(&unusable)? else { return Ok(None) };
    let state: State = serde_json::from_slice(&bytes).map_err(|_| unusable("holds no selection"))?;
    let is_sane = state.schema_version == 1 && EnvName::new(&state.environment).is_ok();
    is_sane.then_some(Some(state)).ok_or_else(|| unusable("holds no selection"))
}

/// Replaces the selection. The caller holds the lock of `dir`, the state folder.
///
/// # Errors
/// A [`Fault`] where it cannot be written; the old selection then stands.
pub fn write(dir: &Path, state: &State) -> Result<(), Fault> {
    let text = serde_json::to_string_pretty(state)
        .map_err(|_| Fault::new("the selection cannot be put into words"))?;
    atomic::write(&dir.join(FILE), (text + "\n").as_bytes()).map_err(|error| {
        let message = format!("the selection cannot be written: {}", folder::reason(&error));
        Fault::new(message).help("nothing has changed")
    })
}
