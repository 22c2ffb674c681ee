//! What the manifest asks of keys, flags and rules, in its normal form.

use regex_lite::Regex;

use super::finding::Severity;
use super::kind::Kind;
use super::loader::Loader;
use super::position::Position;
use super::source::{Entry, SourceKind};

/// The manifest's demands. Empty where there is no manifest.
#[derive(Default)]
pub struct Schema {
    /// The environment to use where nothing selects one.
    pub default: Option<String>,
    /// Variables of the process that select an environment, after `ENVCTL_ENV`.
    pub selector: Vec<String>,
    /// What loads the dotenv files; empty where nobody says.
    pub loaders: Vec<&'static Loader>,
    /// Declared keys, sorted by name.
    pub keys: Vec<KeySpec>,
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

    /// What is declared for an entry of the stack with this identity: a variable goes by its name, anything by its
    /// identity, `envs/{env}/backend.hcl::bucket`.
    pub fn spec(&self, stack: &str, entry: &Entry) -> Option<&KeySpec> {
        let by_name = || self.key(entry.name()).filter(|_| entry.kind == SourceKind::Variables);
        let by_identity = || self.key(&format!("{stack}{IDENTITY}{}", entry.key));
        by_name().or_else(|| self.keys.iter().any(KeySpec::is_identity).then(by_identity).flatten())
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

/// `[keys.NAME]`.
pub struct KeySpec {
    /// The name of a variable, or the identity of a setting.
    pub name: String,
    /// Where it stands in the manifest.
    pub at: Position,
    /// Where it must be set.
    pub required: Scope,
    /// How to come by a value.
    pub help: Option<String>,
    /// Declared secret, or declared public.
    pub secret: Option<bool>,
    /// Never the same value in two environments.
    pub distinct: bool,
    /// The same value in all environments.
    pub same: bool,
    /// Who provides it where no file has it.
    pub provided_by: Option<String>,
    /// What a value must look like.
    pub constraints: Constraints,
    /// Changes for an environment or a tier.
    pub overrides: Vec<(String, Override)>,
}

impl KeySpec {
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
