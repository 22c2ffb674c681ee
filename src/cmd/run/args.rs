//! The command line of `run`.

use std::ffi::OsString;

use clap::Args;

use crate::cmd::attempt::Say;
use crate::cmd::candidates::environments;
use crate::model::fault::Fault;

/// The words of `run`.
#[derive(Args)]
pub struct RunArgs {
    /// The environment [default: the current one]
    #[arg(value_name = "ENV", add = environments())]
    pub environment: Vec<String>,
    /// Take only variables that match
    #[arg(long, value_name = "GLOB")]
    pub key: Option<String>,
    /// Take only files that match
    #[arg(long, value_name = "GLOB")]
    pub source: Option<String>,
    /// Pass on every variable of the process that no environment defines
    #[arg(long)]
    pub inherit_all: bool,
    /// Set a declared variable that is no secret
    #[arg(long, value_name = "KEY=VALUE")]
    pub set: Vec<String>,
    /// Put the environment's name for every `{env}` in CMD
    #[arg(long)]
    pub substitute: bool,
    /// Hide secrets in what CMD prints; its streams become pipes
    #[arg(long)]
    pub mask: bool,
    /// Let nothing run in another environment of the project meanwhile
    #[arg(long)]
    pub exclusive: bool,
    /// Run it in every environment, one after the other, until one fails
    #[arg(long, conflicts_with_all = ["environment", "set"])]
    pub all: bool,
    #[command(flatten)]
    pub say: Say,
    /// The program, and what it is told
    #[arg(last = true, value_name = "CMD")]
    pub command: Vec<OsString>,
}

impl RunArgs {
    /// The environment that is named, and the program with its arguments.
    ///
    /// # Errors
    /// A [`Fault`] where there is no program, or more than one environment.
    pub fn read<'a>(
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

    /// What is said to one environment of several: `--confirm` speaks to the one it names.
    pub fn say_to(&self, environment: &str) -> Say {
        let Say { confirm, force, reason } = &self.say;
        let confirm = confirm.as_ref().filter(|name| *name == environment).cloned();
        Say { confirm, force: *force, reason: reason.clone() }
    }
}
