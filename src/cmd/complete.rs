//! The answer to a shell that asks how a line goes on.

use std::ffi::OsString;

use anyhow::Result;
use clap_complete::env::CompleteEnv;

use super::{Exit, help};
use crate::ctx;
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
