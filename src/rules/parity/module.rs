//! What Terraform modules do without: a file of values need not set it.

use std::collections::HashMap;

use crate::model::project::{Binding, Module, Project, holds_values, variable_of};
use crate::model::source::Source;

/// The modules of a project, and which of them take a file.
pub(super) struct Modules<'p> {
    all: Vec<Inputs<'p>>,
    /// By the paths of files of values: places in `all`.
    takers: HashMap<&'p str, Vec<usize>>,
}

/// What one module asks for.
struct Inputs<'p> {
    module: &'p Module,
    /// Its variables: must a value be given?
    variables: HashMap<&'p str, bool>,
}

impl<'p> Modules<'p> {
    pub(super) fn of(project: &'p Project) -> Self {
        let inputs = |module: &'p Module| {
            let variables = module.variables(project);
            let variables = variables.map(|(_, one)| (&*one.name, one.required != Some(false))).collect();
            Inputs { module, variables }
        };
        let mut takers: HashMap<&str, Vec<usize>> = HashMap::new();
        for (place, module) in project.modules.iter().enumerate() {
            for path in module.takes.iter().filter(|path| holds_values(path)) {
                takers.entry(path).or_default().push(place);
            }
        }
        Self { all: project.modules.iter().map(inputs).collect(), takers }
    }

    /// Do the modules that take one of these files need no value for what `binding` sets elsewhere?
    pub(super) fn can_do_without<'s>(
        &self,
        binding: &Binding<'_>,
        sources: impl Iterator<Item = &'s Source>,
    ) -> bool {
        if self.takers.is_empty() || !holds_values(&binding.source.path) {
            return false;
        }
        let places = sources.filter_map(|source| self.takers.get(&*source.path)).flatten();
        let mut modules = places.filter_map(|place| self.all.get(*place)).peekable();
        modules.peek().is_some() && modules.all(|inputs| inputs.can_do_without(variable_of(binding.entry)))
    }
}

impl Inputs<'_> {
    /// Has the variable a default, is it set otherwise, or is there none of its name?
    fn can_do_without(&self, variable: &str) -> bool {
        match self.variables.get(variable) {
            Some(is_needed) => !is_needed || self.module.is_fed || self.module.given.contains(variable),
            None => self.module.is_whole,
        }
    }
}
