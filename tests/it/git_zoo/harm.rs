//! What the inspection must never do: run a program, open a socket, write.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::process::Command;

use envctl::model::git::Status::{Clean, Dirty};

use super::zoo::{Zoo, set_time};
use crate::tools::{need, skip};

/// Every program that git might run for this repository leaves a file behind.
fn trapped() -> Zoo {
    let zoo = Zoo::with_project();
    let trap = zoo.path("../trap");
    fs::write(&trap, format!("#!/bin/sh\ntouch {}/sprung\n", zoo.top.path().display())).unwrap();
    fs::set_permissions(&trap, fs::Permissions::from_mode(0o755)).unwrap();
    let trap = trap.to_str().unwrap();
    zoo.write(".git/info/attributes", "* filter=trap diff=trap ident\n");
    for key in [
        "core.fsmonitor",
        "filter.trap.clean",
        "filter.trap.process",
        "diff.trap.textconv",
        "core.sshCommand",
    ] {
        zoo.git(&["-c", "core.fsmonitor=", "config", key, trap]);
    }
    zoo.git(&["-c", "core.fsmonitor=", "config", "core.hooksPath", zoo.top.path().to_str().unwrap()]);
    fs::copy(trap, zoo.top.path().join("post-index-change")).unwrap();
    set_time(&zoo.path("a"), "2021-01-01 00:00:00");
    zoo
}

#[test]
fn no_program_of_the_repository_is_run() {
    need!("git");
    let zoo = trapped();
    zoo.is_unknown("filter");
    assert!(!zoo.top.path().join("sprung").exists());
}

#[test]
fn nothing_in_the_repository_is_written() {
    need!("git");
    for is_staged in [false, true] {
        let zoo = Zoo::with_commit();
        if is_staged {
            zoo.write("d/staged", "");
            zoo.git(&["add", "-A"]);
        }
        set_time(&zoo.path("a"), "2021-01-01 00:00:00");
        let before = snapshot(&zoo);
        assert_eq!(zoo.inspect().status, if is_staged { Dirty } else { Clean });
        assert_eq!(snapshot(&zoo), before);
    }
}

fn snapshot(zoo: &Zoo) -> String {
    let script = "find .git -printf '%p %s %T@ %C@ %m\\n' | sort; find .git -type f -exec cksum {} + | sort";
    let output = Command::new("sh").args(["-c", script]).current_dir(zoo.root()).output().unwrap();
    String::from_utf8(output.stdout).unwrap()
}

#[test]
fn the_kernel_sees_no_program_no_socket_and_no_write() {
    need!("git", "strace");
    let zoo = trapped();
    for args in [&["context", "--stdout"][..], &["banner"], &["prompt", "--template", "{branch}"]] {
        let Some(calls) = system_calls(&zoo, args) else {
            return skip("strace that may trace");
        };
        let started = calls.iter().filter(|call| call.starts_with("execve")).count();
        assert_eq!(started, 1, "{args:?}: only envctl itself is started");
        assert!(
            calls.iter().any(|call| call.contains(".git/HEAD")),
            "{args:?}: the repository was looked at"
        );
        for call in calls {
            assert!(!acts(&call), "{args:?}: {call}");
        }
    }
}

/// What the kernel is asked for while envctl runs; none where nothing may be traced.
fn system_calls(zoo: &Zoo, args: &[&str]) -> Option<Vec<String>> {
    let (envctl, trace) = (zoo.envctl(&zoo.root(), args), zoo.top.path().join("trace"));
    let mut strace = Command::new("strace");
    strace.args(["-f", "-o"]).arg(&trace).args(["-e", "trace=process,network,file,desc"]);
    strace.arg(envctl.get_program()).args(envctl.get_args()).current_dir(zoo.root());
    strace.env_clear().envs(envctl.get_envs().filter_map(|(key, value)| Some((key, value?))));
    let run = strace.output().unwrap();
    let trace = fs::read_to_string(trace).ok().filter(|trace| trace.contains("execve"))?;
    assert!(run.status.success(), "{}", String::from_utf8_lossy(&run.stderr));
    let call = |line: &str| Some(line.split_once(' ')?.1.trim_start().to_owned());
    Some(trace.lines().filter_map(call).collect())
}

/// Whether a system call starts a process, talks to the network or changes a file.
fn acts(call: &str) -> bool {
    const ACTS: [&str; 16] = [
        "fork", "vfork", "clone", "socket", "connect", "unlink", "rename", "mkdir", "mknod", "rmdir",
        "chmod", "fchmod", "chown", "utime", "link", "symlink",
    ];
    const WRITES: [&str; 4] = ["O_WRONLY", "O_RDWR", "O_CREAT", "O_TRUNC"];
    let is_harmless = call.contains("\"/dev/null\"");
    ACTS.iter().any(|name| call.starts_with(name))
        || (call.starts_with("open") && !is_harmless && WRITES.iter().any(|flag| call.contains(flag)))
}
