//! Fitness: may anybody work in an environment, as far as the rules say?

use super::Attempt;
use crate::cmd::variables::LOADER_KEY;
use crate::ctx;
use crate::format::env_toml;
use crate::model::fault::Fault;
use crate::model::finding::{Finding, Severity};
use crate::model::project::{Environment, Project};
use crate::out::findings::{self, Look};
use crate::out::gate::visible;
use crate::out::table::plural;
use crate::rules;

/// Rules whose warnings may be objections.
const OBJECTED: &[&str] = &[LOADER_KEY];

/// What speaks against an attempt.
pub struct Obstacle {
    /// What is so.
    pub what: String,
    /// What would satisfy it.
    pub mend: String,
}

impl Attempt<'_> {
    /// Why the environment is not fit to be worked in, or this is not the place for it, unless that is overridden.
    pub fn objection(&self, is_objection: impl Fn(&Finding) -> bool) -> Option<Fault> {
        let findings = rules::judge_errors(self.project, self.environment, self.ctx.today(), OBJECTED);
        self.weigh(&findings, is_objection, None)
    }

    /// Why no program should start in it now, unless that is overridden; `obstacles` are what the command has against it.
    pub fn objection_at_start(
        &self,
        is_objection: impl Fn(&Finding) -> bool,
        obstacles: impl IntoIterator<Item = Obstacle>,
    ) -> Option<Fault> {
        let findings = rules::judge_at_start(self.project, self.environment, self.ctx.today(), OBJECTED);
        self.weigh(&findings, is_objection, obstacles)
    }

    fn weigh(
        &self,
        findings: &[Finding],
        is_objection: impl Fn(&Finding) -> bool,
        obstacles: impl IntoIterator<Item = Obstacle>,
    ) -> Option<Fault> {
        let name = &self.environment.name;
        let errors = self.errors(findings, is_objection);
        let checks: Vec<Obstacle> = self.checks().into_iter().chain(obstacles).collect();
        if errors.is_none() && checks.is_empty() {
            return None;
        }
        if self.say.force && !is_described(self.project, self.environment) {
            let message =
                format!("the description of {name} cannot be read, so nobody knows whether it is protected");
            return Some(Fault::new(message).help("mend it; --force does not override this"));
        }
        if self.say.force {
            self.forced.set(true);
            if let Some(count) = &errors {
                self.ctx.say(&format!("warning: {count} of {name} overridden\n"));
            }
            for Obstacle { what, .. } in &checks {
                self.ctx.say(&format!("warning: overridden: {}\n", visible(what)));
            }
            return None;
        }
        let errors =
            errors.map(|count| Obstacle { what: format!("{name} has {count}"), mend: "mend it".to_owned() });
        let all: Vec<Obstacle> = errors.into_iter().chain(checks).collect();
        let listed = |part: fn(&Obstacle) -> &str| all.iter().map(part).collect::<Vec<_>>().join("; ");
        let help = format!("{}, or override it with --force --reason TEXT", listed(|one| &one.mend));
        Some(Fault::new(listed(|one| &one.what)).help(help))
    }

    /// How many errors the environment has; they are said.
    fn errors(&self, findings: &[Finding], is_objection: impl Fn(&Finding) -> bool) -> Option<String> {
        let is_bad = |finding: &&Finding| finding.severity == Severity::Error || is_objection(finding);
        let errors: Vec<&Finding> = findings.iter().filter(is_bad).collect();
        let look = Look { paint: self.ctx.paint_stderr(), width: None };
        for finding in &errors {
            ctx::complain(&format!("{}\n", findings::render(finding, look)));
        }
        (!errors.is_empty()).then(|| plural(errors.len(), "error"))
    }
}

/// Could everything be read that says what the environment is?
pub fn is_described(project: &Project, environment: &Environment) -> bool {
    let mut sources = project.sources_of(environment);
    sources.all(|source| source.format != env_toml::FORMAT.id || source.problems.is_empty())
}
