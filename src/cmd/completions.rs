//! `completions`: the line that makes a shell complete envctl's commands, options and environments.

use anyhow::Result;
use clap::{ArgMatches, Args, Command};
use clap_complete::env::{Bash, Elvish, EnvCompleter, Fish, Powershell, Zsh};

use super::complete::VARIABLE;
use super::{Exit, Group, Subcommand, hook, parse};
use crate::ctx::Ctx;
use crate::out::format::Formats;

/// The registration.
pub const COMMAND: Subcommand = Subcommand {
    name: "completions",
    group: Group::SetUp,
    about: "Print the script that makes a shell complete envctl",
    examples: "\
Examples:
  envctl completions bash > ~/.local/share/bash-completion/completions/envctl
  envctl completions zsh > \"${fpath[1]}/_envctl\"
  envctl completions fish > ~/.config/fish/completions/envctl.fish",
    arguments: |command: Command| CompletionsArgs::augment_args(command),
    formats: Formats::PLAIN,
    run,
};

#[derive(Args)]
struct CompletionsArgs {
    /// bash, zsh, fish, powershell or elvish
    #[arg(value_enum, value_name = "SHELL", hide_possible_values = true)]
    shell: Shell,
}

#[derive(Clone, Copy, clap::ValueEnum)]
enum Shell {
    Bash,
    Zsh,
    Fish,
    Powershell,
    Elvish,
}

fn run(matches: &ArgMatches, ctx: &Ctx) -> Result<Exit> {
    let args: CompletionsArgs = parse(matches)?;
    let shell: &dyn EnvCompleter = match args.shell {
        Shell::Bash => &Bash,
        Shell::Zsh => &Zsh,
        Shell::Fish => &Fish,
        Shell::Powershell => &Powershell,
        Shell::Elvish => &Elvish,
    };
    ctx.product(&script(shell)?)?;
    Ok(Exit::Done)
}

fn script(shell: &dyn EnvCompleter) -> Result<String> {
    let mut script = Vec::new();
    shell.write_registration(VARIABLE, "envctl", "envctl", "envctl", &mut script)?;
    Ok(String::from_utf8_lossy(&script).into_owned())
}

/// The same for a hook; nothing where there is none. zsh has to be told of completion before, with compinit.
pub fn registration(shell: hook::Shell) -> Result<String> {
    Ok(match shell {
        hook::Shell::Bash => script(&Bash)?,
        hook::Shell::Zsh => format!("if (( ${{+functions[compdef]}} )); then\n{}fi\n", script(&Zsh)?),
        hook::Shell::Fish => script(&Fish)?,
        hook::Shell::Powershell => script(&Powershell)?,
        hook::Shell::Nu => String::new(),
    })
}
