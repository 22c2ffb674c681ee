//! Consent: what a person says to an action on a protected environment, and the refusal where nobody says it.

use anyhow::Result;
use jiff::Timestamp;

use super::Exit;
use crate::active;
use crate::ask::{self, Answer};
use crate::ctx::{self, Ctx};
use crate::model::fault::Fault;
use crate::model::project::Environment;
use crate::store::Root;

/// What a person said to a protected environment.
pub enum Consent {
    /// It needs none, or one is live until then.
    Had(Option<Timestamp>),
    /// It was given now.
    Given,
    /// It was not given, and this is why.
    Refused(Fault),
    /// Ctrl-C.
    Interrupted,
}

/// How somebody asks for consent.
pub struct Request<'r> {
    /// `--confirm NAME`.
    pub confirm: Option<&'r str>,
    /// Is a live consent not enough?
    pub anew: bool,
}

impl Request<'_> {
    /// The consent to `environment`: a live one, a confirmed or a typed name.
    ///
    /// # Errors
    /// Where the terminal cannot be used.
    pub fn consent(&self, ctx: &Ctx, root: &Root, environment: &Environment) -> Result<Consent> {
        let name = environment.name.as_str();
        if !environment.is_protected() {
            return Ok(Consent::Had(None));
        }
        // Before the consent that a person has given: it was not given to an agent.
        if let Some(agent) = active::agent(&ctx.variables) {
            let fault = Fault::new(format!(
                "{name} is protected, and a coding agent may not confirm ({agent} is set)"
            ));
            return Ok(Consent::Refused(
                fault.help(format!("a person runs `envctl switch {name}` in a shell of their own")),
            ));
        }
        let live = active::consent(&ctx.asked(root), environment);
        if live.is_some() && !self.anew && self.confirm.is_none() {
            return Ok(Consent::Had(live));
        }
        let refused = |why: &str| {
            let fault = Fault::new(format!("{name} is protected, and {why}"));
            Ok(Consent::Refused(fault.help(format!("write --confirm {name}"))))
        };
        match self.confirm {
            Some(confirmed) if confirmed == name => Ok(Consent::Given),
            Some(_) => refused("--confirm names something else"),
            None if !ctx.can_ask() => refused("nobody is there to confirm"),
            None => typed(name),
        }
    }
}

fn typed(name: &str) -> Result<Consent> {
    Ok(match ask::line(&format!("{name} is protected. Type its name to go on"))? {
        Answer::Given(typed) if typed.trim() == name => Consent::Given,
        Answer::Given(_) => Consent::Refused(Fault::new("that is not its name").help("nothing has changed")),
        Answer::Interrupted => Consent::Interrupted,
    })
}

/// Says why not.
pub fn refuse(refusal: &Fault) -> Exit {
    ctx::complain(&super::fault_text("refused", &refusal.to_string(), "", refusal.advice()));
    Exit::Refused
}
