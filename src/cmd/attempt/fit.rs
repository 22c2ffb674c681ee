//! Fitness: may anybody work in an environment, as far as the rules say?

use super::Attempt;
use crate::ctx;
use crate::format::env_toml;
use crate::model::fault::Fault;
use crate::model::finding::{Finding, Severity};
use crate::model::project::{Environment, Project};
use crate::out::findings::{self, Look};
use crate::out::table::plural;
use crate::rules;

impl Attempt<'_> {
    /// Why the environment is not fit to be worked in, unless that is overridden.
    pub fn objection(&self, is_objection: impl Fn(&Finding) -> bool) -> Option<Fault> {
        self.weigh(&rules::judge_one(self.project, self.environment, self.ctx.today()), is_objection)
    }

    /// Why no program should start in it now, unless that is overridden.
    pub fn objection_at_start(&self, is_objection: impl Fn(&Finding) -> bool) -> Option<Fault> {
        self.weigh(&rules::judge_at_start(self.project, self.environment, self.ctx.today()), is_objection)
    }

    fn weigh(&self, findings: &[Finding], is_objection: impl Fn(&Finding) -> bool) -> Option<Fault> {
        let name = &self.environment.name;
        let is_bad = |finding: &&Finding| finding.severity == Severity::Error || is_objection(finding);
        let errors: Vec<&Finding> = findings.iter().filter(is_bad).collect();
        if errors.is_empty() {
            return None;
        }
        let look = Look { paint: self.ctx.paint_stderr(), width: None };
        for finding in &errors {
            ctx::complain(&format!("{}\n", findings::render(finding, look)));
        }
        let count = plural(errors.len(), "error");
        if self.say.force && !is_described(self.project, self.environment) {
            let message =
                format!("the description of {name} cannot be read, so nobody knows whether it is protected");
            return Some(Fault::new(message).help("mend it; --force does not override this"));
        }
        if self.say.force {
            self.forced.set(true);
            self.ctx.say(&format!("warning: {count} of {name} overridden\n"));
            return None;
        }
        let fault = Fault::new(format!("{name} has {count}"));
        Some(fault.help("mend it, or override it with --force --reason TEXT"))
    }
}

/// Could everything be read that says what the environment is?
pub fn is_described(project: &Project, environment: &Environment) -> bool {
    let mut sources = project.sources_of(environment);
    sources.all(|source| source.format != env_toml::FORMAT.id || source.problems.is_empty())
}
