//! The program on the command line, the only one that envctl ever starts.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::ffi::OsStr;
use std::io;
use std::os::unix::process::CommandExt;
use std::path::Path;
use std::process::Command;

/// What a program finds in its environment.
pub type Environ<'p> = BTreeMap<&'p str, &'p OsStr>;

/// The program on the command line.
pub struct Program<'p> {
    /// What it is called: a path, or a name that `PATH` finds.
    pub name: &'p OsStr,
    /// What follows its name.
    pub arguments: &'p [Cow<'p, OsStr>],
    /// The folder that it starts in; where envctl is, unless one is named.
    pub folder: Option<&'p Path>,
    /// Its variables, these and no others; envctl's own, unless said.
    pub variables: Option<&'p Environ<'p>>,
}

impl Program<'_> {
    /// Becomes the program: the process and its streams stay. It comes back only where that cannot be.
    pub fn replace(&self) -> io::Error {
        self.command().exec()
    }

    pub(super) fn command(&self) -> Command {
        let mut command = Command::new(self.name);
        command.args(self.arguments.iter());
        if let Some(folder) = self.folder {
            command.current_dir(folder);
        }
        if let Some(variables) = self.variables {
            command.env_clear().envs(variables);
        }
        command
    }
}

/// How much the system lets a program have, in bytes.
pub struct Limits {
    /// The longest argument, or variable with its name and `=`; the byte that ends it counts.
    pub longest: usize,
    /// All arguments and variables together, with a pointer for each.
    pub total: usize,
}

impl Limits {
    /// Those of this machine. Source: execve(2), "Limits on size of arguments and environment", and `fs/exec.c`: a quarter
    /// of the stack's limit, within 128 KiB and 6 MiB; 32 pages for one of them.
    #[cfg(target_os = "linux")]
    pub fn of_the_system() -> Self {
        let stack = rustix::process::getrlimit(rustix::process::Resource::Stack).current;
        let stack = stack.and_then(|stack| usize::try_from(stack).ok()).unwrap_or(usize::MAX);
        Self { longest: 32 * rustix::param::page_size(), total: (stack / 4).clamp(128 << 10, 6 << 20) }
    }

    /// Those of macOS and the BSDs: `ARG_MAX`, and nothing for one of them.
    #[cfg(not(target_os = "linux"))]
    pub fn of_the_system() -> Self {
        Self { longest: 1 << 20, total: 1 << 20 }
    }
}
