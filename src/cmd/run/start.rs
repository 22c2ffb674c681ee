//! What must hold before a program starts in an environment, and the start.

use std::borrow::Cow;
use std::ffi::{OsStr, OsString};
use std::os::unix::ffi::{OsStrExt, OsStringExt};

use anyhow::Result;
use wildmatch::WildMatch;

use super::args::RunArgs;
use super::child::{Inheritance, shadowed};
use super::{limits, secrets, terraform};
use crate::cmd::attempt::{Action, Attempt, Consent, Obstacle, Say};
use crate::cmd::filter::Filter;
use crate::cmd::variables;
use crate::cmd::{Exit, program};
use crate::ctx::{Ctx, End, Environ, Program};
use crate::model::fault::Fault;
use crate::model::finding::Finding;
use crate::model::name::EnvName;
use crate::model::project::{Binding, Environment, Project};
use crate::model::schema::Pattern;
use crate::out::gate::visible;
use crate::out::table::plural;
use crate::store::Root;
use crate::store::exclusive::{self, Held, Holder};

/// A program that is about to start in an environment.
#[derive(Clone, Copy)]
pub struct Start<'s> {
    /// The process around it.
    pub ctx: &'s Ctx,
    /// Where the project is.
    pub root: &'s Root,
    /// The project.
    pub project: &'s Project,
    /// The environment.
    pub environment: &'s Environment,
    /// The command line.
    pub args: &'s RunArgs,
    /// What it says to this environment.
    pub say: &'s Say,
}

impl<'s> Start<'s> {
    /// Judges the environment, and asks for consent where it needs one.
    ///
    /// # Errors
    /// Where the environment, or a program with it, cannot be; or the terminal cannot be used.
    pub fn prepare(&self, name: &'s OsString, arguments: &'s [OsString]) -> Result<Result<Ready<'s>, Exit>> {
        let Self { ctx, root, project, environment, args, say } = *self;
        let filter = Filter::new(args.key.as_deref(), args.source.as_deref());
        let bindings = variables::effective(project, environment, &filter);
        let attempt = Attempt::new((ctx, root), project, environment, say, Action::Run { program: name });
        let known = bindings.as_deref().unwrap_or_default();
        let loads = |finding: &Finding| variables::is_undeclared_loader(project, finding, known);
        let arguments: Vec<_> = arguments.iter().map(|word| self.filled_in(word)).collect();
        let filled = self.filled_in(name);
        let obstacles =
            self.denied(&arguments).into_iter().chain(terraform::obstacle(self, &filled, &arguments));
        if let Some(exit) = attempt.judge_at_start(loads, obstacles) {
            return Ok(Err(exit));
        }
        let bindings = bindings?;
        let environ = self.environ(&bindings)?;
        let ready = Ready { start: *self, attempt, name: filled, arguments, bindings, environ };
        limits::check(&ready.program(), &ready.environ)?;
        Ok(match ready.attempt.consent()? {
            Consent::Not(exit) => Err(exit),
            _ => Ok(ready),
        })
    }

    /// A word of the command line, with the environment's name for every `{env}` where that is asked for.
    fn filled_in(&self, word: &'s OsString) -> Cow<'s, OsStr> {
        let name = self.environment.name.as_str();
        match self.args.substitute {
            true => Cow::Owned(substitute(word, name)),
            false => Cow::Borrowed(word),
        }
    }

    /// What the environment denies of the arguments.
    fn denied(&self, arguments: &[Cow<'_, OsStr>]) -> Option<Obstacle> {
        let environment = self.environment;
        let is_hit = |glob: &&String| {
            let glob = WildMatch::new(glob);
            arguments.iter().any(|argument| glob.matches(&argument.to_string_lossy()))
        };
        let hit = environment.about.deny_args.iter().find(is_hit)?;
        let what = format!("{} denies the argument `{hit}`", environment.name);
        Some(Obstacle { what, mend: "leave it out".to_owned() })
    }

    /// A place beside which no other environment runs, where that is asked for; and nothing runs beside one who asked.
    fn hold(&self) -> Result<Result<Option<Held>, Fault>> {
        let name = self.environment.name.as_str();
        let others = self.project.environments.iter().map(|other| other.name.as_str());
        let others = others.filter(|other| *other != name);
        let holder = match self.args.exclusive || self.project.schema.exclusive {
            false => exclusive::holder(self.root, others),
            true => {
                let since = self.ctx.now.strftime("%Y-%m-%d %H:%M:%S UTC");
                let words = format!("process {}, since {since}\n", std::process::id());
                match exclusive::take(self.root, name, others, &words)? {
                    Ok(held) => return Ok(Ok(Some(held))),
                    Err(holder) => Some(holder),
                }
            }
        };
        let Some(Holder { environment, words }) = holder else { return Ok(Ok(None)) };
        let fault =
            Fault::new(format!("a program runs in {environment} ({words}), and allows none beside it"));
        Ok(Err(fault.help("wait for its end")))
    }

    fn environ(&self, bindings: &[Binding<'s>]) -> Result<Environ<'s>, Fault> {
        let inheritance = Inheritance::new(self.project, self.environment, self.args.inherit_all);
        let mut environ = inheritance.environ(&self.ctx.variables, bindings)?;
        if self.ctx.args.directory.is_some() {
            environ.remove("PWD"); // it starts elsewhere
        }
        Ok(environ)
    }
}

/// A program that may start.
pub struct Ready<'s> {
    start: Start<'s>,
    attempt: Attempt<'s>,
    name: Cow<'s, OsStr>,
    arguments: Vec<Cow<'s, OsStr>>,
    bindings: Vec<Binding<'s>>,
    environ: Environ<'s>,
}

impl Ready<'_> {
    fn program(&self) -> Program<'_> {
        let folder = self.start.ctx.args.directory.as_deref();
        Program { name: &self.name, arguments: &self.arguments, folder, variables: Some(&self.environ) }
    }

    /// Becomes the program, or waits for it where something has to be done meanwhile or after.
    ///
    /// # Errors
    /// Where the lock of `--exclusive` cannot be had.
    pub fn start(&self) -> Result<Exit> {
        let args = self.start.args;
        let held = match self.start.hold()? {
            Ok(held) => held,
            Err(refusal) => return Ok(self.attempt.refuse(&refusal)),
        };
        self.attempt.record();
        self.tell();
        if held.is_none() && !args.mask && !args.all {
            return Ok(program::replace(&self.program()));
        }
        let mask = args.mask.then(|| secrets::mask(&self.bindings, &self.environ));
        Ok(match program::supervise(&self.program(), mask.as_ref()) {
            // Who ends a program does not want it in the next environment, however well it ends.
            Ok(End { code: 0, was_told_to: true }) if args.all => Exit::Interrupted,
            Ok(end) => Exit::Program(end.code),
            Err(exit) => exit,
        })
    }

    /// The environment that it starts in.
    pub fn environment(&self) -> &EnvName {
        &self.start.environment.name
    }

    /// What a person must know before the program speaks.
    fn tell(&self) {
        let Self { bindings, environ, .. } = self;
        let (ctx, name) = (self.start.ctx, self.environment());
        let shadowed = shadowed(&ctx.variables, bindings);
        if !shadowed.is_empty() {
            ctx.say(&format!(
                "note: the files of {name} win over exported variables: {}\n",
                listed(&shadowed)
            ));
        }
        if ctx.args.verbose {
            let (own, all) = (plural(bindings.len(), "variable"), environ.len());
            ctx.say(&format!("note: starts in {name} with {own} of its own, and {all} in all\n"));
        }
    }
}

/// The most names that one line tells.
const MANY: usize = 8;

fn listed(names: &[&str]) -> String {
    let mut listed = names.iter().take(MANY).map(|name| visible(name)).collect::<Vec<_>>().join(", ");
    if let Some(more @ 1..) = names.len().checked_sub(MANY) {
        listed.push_str(&format!(" and {more} more"));
    }
    listed
}

/// Every `{env}` replaced, whatever bytes stand around it.
fn substitute(word: &OsStr, name: &str) -> OsString {
    let (pattern, mut rest, mut filled) = (Pattern::ENV.as_bytes(), word.as_bytes(), Vec::new());
    while let Some(at) = memchr::memmem::find(rest, pattern) {
        filled.extend_from_slice(rest.get(..at).unwrap_or_default());
        filled.extend_from_slice(name.as_bytes());
        rest = rest.get(at + pattern.len()..).unwrap_or_default();
    }
    filled.extend_from_slice(rest);
    OsString::from_vec(filled)
}
