//! The environment of the program: the machine's variables, what the manifest lets through, and one environment's own.

use std::collections::HashSet;
use std::ffi::OsStr;

use wildmatch::WildMatch;

use super::base::is_base;
use crate::active::{AGENTS, CI, VARIABLE, terminal};
use crate::ctx::Environ;
use crate::model::fault::Fault;
use crate::model::project::{Binding, Environment, Project};
use crate::model::source::SourceKind;
use crate::model::value::Value;
use crate::model::variables::Variables;
use crate::out::export::{self, Pair};
use crate::out::format::Format;
use crate::store::PROCESS;

/// What decides which variables of the process a program gets.
pub struct Inheritance<'p> {
    project: &'p Project,
    environment: &'p Environment,
    /// Nothing where everything is let through.
    globs: Option<Vec<WildMatch>>,
    defined: HashSet<&'p str>,
}

impl<'p> Inheritance<'p> {
    /// The machine's variables and those that the manifest names, or all of them.
    pub fn new(project: &'p Project, environment: &'p Environment, is_all: bool) -> Self {
        let globs =
            (!is_all).then(|| project.schema.inherit.iter().map(|glob| WildMatch::new(glob)).collect());
        let files = project.sources.iter().filter(|source| source.format != PROCESS);
        let entries = files.flat_map(|source| &source.entries);
        let defined = entries.filter(|entry| entry.kind == SourceKind::Variables).map(|entry| entry.name());
        Self { project, environment, globs, defined: defined.collect() }
    }

    /// Is the variable passed on? What the files of any environment define is not, whatever the manifest says: an exported
    /// one would come from nobody knows where.
    pub fn takes(&self, name: &str, value: &OsStr) -> bool {
        if is_base(name) {
            return true;
        }
        let is_let_through =
            self.globs.as_ref().is_none_or(|globs| globs.iter().any(|glob| glob.matches(name)));
        is_let_through && !terminal::ALL.contains(&name) && !self.belongs_elsewhere(name, value)
    }

    fn belongs_elsewhere(&self, name: &str, value: &OsStr) -> bool {
        let others = self.project.environments.iter().filter(|other| other.name != self.environment.name);
        let is_theirs = |other: &Environment| {
            let (prefix, suffix) = (&other.about.process_prefix, &other.about.process_suffix);
            let is = |part: &Option<String>, has: fn(&str, &str) -> bool| {
                part.as_deref().is_some_and(|part| !part.is_empty() && has(name, part))
            };
            is(prefix, |name, part| name.starts_with(part)) || is(suffix, |name, part| name.ends_with(part))
        };
        let only_in = self.project.schema.key(name).and_then(|key| key.only_in.as_ref());
        self.defined.contains(name)
            || others.into_iter().any(is_theirs)
            || only_in.is_some_and(|scope| !self.project.is_in(scope, self.environment))
            || (self.project.schema.selector.iter().any(|selector| selector == name)
                && !self.selects_this(value))
    }

    /// Does a selector variable of this value mean this environment?
    fn selects_this(&self, value: &OsStr) -> bool {
        let meant = value.to_str().and_then(|name| self.project.environment(name));
        meant.is_some_and(|environment| environment.name == self.environment.name)
    }

    /// What the program finds in its environment: the variables that are passed on, then `bindings`, then the name.
    ///
    /// # Errors
    /// A [`Fault`] that names a variable which no process can have.
    pub fn environ(&self, variables: &'p Variables, bindings: &[Binding<'p>]) -> Result<Environ<'p>, Fault> {
        let mut environ: Environ<'p> =
            variables.raw().filter(|(name, value)| self.takes(name, value)).collect();
        for binding in bindings {
            let Some(text) = binding.value().map(Value::expose) else { continue };
            let pair = Pair { name: binding.entry.name(), text, is_secret: false };
            export::check(Format::Json, &pair)?;
            environ.insert(pair.name, OsStr::new(text));
        }
        // No file may take away what an envctl that the program starts goes by.
        environ.retain(|name, _| !terminal::ALL.contains(name));
        environ.extend(variables.raw().filter(|(name, _)| *name == CI || AGENTS.contains(name)));
        environ.insert(VARIABLE, OsStr::new(self.environment.name.as_str()));
        Ok(environ)
    }
}

/// The variables of the process that a file's value wins over, by their names.
pub fn shadowed<'p>(variables: &Variables, bindings: &[Binding<'p>]) -> Vec<&'p str> {
    let is_from_file = |binding: &&Binding<'_>| binding.source.format != PROCESS;
    let differs = |binding: &&Binding<'_>| {
        let exported = variables.raw_value(binding.entry.name());
        let value = binding.value().map(|value| OsStr::new(value.expose()));
        exported.is_some() && exported != value
    };
    bindings.iter().filter(is_from_file).filter(differs).map(|binding| binding.entry.name()).collect()
}
