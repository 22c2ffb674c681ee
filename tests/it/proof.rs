//! Proofs, made with strace and with many rounds: what is written is old or new and never else, and nothing is started.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use serde_json::Value;

use crate::project::{Project, Run};
use crate::tools::{self, need};

const BINARY: &str = env!("CARGO_BIN_EXE_envctl");

/// envctl under strace with `options`; what strace says goes to a file beside the project.
fn traced(project: &Project, options: &[&str], args: &str) -> (Run, String) {
    let log = project.outside().join("strace.log");
    let mut strace = Command::new("strace");
    strace.args(["-f", "-qq", "-o"]).arg(&log).args(options).arg(BINARY).args(args.split_whitespace());
    strace
        .env_clear()
        .env("HOME", project.root().join("../home"))
        .current_dir(project.root())
        .stdin(Stdio::null());
    let run = Run::of(&mut strace);
    (run, fs::read_to_string(&log).unwrap_or_default())
}

/// A line of strace's output without the number of the process: name and the rest of the call.
fn call(line: &str) -> Option<(&str, &str)> {
    let (name, rest) = line.trim_start_matches(|c: char| c.is_ascii_digit()).trim_start().split_once('(')?;
    name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_').then_some((name, rest))
}

/// How often each system call is made.
fn calls(log: &str) -> BTreeMap<String, usize> {
    let mut calls = BTreeMap::new();
    for (name, _) in log.lines().filter_map(call) {
        *calls.entry(name.to_owned()).or_default() += 1;
    }
    calls
}

/// The calls on files, on whatever machine.
const ON_FILES: &[&str] = &[
    "openat",
    "mkdir",
    "mkdirat",
    "fchmod",
    "chmod",
    "write",
    "fsync",
    "fdatasync",
    "rename",
    "renameat",
    "renameat2",
    "flock",
    "statx",
    "read",
    "close",
];

/// Those of them that write.
const WRITING: &[&str] = &[
    "mkdir",
    "mkdirat",
    "fchmod",
    "chmod",
    "write",
    "fsync",
    "fdatasync",
    "rename",
    "renameat",
    "renameat2",
    "flock",
];

/// A switch to be disturbed: what was before, and what is asked.
struct Scene {
    project: Project,
    old: Option<Vec<u8>>,
    args: &'static str,
    target: &'static str,
}

impl Scene {
    fn new(before: Option<&str>, args: &'static str, target: &'static str) -> Self {
        let project = Project::shipped();
        if let Some(before) = before {
            project.run(&format!("switch {before}")).code(0);
        }
        let old = fs::read(project.root().join(".envctl/state.json")).ok();
        Self { project, old, args, target }
    }

    /// One of each kind: a change, a first selection, and one that needs consent.
    fn all() -> [Self; 3] {
        [
            Self::new(Some("staging"), "switch development", "development"),
            Self::new(None, "switch staging", "staging"),
            Self::new(Some("staging"), "switch production --confirm production --allow-agents", "production"),
        ]
    }

    /// The calls to disturb: where time is short, only those that write in all scenes but the first.
    fn names(&self) -> &'static [&'static str] {
        if tools::is_full() || self.target == "development" { ON_FILES } else { WRITING }
    }

    fn state(&self) -> PathBuf {
        self.project.root().join(".envctl/state.json")
    }

    /// Puts everything back as it was.
    fn reset(&self) {
        let _ = fs::remove_dir_all(self.project.root().join("../home/.local"));
        let _ = fs::remove_dir_all(self.project.root().join(".envctl"));
        if let Some(old) = &self.old {
            fs::create_dir(self.project.root().join(".envctl")).unwrap();
            fs::write(self.state(), old).unwrap();
        }
    }

    /// The calls that it makes when nobody disturbs it.
    fn calls(&self) -> BTreeMap<String, usize> {
        self.reset();
        let (run, log) = traced(&self.project, &[], self.args);
        run.code(0);
        calls(&log)
    }

    /// Is the selection the new one? It is that or the old, byte for byte, or this fails.
    #[track_caller]
    fn is_new(&self, what: &str) -> bool {
        let now = fs::read(self.state()).ok();
        if now == self.old {
            return false;
        }
        let text = now.unwrap_or_else(|| panic!("{what}: the old selection is gone"));
        let json: Value =
            serde_json::from_slice(&text).unwrap_or_else(|_| panic!("{what}: half a selection"));
        let fields: Vec<_> = json.as_object().unwrap().keys().map(String::as_str).collect();
        let all = [
            "environment",
            "previous",
            "protected",
            "schema_version",
            "seen",
            "switched_at",
            "tier",
            "until",
        ];
        let expected = if self.target == "production" { &all[..] } else { &all[..7] };
        assert_eq!(
            (&json["environment"], fields.as_slice()),
            (&Value::from(self.target), expected),
            "{what}"
        );
        assert!(text.ends_with(b"}\n"), "{what}");
        true
    }

    /// Whatever happened, envctl goes on: `current` answers with what stands, and the next switch succeeds.
    #[track_caller]
    fn goes_on(&self, is_new: bool, what: &str) {
        let run = self.project.run("current");
        let old = if self.old.is_some() { "staging" } else { "development" };
        let name = if is_new { self.target } else { old };
        assert_eq!((run.code, run.stdout.trim()), (Some(0), name), "{what}: {}", run.stderr);
    }
}

#[test]
fn a_switch_killed_at_any_system_call_leaves_the_old_selection_or_the_new() {
    need!("strace"; tools::can_trace() => "strace that may trace");
    for scene in Scene::all() {
        let (mut old, mut new) = (0, 0);
        let calls = scene.calls();
        // strace cannot break the call that starts the program.
        let is_chosen = |name: &str| name != "execve" && (tools::is_full() || scene.names().contains(&name));
        let chosen = calls.iter().filter(|(name, _)| is_chosen(name));
        for (name, at) in chosen.flat_map(|(name, count)| (1..=*count).map(move |at| (name, at))) {
            let what = format!("{} killed at {name} number {at}", scene.args);
            scene.reset();
            let inject = format!("inject={name}:signal=KILL:when={at}");
            let (run, _) = traced(&scene.project, &["-e", &inject], scene.args);
            assert!(run.code.is_none() || name == "exit_group", "{what}: not killed: {:?}", run.code);
            let is_new = scene.is_new(&what);
            if is_new {
                new += 1
            } else {
                old += 1
            }
            scene.goes_on(is_new, &what);
            scene.project.run(scene.args).code(0);
            assert!(scene.is_new(&what) || Some(fs::read(scene.state()).unwrap()) == scene.old, "{what}");
        }
        assert!(old > 5 && new > 2, "{old} old, {new} new: nothing was killed in time");
        tools::tell(&format!("{}: killed {} times, {old} old, {new} new", scene.args, old + new));
    }
}

#[test]
fn a_switch_that_the_system_fails_anywhere_says_so_and_leaves_the_old_selection_or_the_new() {
    need!("strace"; tools::can_trace() => "strace that may trace");
    let errors = if tools::is_full() { &["ENOSPC", "EIO", "EROFS", "EACCES", "EINTR"][..] } else { &["EIO"] };
    for scene in Scene::all() {
        let (mut failed, mut done) = (0, 0);
        let calls = scene.calls();
        // Not `close`: std panics where a folder cannot be closed, and nobody could do anything about that.
        let names = scene.names().iter().filter(|name| **name != "close");
        for (name, at) in
            names.flat_map(|name| (1..=calls.get(*name).copied().unwrap_or(0)).map(move |at| (name, at)))
        {
            for error in errors {
                let what = format!("{}: {error} at {name} number {at}", scene.args);
                scene.reset();
                let inject = format!("inject={name}:error={error}:when={at}");
                let (run, _) = traced(&scene.project, &["-e", &inject], scene.args);
                assert!(!run.stderr.contains("panicked"), "{what}: {}", run.stderr);
                if run.code == Some(127) {
                    continue; // the dynamic loader could not read a library
                }
                let is_new = scene.is_new(&what);
                match run.code {
                    Some(0) => assert!(is_new, "{what}: success without a selection"),
                    Some(2 | 3) => assert!(
                        !is_new || !run.stderr.contains("nothing has changed"),
                        "{what}: {}",
                        run.stderr
                    ),
                    code => panic!("{what}: {code:?} {}", run.stderr),
                }
                if run.code == Some(0) {
                    done += 1
                } else {
                    failed += 1
                }
                scene.goes_on(is_new, &what);
            }
        }
        assert!(failed > 4, "{failed} failed, {done} done: nothing was disturbed");
        tools::tell(&format!("{}: {failed} failed, {done} done in spite of it", scene.args));
    }
}

#[test]
fn no_failure_of_the_log_is_one_of_a_switch() {
    need!("strace"; tools::can_trace() => "strace that may trace");
    for scene in Scene::all() {
        // strace goes by the path that a call names, and for what is open by the real one.
        let homes = [scene.project.root().join("../home"), scene.project.outside().join("home")];
        let folders = homes.map(|home| format!("-P{}/.local/state/envctl", home.display()));
        let files = folders.each_ref().map(|folder| format!("{folder}/audit.jsonl"));
        // A consent is kept in the same folder, which must then be there.
        let lost = if scene.target == "production" { files.to_vec() } else { [files, folders].concat() };
        for (calls, error) in [
            ("%file,%desc", "EIO"),
            ("%file", "EACCES"),
            ("%file", "EROFS"),
            ("write", "ENOSPC"),
            ("fstat,statx,newfstatat", "EIO"),
        ] {
            scene.reset();
            let inject = format!("inject={calls}:error={error}");
            let options: Vec<&str> = lost.iter().map(String::as_str).chain(["-e", &inject]).collect();
            let (run, log) = traced(&scene.project, &options, &format!("{} -v", scene.args));
            let what = format!("{}: {error} at {calls}", scene.args);
            assert!(log.contains("INJECTED"), "{what}: nothing was disturbed");
            let run = run.code(0).says("note: this is not in the log: ").never_says("panicked");
            assert!(scene.is_new(&what), "{what}: {}", run.stderr);
            scene.goes_on(true, &what);
        }
    }
}

#[test]
fn two_switches_at_once_never_mix() {
    let rounds = if tools::is_full() { 1000 } else { 50 };
    let project = Project::shipped();
    let spawn = |name: &str| -> Child {
        let mut command = project.command();
        command.args(["switch", name, "-q"]).stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap()
    };
    let mut won = BTreeMap::new();
    for round in 0..rounds {
        let both = if round % 2 == 0 { ["staging", "development"] } else { ["development", "staging"] };
        let children = both.map(spawn);
        let between = project.run("current").code(0).stdout;
        assert!(["staging\n", "development\n"].contains(&between.as_str()), "{between}");
        for child in children {
            assert!(child.wait_with_output().unwrap().status.success(), "round {round}");
        }
        let text = fs::read_to_string(project.root().join(".envctl/state.json")).unwrap();
        let state: Value = serde_json::from_str(&text).unwrap_or_else(|_| panic!("round {round}: {text}"));
        let name = state["environment"].as_str().unwrap();
        assert_eq!(state["tier"], name, "mixed in round {round}: {text}");
        assert!(["staging", "development"].contains(&name) && text.ends_with("}\n"), "round {round}: {text}");
        *won.entry(name.to_owned()).or_insert(0) += 1;
    }
    let left = fs::read_dir(project.root().join(".envctl")).unwrap().count();
    assert_eq!(left, 3, "only .gitignore, lock and state.json are left");
    tools::tell(&format!("{rounds} rounds: {won:?}"));
}

/// The calls that change a file's name, content or mode, or start something, or speak to somebody.
const WATCHED: &str = "trace=%process,%network,open,openat,openat2,creat,mkdir,mkdirat,rename,renameat,renameat2,link,linkat,\
    symlink,symlinkat,unlink,unlinkat,rmdir,truncate,ftruncate,chmod,fchmod,fchmodat,chown,fchown,lchown,fchownat,\
    mknod,mknodat,utimensat,setxattr,fsetxattr";

/// Does a call change something? A file that is opened to be read is left alone.
fn changes(name: &str, rest: &str) -> bool {
    match name {
        "open" | "openat" | "openat2" => {
            ["O_WRONLY", "O_RDWR", "O_CREAT", "O_TRUNC"].iter().any(|flag| rest.contains(flag))
        }
        "execve" | "exit_group" | "exit" | "wait4" | "kill" | "tgkill" => false,
        _ => true,
    }
}

/// The paths of a call: those in quotes, and those that `-y` adds to descriptors.
fn paths(root: &Path, rest: &str) -> Vec<PathBuf> {
    let quoted = rest.split('"').skip(1).step_by(2);
    let open = rest.split('<').skip(1).filter_map(|part| part.split_once('>')).map(|(path, _)| path);
    let open = open.filter(|_| !rest.contains("AT_FDCWD"));
    quoted.chain(open).map(|path| root.join(path)).collect()
}

#[test]
fn no_command_starts_a_program_or_opens_a_socket_and_each_writes_only_where_it_may() {
    need!("strace"; tools::can_trace() => "strace that may trace");
    let config =
        "[core]\n\tfsmonitor = touch /tmp/x\n\thooksPath = hooks\n[filter \"x\"]\n\tclean = touch /tmp/x\n";
    let project = Project::shipped().file(".envctl-before", "");
    fs::remove_dir_all(project.root().join(".git")).unwrap();
    git2::Repository::init(project.root()).unwrap();
    let project = project.file(".git/config", config).file(".gitattributes", "* filter=x\n");
    let local = project.root().join(".envctl");
    let user = project.root().join("../home/.local").components().as_path().to_owned();
    let nowhere: [&Path; 0] = [];
    let cases: [(&str, &[&Path]); 15] = [
        ("list", &nowhere),
        ("show production", &nowhere),
        ("show production BOT_TOKEN LOG_LEVEL", &nowhere),
        ("current", &nowhere),
        ("prompt", &nowhere),
        ("prompt --template {branch}", &nowhere),
        ("banner", &nowhere),
        ("context --stdout", &nowhere),
        ("context --check", &nowhere),
        ("switch staging --dry-run", &nowhere),
        ("switch", &nowhere),
        ("switch staging", &[&local, &user]),
        ("switch production --confirm production --force --reason here", &[&local, &user]),
        ("context", &[&local]),
        ("log", &nowhere),
    ];
    for (args, allowed) in cases {
        let (run, log) = traced(&project, &["-y", "-s", "4096", "-e", WATCHED], args);
        assert!(matches!(run.code, Some(0 | 1)), "{args}: {}", run.stderr);
        let started = log.lines().filter_map(call).filter(|(name, _)| *name == "execve").count();
        assert_eq!(started, 1, "{args} started a program:\n{log}");
        let plain = |path: &Path| PathBuf::from(path.to_str().unwrap().replace("/project/../", "/"));
        let is_allowed = |path: &Path| allowed.iter().any(|dir| plain(path).starts_with(plain(dir)));
        let mut written = 0;
        for (name, rest) in log.lines().filter_map(call).filter(|(name, rest)| changes(name, rest)) {
            let paths = paths(project.root(), rest);
            assert!(!paths.is_empty(), "{args} does what it may not: {name}({rest}");
            for path in paths.iter().filter(|path| !path.starts_with("/dev")) {
                assert!(is_allowed(path), "{args} may not: {name}({rest}");
            }
            written += 1;
        }
        assert_eq!(written > 0, !allowed.is_empty(), "{args}:\n{log}");
    }
}
