//! The program behind `--`: started, or told why not.

use std::io::{self, ErrorKind};

use super::{Exit, fault_text};
use crate::ctx::{self, End, Program};
use crate::out::mask::Mask;

/// Becomes the program; it comes back only where that cannot be, which it says.
pub fn replace(program: &Program<'_>) -> Exit {
    not_started(program, &program.replace())
}

/// Starts the program, what it prints behind a mask if there is one, and waits for its end.
///
/// # Errors
/// The exit code where it cannot be started, which is said.
pub fn supervise(program: &Program<'_>, mask: Option<&Mask>) -> Result<End, Exit> {
    program.supervise(mask).map_err(|error| not_started(program, &error))
}

/// Says why the program was not started, and ends as a shell does.
fn not_started(program: &Program<'_>, error: &io::Error) -> Exit {
    let (exit, why) = match error.kind() {
        ErrorKind::NotFound => (Exit::NotFound, "there is no such program"),
        ErrorKind::PermissionDenied => (Exit::NotStarted, "it may not be executed"),
        ErrorKind::ArgumentListTooLong => (Exit::NotStarted, "its arguments and variables are too long"),
        _ => (Exit::NotStarted, "the system refuses it"),
    };
    let what = format!("{} cannot be started: {why}", program.name.to_string_lossy());
    ctx::complain(&fault_text("error", &what, "", None));
    exit
}
