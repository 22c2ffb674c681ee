//! What an environment says of itself.

use crate::model::tier::Tier;

/// What `env.toml` or `[environments.NAME]` say of an environment.
#[derive(Default)]
pub struct Description {
    /// One line for people.
    pub description: Option<String>,
    /// The declared tier.
    pub tier: Option<Tier>,
    /// Other names it answers to.
    pub aliases: Vec<String>,
    /// The environment whose layers lie below its own, and where its name stands.
    pub inherits: Option<(String, Spot)>,
    /// Git branches that belong to it, as globs.
    pub branches: Vec<String>,
    /// Git tags that belong to it, as globs.
    pub tags: Vec<String>,
    /// Host names of machines it may be used on, as globs.
    pub hosts: Vec<String>,
    /// Is it guarded, whatever its tier?
    pub protected: Option<bool>,
    /// What a person does next after a switch to it.
    pub after_switch: Option<String>,
    /// Is debugging on?
    pub debug: Option<bool>,
    /// Is the application's own safety mode on?
    pub safety: Option<bool>,
    /// Do warnings count as errors here?
    pub strict: Option<bool>,
    /// Who provides the required keys that no file has (`ci`, `vault`).
    pub provided_by: Option<String>,
    /// Variables of the process that are taken over, as globs.
    pub process_env: Vec<String>,
    /// Variables of the process with this prefix are taken over without it.
    pub process_prefix: Option<String>,
    /// Variables of the process with this suffix are taken over without it.
    pub process_suffix: Option<String>,
    /// Arguments with which no program may be started here, as globs.
    pub deny_args: Vec<String>,
    /// Free words for the documentation.
    pub about: Vec<(String, String)>,
    /// Feature flags.
    pub flags: Vec<Flag>,
    /// Where `debug` is said.
    pub debug_at: Option<Spot>,
}

impl Description {
    /// Does somebody else, or the process, provide what its files lack?
    pub fn is_given_elsewhere(&self) -> bool {
        self.provided_by.is_some()
            || self.process_prefix.is_some()
            || self.process_suffix.is_some()
            || !self.process_env.is_empty()
    }

    /// The same description, all of it said in one source.
    #[must_use]
    pub fn said_in(mut self, source: usize) -> Self {
        let inherits = self.inherits.as_mut().map(|(_, at)| at);
        let flags = self.flags.iter_mut().map(|flag| &mut flag.at);
        flags.chain(inherits).chain(self.debug_at.as_mut()).for_each(|at| at.source = source);
        self
    }
}

/// A place in a source.
#[derive(Clone, Copy, Default)]
pub struct Spot {
    /// Index into [`Project::sources`].
    pub source: usize,
    /// Byte offset.
    pub offset: usize,
}

impl Spot {
    /// A place in a source that is not known yet; [`Description::said_in`] says which.
    pub fn at(offset: usize) -> Self {
        Self { source: 0, offset }
    }
}

/// A feature flag of one environment.
pub struct Flag {
    /// Its name.
    pub name: String,
    /// Is it on?
    pub on: bool,
    /// Where its value stands.
    pub at: Spot,
}
