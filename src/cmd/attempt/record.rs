//! What an attempt leaves in the log. The log never stops anybody: where it cannot be written, the work goes on.

use jiff::Timestamp;

use super::{Action, Attempt, Exit, refuse};
use crate::active;
use crate::active::grant::For;
use crate::active::log::{Line, Log, Outcome};
use crate::ctx::Ctx;
use crate::git;
use crate::model::fault::Fault;
use crate::store::Root;

impl Attempt<'_> {
    /// Writes down that it is done, or is about to be, where anybody would ask for it later.
    pub fn record(&self) {
        let is_forced = self.forced.get();
        if is_forced || self.action.is_always_told() || self.environment.is_protected() {
            let reason = self.say.reason.clone().filter(|_| is_forced);
            let outcome = if is_forced { Outcome::Forced } else { Outcome::Done };
            self.write(Line { reason, ..line(self.ctx, self.action, outcome) });
        }
    }

    /// Writes down that a person gave consent.
    pub fn record_grant(&self, until: Timestamp, whom: For) {
        let (action, agents) = ("grant".to_owned(), Some(whom == For::AgentsToo));
        self.write(Line { action, until: Some(until), agents, ..line(self.ctx, self.action, Outcome::Done) });
    }

    /// Writes down why it was not done.
    pub fn record_refusal(&self, why: &str) {
        self.write(Line { reason: Some(why.to_owned()), ..line(self.ctx, self.action, Outcome::Refused) });
    }

    /// Says why not, and writes it down.
    pub fn refuse(&self, refusal: &Fault) -> Exit {
        self.record_refusal(&refusal.to_string());
        refuse(refusal)
    }

    fn write(&self, line: Line) {
        write(self.ctx, Some(self.root), Line { to: Some(self.environment.name.to_string()), ..line });
    }
}

/// Refuses what did not come as far as an attempt, for an environment that may have been `named`, and writes it down.
pub fn turn_away(ctx: &Ctx, action: Action<'_>, named: Option<&str>, refusal: &Fault) -> Exit {
    let (to, reason) = (named.map(str::to_owned), Some(refusal.to_string()));
    write(ctx, ctx.root().ok().as_ref(), Line { to, reason, ..line(ctx, action, Outcome::Refused) });
    refuse(refusal)
}

/// What is known of every action.
fn line(ctx: &Ctx, action: Action<'_>, outcome: Outcome) -> Line {
    let line = Line::new(Timestamp::now(), action.as_str(), outcome);
    let (user, host) = (ctx.user(), Some(ctx.host()));
    let agent = active::agent(&ctx.variables).map(str::to_owned);
    match action {
        Action::Switch { from, .. } => Line { from: from.map(str::to_owned), user, host, agent, ..line },
        Action::Run { program } => {
            let program = Some(program.to_string_lossy().into_owned());
            Line { program, user, host, agent, ..line }
        }
        Action::Export | Action::Reveal => Line { user, host, agent, ..line },
    }
}

/// Adds a line about the project at `root`.
fn write(ctx: &Ctx, root: Option<&Root>, line: Line) {
    let Some(log) = Log::open(&ctx.variables) else { return };
    let project = root.map(|root| root.dir.to_string_lossy().into_owned());
    let git = root.map(|root| git::head(&root.dir)).unwrap_or_default();
    let added = log.add(Line { project, branch: git.branch, commit: git.commit, ..line });
    if let Some(why) = added.err().filter(|_| ctx.args.verbose) {
        ctx.say(&format!("note: this is not in the log: {why}\n"));
    }
}
