//! What a test needs and a machine may lack: such a test is skipped, or fails under `ENVCTL_TEST_ALL=1`.

#![allow(clippy::disallowed_macros, reason = "a test says on stdout that it is skipped")]

use std::fs;
use std::os::unix::fs::MetadataExt;
use std::process::{Command, Stdio};

/// Leaves a test that cannot run here: `need!("git", "strace")`, `need!("git"; can_do_it() => "git with it")`.
macro_rules! need {
    ($($tool:literal),* $(; $is_there:expr => $what:literal)?) => {
        $(if !$crate::tools::has($tool) { return $crate::tools::skip($tool); })*
        $(if !$is_there { return $crate::tools::skip($what); })?
    };
}
pub(crate) use need;

/// Says that a test is skipped because it needs `what`.
#[track_caller]
pub fn skip(what: &str) {
    println!("skipped: needs {what}");
    assert!(!is_full(), "skipped: needs {what}");
}

/// Is the full run asked for, in which nothing is skipped and nothing shortened?
pub fn is_full() -> bool {
    std::env::var_os("ENVCTL_TEST_ALL").is_some_and(|all| all == "1")
}

/// May strace watch and break programs here? In some containers it may not.
pub fn can_trace() -> bool {
    let mut strace = Command::new("strace");
    strace.args(["-e", "inject=all:signal=KILL:when=60000", "true"]);
    strace.stdout(Stdio::null()).stderr(Stdio::null()).status().is_ok_and(|status| status.success())
}

/// Says how far a proof went.
pub fn tell(what: &str) {
    println!("{what}");
}

/// Is there a program of this name?
pub fn has(tool: &str) -> bool {
    let path = std::env::var_os("PATH").unwrap_or_default();
    std::env::split_paths(&path).any(|folder| folder.join(tool).is_file())
}

/// Does a signal of this number reach what is started here? Where the tests run behind a shell's `&`, SIGINT and SIGQUIT
/// are ignored, and every child inherits that; so a test that needs one says so and never fails for it.
pub fn is_heard(signal: i32) -> bool {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let ignored = status.lines().find_map(|line| line.strip_prefix("SigIgn:"));
    let ignored = ignored.and_then(|mask| u64::from_str_radix(mask.trim(), 16).ok()).unwrap_or_default();
    let is_heard = ignored & (1 << (signal - 1)) == 0;
    if !is_heard {
        println!("skipped as far as it needs signal {signal}, which is ignored here");
    }
    is_heard
}

/// May this process do everything? Nobody can install that, so a test that needs it says so and never fails for it.
pub fn is_root() -> bool {
    let is_root = fs::metadata("/proc/self").is_ok_and(|meta| meta.uid() == 0);
    if !is_root {
        println!("skipped as far as it needs root");
    }
    is_root
}
