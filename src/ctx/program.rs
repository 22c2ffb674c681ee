//! The program on the command line, the only one that envctl ever starts.

use std::ffi::OsString;
use std::io;
use std::os::unix::process::CommandExt;
use std::path::Path;
use std::process::Command;

/// Becomes `program` with its arguments, in `folder` where one is named: the process, its streams and its variables stay.
/// It comes back only where that cannot be.
pub fn replace(program: &OsString, arguments: &[OsString], folder: Option<&Path>) -> io::Error {
    let mut command = Command::new(program);
    command.args(arguments);
    if let Some(folder) = folder {
        command.current_dir(folder);
    }
    command.exec()
}
