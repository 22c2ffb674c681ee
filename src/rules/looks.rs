//! What rules look at again and again, worked out once: which environments have which key, and where values lead.

use std::cell::OnceCell;
use std::collections::HashMap;

use crate::model::name::EnvName;
use crate::model::place::{Host, Place, hosts, places};
use crate::model::project::{Binding, Project};
use crate::model::secret::{Purpose, purpose, words_of};

/// A key of a stack, in however many environments.
pub struct Slot<'p> {
    /// The name of the variable, or the whole path of a setting.
    pub name: &'p str,
    /// The name of the variable, or the last part of a setting's path.
    pub last: &'p str,
    /// The same, in a list of variables too: [`crate::model::source::Entry::spoken_name`].
    pub spoken: &'p str,
    /// The words of that in small letters, between underscores: `_redis_access_key_`.
    pub words: String,
}

impl Slot<'_> {
    /// Is one of these phrases in the name, word for word: `_access_key_`?
    pub fn says(&self, phrases: &[&str]) -> bool {
        let starts = self.words.match_indices('_').filter_map(|(start, _)| self.words.get(start..));
        starts.filter(|rest| rest.len() > 1).any(|rest| {
            let begins = |phrase: &&str| phrase.as_bytes().get(1) == rest.as_bytes().get(1);
            phrases.iter().filter(|phrase| begins(phrase)).any(|phrase| rest.starts_with(phrase))
        })
    }
}

/// A binding, and what was found out about it.
pub struct Look<'p> {
    /// The binding.
    pub binding: Binding<'p>,
    /// The number of its [`Slot`]: the same for the same key of the same stack.
    pub slot: usize,
    hosts: OnceCell<Box<[Host]>>,
    purpose: OnceCell<Option<Purpose>>,
}

impl Look<'_> {
    /// The hosts that its value leads to.
    pub fn hosts(&self) -> &[Host] {
        self.hosts.get_or_init(|| hosts(&self.binding).into())
    }

    /// What the key of an issuer in its value is for.
    pub fn purpose(&self) -> Option<Purpose> {
        let purpose = |text: &str| purpose(self.binding.entry.name(), text);
        *self.purpose.get_or_init(|| self.binding.value()?.judge(purpose))
    }
}

/// The bindings of all environments, each looked at once.
pub struct Looks<'p> {
    slots: Vec<Slot<'p>>,
    environments: Vec<Vec<Look<'p>>>,
    positions: HashMap<&'p EnvName, usize>,
    /// The places of each environment, with the number of the look that tells most about them.
    places: OnceCell<Vec<Vec<(Place, usize)>>>,
}

impl<'p> Looks<'p> {
    /// Looks at the bindings of each environment that may be known.
    pub fn new(project: &'p Project, is_known: impl Fn(&Binding<'p>) -> bool) -> Self {
        let (mut slots, mut known) = (Vec::new(), HashMap::new());
        let (mut positions, mut all) = (HashMap::new(), Vec::new());
        let mut look = |binding: Binding<'p>| {
            let name = binding.entry.name();
            let slot = *known.entry((binding.stack, binding.key(), name.len())).or_insert_with(|| {
                let (last, spoken) = (binding.last_name(), binding.entry.spoken_name());
                slots.push(Slot { name, last, spoken, words: words_of(spoken) });
                slots.len() - 1
            });
            Look { binding, slot, hosts: OnceCell::new(), purpose: OnceCell::new() }
        };
        for (index, environment) in project.environments.iter().enumerate() {
            positions.insert(&environment.name, index);
            all.push(project.bindings(environment).filter(&is_known).map(&mut look).collect());
        }
        Self { slots, environments: all, positions, places: OnceCell::new() }
    }

    /// Every slot, by its number.
    pub fn slots(&self) -> &[Slot<'p>] {
        &self.slots
    }

    /// Those of every environment, in order.
    pub fn all(&self) -> impl Iterator<Item = &Look<'p>> {
        self.environments.iter().flatten()
    }

    /// Those of the environment of this name.
    pub fn of(&self, name: &EnvName) -> &[Look<'p>] {
        let looks = self.position(name).and_then(|index| self.environments.get(index));
        looks.map(Vec::as_slice).unwrap_or_default()
    }

    /// Where the environment of this name stands among all.
    pub fn position(&self, name: &EnvName) -> Option<usize> {
        self.positions.get(name).copied()
    }

    /// Where the environment of this name keeps its data,
    /// and the binding that tells most about the place.
    pub fn places(&self, name: &EnvName) -> impl Iterator<Item = (&Place, Binding<'p>)> {
        let of = |looks: &Vec<Look<'p>>| places(looks.iter().map(|look| look.binding));
        let all = self.places.get_or_init(|| self.environments.iter().map(of).collect());
        let places = self.position(name).and_then(|index| all.get(index)).into_iter().flatten();
        let looks = self.of(name);
        places.filter_map(|(place, look)| Some((place, looks.get(*look)?.binding)))
    }

    /// The bindings about whose names `ask` says something, with that: it is asked once for each slot, however many
    /// environments have it.
    pub fn by_name<T: Copy>(
        &self,
        ask: impl Fn(&Slot<'p>) -> Option<T>,
    ) -> impl Iterator<Item = (Binding<'p>, T)> {
        let answers: Vec<Option<T>> = self.slots.iter().map(ask).collect();
        let looks = if answers.iter().any(Option::is_some) { self.environments.as_slice() } else { &[] };
        looks.iter().flatten().filter_map(move |look| {
            let answer = answers.get(look.slot).copied().flatten()?;
            Some((look.binding, answer))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_says_a_phrase_of_whole_words_wherever_it_stands() {
        let name = "APP_DISABLE_RATE_LIMIT";
        let slot = Slot { name, last: name, spoken: name, words: words_of(name) };
        for (phrase, expected) in [
            ("_rate_limit_", true),
            ("_app_", true),
            ("_limit_", true),
            ("_app_disable_rate_limit_", true),
            ("_limit_rate_", false),
            ("_able_", false),
            ("_limits_", false),
        ] {
            assert_eq!(slot.says(&["_csrf_", phrase]), expected, "{phrase}");
        }
    }
}
