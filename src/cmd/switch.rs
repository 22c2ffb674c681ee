//! `switch`: select an environment, safely.

mod terminal;

use anyhow::Result;
use clap::{ArgMatches, Args, Command};
use jiff::{SignedDuration, Timestamp};

use super::attempt::{Action, Attempt, Consent, Say, refuse, turn_away};
use super::candidates::environments;
use super::{Exit, Group, Subcommand, parse, terraform};
use crate::active::glance::Seen;
use crate::active::grant::For;
use crate::active::{self, Decider, Selection, grant, state};
use crate::ask::{self, Answer};
use crate::ctx::Ctx;
use crate::model::delta::Comparison;
use crate::model::fault::Fault;
use crate::model::project::{Environment, Project};
use crate::model::target::Target;
use crate::out::format::Formats;
use crate::out::gate::visible;
use crate::out::moment;
use crate::out::paint::Paint;
use crate::store::{Root, folder};

/// The registration.
pub const COMMAND: Subcommand = Subcommand {
    name: "switch",
    group: Group::Work,
    about: "Select an environment, after it was judged; a protected one after you typed its name",
    examples: "\
Examples:
  envctl switch staging
  envctl switch -                                    back to the one before
  envctl switch --shell staging                      in this terminal alone, with the hook of your shell
  envctl switch --shell -                            as in the project's other terminals again
  envctl switch --from-git                           the one that the branch belongs to
  envctl switch production --for 30m                 asks you to type the name
  envctl switch production --confirm production      for scripts
  envctl switch production --for 15m --allow-agents  lets coding agents work there, too
  envctl switch                                      choose from a list",
    arguments: |command: Command| SwitchArgs::augment_args(command),
    formats: Formats::PLAIN,
    run,
};

#[derive(Args)]
struct SwitchArgs {
    /// The environment; `-` is the one before; nothing lets you choose
    #[arg(value_name = "ENV", allow_hyphen_values = true, add = environments())]
    environment: Option<String>,
    /// Select for this terminal alone; without the hook, prints what its shell has to take in
    #[arg(long)]
    shell: bool,
    /// Show what would happen, and change nothing
    #[arg(long)]
    dry_run: bool,
    /// How long the consent to a protected environment lasts, at most 12h [default: 60m]
    #[arg(long, value_name = "DURATION", value_parser = length)]
    r#for: Option<SignedDuration>,
    /// The consent is for coding agents too, which can give none themselves
    #[arg(long)]
    allow_agents: bool,
    #[command(flatten)]
    say: Say,
}

/// `30m`, `2h`, `1h 30m`: more than nothing, at most twelve hours.
fn length(text: &str) -> Result<SignedDuration, &'static str> {
    let length: SignedDuration = text.parse().map_err(|_| "write a duration such as 30m or 2h")?;
    if length > SignedDuration::ZERO && length <= grant::LONGEST {
        Ok(length)
    } else {
        Err("a consent lasts longer than nothing and at most 12h")
    }
}

fn run(matches: &ArgMatches, ctx: &Ctx) -> Result<Exit> {
    let args: SwitchArgs = parse(matches)?;
    if args.shell && args.environment.as_deref() == Some("-") {
        return terminal::end(ctx);
    }
    let is_named = args.environment.is_some() || ctx.args.from_git;
    if active::is_ci(&ctx.variables) && is_named && !args.dry_run {
        let fault = Fault::new("in CI nothing is selected: a job says on every command where it is");
        let fault = fault.help("use --env NAME, or set ENVCTL_ENV");
        return Ok(turn_away(ctx, Action::SWITCH, args.environment.as_deref(), &fault));
    }
    let named: Vec<String> = args.environment.iter().cloned().collect();
    let (root, project) = ctx.load(&named)?;
    // A selection that cannot be read must not stop the command that mends it.
    let asked = active::Asked { from_git: false, ..ctx.asked(&root) };
    let before = active::current(project, &asked).ok().flatten();
    if let Some(before) = before.as_ref().filter(|before| before.by == Decider::Default) {
        ctx.remark(before);
    }
    let target = match args.environment.as_deref() {
        Some(_) if ctx.args.from_git => {
            let fault = Fault::new("--from-git finds the environment, and it is named too");
            return Err(fault.help("leave one of them out").into());
        }
        Some("-") => previous(ctx, &root, project)?,
        Some(name) => {
            project.environment(name).ok_or_else(|| active::unknown(project, name, &Decider::Option))?
        }
        None if ctx.args.from_git => active::by_git(project, &root)?,
        None if !ctx.can_ask() => return list(ctx, project),
        None => match choose(project, before.as_ref())? {
            Answer::Given(environment) => environment,
            Answer::Interrupted => return Ok(Exit::Interrupted),
        },
    };
    let of_consent = [("--for", args.r#for.is_some()), ("--allow-agents", args.allow_agents)];
    if let Some((option, _)) = of_consent.iter().find(|(_, is_said)| *is_said && !target.is_protected()) {
        let message = format!("{option} is about a consent, and {} needs none", target.name);
        return Err(Fault::new(message).help(format!("leave {option} out")).into());
    }
    let switch = Switch { ctx, root: &root, project, before, target, args: &args };
    switch.run()
}

fn previous<'p>(ctx: &Ctx, root: &Root, project: &'p Project) -> Result<&'p Environment, Fault> {
    let name = active::stored(&ctx.asked(root)).ok().flatten().and_then(|state| state.previous);
    let none = || Fault::new("there is no environment before this one").help("name one: envctl switch NAME");
    let name = name.ok_or_else(none)?;
    project.environment(&name).ok_or_else(|| active::unknown(project, &name, &Decider::Option))
}

/// The plain list, for whoever cannot be asked.
fn list(ctx: &Ctx, project: &Project) -> Result<Exit> {
    let names: String =
        project.environments.iter().map(|environment| format!("{}\n", environment.name)).collect();
    ctx.product(&names)?;
    ctx.say("name one of these: envctl switch NAME\n");
    Ok(Exit::Done)
}

fn choose<'p>(
    project: &'p Project,
    before: Option<&Selection<'_>>,
) -> Result<Answer<&'p Environment>, Fault> {
    let label = |environment: &Environment| {
        let mark = if environment.is_protected() { ", protected" } else { "" };
        format!("{} ({}{mark})", environment.name, environment.tier.as_str())
    };
    let items: Vec<String> = project.environments.iter().map(label).collect();
    let is_before = |one: &Environment| before.is_some_and(|before| before.environment.name == one.name);
    let first = project.environments.iter().position(is_before).unwrap_or(0);
    Ok(match ask::choice("Switch to", &items, first)? {
        Answer::Given(index) => project.environments.get(index).map_or(Answer::Interrupted, Answer::Given),
        Answer::Interrupted => Answer::Interrupted,
    })
}

/// One switch, from what is known to what is written.
struct Switch<'s> {
    ctx: &'s Ctx,
    root: &'s Root,
    project: &'s Project,
    before: Option<Selection<'s>>,
    target: &'s Environment,
    args: &'s SwitchArgs,
}

impl Switch<'_> {
    fn run(&self) -> Result<Exit> {
        let Self { ctx, root, project, target: environment, args, .. } = *self;
        let from = self.before.as_ref().map(|before| before.environment.name.as_str());
        let action = Action::Switch { from, anew: args.r#for.is_some() || args.allow_agents };
        let attempt = Attempt::new((ctx, root), project, environment, &args.say, action);
        if self.args.dry_run {
            self.ctx.product(&self.overview(self.ctx.paint()))?;
            self.ctx.product(&self.question())?;
            return Ok(attempt.objection(|_| false).map_or(Exit::Done, |refusal| refuse(&refusal)));
        }
        if let Some(exit) = attempt.judge(|_| false) {
            return Ok(exit);
        }
        self.ctx.say(&self.overview(self.ctx.paint_stderr()));
        let until = match attempt.consent()? {
            Consent::Had(until) => until,
            Consent::Given => {
                let until = self.grant()?;
                attempt.record_grant(until, self.whom());
                Some(until)
            }
            Consent::Not(exit) => return Ok(exit),
        };
        if self.args.shell {
            let exit = terminal::select(self.ctx, self.root, self.target.name.as_str(), until)?;
            attempt.record();
            self.tell_what_is_next();
            return Ok(exit);
        }
        self.store(until)?;
        attempt.record();
        let until = moment::until(until);
        let whom = if self.args.allow_agents { ", for coding agents too" } else { "" };
        self.ctx.product(&format!("switched to {}{until}{whom}\n", self.target.name))?;
        self.tell_what_overrides();
        self.tell_what_is_next();
        Ok(Exit::Done)
    }

    /// The project's own words about the next step, which envctl never takes itself, and Terraform that is elsewhere.
    fn tell_what_is_next(&self) {
        if let Some(text) = &self.target.about.after_switch {
            self.ctx.say(&format!("next: {}\n", visible(text)));
        }
        terraform::note_others(self.ctx, self.root, self.project, self.target);
    }

    /// A variable that overrides the new selection is said now, not at the next command.
    fn tell_what_overrides(&self) {
        let asked = active::Asked { now: Timestamp::now(), ..self.ctx.asked(self.root) };
        if let Ok(Some(selection)) = active::current(self.project, &asked) {
            self.ctx.remark(&selection);
        }
    }

    /// Old and new, what changes, and where it leads.
    fn overview(&self, paint: Paint) -> String {
        let to = paint.environment(self.target);
        let mut text = match &self.before {
            Some(before) => format!("{} → {to} ({})\n", before.environment.name, self.target.tier.as_str()),
            None => format!("→ {to} ({})\n", self.target.tier.as_str()),
        };
        if let Some(before) = &self.before {
            let counts = Comparison::new(self.project, vec![before.environment, self.target], false).counts();
            let (gone, new) = (counts.only_in.first().unwrap_or(&0), counts.only_in.last().unwrap_or(&0));
            text += &format!("  keys: {} change, {new} come, {gone} go\n", counts.different);
        }
        for target in self.project.bindings(self.target).filter_map(|binding| Target::of(&binding)) {
            text += &format!("  {}  {}\n", visible(&target.key), visible(&target.describe()));
        }
        text
    }

    /// What a switch would still ask for.
    fn question(&self) -> String {
        let name = &self.target.name;
        let is_open =
            self.target.is_protected() && active::consent(&self.ctx.asked(self.root), self.target).is_none();
        let asks = || format!("  {name} is protected: a person has to type its name, or --confirm {name}\n");
        is_open.then(asks).unwrap_or_default()
    }

    /// Writes the consent down; before the selection, which counts for nothing without it.
    fn grant(&self) -> Result<Timestamp, Fault> {
        let nowhere = || {
            let fault = Fault::new("there is no folder to keep a consent in");
            fault.help("set HOME or XDG_STATE_HOME to an absolute path")
        };
        let store = grant::Store::open(&self.ctx.variables).ok_or_else(nowhere)?;
        if !self.args.shell {
            folder::state_dir(self.root)?; // a consent without a selection would be half a switch
        }
        let length = self.args.r#for.unwrap_or(grant::USUAL);
        store.add(self.root, self.target.name.as_str(), Timestamp::now(), (length, self.whom()))
    }

    fn whom(&self) -> For {
        if self.args.allow_agents { For::AgentsToo } else { For::Persons }
    }

    /// Replaces the selection, unless another envctl is at it.
    fn store(&self, until: Option<Timestamp>) -> Result<(), Fault> {
        let dir = folder::state_dir(self.root)?;
        let _lock = folder::lock(&dir)?;
        let old = state::read(self.root).ok().flatten();
        let name = self.target.name.as_str();
        let previous = match old {
            Some(old) if old.environment == name => old.previous,
            Some(old) => Some(old.environment),
            None => self
                .before
                .as_ref()
                .map(|before| before.environment.name.to_string())
                .filter(|old| old != name),
        };
        let seen = Seen::new(self.root, self.project, self.target);
        state::write(&dir, &state::State::new(self.target, (Timestamp::now(), until), previous, seen))
    }
}
