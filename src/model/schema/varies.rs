//! `varies`: what differs between environments, and is meant to.

use wildmatch::WildMatch;

use super::{IDENTITY, Scope};
use crate::model::position::Position;
use crate::model::source::{Entry, SourceKind};

/// `varies` of a key, or a table `[[varies]]`: keys that differ for a reason.
pub struct Varies {
    /// Where it stands in the manifest.
    pub at: Position,
    /// The keys that it is about.
    pub keys: VaryingKeys,
    /// The environments that may have something of their own.
    pub within: Scope,
    /// Why.
    pub reason: String,
}

/// The keys that vary.
pub enum VaryingKeys {
    /// The one that says so: the name of a variable, or the identity of a setting.
    One(String),
    /// Globs: one with `::` in it is matched with identities, any other with names of variables and paths of settings.
    Globs(Vec<String>),
}

impl Varies {
    /// Is it about this entry of the stack with this identity?
    pub fn is_about(&self, stack: &str, entry: &Entry) -> bool {
        let identity = || format!("{stack}{IDENTITY}{}", entry.key);
        match &self.keys {
            VaryingKeys::One(key) => {
                (entry.kind == SourceKind::Variables && entry.name() == key) || *key == identity()
            }
            VaryingKeys::Globs(globs) => globs.iter().any(|text| {
                let glob = WildMatch::new(text);
                match text.contains(IDENTITY) {
                    true => glob.matches(&identity()),
                    false => glob.matches(&entry.key) || glob.matches(entry.name()),
                }
            }),
        }
    }

    /// The keys, as they are written.
    pub fn keys(&self) -> String {
        match &self.keys {
            VaryingKeys::One(key) => key.clone(),
            VaryingKeys::Globs(globs) => globs.join(", "),
        }
    }
}
