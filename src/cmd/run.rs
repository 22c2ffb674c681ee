//! `run`: a program with exactly the variables of one environment.

mod args;
mod base;
mod child;
mod limits;
mod secrets;
mod set;
mod start;
mod terraform;

use anyhow::Result;
use clap::{ArgMatches, Args, Command};

use super::attempt::{Action, Say, environment, turn_away};
use super::{Exit, Group, Subcommand, parse};
use crate::ctx::Ctx;
use crate::model::fault::Fault;
use crate::out::format::Formats;
use crate::out::table::plural;
use args::RunArgs;
use start::Start;

/// The registration.
pub const COMMAND: Subcommand = Subcommand {
    name: "run",
    group: Group::Work,
    about: "Start a program with exactly the variables of an environment",
    examples: "\
The environment is judged first, with what CI or a vault must provide, and refused where it has errors; a protected one
needs consent, like switch. The program gets the machine's variables (PATH, HOME, LANG, TERM …), those that `inherit` in the
manifest names, the environment's own, and ENVCTL_ENV; nothing that only other environments define. Its exit code is envctl's.
It takes the place of envctl, but for --mask, --exclusive and --all, which wait for it and pass signals on.

Examples:
  envctl run -- npm start
  envctl run staging -- ./manage.py migrate
  envctl run staging --substitute -- terraform plan -var-file=envs/{env}/app.tfvars
  envctl run staging --set LOG_LEVEL=debug -- ./worker
  envctl run production --confirm production --exclusive -- terraform apply
  envctl run staging --mask -- ./report             secrets in its output become ***
  envctl run --all -- ./manage.py check             in every environment, until one fails",
    arguments: |command: Command| RunArgs::augment_args(command),
    formats: Formats::WORDS,
    run,
};

fn run(matches: &ArgMatches, ctx: &Ctx) -> Result<Exit> {
    let args: RunArgs = parse(matches)?;
    let (named, name, arguments) = args.read(ctx.args.env.as_ref())?;
    if args.all {
        return all(ctx, &args);
    }
    let set = set::read(&args.set)?;
    let (root, project) = ctx.load_for(named, &set)?;
    ctx.note_the_end_of_the_search(project);
    let environment = match environment((ctx, &root), project, named, Action::Run { program: name })? {
        Ok(environment) => environment,
        Err(exit) => return Ok(exit),
    };
    if let Some(refusal) = set::objection(project, environment, &set) {
        let action = Action::Run { program: name };
        return Ok(turn_away(ctx, action, Some(environment.name.as_str()), &refusal));
    }
    let start = Start { ctx, root: &root, project, environment, args: &args, say: &args.say };
    match start.prepare(name, arguments)? {
        Ok(ready) => ready.start(),
        Err(exit) => Ok(exit),
    }
}

/// The program in every environment, the least precious first. All of them are judged and consented to before the first
/// starts.
fn all(ctx: &Ctx, args: &RunArgs) -> Result<Exit> {
    if ctx.args.env.is_some() {
        return Err(Fault::new("--all and --env contradict each other").help("leave one out").into());
    }
    let (_, name, arguments) = args.read(None)?;
    let (root, project) = ctx.load_for(None, &[])?;
    ctx.note_the_end_of_the_search(project);
    let environments = project.environments.iter().map(|one| one.name.as_str());
    let asked: Vec<(&str, Say)> = environments.map(|one| (one, args.say_to(one))).collect();
    let mut all = Vec::new();
    for (name_of_it, say) in &asked {
        // each takes variables of the process for itself alone
        let (_, project) = ctx.load_for(Some(name_of_it), &[])?;
        let Some(environment) = project.environment(name_of_it) else { continue };
        let start = Start { ctx, root: &root, project, environment, args, say };
        match start.prepare(name, arguments)? {
            Ok(ready) => all.push(ready),
            Err(exit) => return Ok(exit),
        }
    }
    let count = plural(all.len(), "environment");
    for (done, ready) in all.iter().enumerate() {
        ctx.say(&format!("{} ({} of {count})\n", ready.environment(), done + 1));
        match ready.start()? {
            Exit::Program(0) => {}
            exit => return Ok(exit),
        }
    }
    Ok(Exit::Done)
}
