//! The inspector: everything that is known about a key in one environment.

use std::collections::BTreeSet;

use jiff::civil::Date;

use super::demand::Demand;
use crate::model::fault::Fault;
use crate::model::finding::Finding;
use crate::model::nearest::nearest;
use crate::model::project::{Binding, Environment, Project, Referent, Trail};
use crate::model::schema::KeySpec;
use crate::model::secret::by_shape;
use crate::model::source::{Entry, Origin, Source, SourceKind};
use crate::model::variables::Variables;
use crate::rules::{self, Case};

/// A project in front of whoever asks about keys.
pub struct Inspector<'p> {
    case: Case<'p>,
    environment: &'p Environment,
    trails: Vec<Trail<'p>>,
    findings: Vec<Finding>,
}

/// A key in one environment.
pub struct Inspected<'i> {
    /// The key as it stands in its files, or as it was asked for where none has it.
    pub key: &'i str,
    /// The identity of the stack that has it.
    pub stack: Option<&'i str>,
    /// The entry that counts, with those that lost; nothing where the environment lacks it.
    pub trail: Option<&'i Trail<'i>>,
    /// What its value refers to.
    pub referents: Vec<Referent<'i>>,
    /// What the manifest asks of it.
    pub demand: Option<Demand<'i>>,
    /// Where files that say which keys are wanted have it.
    pub wanted: Vec<Origin>,
    /// What the rules say of it.
    pub findings: Vec<&'i Finding>,
    /// The other environments, and whether they have it; `None` where a part of them cannot be read.
    pub elsewhere: Vec<(&'i Environment, Option<bool>)>,
    /// What the shell says beside the files.
    pub shell: Option<Shell<'i>>,
}

/// A variable of the process that has the name of a key.
pub struct Shell<'i> {
    /// Its name.
    pub name: &'i str,
    /// Has it the value of the files? Nothing where they have none to compare it with.
    pub is_same: Option<bool>,
}

/// A key that somewhere stands: its stack, and its whole path.
type Identity<'p> = (&'p str, &'p str);

impl<'p> Inspector<'p> {
    /// Looks at `environment`, as it is today.
    pub fn new(project: &'p Project, environment: &'p Environment, today: Date) -> Self {
        let case = Case::new(project, today);
        let findings = rules::judge_one(project, environment, today);
        Self { case, environment, trails: project.trails(environment), findings }
    }

    /// What there is to know of the keys that `word` means: one for each stack that has it in some environment.
    ///
    /// # Errors
    /// Where nobody knows such a key.
    pub fn keys<'i>(&'i self, word: &'i str, variables: &Variables) -> Result<Vec<Inspected<'i>>, Fault> {
        let identities = identities(self.case.project, word);
        match identities.is_empty() {
            false => Ok(identities.into_iter().map(|one| self.inspect(word, Some(one), variables)).collect()),
            true if is_asked_for(self.case.project, word) => Ok(vec![self.inspect(word, None, variables)]),
            true => Err(unknown(self.case.project, word, false)),
        }
    }

    fn inspect<'i>(
        &'i self,
        word: &'i str,
        identity: Option<Identity<'i>>,
        variables: &Variables,
    ) -> Inspected<'i> {
        let project = self.case.project;
        let trail = identity.and_then(|identity| self.trails.iter().find(|one| of(&one.binding) == identity));
        let elsewhere = self.elsewhere(identity);
        let sample = trail.map(|trail| trail.binding).or_else(|| {
            elsewhere.iter().find_map(|(environment, _)| binding(project, environment, identity?))
        });
        let name = sample.map_or(word, |sample| sample.entry.name());
        let spec = spec(project, name, identity);
        Inspected {
            key: identity.map_or(word, |(_, key)| key),
            stack: identity.map(|(stack, _)| stack),
            trail,
            referents: trail.map(|trail| project.referents(trail)).unwrap_or_default(),
            demand: spec.map(|spec| Demand::new(&self.case, self.environment, spec)),
            wanted: wanted(project, name).map(|(source, entry)| source.key_origin(entry)).collect(),
            findings: self.findings(identity, name),
            elsewhere,
            shell: shell(name, sample, trail, variables),
        }
    }

    fn elsewhere<'i>(&'i self, identity: Option<Identity<'i>>) -> Vec<(&'i Environment, Option<bool>)> {
        let project = self.case.project;
        let has = |environment: &'i Environment| {
            let is_there = identity.is_some_and(|identity| binding(project, environment, identity).is_some());
            let is_whole = || project.sources_of(environment).all(|source| source.problems.is_empty());
            (environment, (is_there || is_whole()).then_some(is_there))
        };
        self.case.environments().filter(|one| one.name != self.environment.name).map(has).collect()
    }

    /// The findings about a key, not about one of the same name in another stack.
    fn findings<'i>(&'i self, identity: Option<Identity<'i>>, name: &str) -> Vec<&'i Finding> {
        let project = self.case.project;
        let files: BTreeSet<&str> = files(project, identity).collect();
        let is_here = |origin: &Origin| files.contains(origin.file.as_str());
        let is_about = |finding: &&Finding| {
            let key = finding.key.as_deref();
            let is_key = key.is_some_and(|key| key == name || identity.is_some_and(|(_, own)| own == key));
            is_key && (identity.is_none() || finding.origin.as_ref().is_none_or(is_here))
        };
        self.findings
            .iter()
            .filter(|finding| is_about(finding) || self.takes_part(finding, identity))
            .collect()
    }

    /// Is the entry that counts here one of the other places of a finding?
    fn takes_part(&self, finding: &Finding, identity: Option<Identity<'_>>) -> bool {
        let Some(here) = identity.and_then(|identity| binding(self.case.project, self.environment, identity))
        else {
            return false;
        };
        let own = here.source.value_origin(here.entry);
        let is_here = |origin: &Origin| own.at.is_some() && (&origin.file, origin.at) == (&own.file, own.at);
        finding
            .related
            .iter()
            .any(|related| related.environment == self.environment.name && is_here(&related.origin))
    }
}

fn of<'p>(binding: &Binding<'p>) -> Identity<'p> {
    (binding.stack, binding.key())
}

fn binding<'p>(
    project: &'p Project,
    environment: &'p Environment,
    (stack, key): Identity<'p>,
) -> Option<Binding<'p>> {
    project.find(environment, key).find(|binding| binding.stack == stack)
}

/// The files of a stack, in all environments, and the manifest.
fn files<'p>(project: &'p Project, identity: Option<Identity<'p>>) -> impl Iterator<Item = &'p str> {
    let is_own =
        move |stack: usize| project.stacks.get(stack).map(|stack| &*stack.id) == identity.map(|(id, _)| id);
    let layers = project.environments.iter().flat_map(|environment| &environment.layers);
    let sources =
        layers.filter(move |layer| is_own(layer.stack)).filter_map(|layer| project.sources.get(layer.source));
    sources.map(|source| source.path.as_str()).chain(project.manifest.as_deref())
}

/// Does `word` mean this key: by its name, its whole path, or its identity?
pub fn means(word: &str, binding: &Binding<'_>) -> bool {
    let path = || word.strip_prefix(binding.stack)?.strip_prefix("::");
    binding.key() == word || binding.entry.name() == word || path() == Some(binding.key())
}

/// The keys that `word` means in any environment, each once.
fn identities<'p>(project: &'p Project, word: &str) -> BTreeSet<Identity<'p>> {
    let bindings = project.environments.iter().flat_map(|environment| project.bindings(environment));
    bindings.filter(|binding| means(word, binding)).map(|binding| of(&binding)).collect()
}

/// Does any file have the key, or ask for it?
pub fn is_known(project: &Project, word: &str) -> bool {
    is_asked_for(project, word) || !identities(project, word).is_empty()
}

fn is_asked_for(project: &Project, word: &str) -> bool {
    project.schema.key(word).is_some() || wanted(project, word).next().is_some()
}

/// The places where files say that a key is wanted.
fn wanted<'p>(project: &'p Project, name: &str) -> impl Iterator<Item = (&'p Source, &'p Entry)> {
    let entries = |source: &'p Source| source.entries.iter().map(move |entry| (source, entry));
    project.schema_files.iter().flat_map(entries).filter(move |(_, entry)| entry.name() == name)
}

/// A variable is declared by its name, a setting by its path or its identity.
fn spec<'p>(project: &'p Project, name: &str, identity: Option<Identity<'_>>) -> Option<&'p KeySpec> {
    let schema = &project.schema;
    schema.key(name).or_else(|| {
        let (stack, key) = identity?;
        schema.key(key).or_else(|| schema.key(&format!("{stack}::{key}")))
    })
}

/// What the shell says of a variable. Its own entry is no second opinion.
fn shell<'i>(
    name: &'i str,
    sample: Option<Binding<'_>>,
    trail: Option<&Trail<'_>>,
    variables: &Variables,
) -> Option<Shell<'i>> {
    let is_variable =
        sample.map_or(!name.contains("::"), |sample| sample.entry.kind == SourceKind::Variables);
    let is_its_own = trail.is_some_and(|trail| is_of_process(&trail.binding));
    let text = variables.iter().find(|(variable, _)| *variable == name).map(|(_, text)| text);
    let is_set = text.is_some() || variables.get(name).is_some();
    if !is_variable || is_its_own || !is_set {
        return None;
    }
    let value = trail.and_then(|trail| trail.binding.value());
    let is_same = value.map(|value| text.is_some_and(|text| value.judge(|own| own == text)));
    Some(Shell { name, is_same })
}

/// Only what comes from the process stands at no place of a file.
fn is_of_process(binding: &Binding<'_>) -> bool {
    binding.source.key_origin(binding.entry).at.is_none()
}

/// The fault of a word that is no key; `is_first` where it could have been an environment too. What looks like a secret
/// is neither repeated nor suggested.
pub fn unknown(project: &Project, word: &str, is_first: bool) -> Fault {
    let environments = project.environments.iter().map(|environment| environment.name.as_str());
    let bindings = || project.environments.iter().flat_map(|environment| project.bindings(environment));
    let keys = bindings().flat_map(|binding| [binding.entry.name(), binding.key()]);
    let asked = project.schema.keys.iter().map(|spec| spec.name.as_str());
    let wanted = project.schema_files.iter().flat_map(|source| &source.entries).map(Entry::name);
    let known = environments.filter(|_| is_first).chain(keys).chain(asked).chain(wanted);
    let what = if is_first { "no environment and no key" } else { "no key" };
    let fault = Fault::new(match by_shape(word) {
        true => format!("there is {what} of this name"),
        false => format!("there is {what} `{word}`"),
    });
    match nearest(word, known.filter(|name| !by_shape(name))) {
        Some(near) => fault.help(format!("did you mean `{near}`?")),
        None => {
            fault.help("`envctl show ENV` lists the keys of an environment, `envctl list` the environments")
        }
    }
}
