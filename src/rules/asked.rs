//! What example files ask of environments, as far as the manifest leaves it to them.

use std::collections::HashMap;

use super::{Case, Phase};
use crate::model::placeholder::is_placeholder;
use crate::model::project::{Asking, Binding, Environment};
use crate::model::source::Source;
use crate::model::tier::Tier;
use crate::model::wanted::Wanted;

/// A file that asks one environment for keys.
#[derive(Clone, Copy)]
pub(super) struct Asked<'p> {
    /// The file.
    pub(super) file: &'p Source,
    /// The environment.
    pub(super) environment: &'p Environment,
    /// Who asks whom.
    pub(super) asking: &'p Asking,
}

/// All that is asked.
pub(super) fn asked<'p>(case: &Case<'p>) -> impl Iterator<Item = Asked<'p>> + use<'p> {
    let project = case.project;
    project.askings.iter().filter_map(|asking| {
        let file = project.schema_files.get(asking.file)?;
        Some(Asked { file, environment: project.environments.get(asking.environment)?, asking })
    })
}

impl<'p> Asked<'p> {
    /// The keys that the file sets, rather than only mentions in a comment, and that the manifest does not declare:
    /// it beats every example.
    pub(super) fn keys(&self, case: &Case<'p>) -> Vec<&'p Wanted> {
        let is_asked = |key: &&Wanted| {
            !key.is_commented_out
                && !case.withholds(&key.name, key.secret)
                && case.project.schema.key(&key.name).is_none()
                && self.file.entry_at(key.offset).is_some()
        };
        self.file.wanted.iter().filter(is_asked).collect()
    }

    /// What the environment has under `name`, where the file asks for it; what comes from no file counts too.
    pub(super) fn found(&self, case: &Case<'p>, name: &str) -> impl Iterator<Item = Binding<'p>> + use<'p> {
        let stacks = self.asking.stacks.iter().filter_map(|stack| case.project.stacks.get(*stack));
        let stacks: Vec<&str> = stacks.map(|stack| &*stack.id).collect();
        let found: Vec<_> = case.project.find(self.environment, name).collect();
        let is_no_file = |source: &Source| source.stamp.is_none() && !source.is_dotenv_file();
        found.into_iter().filter(move |binding| stacks.contains(&binding.stack) || is_no_file(binding.source))
    }

    /// Must the environment be complete: is it guarded, or was it asked for by its name?
    pub(super) fn must_be_complete(&self, case: &Case<'_>) -> bool {
        let is_named = case.named.contains(&self.environment.name) && case.phase == Phase::Value;
        self.environment.is_protected() || is_named
    }

    /// Is it a template for a file of this environment alone?
    pub(super) fn is_of_layer(&self) -> bool {
        self.asking.level.is_some()
    }

    /// Stands this source in the layer that the file is a template for, or above it?
    pub(super) fn is_filled_by(&self, case: &Case<'p>, source: &Source) -> bool {
        let layers = self.environment.layers.iter();
        let mut here = layers.filter(|layer| {
            case.project.sources.get(layer.source).is_some_and(|one| std::ptr::eq(one, source))
        });
        here.any(|layer| layer.level.is_none() || layer.level >= self.asking.level)
    }
}

/// Who has filled in the keys that example files leave open. Tests prove nothing: they set what is theirs.
pub(super) struct Filled<'p>(HashMap<(usize, &'p str), Fillers>);

/// The place of the first environment that has filled in a key, and whether it is not the only one.
struct Fillers {
    first: usize,
    has_more: bool,
}

impl<'p> Filled<'p> {
    /// Looks through everything that is asked.
    pub(super) fn of(case: &Case<'p>) -> Self {
        let mut filled: HashMap<(usize, &str), Fillers> = HashMap::new();
        let is_filled = |one: &Binding<'_>| {
            one.value().is_none_or(|value| !value.is_empty() && !value.judge(is_placeholder))
        };
        for asked in asked(case).filter(|asked| asked.environment.tier != Tier::Test) {
            let Asking { file, environment: first, .. } = *asked.asking;
            for key in asked.file.wanted.iter().filter(|key| key.required.is_none() && key.is_open()) {
                if asked.found(case, &key.name).any(|one| is_filled(&one)) {
                    let fillers = filled.entry((file, &*key.name));
                    let fillers = fillers.or_insert(Fillers { first, has_more: false });
                    fillers.has_more |= fillers.first != first;
                }
            }
        }
        Self(filled)
    }

    /// Has an environment other than the one that is asked filled in the key? Then it is needed.
    pub(super) fn is_elsewhere(&self, asked: &Asked<'_>, name: &str) -> bool {
        let fillers = self.0.get(&(asked.asking.file, name));
        fillers.is_some_and(|one| one.has_more || one.first != asked.asking.environment)
    }
}

/// May something that envctl does not see give the environment what its files lack?
pub(super) fn is_given_elsewhere(case: &Case<'_>, environment: &Environment) -> bool {
    let is_given = environment.about.is_given_elsewhere() && !case.is_asked_for(environment);
    let is_unreadable = || case.project.sources_of(environment).any(|source| source.is_unreadable);
    is_given || is_unreadable()
}
