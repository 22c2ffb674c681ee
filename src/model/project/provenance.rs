//! Provenance: what an effective entry has won over, and where its references were found.

use std::collections::{HashMap, HashSet};

use super::environment::place as place_of;
use super::{Binding, Environment, Project};
use crate::model::source::{Entry, Source};

/// An effective entry, and those that lost to it.
pub struct Trail<'p> {
    /// The entry that won.
    pub binding: Binding<'p>,
    /// Where it stands among its environment's layers.
    pub layer: usize,
    /// Those below it, the nearest first.
    pub losers: Vec<Loser<'p>>,
}

/// An entry that a higher layer overrides, or a later line of its own file.
pub struct Loser<'p> {
    /// Where it stands.
    pub source: &'p Source,
    /// The entry.
    pub entry: &'p Entry,
    /// Where it stands among its environment's layers.
    pub layer: usize,
}

/// A key that a value refers to.
pub struct Referent<'p> {
    /// The name as written.
    pub name: &'p str,
    /// The entry whose value is put in; nothing where none is defined before.
    pub found: Option<(&'p Source, &'p Entry)>,
}

impl Entry {
    /// The keys that the value refers to, each once.
    pub fn references(&self) -> Vec<&str> {
        let mut seen = HashSet::new();
        self.pieces.iter().filter_map(|piece| piece.reference()).filter(|name| seen.insert(*name)).collect()
    }
}

impl Project {
    /// Every effective key of `environment` with what it won over, in the order of layers and lines.
    pub fn trails<'p>(&'p self, environment: &'p Environment) -> Vec<Trail<'p>> {
        let winners = &environment.winners;
        let mut losers: Vec<Vec<Loser<'p>>> = Vec::new();
        losers.resize_with(winners.len(), Vec::new);
        let mut order = Vec::with_capacity(winners.len());
        for (layer, place) in environment.layers.iter().enumerate() {
            let Some(source) = self.sources.get(place.source) else { continue };
            for (index, entry) in source.entries.iter().enumerate() {
                let identity = place_of(Some(entry), place.stack);
                let Ok(at) = winners.binary_search_by(|one| one.place(&self.sources).cmp(&identity)) else {
                    continue;
                };
                match (winners.get(at), losers.get_mut(at)) {
                    (Some(winner), _) if winner.is_at(place, index) => order.push((at, layer)),
                    (_, Some(losers)) => losers.push(Loser { source, entry, layer }),
                    _ => {}
                }
            }
        }
        let trail = |(at, layer): (usize, usize)| {
            let binding = self.bind(environment, winners.get(at)?)?;
            let mut losers = losers.get_mut(at).map(std::mem::take).unwrap_or_default();
            losers.reverse();
            Some(Trail { binding, layer, losers })
        };
        order.into_iter().filter_map(trail).collect()
    }

    /// The keys that a value refers to, each once, with the entries that they mean: what stands before it in the same
    /// file, or in a lower layer of its stack.
    pub fn referents<'p>(&'p self, trail: &Trail<'p>) -> Vec<Referent<'p>> {
        let Binding { environment, entry, .. } = trail.binding;
        let names = entry.references();
        let mut found: HashMap<&str, (&'p Source, &'p Entry)> = HashMap::new();
        let stack = environment.layers.get(trail.layer).map(|layer| layer.stack);
        let layers = environment.layers.iter().take(trail.layer + 1);
        let wanted: HashSet<&str> = names.iter().copied().collect();
        for layer in layers.filter(|layer| Some(layer.stack) == stack) {
            let Some(source) = self.sources.get(layer.source) else { continue };
            let before = source.entries.iter().take_while(|one| !std::ptr::eq(*one, entry));
            found.extend(
                before.filter(|one| wanted.contains(&*one.key)).map(|one| (&*one.key, (source, one))),
            );
        }
        names.into_iter().map(|name| Referent { name, found: found.get(name).copied() }).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::name::EnvName;
    use crate::model::project::{Description, Layer, Stack};
    use crate::model::source::SourceKind;
    use crate::model::template::Piece;

    fn source(path: &str, pairs: &[(&str, &str)]) -> Source {
        let mut source = Source::new(path.to_owned(), "dotenv", SourceKind::Variables, "x");
        source.entries = pairs.iter().map(|(key, value)| Entry::new(key, value, 0, 0)).collect();
        source
    }

    /// Two stacks; the first has two layers, the lower of which says `A` twice.
    fn project() -> Project {
        let mut low = source("low", &[("A", "1"), ("HOST", "db"), ("A", "2")]);
        let reference = |name: &str| Piece::Reference { name: name.into(), default: None };
        low.entries[2].pieces = vec![reference("HOST"), reference("LATE"), reference("HOST")];
        let sources = vec![
            low,
            source("high", &[("B", "x"), ("HOST", "db2"), ("LATE", "y")]),
            source("other", &[("A", "3")]),
        ];
        let mut environment = Environment::new(EnvName::new("dev").unwrap(), Description::default());
        let layer = |stack, source| Layer { stack, source, level: Some(0), rank: source, is_own: true };
        environment.layers = vec![layer(0, 0), layer(0, 1), layer(1, 2)];
        environment.resolve(&sources);
        let stack = |id: &str| Stack { id: id.to_owned(), ..Stack::default() };
        let stacks = vec![stack("one"), stack("two")];
        Project { stacks, sources, environments: vec![environment], ..Project::default() }
    }

    #[test]
    fn entries_stand_in_the_order_of_layers_and_lines_with_those_that_lost() {
        let project = project();
        let trails = project.trails(&project.environments[0]);
        let told: Vec<_> = trails
            .iter()
            .map(|trail| {
                let lost: Vec<_> =
                    trail.losers.iter().map(|one| (one.entry.public_text().unwrap(), one.layer)).collect();
                (trail.binding.stack, trail.binding.key(), trail.layer, lost)
            })
            .collect();
        let want = vec![
            ("one", "A", 0, vec![("1", 0)]),
            ("one", "B", 1, vec![]),
            ("one", "HOST", 1, vec![("db", 0)]),
            ("one", "LATE", 1, vec![]),
            ("two", "A", 2, vec![]),
        ];
        assert_eq!(told, want);
    }

    #[test]
    fn a_reference_means_what_stands_before_it_and_not_what_wins_later() {
        let project = project();
        let trails = project.trails(&project.environments[0]);
        let referents = project.referents(&trails[0]);
        let found: Vec<_> = referents
            .iter()
            .map(|one| (one.name, one.found.map(|(_, entry)| entry.public_text().unwrap())))
            .collect();
        assert_eq!(found, [("HOST", Some("db")), ("LATE", None)]);
    }
}
