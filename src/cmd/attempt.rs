//! An attempt at a guarded action: what must hold, and who must consent, before it is done in an environment.

mod action;
mod checks;
mod consent;
mod fit;
mod place;
mod record;

use std::cell::Cell;

use anyhow::Result;
use clap::Args;
use clap::builder::NonEmptyStringValueParser;

use super::{Exit, fault_text};
use crate::ctx::{self, Ctx};
use crate::model::fault::Fault;
use crate::model::finding::Finding;
use crate::model::project::{Environment, Project};
use crate::store::Root;
pub use action::Action;
pub use checks::{is_host, owners};
pub use consent::Consent;
pub use fit::{Obstacle, is_described};
pub use place::environment;
pub use record::turn_away;

/// What the command line says to checks and to the question for consent.
#[derive(Args, Default)]
pub struct Say {
    /// Confirm a protected environment by its name, instead of typing it
    #[arg(long, value_name = "NAME")]
    pub confirm: Option<String>,
    /// Go on though the environment has errors, or host, branch or work tree speak against it; needs --reason
    #[arg(long, requires = "reason")]
    pub force: bool,
    /// Why it is forced
    #[arg(long, value_name = "TEXT", requires = "force", value_parser = NonEmptyStringValueParser::new())]
    pub reason: Option<String>,
}

/// One attempt.
pub struct Attempt<'a> {
    /// The process around it.
    pub ctx: &'a Ctx,
    /// Where the project is.
    pub root: &'a Root,
    /// The project.
    pub project: &'a Project,
    /// The environment that it is about.
    pub environment: &'a Environment,
    /// What the command line says to it.
    pub say: &'a Say,
    /// What is attempted.
    pub action: Action<'a>,
    /// Did something speak against it, and was overridden?
    forced: Cell<bool>,
}

impl<'a> Attempt<'a> {
    /// An attempt that nobody has judged yet.
    pub fn new(
        (ctx, root): (&'a Ctx, &'a Root),
        project: &'a Project,
        environment: &'a Environment,
        say: &'a Say,
        action: Action<'a>,
    ) -> Self {
        Self { ctx, root, project, environment, say, action, forced: Cell::default() }
    }

    /// Refuses an environment that is not fit to be worked in, and writes that into the log. Its errors are said on stderr,
    /// and what `is_objection` finds too.
    pub fn judge(&self, is_objection: impl Fn(&Finding) -> bool) -> Option<Exit> {
        self.objection(is_objection).map(|refusal| self.refuse(&refusal))
    }

    /// Refuses an environment that no program should start in now: the same, and whatever somebody else provides must be
    /// there.
    pub fn judge_at_start(
        &self,
        is_objection: impl Fn(&Finding) -> bool,
        obstacles: impl IntoIterator<Item = Obstacle>,
    ) -> Option<Exit> {
        self.objection_at_start(is_objection, obstacles).map(|refusal| self.refuse(&refusal))
    }

    /// Refuses an environment that is not fit to be worked in, then asks for consent where it needs one, and writes into
    /// the log how that ended.
    ///
    /// # Errors
    /// Where the terminal cannot be used.
    pub fn permit(&self, is_objection: impl Fn(&Finding) -> bool) -> Result<Consent> {
        if let Some(exit) = self.judge(is_objection) {
            return Ok(Consent::Not(exit));
        }
        let consent = self.consent()?;
        if !matches!(consent, Consent::Not(_)) {
            self.record();
        }
        Ok(consent)
    }
}

/// Says why not.
pub fn refuse(refusal: &Fault) -> Exit {
    ctx::complain(&fault_text("refused", &refusal.to_string(), "", refusal.advice()));
    Exit::Refused
}
