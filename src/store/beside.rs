//! The `.env` that Compose reads by itself, whichever environment is meant.

use std::collections::{HashMap, HashSet};

use super::file::Reader;
use super::taken;
use crate::model::layout::{join, split};
use crate::model::source::Source;

/// Notes whether there is one, and takes the variables away that the `.env` beside a source, or the project's, defines.
pub fn define(sources: &mut [Source], reader: &Reader<'_>) {
    let mut known: HashMap<String, Option<HashSet<Box<str>>>> = HashMap::new();
    for source in sources.iter_mut().filter(|source| !source.interpolations.is_empty()) {
        for folder in [split(&source.path).0, ""] {
            let path = join(folder, ".env");
            let names = |path: &String| {
                let base = taken::read(reader, path)?;
                Some(base.entries.into_iter().map(|entry| entry.key).collect())
            };
            let Some(names) = known.entry(path).or_insert_with_key(names) else { continue };
            source.has_defaults = true;
            source.interpolations.retain(|one| !names.contains(&one.name));
        }
    }
}
