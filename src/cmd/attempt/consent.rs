//! Consent: what a person says to an action on a protected environment, and the refusal where nobody says it.

use anyhow::Result;
use jiff::Timestamp;

use super::{Attempt, Exit};
use crate::active;
use crate::ask::{self, Answer};
use crate::model::fault::Fault;

/// What a person said to a protected environment.
pub enum Consent {
    /// It needs none, or one is live until then.
    Had(Option<Timestamp>),
    /// It was given now.
    Given,
    /// It was not given, and that was said.
    Not(Exit),
}

impl Attempt<'_> {
    /// The consent to the environment: a live one, a confirmed or a typed name.
    ///
    /// # Errors
    /// Where the terminal cannot be used.
    pub fn consent(&self) -> Result<Consent> {
        let name = self.environment.name.as_str();
        if !self.environment.is_protected() {
            return Ok(Consent::Had(None));
        }
        if let Some(agent) = active::agent(&self.ctx.variables) {
            return Ok(self.for_agent(agent));
        }
        let live = active::consent(&self.ctx.asked(self.root), self.environment);
        if live.is_some() && !self.action.is_anew() && self.say.confirm.is_none() {
            return Ok(Consent::Had(live));
        }
        let refused = |why: &str| {
            let fault = Fault::new(format!("{name} is protected, and {why}"));
            Ok(Consent::Not(self.refuse(&fault.help(format!("write --confirm {name}")))))
        };
        match &self.say.confirm {
            Some(confirmed) if confirmed == name => Ok(Consent::Given),
            Some(_) => refused("--confirm names something else"),
            None if !self.ctx.can_ask() => refused("nobody is there to confirm"),
            None => self.typed(name),
        }
    }

    /// An agent goes by a consent that a person gave to agents, and gives none.
    fn for_agent(&self, agent: &str) -> Consent {
        let name = &self.environment.name;
        let live = active::consent_for_agents(&self.ctx.asked(self.root), self.environment);
        if live.is_some() && !self.action.is_anew() && self.say.confirm.is_none() {
            return Consent::Had(live);
        }
        let what = format!("{name} is protected, and a coding agent may not confirm ({agent} is set)");
        let help =
            format!("a person runs `envctl switch {name} --for 15m --allow-agents` in a shell of their own");
        Consent::Not(self.refuse(&Fault::new(what).help(help)))
    }

    fn typed(&self, name: &str) -> Result<Consent> {
        let refusal = || Fault::new("that is not its name").help("nothing has changed");
        Ok(match ask::line(&format!("{name} is protected. Type its name to go on"))? {
            Answer::Given(typed) if typed.trim() == name => Consent::Given,
            Answer::Given(_) => Consent::Not(self.refuse(&refusal())),
            Answer::Interrupted => {
                self.record_refusal("nobody typed its name");
                Consent::Not(Exit::Interrupted)
            }
        })
    }
}
