//! A project as loaded: its sources, its environments, and which entry wins where.

mod asking;
mod description;
mod environment;
mod module;
mod provenance;

use std::collections::{BTreeMap, BTreeSet};

pub use asking::Asking;
pub use description::{Description, Flag, Spot};
use environment::Winner;
pub use environment::{Environment, Layer};
pub use module::{Module, folder_of, holds_values, variable_of};
pub use provenance::{Loser, Referent, Trail};

use crate::model::delta::Side;
use crate::model::kind::Kind;
use crate::model::resolved::Resolved;
use crate::model::schema::{IDENTITY, KeySpec, Schema, Scope};
use crate::model::source::{Entry, Input, Origin, Source, Stamp};
use crate::model::template::Unresolved;
use crate::model::tier::{self, Tier};
use crate::model::value::Value;

/// Everything that was read, once.
#[derive(Default)]
pub struct Project {
    /// Its name, from the manifest or the folder.
    pub name: String,
    /// The path of the manifest, relative to the root.
    pub manifest: Option<String>,
    /// The manifest's size and time.
    pub manifest_stamp: Option<Stamp>,
    /// Where `context` writes, relative to the root, if the manifest says so.
    pub context: Option<String>,
    /// The baseline that `validate` goes by, relative to the root, if the manifest names one.
    pub baseline: Option<String>,
    /// What the manifest says.
    pub schema: Schema,
    /// The stacks.
    pub stacks: Vec<Stack>,
    /// Files that say which keys are wanted.
    pub schema_files: Vec<Source>,
    /// What example files ask of environments.
    pub askings: Vec<Asking>,
    /// Terraform modules that take values of environments.
    pub modules: Vec<Module>,
    /// All sources; environments refer to them by index.
    pub sources: Vec<Source>,
    /// The environments in the order of tiers, then of names.
    pub environments: Vec<Environment>,
    /// Does the manifest list its environments?
    pub is_listed: bool,
    /// What was found and not read.
    pub skipped: Vec<Skipped>,
    /// Values of keys of type `dir` that are no folder here.
    pub missing_dirs: Vec<Value>,
}

/// A path that was passed over, and why.
#[derive(Debug, serde::Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Skipped {
    /// The path, relative to the root.
    pub path: String,
    /// Why it was not read.
    pub reason: &'static str,
}

/// Files that are layers of one thing.
#[derive(Default)]
pub struct Stack {
    /// Its identity: its first file that names the environment, with `{env}` in place of the name.
    pub id: String,
    /// The paths of its layers, lowest first, with `{env}` in place of the environment's name.
    pub layers: Vec<String>,
    /// Is it a structured file that one environment alone has? There is nothing to compare it with.
    pub is_alone: bool,
    /// Is it only assumed in which order its layers are read?
    pub is_order_assumed: bool,
}

/// A key as one environment has it: the entry that won, and its value.
#[derive(Clone, Copy)]
pub struct Binding<'p> {
    /// The environment.
    pub environment: &'p Environment,
    /// The identity of the stack.
    pub stack: &'p str,
    /// Where the entry stands.
    pub source: &'p Source,
    /// The entry.
    pub entry: &'p Entry,
    resolved: &'p Resolved,
}

impl<'p> Binding<'p> {
    /// The name of the key, or the path of a setting.
    pub fn key(&self) -> &'p str {
        &self.entry.key
    }

    /// The name of a variable, or the last part of a setting's path.
    pub fn last_name(&self) -> &'p str {
        self.entry.last_name()
    }

    /// The value with its references resolved, where they can be.
    pub fn value(&self) -> Option<&'p Value> {
        match self.resolved {
            Resolved::AsWritten => Some(&self.entry.value),
            Resolved::Expanded { value, .. } => Some(value),
            Resolved::Not(_) => None,
        }
    }

    /// Why the value has no text.
    pub fn unresolved(&self) -> Option<&'p Unresolved> {
        match self.resolved {
            Resolved::Not(why) => Some(why),
            _ => None,
        }
    }

    /// Is the value there and empty?
    pub fn is_empty(&self) -> bool {
        self.value().is_some_and(Value::is_empty)
    }
}

impl Project {
    /// Applies what the schema declares, and decides what wins in each environment.
    pub fn finish(&mut self, is_dir: impl Fn(&str) -> bool) {
        self.askings = asking::askings(self);
        module::hide_declared(self);
        let layers = self.environments.iter().flat_map(|environment| &environment.layers);
        let places: BTreeSet<(usize, usize)> = layers.map(|layer| (layer.source, layer.stack)).collect();
        for (source, stack) in places {
            if let Some((source, stack)) = self.sources.get_mut(source).zip(self.stacks.get(stack)) {
                source.declare_secrets(&self.schema, &stack.id);
            }
        }
        for environment in &mut self.environments {
            environment.resolve(&self.sources);
        }
        let dirs = self.schema.keys.iter().filter(|key| key.may_be(Kind::Dir));
        let values = dirs.flat_map(|key| {
            self.environments
                .iter()
                .flat_map(|environment| self.find(environment, &key.name).collect::<Vec<_>>())
        });
        let values = values.filter_map(|binding| binding.value());
        let missing = values.filter(|value| !is_dir(value.text())).map(|value| Value::new(value.text()));
        self.missing_dirs = missing.collect();
    }

    /// Every effective key of `environment`, sorted by name.
    pub fn bindings<'p>(&'p self, environment: &'p Environment) -> impl Iterator<Item = Binding<'p>> {
        environment.winners.iter().filter_map(|winner| self.bind(environment, winner))
    }

    /// What `environment` has under `key`: a variable's name or a setting's path in any stack, or an identity.
    pub fn find<'p, 'k>(
        &'p self,
        environment: &'p Environment,
        key: &'k str,
    ) -> impl Iterator<Item = Binding<'p>> + use<'p, 'k> {
        let (stack, key) = match key.split_once(IDENTITY) {
            Some((stack, path)) => (Some(stack), path),
            None => (None, key),
        };
        let name = |winner: &Winner| winner.entry(&self.sources).map(Entry::name);
        let start = environment.winners.partition_point(|winner| name(winner) < Some(key));
        let tail = environment.winners.get(start..).unwrap_or_default();
        let found = tail.iter().take_while(move |winner| name(winner) == Some(key));
        let bindings = found.filter_map(|winner| self.bind(environment, winner));
        bindings.filter(move |binding| stack.is_none_or(|stack| stack == binding.stack))
    }

    /// What the manifest declares for what `binding` binds.
    pub fn spec(&self, binding: &Binding<'_>) -> Option<&KeySpec> {
        self.schema.spec(binding.stack, binding.entry)
    }

    fn bind<'p>(&'p self, environment: &'p Environment, winner: &'p Winner) -> Option<Binding<'p>> {
        Some(Binding {
            environment,
            stack: &self.stacks.get(winner.layer.stack)?.id,
            source: self.sources.get(winner.layer.source)?,
            entry: winner.entry(&self.sources)?,
            resolved: &winner.resolved,
        })
    }

    /// Every effective key of `environment` as one side of a comparison, sorted by stack and key. A structured file
    /// that one environment alone has takes no part.
    pub fn sides<'p>(&'p self, environment: &'p Environment) -> Vec<Side<'p>> {
        self.sides_where(environment, |stack| !stack.is_alone)
    }

    /// The same, of the stacks that take part.
    pub fn sides_where<'p>(
        &'p self,
        environment: &'p Environment,
        takes_part: impl Fn(&Stack) -> bool,
    ) -> Vec<Side<'p>> {
        let is_compared = |winner: &&Winner| self.stacks.get(winner.layer.stack).is_some_and(&takes_part);
        let compared = environment.winners.iter().filter(is_compared);
        let side = |binding: Binding<'p>| Side {
            source: binding.stack,
            path: binding.key(),
            entry: binding.entry,
            file: binding.source,
        };
        let mut sides: Vec<_> =
            compared.filter_map(|winner| self.bind(environment, winner)).map(side).collect();
        sides.sort_by_key(|side| (side.source, side.path));
        sides
    }

    /// The same, of the files alone that are the environment's own.
    pub fn raw_sides<'p>(&'p self, environment: &'p Environment) -> Vec<Side<'p>> {
        self.raw_sides_where(environment, |stack| !stack.is_alone)
    }

    /// The same, of the stacks that take part.
    pub fn raw_sides_where<'p>(
        &'p self,
        environment: &'p Environment,
        takes_part: impl Fn(&Stack) -> bool,
    ) -> Vec<Side<'p>> {
        let is_raw = |layer: &&Layer| layer.is_own && self.stacks.get(layer.stack).is_some_and(&takes_part);
        let mut won: BTreeMap<(&str, &str), (&Entry, &Source)> = BTreeMap::new();
        for layer in environment.layers.iter().filter(is_raw) {
            let source = self.sources.get(layer.source).filter(|source| source.stamp.is_some());
            let Some((source, stack)) = source.zip(self.stacks.get(layer.stack)) else { continue };
            won.extend(source.entries.iter().map(|entry| ((&*stack.id, &*entry.key), (entry, source))));
        }
        won.into_iter().map(|((source, path), (entry, file))| Side { source, path, entry, file }).collect()
    }

    /// Takes sources out of every environment, and decides anew what wins.
    pub fn leave_out(&mut self, is_out: impl Fn(&Source) -> bool) {
        for environment in &mut self.environments {
            let sources = &self.sources;
            environment
                .layers
                .retain(|layer| sources.get(layer.source).is_some_and(|source| !is_out(source)));
            environment.resolve(sources);
        }
    }

    /// Takes these keys for secret too, because another time's manifest declares them so.
    pub fn learn_secrets(&mut self, names: &BTreeSet<String>) {
        let is_identity_of =
            |name: &str, key: &str| name.rsplit_once(IDENTITY).is_some_and(|(_, path)| path == key);
        let is_secret = |entry: &Entry| {
            names.contains(entry.name()) || names.iter().any(|name| is_identity_of(name, &entry.key))
        };
        let entries = self.sources.iter_mut().flat_map(|source| &mut source.entries);
        entries.filter(|entry| is_secret(entry)).for_each(|entry| entry.declare_secret(true));
    }

    /// The sources that are the environment's own, lowest layer first.
    pub fn own_sources<'p>(&'p self, environment: &'p Environment) -> impl Iterator<Item = &'p Source> {
        environment
            .layers
            .iter()
            .filter(|layer| layer.is_own)
            .filter_map(|layer| self.sources.get(layer.source))
    }

    /// The path of the environment's topmost file of its own that is meant.
    pub fn own_file<'p>(
        &'p self,
        environment: &Environment,
        is_meant: impl Fn(&Layer, &Source) -> bool,
    ) -> Option<&'p str> {
        let own = environment.layers.iter().rev().filter(|layer| layer.is_own && layer.level.is_some());
        let mut files = own.filter_map(|layer| Some((layer, self.sources.get(layer.source)?)));
        files.find(|(layer, source)| is_meant(layer, source)).map(|(_, source)| &*source.path)
    }

    /// The sources that lie below environments and are nobody's own.
    pub fn base_sources(&self) -> impl Iterator<Item = &Source> {
        let layers = || self.environments.iter().flat_map(|environment| &environment.layers);
        let own: BTreeSet<usize> = layers().filter(|layer| layer.is_own).map(|layer| layer.source).collect();
        let base: BTreeSet<usize> =
            layers().map(|layer| layer.source).filter(|source| !own.contains(source)).collect();
        base.into_iter().filter_map(|source| self.sources.get(source))
    }

    /// The files that were read.
    pub fn inputs(&self) -> impl Iterator<Item = Input<'_>> {
        let manifest = self.manifest.as_deref().zip(self.manifest_stamp);
        let manifest = manifest.map(|(path, Stamp { size, modified })| Input { path, size, modified });
        manifest.into_iter().chain(self.sources.iter().filter_map(Source::input))
    }

    /// The sources of `environment`, lowest layer first.
    pub fn sources_of<'p>(&'p self, environment: &'p Environment) -> impl Iterator<Item = &'p Source> {
        environment.layers.iter().filter_map(|layer| self.sources.get(layer.source))
    }

    /// A spot as a place to show.
    pub fn origin(&self, spot: Spot) -> Option<Origin> {
        Some(self.sources.get(spot.source)?.offset_origin(spot.offset))
    }

    /// The environment that `text` means: its name in any case, an alias, or another spelling of its family
    /// where only one environment belongs to that.
    pub fn environment(&self, text: &str) -> Option<&Environment> {
        let named = self.environments.iter().find(|environment| environment.name.as_str() == text);
        named.or_else(|| self.environments.iter().find(|environment| environment.answers_to(text))).or_else(
            || {
                let mut family = self
                    .environments
                    .iter()
                    .filter(|environment| tier::same_family(environment.name.as_str(), text));
                family.next().filter(|_| family.next().is_none())
            },
        )
    }

    /// Does `word` cover `environment`, as its name or as its tier? A word that is both covers both: what is asked
    /// of `production` is asked of `prod-eu` too, whatever the other environments are called.
    pub fn covers(&self, word: &str, environment: &Environment) -> bool {
        let name = environment.name.as_str();
        let may_be = || environment.answers_to(word) || tier::same_family(name, word);
        let is_named = || self.environment(word).is_some_and(|named| named.name == environment.name);
        name == word || Tier::from_word(word) == Some(environment.tier) || (may_be() && is_named())
    }

    /// Does `scope` cover `environment`?
    pub fn is_in(&self, scope: &Scope, environment: &Environment) -> bool {
        match scope {
            Scope::Nowhere => false,
            Scope::Everywhere => true,
            Scope::In(words) => words.iter().any(|word| self.covers(word, environment)),
        }
    }

    /// Does `word` mean an environment or a tier, so that it is no misspelling?
    pub fn knows(&self, word: &str) -> bool {
        self.environment(word).is_some() || Tier::from_word(word).is_some()
    }
}
