//! `hook`: the script that keeps a shell's prompt true, and gives `switch --shell` its power.

pub mod refresh;

use anyhow::Result;
use clap::{ArgMatches, Args, Command, ValueEnum};

use super::{Exit, Group, Subcommand, completions, parse};
use crate::ctx::Ctx;
use crate::model::variables::Variables;
use crate::out::format::{Format, Formats};
use crate::out::paint;

/// The registration.
pub const COMMAND: Subcommand = Subcommand {
    name: "hook",
    group: Group::SetUp,
    about: "Print the script that keeps a shell's prompt true, and lets `switch --shell` select there",
    examples: "\
The script keeps two variables of the shell up to date before each prompt, and starts no program while nothing changes:
ENVCTL_PROMPT, the name of the current environment, with a `!` where it is protected, and ENVCTL_PROMPT_COLOR, the same
in colour for the prompt of this shell. It exports nothing, but for what `switch --shell` selects. It also completes.

Examples:
  eval \"$(envctl hook bash)\"                                         in ~/.bashrc
  eval \"$(envctl hook zsh)\"                                          in ~/.zshrc, after compinit
  envctl hook fish | source                                          in ~/.config/fish/config.fish
  envctl hook powershell | Out-String | Invoke-Expression            in $PROFILE
  envctl hook nu | save -f ($nu.default-config-dir)/envctl.nu        and `source envctl.nu` in config.nu",
    arguments: |command: Command| HookArgs::augment_args(command),
    formats: Formats::PLAIN,
    run,
};

#[derive(Args)]
struct HookArgs {
    /// bash, zsh, fish, powershell or nu
    #[arg(value_enum, value_name = "SHELL", hide_possible_values = true)]
    shell: Shell,
}

/// A shell that has a hook.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Shell {
    /// bash 3.2 and later, and the language of sh.
    Bash,
    /// zsh
    Zsh,
    /// fish
    Fish,
    /// PowerShell
    Powershell,
    /// nu
    Nu,
}

/// The variable by which a hook says for whom envctl writes.
const VARIABLE: &str = "ENVCTL_SHELL";

impl Shell {
    /// The shell of this name.
    pub fn named(name: &str) -> Option<Self> {
        Self::from_str(name, false).ok()
    }

    /// The shell whose hook started envctl; without one, whatever understands sh.
    pub fn around(variables: &Variables) -> Self {
        variables.get(VARIABLE).and_then(|name| Self::named(&name)).unwrap_or(Self::Bash)
    }

    fn hook(self) -> &'static str {
        match self {
            Self::Bash => include_str!("hook/bash.sh"),
            Self::Zsh => include_str!("hook/zsh.zsh"),
            Self::Fish => include_str!("hook/fish.fish"),
            Self::Powershell => include_str!("hook/powershell.ps1"),
            Self::Nu => include_str!("hook/nu.nu"),
        }
    }

    /// The format in which it takes in variables.
    pub fn format(self) -> Format {
        match self {
            Self::Bash | Self::Zsh => Format::Sh,
            Self::Fish => Format::Fish,
            Self::Powershell => Format::Powershell,
            Self::Nu => Format::Json,
        }
    }

    /// The line that unsets a variable; nothing for nu, which takes in data and no code.
    pub fn unset(self, name: &str) -> Option<String> {
        match self {
            Self::Bash | Self::Zsh => Some(format!("unset {name}\n")),
            Self::Fish => Some(format!("set -eg {name}\n")),
            Self::Powershell => Some(format!("Remove-Item -ErrorAction Ignore Env:{name}\n")),
            Self::Nu => None,
        }
    }

    /// How a person makes it take in what envctl prints.
    pub fn takes_in(self, line: &str) -> String {
        match self {
            Self::Bash | Self::Zsh => format!("eval \"$({line})\""),
            Self::Fish => format!("{line} | source"),
            Self::Powershell => format!("{line} | Out-String | Invoke-Expression"),
            Self::Nu => format!("{line} | from json | load-env"),
        }
    }

    /// Whose marks a coloured prompt needs.
    pub fn marks(self) -> Option<paint::Shell> {
        match self {
            Self::Bash => Some(paint::Shell::Bash),
            Self::Zsh => Some(paint::Shell::Zsh),
            Self::Fish | Self::Powershell | Self::Nu => None,
        }
    }
}

fn run(matches: &ArgMatches, ctx: &Ctx) -> Result<Exit> {
    let HookArgs { shell } = parse(matches)?;
    let completion = completions::registration(shell)?;
    ctx.product(&format!("{}{completion}", shell.hook()))?;
    Ok(Exit::Done)
}
