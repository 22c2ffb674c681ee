//! The exit codes, a promise to scripts.

use std::process::ExitCode;

/// How a command ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Exit {
    /// Done, and nothing is wrong.
    Done,
    /// The answer is no: findings of severity error, differences with `--exit-code`.
    No,
    /// envctl could not do it: usage, manifest, unknown environment, input or output.
    Failed,
    /// Refused: no confirmation, or the target is not safe.
    Refused,
    /// Ctrl-C at a question.
    Interrupted,
    /// The program on the command line could not be started.
    NotStarted,
    /// There is no such program.
    NotFound,
    /// The program on the command line ended so.
    Program(u8),
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        match exit {
            Exit::Done => ExitCode::SUCCESS,
            Exit::No => ExitCode::from(1),
            Exit::Failed => ExitCode::from(2),
            Exit::Refused => ExitCode::from(3),
            Exit::NotStarted => ExitCode::from(126), // as shells do, both
            Exit::NotFound => ExitCode::from(127),
            Exit::Program(code) => ExitCode::from(code),
            Exit::Interrupted => ExitCode::from(130), // 128 + SIGINT, as shells do
        }
    }
}
