//! Bad input, through the real binary: a clear error that says what, where and what to do; no panic, no hang.

mod manifest;
mod names;
mod process;
mod sources;
mod terminal;
mod words;
mod written;

use crate::project::{Project, Run};

/// A project with one healthy environment, `development`, and whatever else a test adds.
fn project() -> Project {
    Project::new().file("envs/development/.env", "A=1\n")
}

/// Runs `args` in a project with this manifest, and wants exit code 2 with exactly this on stderr.
#[track_caller]
fn manifest_fails(manifest: &str, args: &str, stderr: &str) -> Run {
    project().file("envctl.toml", manifest).run(args).code(2).stdout("").stderr(stderr).shows_all()
}
