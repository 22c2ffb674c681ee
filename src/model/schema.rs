//! What the manifest asks of keys, flags and rules, in its normal form.

mod varies;
mod words;

use std::collections::HashSet;

use regex_lite::Regex;

use super::finding::Severity;
use super::kind::Kind;
use super::loader::Loader;
use super::position::Position;
use super::source::{Entry, SourceKind};
pub use varies::{Varies, VaryingKeys};
pub use words::{Condition, Direction, GroupDemand, GroupSpec, Rotation};

/// The manifest's demands. Empty where there is no manifest.
#[derive(Default)]
pub struct Schema {
    /// The environment to use where nothing selects one.
    pub default: Option<String>,
    /// Variables of the process that select an environment, after `ENVCTL_ENV`.
    pub selector: Vec<String>,
    /// Variables of the process that a program gets too, as globs.
    pub inherit: Vec<String>,
    /// May programs be in one environment at a time only?
    pub exclusive: bool,
    /// What loads the dotenv files; empty where nobody says.
    pub loaders: Vec<&'static Loader>,
    /// Declared keys, sorted by name.
    pub keys: Vec<KeySpec>,
    /// Keys that belong together.
    pub groups: Vec<GroupSpec>,
    /// What differs between environments for a reason.
    pub varies: Vec<Varies>,
    /// Declared feature flags.
    pub flags: Vec<FlagSpec>,
    /// Changed severities.
    pub levels: Vec<Level>,
    /// Findings that are known and accepted.
    pub acceptances: Vec<Acceptance>,
}

/// What stands between a stack and a path in it.
pub const IDENTITY: &str = "::";

impl KeySpec {
    /// Does it declare one setting by its identity, rather than a variable by its name?
    pub fn is_identity(&self) -> bool {
        self.name.contains(IDENTITY)
    }
}

impl Schema {
    /// What is declared for `key`.
    pub fn key(&self, key: &str) -> Option<&KeySpec> {
        self.keys.binary_search_by(|spec| spec.name.as_str().cmp(key)).ok().and_then(|at| self.keys.get(at))
    }

    /// The keys that stand in groups.
    pub fn grouped(&self) -> HashSet<&str> {
        self.groups.iter().flat_map(|group| &group.keys).map(String::as_str).collect()
    }

    /// What is declared for an entry of the stack with this identity: a variable goes by its name, anything by its
    /// identity, `envs/{env}/backend.hcl::bucket`.
    pub fn spec(&self, stack: &str, entry: &Entry) -> Option<&KeySpec> {
        let by_name = || self.key(entry.name()).filter(|_| entry.kind == SourceKind::Variables);
        let identity = || stack.bytes().chain(IDENTITY.bytes()).chain(entry.key.bytes());
        let by_identity = || self.keys.binary_search_by(|spec| spec.name.bytes().cmp(identity())).ok();
        by_name().or_else(|| self.keys.get(by_identity()?))
    }
}

/// In which environments something holds.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Scope {
    /// In none.
    #[default]
    Nowhere,
    /// In all.
    Everywhere,
    /// In those that these names of environments or tiers cover.
    In(Vec<String>),
}

impl Scope {
    /// Do both hold in some environment, as far as the words alone say?
    pub fn shares(&self, other: &Scope) -> bool {
        match (self, other) {
            (Scope::Nowhere, _) | (_, Scope::Nowhere) => false,
            (Scope::Everywhere, _) | (_, Scope::Everywhere) => true,
            (Scope::In(one), Scope::In(other)) => {
                one.iter().any(|word| other.iter().any(|same| word.eq_ignore_ascii_case(same)))
            }
        }
    }
}

/// `[keys.NAME]`.
pub struct KeySpec {
    /// The name of a variable, or the identity of a setting.
    pub name: String,
    /// Where it stands in the manifest.
    pub at: Position,
    /// Where it must be set.
    pub required: Scope,
    /// What must hold, all of it, so that it must be set wherever that is.
    pub required_if: Vec<Condition>,
    /// Where alone it may be set; everywhere unless said.
    pub only_in: Option<Scope>,
    /// What to do instead of setting it.
    pub deprecated: Option<String>,
    /// How to come by a value.
    pub help: Option<String>,
    /// The address of a page that tells more.
    pub docs: Option<String>,
    /// A value that shows the form, and opens nothing.
    pub example: Option<String>,
    /// Declared secret, or declared public.
    pub secret: Option<bool>,
    /// The environments whose values no other environment has.
    pub distinct: Scope,
    /// The environments that have one and the same value.
    pub same: Scope,
    /// Which way its values go, from development to production.
    pub monotonic: Option<Direction>,
    /// How old a value may become.
    pub rotation: Rotation,
    /// Who provides it where no file has it.
    pub provided_by: Option<String>,
    /// What a value must look like.
    pub constraints: Constraints,
    /// Changes for an environment or a tier.
    pub overrides: Vec<(String, Override)>,
}

impl KeySpec {
    /// A key of which nothing is asked.
    pub fn new(name: impl Into<String>, at: Position) -> Self {
        Self {
            name: name.into(),
            at,
            required: Scope::Nowhere,
            required_if: Vec::new(),
            only_in: None,
            deprecated: None,
            help: None,
            docs: None,
            example: None,
            secret: None,
            distinct: Scope::Nowhere,
            same: Scope::Nowhere,
            monotonic: None,
            rotation: Rotation::default(),
            provided_by: None,
            constraints: Constraints::default(),
            overrides: Vec::new(),
        }
    }

    /// How to come by a value, an example of one, and where to read more; nothing where the manifest says nothing.
    pub fn advice(&self) -> Option<String> {
        self.advise(self.example.as_deref())
    }

    /// The same, with `example` where the manifest shows none.
    pub fn advice_like(&self, example: &str) -> Option<String> {
        self.advise(Some(self.example.as_deref().unwrap_or(example)))
    }

    fn advise(&self, example: Option<&str>) -> Option<String> {
        let example = example.map(|example| format!("for example {example}"));
        let docs = self.docs.as_ref().map(|docs| format!("see {docs}"));
        let parts: Vec<String> = [self.help.clone(), example, docs].into_iter().flatten().collect();
        (!parts.is_empty()).then(|| parts.join("; "))
    }

    /// Has the key this type somewhere?
    pub fn may_be(&self, kind: Kind) -> bool {
        let overriding = self.overrides.iter().map(|(_, change)| &change.constraints);
        overriding.chain([&self.constraints]).any(|constraints| constraints.kind == Some(kind))
    }
}

/// `[keys.NAME.in.ENV]`: what is set here replaces what the key says.
#[derive(Default)]
pub struct Override {
    /// Must it be set here?
    pub required: Option<bool>,
    /// How old a value may become here.
    pub rotation: Rotation,
    /// What a value must look like here.
    pub constraints: Constraints,
}

/// What a value must look like. What is `None` demands nothing.
#[derive(Clone, Default)]
pub struct Constraints {
    /// The type.
    pub kind: Option<Kind>,
    /// The allowed values.
    pub values: Option<Vec<String>>,
    /// The allowed schemes of a URL.
    pub schemes: Option<Vec<String>>,
    /// What separates the items of a list; a comma unless said.
    pub separator: Option<String>,
    /// The least number.
    pub min: Option<f64>,
    /// The greatest number.
    pub max: Option<f64>,
    /// The least number of characters.
    pub min_len: Option<usize>,
    /// The greatest number of characters.
    pub max_len: Option<usize>,
    /// A regular expression.
    pub pattern: Option<Pattern>,
    /// The beginning; `{env}` stands for the environment's name.
    pub prefix: Option<String>,
    /// The end; `{env}` stands for the environment's name.
    pub suffix: Option<String>,
}

impl Constraints {
    /// These, with what `change` sets in their place.
    #[must_use]
    pub fn overridden_by(&self, change: &Constraints) -> Constraints {
        let (old, new) = (self.clone(), change.clone());
        Constraints {
            kind: new.kind.or(old.kind),
            values: new.values.or(old.values),
            schemes: new.schemes.or(old.schemes),
            separator: new.separator.or(old.separator),
            min: new.min.or(old.min),
            max: new.max.or(old.max),
            min_len: new.min_len.or(old.min_len),
            max_len: new.max_len.or(old.max_len),
            pattern: new.pattern.or(old.pattern),
            prefix: new.prefix.or(old.prefix),
            suffix: new.suffix.or(old.suffix),
        }
    }
}

/// A regular expression that may hold `{env}`.
#[derive(Clone)]
pub enum Pattern {
    /// The same everywhere.
    Fixed(Regex),
    /// With `{env}`, to be compiled for each environment.
    PerEnvironment(String),
}

impl Pattern {
    /// What stands for the environment's name.
    pub const ENV: &'static str = "{env}";

    /// What stands for the project's name, until the manifest is read.
    pub const PROJECT: &'static str = "{project}";

    /// An expression that matches `text` and nothing else.
    pub fn quote(text: &str) -> String {
        regex_lite::escape(text)
    }

    /// Compiles `text`, or returns nothing where it is no regular expression.
    pub fn new(text: &str) -> Option<Self> {
        let compiled = compile(text, "env")?;
        Some(if text.contains(Self::ENV) {
            Self::PerEnvironment(text.to_owned())
        } else {
            Self::Fixed(compiled)
        })
    }

    /// The expression for one environment.
    pub fn for_environment(&self, name: &str) -> Option<Regex> {
        match self {
            Self::Fixed(regex) => Some(regex.clone()),
            Self::PerEnvironment(text) => compile(text, name),
        }
    }
}

fn compile(text: &str, name: &str) -> Option<Regex> {
    Regex::new(&text.replace(Pattern::ENV, &regex_lite::escape(name))).ok()
}

/// `[flags.NAME]`.
pub struct FlagSpec {
    /// Its name.
    pub name: String,
    /// Where it stands in the manifest.
    pub at: Position,
    /// Where it may be on.
    pub allowed: Scope,
    /// The last day it may exist, as `YYYY-MM-DD`.
    pub expires: Option<jiff::civil::Date>,
    /// Who is to ask.
    pub owner: Option<String>,
}

/// A line of `[rules]`.
pub struct Level {
    /// The rule's id.
    pub rule: String,
    /// The environment or tier it holds for; everywhere if none.
    pub within: Option<String>,
    /// The severity; `None` switches the rule off.
    pub severity: Option<Severity>,
}

/// `[[accept]]`.
pub struct Acceptance {
    /// Where it stands in the manifest.
    pub at: Position,
    /// The rule's id.
    pub rule: String,
    /// The key, as a glob; any if none.
    pub key: Option<String>,
    /// The environments it covers; any if empty.
    pub environments: Vec<String>,
    /// The last day it holds.
    pub until: Option<jiff::civil::Date>,
}
