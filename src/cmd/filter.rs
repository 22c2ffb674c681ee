//! `--key GLOB` and `--source GLOB`: which entries of an environment are meant.

use wildmatch::WildMatch;

use crate::model::source::{Entry, Source};

/// Keys and sources as globs.
pub struct Filter {
    key: Option<WildMatch>,
    source: Option<WildMatch>,
}

impl Filter {
    /// Everything where there is no glob.
    pub fn new(key: Option<&str>, source: Option<&str>) -> Self {
        Self { key: key.map(WildMatch::new), source: source.map(WildMatch::new) }
    }

    /// A key goes by its name, or by the whole path of a setting.
    pub fn takes_key(&self, entry: &Entry) -> bool {
        self.key.as_ref().is_none_or(|glob| glob.matches(&entry.key) || glob.matches(entry.name()))
    }

    /// A source goes by its own name, or by that of its stack, which has `{env}` in it.
    pub fn takes_source(&self, source: &Source, stack: &str) -> bool {
        self.source.as_ref().is_none_or(|glob| glob.matches(&source.name()) || glob.matches(stack))
    }
}
