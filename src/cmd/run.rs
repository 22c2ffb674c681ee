//! `run`: a program with exactly the variables of one environment.

mod base;
mod child;
mod limits;
mod set;

use std::borrow::Cow;
use std::ffi::{OsStr, OsString};
use std::os::unix::ffi::{OsStrExt, OsStringExt};

use anyhow::Result;
use clap::{ArgMatches, Args, Command};
use wildmatch::WildMatch;

use super::attempt::{Action, Attempt, Consent, Obstacle, Say, turn_away};
use super::candidates::environments;
use super::current::nothing;
use super::variables::{self, Filter};
use super::{Exit, Group, Subcommand, parse, program};
use crate::active::{self, Decider};
use crate::ctx::{Ctx, Environ, Program};
use crate::model::fault::Fault;
use crate::model::finding::Finding;
use crate::model::project::{Binding, Environment, Project};
use crate::model::schema::Pattern;
use crate::out::format::Formats;
use crate::out::gate::visible;
use crate::out::table::plural;
use crate::store::Root;
use child::Inheritance;

/// The registration.
pub const COMMAND: Subcommand = Subcommand {
    name: "run",
    group: Group::Work,
    about: "Start a program with exactly the variables of an environment",
    examples: "\
The environment is judged first, with what CI or a vault must provide, and refused where it has errors; a protected one
needs consent, like switch. The program gets the machine's variables (PATH, HOME, LANG, TERM …), those that `inherit` in the
manifest names, the environment's own, and ENVCTL_ENV; nothing that only other environments define. Its exit code is envctl's.

Examples:
  envctl run -- npm start
  envctl run staging -- ./manage.py migrate
  envctl run staging --substitute -- terraform plan -var-file=envs/{env}/app.tfvars
  envctl run staging --set LOG_LEVEL=debug -- ./worker
  envctl run production --confirm production -- terraform plan",
    arguments: |command: Command| RunArgs::augment_args(command),
    formats: Formats::WORDS,
    run,
};

#[derive(Args)]
struct RunArgs {
    /// The environment [default: the current one]
    #[arg(value_name = "ENV", add = environments())]
    environment: Vec<String>,
    /// Take only variables that match
    #[arg(long, value_name = "GLOB")]
    key: Option<String>,
    /// Take only files that match
    #[arg(long, value_name = "GLOB")]
    source: Option<String>,
    /// Pass on every variable of the process that no environment defines
    #[arg(long)]
    inherit_all: bool,
    /// Set a declared variable that is no secret
    #[arg(long, value_name = "KEY=VALUE")]
    set: Vec<String>,
    /// Put the environment's name for every `{env}` in CMD
    #[arg(long)]
    substitute: bool,
    #[command(flatten)]
    say: Say,
    /// The program, and what it is told
    #[arg(last = true, value_name = "CMD")]
    command: Vec<OsString>,
}

impl RunArgs {
    /// The environment that is named, and the program with its arguments.
    ///
    /// # Errors
    /// A [`Fault`] where there is no program, or more than one environment.
    fn read<'a>(
        &'a self,
        option: Option<&'a String>,
    ) -> Result<(Option<&'a str>, &'a OsString, &'a [OsString]), Fault> {
        let named = match (self.environment.as_slice(), option) {
            ([], option) => option,
            ([one], None) => Some(one),
            ([one], Some(option)) if one == option => Some(one),
            ([one], Some(option)) => {
                let fault = Fault::new(format!("--env names {option}, and the command line {one}"));
                return Err(fault.help("name the environment once"));
            }
            (words, _) => {
                let fault = Fault::new(format!("`{}` are no single environment", words.join(" ")));
                return Err(fault.help("a program stands behind `--`: envctl run [ENV] -- CMD"));
            }
        };
        let (name, arguments) = self.command.split_first().ok_or_else(|| {
            let what = "there is no program to start";
            Fault::new(what).help("write it behind `--`: envctl run [ENV] -- CMD")
        })?;
        Ok((named.map(String::as_str), name, arguments))
    }
}

fn run(matches: &ArgMatches, ctx: &Ctx) -> Result<Exit> {
    let args: RunArgs = parse(matches)?;
    let (named, name, arguments) = args.read(ctx.args.env.as_ref())?;
    let set = set::read(&args.set)?;
    let (root, project) = ctx.load_for(named, &set)?;
    ctx.note_the_end_of_the_search(project);
    let environment = match named {
        Some(name) => {
            project.environment(name).ok_or_else(|| active::unknown(project, name, &Decider::Option))?
        }
        None => match ctx.selection(&root, project)?.ok_or_else(nothing)? {
            selection if selection.lapsed().is_none() => selection.environment,
            _ => {
                let fault = Fault::new("the selected environment needs a new consent");
                let action = Action::Run { program: &name.to_string_lossy() };
                let refusal = fault.help("switch again, or name the environment");
                return Ok(turn_away(ctx, action, None, &refusal));
            }
        },
    };
    if let Some(refusal) = set::objection(project, environment, &set) {
        let action = Action::Run { program: &name.to_string_lossy() };
        return Ok(turn_away(ctx, action, Some(environment.name.as_str()), &refusal));
    }
    let start = Start { ctx, root: &root, project, environment, args: &args };
    start.start(name, arguments)
}

/// A program that is about to start in an environment.
struct Start<'s> {
    ctx: &'s Ctx,
    root: &'s Root,
    project: &'s Project,
    environment: &'s Environment,
    args: &'s RunArgs,
}

impl<'s> Start<'s> {
    fn start(&self, name: &OsString, arguments: &[OsString]) -> Result<Exit> {
        let Self { ctx, root, project, environment, args } = *self;
        let filter = Filter::new(args.key.as_deref(), args.source.as_deref());
        let bindings = variables::effective(project, environment, &filter);
        let action = Action::Run { program: &name.to_string_lossy() };
        let attempt = Attempt::new((ctx, root), project, environment, &args.say, action);
        let known = bindings.as_deref().unwrap_or_default();
        let loads = |finding: &Finding| variables::is_undeclared_loader(project, finding, known);
        let arguments: Vec<_> = arguments.iter().map(|word| self.filled_in(word)).collect();
        if let Some(exit) = attempt.judge_at_start(loads, self.denied(&arguments)) {
            return Ok(exit);
        }
        let bindings = bindings?;
        let environ = self.environ(&bindings)?;
        let (name, folder) = (&*self.filled_in(name), ctx.args.directory.as_deref());
        let program = Program { name, arguments: &arguments, folder, variables: Some(&environ) };
        limits::check(&program, &environ)?;
        if let Consent::Not(exit) = attempt.consent()? {
            return Ok(exit);
        }
        attempt.record();
        self.tell(&bindings, &environ);
        Ok(program::replace(&program))
    }

    /// A word of the command line, with the environment's name for every `{env}` where that is asked for.
    fn filled_in<'w>(&self, word: &'w OsString) -> Cow<'w, OsStr> {
        let name = self.environment.name.as_str();
        match self.args.substitute {
            true => Cow::Owned(substitute(word, name)),
            false => Cow::Borrowed(word),
        }
    }

    /// The first argument pattern of those that the environment denies which the program would be given.
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

    fn environ(&self, bindings: &[Binding<'s>]) -> Result<Environ<'s>, Fault> {
        let inheritance = Inheritance::new(self.project, self.environment, self.args.inherit_all);
        let mut environ = inheritance.environ(&self.ctx.variables, bindings)?;
        if self.ctx.args.directory.is_some() {
            environ.remove("PWD"); // it starts elsewhere
        }
        Ok(environ)
    }

    /// What a person must know before the program speaks.
    fn tell(&self, bindings: &[Binding<'_>], environ: &Environ<'_>) {
        let (ctx, name) = (self.ctx, &self.environment.name);
        let shadowed = child::shadowed(&ctx.variables, bindings);
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
