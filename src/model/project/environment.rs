//! An environment: its layers, and which entry wins for each key.

use std::collections::{BTreeMap, HashMap};

use super::Description;
use crate::model::name::EnvName;
use crate::model::resolved::{Known, Resolved, resolve};
use crate::model::source::{Entry, Source};
use crate::model::tier::Tier;

/// A named configuration.
pub struct Environment {
    /// Its canonical name.
    pub name: EnvName,
    /// Its tier: declared, or by its name.
    pub tier: Tier,
    /// What its own file says.
    pub about: Description,
    /// Its layers, lowest first: indices of a stack and a source.
    pub layers: Vec<Layer>,
    pub(super) winners: Vec<Winner>,
}

/// A source in its place in a stack.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Layer {
    /// Index into [`Project::stacks`].
    pub stack: usize,
    /// Index into [`Project::sources`].
    pub source: usize,
    /// Index into [`super::Stack::layers`]; `None` for what is no file of the stack.
    pub level: Option<usize>,
    /// Its height in the stack: whatever has a higher one wins, also of what is inherited.
    pub rank: usize,
    /// Is it the environment's own, rather than a base or another's that it inherits from?
    pub is_own: bool,
}

pub(super) struct Winner {
    pub(super) layer: Layer,
    entry: usize,
    pub(super) resolved: Resolved,
}

/// The most bytes that references of one environment may expand to.
const EXPANSION_BUDGET: usize = 8 << 20;

impl Environment {
    /// An environment without layers.
    pub fn new(name: EnvName, about: Description) -> Self {
        let tier = about.tier.unwrap_or_else(|| Tier::of_name(name.as_str()));
        Self { name, tier, about, layers: Vec::new(), winners: Vec::new() }
    }

    /// Must a person confirm before anything happens here?
    pub fn is_protected(&self) -> bool {
        self.about.protected == Some(true) || self.tier.is_guarded()
    }

    /// Is `text` its name, in any case, or one of its aliases?
    pub fn answers_to(&self, text: &str) -> bool {
        self.name.matches(text) || self.about.aliases.iter().any(|alias| alias.eq_ignore_ascii_case(text))
    }

    /// Decides which entry wins for each key, and resolves the references in it.
    pub fn resolve(&mut self, sources: &[Source]) {
        let mut budget = EXPANSION_BUDGET;
        let mut winners: Vec<Winner> = Vec::new();
        let mut won: BTreeMap<usize, HashMap<&str, usize>> = BTreeMap::new();
        for layer in &self.layers {
            let Some(source) = sources.get(layer.source) else { continue };
            let stack = won.entry(layer.stack).or_default();
            stack.reserve(source.entries.len());
            winners.reserve(source.entries.len());
            for (entry, found) in source.entries.iter().enumerate() {
                let known = |name: &str| Some(winners.get(*stack.get(name)?)?.known(sources));
                let resolved = resolve(found, known, &mut budget);
                let winner = Winner { layer: *layer, entry, resolved };
                match stack.get(&*found.key).and_then(|index| winners.get_mut(*index)) {
                    Some(loser) => *loser = winner,
                    None => {
                        stack.insert(&found.key, winners.len());
                        winners.push(winner);
                    }
                }
            }
        }
        winners.sort_by_cached_key(|winner| winner.place(sources));
        self.winners = winners;
    }
}

/// The order of winners: by name, stack and path. Two containers of one file may have a variable of the same name.
type Place<'s> = (Option<&'s str>, usize, Option<&'s str>);

/// The place that `entry` has, or would have, among winners.
pub(super) fn place(entry: Option<&Entry>, stack: usize) -> Place<'_> {
    (entry.map(Entry::name), stack, entry.map(|entry| &*entry.key))
}

impl Winner {
    pub(super) fn entry<'s>(&self, sources: &'s [Source]) -> Option<&'s Entry> {
        sources.get(self.layer.source)?.entries.get(self.entry)
    }

    /// Is it this entry of this layer?
    pub(super) fn is_at(&self, layer: &Layer, entry: usize) -> bool {
        self.layer == *layer && self.entry == entry
    }

    /// Where it stands among the winners.
    pub(super) fn place<'s>(&self, sources: &'s [Source]) -> Place<'s> {
        place(self.entry(sources), self.layer.stack)
    }

    fn known<'s>(&'s self, sources: &'s [Source]) -> Known<'s> {
        match &self.resolved {
            Resolved::AsWritten => {
                Known { text: self.entry(sources).map(|entry| entry.value.text()), depth: 0 }
            }
            Resolved::Expanded { value, depth } => Known { text: Some(value.text()), depth: *depth },
            Resolved::Not(_) => Known { text: None, depth: 0 },
        }
    }
}
