//! What a shell asks for while a line is typed: commands, options and the names of environments.

use std::ffi::OsString;

use anyhow::Result;
use clap_complete::engine::{ArgValueCandidates, CompletionCandidate};
use clap_complete::env::CompleteEnv;

use super::{Exit, help};
use crate::ctx::{self, Ctx, GlobalArgs};
use crate::model::fault::Fault;

/// The variable by which the registration script asks.
pub const VARIABLE: &str = "ENVCTL_COMPLETE";

/// Answers the shell.
pub fn answer(args: &[OsString]) -> Result<Exit> {
    let completer = CompleteEnv::with_factory(help::tree).var(VARIABLE);
    let answered = completer.try_complete(args.iter().cloned(), ctx::here().as_deref());
    // clap's message may quote the line that is being typed, control characters included.
    answered.map_err(|_| Fault::new(format!("{VARIABLE} asks for something that no shell asks")))?;
    Ok(Exit::Done)
}

/// Completes the names of environments, each with its tier.
pub fn environments() -> ArgValueCandidates {
    ArgValueCandidates::new(|| {
        let described = Ctx::new(GlobalArgs::default()).describe();
        let environments = described.map(|(_, project)| project.environments).unwrap_or_default();
        let candidate = |environment: &crate::model::project::Environment| {
            CompletionCandidate::new(environment.name.as_str()).help(Some(environment.tier.as_str().into()))
        };
        environments.iter().map(candidate).collect()
    })
}
