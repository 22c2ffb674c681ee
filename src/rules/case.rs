//! What a rule gets to see, and what it answers.

use std::borrow::Cow;

use jiff::civil::Date;

use super::Held;
use super::looks::Looks;
use crate::model::finding::{Related, Severity};
use crate::model::name::EnvName;
use crate::model::project::{Binding, Environment, Project};
use crate::model::schema::{Condition, Constraints, KeySpec, Rotation, Scope};
use crate::model::secret::{NameVerdict, by_name};
use crate::model::source::Origin;

/// How much can be known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Phase {
    /// Secrets are elsewhere: neither their absence nor their values are judged.
    Structure,
    /// Everything that the files hold is judged.
    Value,
}

/// How much is said of what other readers of the same files read otherwise.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Portability {
    /// Nothing: nobody asked.
    Unasked,
    /// One note a file, with their number.
    Counted,
    /// Each.
    Listed,
}

/// A project in front of the rules.
pub struct Case<'p> {
    /// The project.
    pub project: &'p Project,
    /// How much can be known.
    pub phase: Phase,
    /// How much is said of other readers.
    pub portability: Portability,
    /// The environments that were asked about; empty means all.
    pub named: Vec<EnvName>,
    /// The ids of the rules that judge; all of them where nobody chose.
    pub rules: Option<Vec<&'static str>>,
    /// Is every warning an error, whatever the manifest says?
    pub strict: bool,
    /// Today's date in UTC.
    pub today: Date,
    /// The files with secrets; none where nobody asked how they are kept.
    pub held: Vec<Held<'p>>,
    /// What rules look at again and again.
    pub looks: Looks<'p>,
}

impl<'p> Case<'p> {
    /// All that the files show of `project`, judged by every rule, but for what other readers read otherwise.
    pub fn new(project: &'p Project, today: Date) -> Self {
        Self::in_phase(project, Phase::Value, today)
    }

    /// All that the files show of `project` where so much can be known.
    pub fn in_phase(project: &'p Project, phase: Phase, today: Date) -> Self {
        Self {
            project,
            phase,
            portability: Portability::Unasked,
            named: Vec::new(),
            rules: None,
            strict: false,
            today,
            held: Vec::new(),
            looks: Looks::new(project, |binding| !is_withheld(phase, binding)),
        }
    }

    /// Does this rule judge?
    pub fn asks(&self, rule: &str) -> bool {
        self.rules.as_ref().is_none_or(|asked| asked.contains(&rule))
    }

    /// All environments: every rule sees them all, whichever were asked about.
    pub fn environments(&self) -> impl Iterator<Item = &'p Environment> + use<'p> {
        self.project.environments.iter()
    }

    /// The keys of an environment, as far as they can be known.
    pub fn bindings(&self, environment: &Environment) -> impl Iterator<Item = Binding<'p>> {
        self.looks.of(&environment.name).iter().map(|look| look.binding)
    }

    /// The keys of all environments, as far as they can be known.
    pub fn all_bindings(&self) -> impl Iterator<Item = Binding<'p>> {
        self.looks.all().map(|look| look.binding)
    }

    /// The environments of these names.
    pub fn among(&self, names: &[EnvName]) -> impl Iterator<Item = &'p Environment> {
        names.iter().filter_map(|name| self.project.environments.get(self.position(name)?))
    }

    /// Where an environment stands among all.
    pub fn position(&self, name: &EnvName) -> Option<usize> {
        self.looks.position(name)
    }

    /// What an environment has under `key`, as far as it can be known.
    pub fn find(&self, environment: &'p Environment, key: &str) -> impl Iterator<Item = Binding<'p>> {
        self.project.find(environment, key).filter(|binding| !is_withheld(self.phase, binding))
    }

    /// Is a key of this name a secret that is left to others, by what is declared of it or else by its name?
    pub fn withholds(&self, name: &str, declared: Option<bool>) -> bool {
        self.phase == Phase::Structure && is_secret(name, declared)
    }

    /// The declared keys.
    pub fn keys(&self) -> impl Iterator<Item = &'p KeySpec> + use<'p> {
        self.project.schema.keys.iter()
    }

    /// Must `key` be set in `environment`?
    pub fn is_required(&self, key: &KeySpec, environment: &Environment) -> bool {
        let overridden = self.overrides(key, environment).find_map(|(_, change)| change.required);
        overridden.unwrap_or_else(|| {
            self.is_in(&key.required, environment) || self.meets_conditions(key, environment)
        })
    }

    /// Do all conditions of `required-if` hold, and are there any?
    fn meets_conditions(&self, key: &KeySpec, environment: &Environment) -> bool {
        let holds = |condition: &Condition| {
            let found = self.project.find(environment, &condition.key);
            let mut values = found
                .filter(|binding| !is_withheld(self.phase, binding))
                .filter_map(|binding| binding.value());
            values.any(|value| value.judge(|text| condition.holds(text)))
        };
        !key.required_if.is_empty() && key.required_if.iter().all(holds)
    }

    /// ` because of MODE`, where only its conditions make `key` required in `environment`; else nothing.
    pub fn because(&self, key: &KeySpec, environment: &Environment) -> String {
        let is_conditional = !self.is_in(&key.required, environment)
            && self.overrides(key, environment).all(|(_, change)| change.required.is_none());
        match key.required_if.as_slice() {
            [] => String::new(),
            _ if !is_conditional => String::new(),
            all => {
                let keys: Vec<&str> = all.iter().map(|condition| condition.key.as_str()).collect();
                format!(" because of {}", keys.join(" and "))
            }
        }
    }

    /// May `key` be absent from the files of `environment`, because somebody else provides it?
    pub fn is_provided(&self, key: &KeySpec, environment: &Environment) -> bool {
        let by_somebody = key.provided_by.is_some() || environment.about.provided_by.is_some();
        by_somebody && !self.is_asked_for(environment)
    }

    /// Does somebody else provide what the files of `environment` lack?
    pub fn is_provided_as_a_whole(&self, environment: &Environment) -> bool {
        environment.about.provided_by.is_some() && !self.is_asked_for(environment)
    }

    /// Was it named, with its values, so that all of it must be there?
    pub fn is_asked_for(&self, environment: &Environment) -> bool {
        self.named.contains(&environment.name) && self.phase == Phase::Value
    }

    /// Does `scope` cover `environment`?
    pub fn is_in(&self, scope: &Scope, environment: &Environment) -> bool {
        self.project.is_in(scope, environment)
    }

    /// Must `key` differ between these two?
    pub fn must_differ(&self, key: &KeySpec, one: &Environment, other: &Environment) -> bool {
        self.is_in(&key.distinct, one) || self.is_in(&key.distinct, other)
    }

    /// Does the manifest want both to have the same value?
    pub fn must_agree(&self, one: &Binding<'_>, other: &Binding<'_>) -> bool {
        let keys = self.project.spec(one).zip(self.project.spec(other));
        keys.is_some_and(|(key, other_key)| {
            key.name == other_key.name
                && self.is_in(&key.same, one.environment)
                && self.is_in(&key.same, other.environment)
        })
    }

    /// What a value of `key` must look like in `environment`. An override for its name beats one for its tier.
    pub fn constraints<'k>(&self, key: &'k KeySpec, environment: &Environment) -> Cow<'k, Constraints> {
        if key.overrides.is_empty() {
            return Cow::Borrowed(&key.constraints);
        }
        let mut changes: Vec<_> = self.overrides(key, environment).collect();
        changes.reverse();
        let known = key.constraints.clone();
        Cow::Owned(
            changes.into_iter().fold(known, |known, (_, change)| known.overridden_by(&change.constraints)),
        )
    }

    /// How old a value of `key` may become in `environment`.
    pub fn rotation(&self, key: &KeySpec, environment: &Environment) -> Rotation {
        let mut changes: Vec<_> = self.overrides(key, environment).collect();
        changes.reverse();
        changes.into_iter().fold(key.rotation, |known, (_, change)| known.overridden_by(change.rotation))
    }

    /// The overrides of `key` that hold in `environment`, the one for its own name first.
    fn overrides<'k>(
        &self,
        key: &'k KeySpec,
        environment: &Environment,
    ) -> impl Iterator<Item = (&'k str, &'k crate::model::schema::Override)> {
        let mut covering: Vec<_> = key
            .overrides
            .iter()
            .filter(|(word, _)| self.project.covers(word, environment))
            .map(|(word, change)| (word.as_str(), change))
            .collect();
        covering.sort_by_key(|(word, _)| !environment.answers_to(word));
        covering.into_iter()
    }

    /// The place of a manifest entry.
    pub fn in_manifest(&self, at: crate::model::position::Position) -> Origin {
        let file = self.project.manifest.clone().unwrap_or_default();
        Origin { file, at: Some(at), outline: None }
    }
}

/// Would a place without secrets lack a key of this name, by what is declared of it or else by its name?
pub(super) fn is_secret(name: &str, declared: Option<bool>) -> bool {
    declared.unwrap_or_else(|| by_name(name) != NameVerdict::Plain)
}

fn is_withheld(phase: Phase, binding: &Binding<'_>) -> bool {
    phase == Phase::Structure && binding.entry.secret().is_some()
}

/// A finding before its severity is known.
#[derive(Debug)]
pub struct Draft {
    /// The environments that take part.
    pub environments: Vec<EnvName>,
    /// The key.
    pub key: Option<String>,
    /// What it is about, where that is more or else than the key; see [`Finding`](crate::model::finding::Finding).
    pub parts: Vec<String>,
    /// What is wrong; never a value.
    pub message: String,
    /// What to do.
    pub help: Option<String>,
    /// Where.
    pub origin: Option<Origin>,
    /// Other places that take part.
    pub related: Vec<Related>,
    /// What it is at most, however bad the rule is elsewhere.
    pub at_most: Severity,
}

impl Draft {
    /// A finding in `environment`.
    pub fn new(environment: &Environment, message: impl Into<String>) -> Self {
        Self::across(std::iter::once(environment), message)
    }

    /// A finding in several environments.
    pub fn across<'e>(
        environments: impl Iterator<Item = &'e Environment>,
        message: impl Into<String>,
    ) -> Self {
        Self {
            environments: environments.map(|environment| environment.name.clone()).collect(),
            key: None,
            parts: Vec::new(),
            message: message.into(),
            help: None,
            origin: None,
            related: Vec::new(),
            at_most: Severity::Error,
        }
    }

    /// A finding about the value of `binding`.
    pub fn on(binding: &Binding<'_>, message: impl Into<String>) -> Self {
        let origin = binding.source.value_origin(binding.entry);
        Self::new(binding.environment, message).key(binding.key()).at(origin)
    }

    /// The key it is about.
    #[must_use]
    pub fn key(self, key: &str) -> Self {
        Self { key: Some(key.to_owned()), ..self }
    }

    /// All that it is about.
    #[must_use]
    pub fn about<'n>(self, parts: impl Iterator<Item = &'n str>) -> Self {
        Self { parts: parts.map(str::to_owned).collect(), ..self }
    }

    /// Where it is.
    #[must_use]
    pub fn at(self, origin: Origin) -> Self {
        Self { origin: Some(origin), ..self }
    }

    /// What to do.
    #[must_use]
    pub fn help(self, help: impl Into<String>) -> Self {
        Self { help: Some(help.into()), ..self }
    }

    /// A doubt rather than a mistake, however bad the rule is elsewhere.
    #[must_use]
    pub fn at_most(self, at_most: Severity) -> Self {
        Self { at_most, ..self }
    }

    /// Another binding that takes part, with its environment.
    #[must_use]
    pub fn with(mut self, other: &Binding<'_>) -> Self {
        let environment = other.environment.name.clone();
        if !self.environments.contains(&environment) {
            self.environments.push(environment.clone());
        }
        let (key, origin) = (other.key().to_owned(), other.source.value_origin(other.entry));
        self.related.push(Related { environment, key, origin });
        self
    }
}
