//! A project as loaded: its sources, its environments, and which entry wins where.

use std::collections::{BTreeMap, HashMap};

use super::delta::Side;
use super::kind::Kind;
use super::name::EnvName;
use super::schema::Schema;
use super::source::{Entry, Input, Origin, Source, Stamp};
use super::template::{self, Piece, Unresolved};
use super::tier::{self, Tier};
use super::value::Value;

/// Everything that was read, once.
pub struct Project {
    /// Its name, from the manifest or the folder.
    pub name: String,
    /// The path of the manifest, relative to the root.
    pub manifest: Option<String>,
    /// The manifest's size and time.
    pub manifest_stamp: Option<Stamp>,
    /// Where `context` writes, relative to the root, if the manifest says so.
    pub context: Option<String>,
    /// What the manifest says.
    pub schema: Schema,
    /// The stacks, by their identity.
    pub stacks: Vec<String>,
    /// The paths of the layers that every environment stands on.
    pub base: Vec<String>,
    /// All sources; environments refer to them by index.
    pub sources: Vec<Source>,
    /// The environments in the order of tiers, then of names.
    pub environments: Vec<Environment>,
    /// What was found and not read.
    pub skipped: Vec<Skipped>,
    /// Values of keys of type `dir` that are no folder here.
    pub missing_dirs: Vec<Value>,
}

/// A path that was passed over, and why.
#[derive(Debug, serde::Serialize)]
pub struct Skipped {
    /// The path, relative to the root.
    pub path: String,
    /// Why it was not read.
    pub reason: &'static str,
}

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
    /// Is debugging on?
    pub debug: Option<bool>,
    /// Is the application's own safety mode on?
    pub safety: Option<bool>,
    /// Who provides the required keys that no file has (`ci`, `vault`).
    pub provided_by: Option<String>,
    /// Variables of the process that are taken over, as globs.
    pub process_env: Vec<String>,
    /// Variables of the process with this prefix are taken over without it.
    pub process_prefix: Option<String>,
    /// Free words for the documentation.
    pub about: Vec<(String, String)>,
    /// Feature flags.
    pub flags: Vec<Flag>,
    /// Where `debug` is said.
    pub debug_at: Option<Spot>,
}

impl Description {
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
    variables: Vec<Winner>,
}

/// A source in its place in a stack.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Layer {
    /// Index into [`Project::stacks`].
    pub stack: usize,
    /// Index into [`Project::sources`].
    pub source: usize,
}

struct Winner {
    layer: Layer,
    entry: usize,
    resolved: Resolved,
}

enum Resolved {
    AsWritten,
    Expanded(Value),
    Not(Unresolved),
}

/// The most bytes that references of one environment may expand to.
const EXPANSION_BUDGET: usize = 8 << 20;

impl Environment {
    /// An environment without layers.
    pub fn new(name: EnvName, about: Description) -> Self {
        let tier = about.tier.unwrap_or_else(|| Tier::of_name(name.as_str()));
        Self { name, tier, about, layers: Vec::new(), variables: Vec::new() }
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
                let known = |name: &str| stack.get(name).and_then(|index| winners.get(*index));
                let lookup = |name: &str| known(name).and_then(|winner| winner.text(sources));
                let resolved = resolve_entry(found, lookup, |name| known(name).is_some(), &mut budget);
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
        winners.sort_unstable_by(|a, b| a.place(sources).cmp(&b.place(sources)));
        self.variables = winners;
    }
}

fn resolve_entry<'v>(
    entry: &'v Entry,
    lookup: impl Fn(&str) -> Option<&'v str>,
    is_set: impl Fn(&str) -> bool,
    budget: &mut usize,
) -> Resolved {
    if entry.pieces.is_empty() {
        return Resolved::AsWritten;
    }
    match template::expand(&entry.pieces, lookup, budget) {
        Ok(text) => Resolved::Expanded(Value::new(text)),
        Err(Unresolved::Undefined(index)) if names(entry, index).is_some_and(is_set) => {
            Resolved::Not(Unresolved::Broken(index))
        }
        Err(why) => Resolved::Not(why),
    }
}

/// The key that a piece of `entry` refers to.
fn names(entry: &Entry, piece: usize) -> Option<&str> {
    match entry.pieces.get(piece)? {
        Piece::Reference { name, .. } => Some(name),
        Piece::Text(_) => None,
    }
}

impl Winner {
    fn entry<'s>(&self, sources: &'s [Source]) -> Option<&'s Entry> {
        sources.get(self.layer.source)?.entries.get(self.entry)
    }

    /// Its key, then its stack.
    fn place<'s>(&self, sources: &'s [Source]) -> (Option<&'s str>, usize) {
        (self.entry(sources).map(|entry| &*entry.key), self.layer.stack)
    }

    fn text<'s>(&'s self, sources: &'s [Source]) -> Option<&'s str> {
        match &self.resolved {
            Resolved::AsWritten => self.entry(sources).map(|entry| entry.value.text()),
            Resolved::Expanded(value) => Some(value.text()),
            Resolved::Not(_) => None,
        }
    }
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
    /// The name of the key.
    pub fn key(&self) -> &'p str {
        &self.entry.key
    }

    /// The value with its references resolved, where they can be.
    pub fn value(&self) -> Option<&'p Value> {
        match self.resolved {
            Resolved::AsWritten => Some(&self.entry.value),
            Resolved::Expanded(value) => Some(value),
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
        for source in &mut self.sources {
            source.declare_secrets(&self.schema);
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
        environment.variables.iter().filter_map(|winner| self.bind(environment, winner))
    }

    /// What `environment` has under `key`, in any stack.
    pub fn find<'p>(
        &'p self,
        environment: &'p Environment,
        key: &'p str,
    ) -> impl Iterator<Item = Binding<'p>> {
        let at = move |winner: &&Winner| winner.entry(&self.sources).is_some_and(|entry| &*entry.key == key);
        let name = |winner: &Winner| winner.entry(&self.sources).map(|entry| &*entry.key);
        let start = environment.variables.partition_point(|winner| name(winner) < Some(key));
        let tail = environment.variables.get(start..).unwrap_or_default();
        tail.iter().take_while(at).filter_map(|winner| self.bind(environment, winner))
    }

    fn bind<'p>(&'p self, environment: &'p Environment, winner: &'p Winner) -> Option<Binding<'p>> {
        Some(Binding {
            environment,
            stack: self.stacks.get(winner.layer.stack)?,
            source: self.sources.get(winner.layer.source)?,
            entry: winner.entry(&self.sources)?,
            resolved: &winner.resolved,
        })
    }

    /// Every effective key of `environment` as one side of a comparison, sorted by stack and key.
    pub fn sides<'p>(&'p self, environment: &'p Environment) -> Vec<Side<'p>> {
        let side =
            |binding: Binding<'p>| Side { source: binding.stack, path: binding.key(), entry: binding.entry };
        let mut sides: Vec<_> = self.bindings(environment).map(side).collect();
        sides.sort_by_key(|side| (side.source, side.path));
        sides
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
        let is_named = self.environment(word).is_some_and(|named| named.name == environment.name);
        is_named || Tier::from_word(word) == Some(environment.tier)
    }

    /// Does `word` mean an environment or a tier, so that it is no misspelling?
    pub fn knows(&self, word: &str) -> bool {
        self.environment(word).is_some() || Tier::from_word(word).is_some()
    }
}
