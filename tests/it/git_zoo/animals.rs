//! The real binary among all animals: `context` and `banner` never fail, never call an unknown tree clean, and pass
//! no control character on.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;

use super::name;
use super::zoo::{Zoo, set_time};
use crate::project::Run;
use crate::tools::{is_root, need, skip};

/// A repository with a project in it, and what is to be told of it.
struct Animal {
    name: &'static str,
    /// Makes it, and says where the project is; none where this machine cannot make it.
    make: fn() -> Option<(Zoo, PathBuf)>,
    branch: Option<&'static str>,
    status: &'static str,
    /// Parts of the detail, of which one is told; empty where there is nothing to say.
    detail: &'static str,
}

impl Animal {
    fn is_detailed(&self, detail: &str) -> bool {
        detail.is_empty() == self.detail.is_empty()
            && self.detail.split('|').any(|part| detail.contains(part))
    }
}

const fn animal(
    name: &'static str,
    make: fn() -> Option<(Zoo, PathBuf)>,
    branch: Option<&'static str>,
    status: &'static str,
    detail: &'static str,
) -> Animal {
    Animal { name, make, branch, status, detail }
}

const MAIN: Option<&str> = Some("main");

const ANIMALS: [Animal; 19] = [
    animal("none", none, None, "unknown", "not a git repository"),
    animal("unborn", unborn, MAIN, "dirty", "no commit yet"),
    animal("plain", || changed(|_| ()), MAIN, "clean", ""),
    animal("detached", || git(&["checkout", "-q", "--detach"]), None, "clean", "detached HEAD"),
    animal("bare", bare, MAIN, "unknown", "bare repository"),
    animal("worktree", worktree, Some("side"), "clean", "linked worktree"),
    animal("submodule", submodule, MAIN, "clean", "submodule"),
    animal("foreign owner", foreign, MAIN, "unknown", "another user"),
    animal("corrupt HEAD", || head(b"\x1b[31mgarbage"), None, "unknown", "HEAD cannot be read"),
    animal("reftable", || format("--ref-format=reftable"), None, "unknown", "reftable"),
    animal("sha256", || format("--object-format=sha256"), MAIN, "unknown", "SHA-256"),
    animal("split index", || git(&["update-index", "--split-index"]), MAIN, "unknown", "split"),
    animal("sparse index", sparse, MAIN, "unknown", "sparse"),
    animal("external clean filter", filter, MAIN, "unknown", "external filter"),
    animal(
        "core.worktree",
        || git(&["config", "core.worktree", "/etc"]),
        MAIN,
        "unknown",
        "elsewhere|another user",
    ),
    animal("core.fsmonitor", fsmonitor, MAIN, "clean", ""),
    animal(
        "escapes",
        || head(b"ref: refs/heads/\x1b[31mred\x07"),
        Some("\u{1b}[31mred\u{7}"),
        "unknown",
        "HEAD",
    ),
    animal("hidden", hidden, Some("m\u{9b}31m\u{202e}niam"), "clean", ""),
    animal("not UTF-8", not_utf8, Some("caf\u{fffd}"), "clean", ""),
];

#[test]
fn every_animal_is_told_by_context_and_banner() {
    need!("git");
    for animal in &ANIMALS {
        let Some((zoo, folder)) = (animal.make)() else { continue };
        let git = context(&zoo, &folder, animal.name);
        assert_eq!(git["branch"].as_str(), animal.branch, "{}: {git}", animal.name);
        assert_eq!(git["status"], animal.status, "{}: {git}", animal.name);
        let detail = git["detail"].as_str().unwrap_or_default();
        assert!(animal.is_detailed(detail), "{}: {git}", animal.name);
        is_bannered(&zoo, &folder, animal);
        assert!(!zoo.top.path().join("sprung").exists(), "{}: a program was run", animal.name);
    }
}

#[test]
fn no_animal_is_clean_with_a_new_file_in_it() {
    need!("git");
    for animal in &ANIMALS {
        let Some((zoo, folder)) = (animal.make)() else { continue };
        fs::write(folder.join("new"), "").unwrap();
        let expected = if animal.status == "clean" { "dirty" } else { animal.status };
        let status = &context(&zoo, &folder, animal.name)["status"];
        // A split or sparse index, or a filter, hides nothing that is plainly there.
        assert!(status == expected || status == "dirty", "{}: {status}", animal.name);
    }
}

/// What `context --stdout` says of the repository.
#[track_caller]
fn context(zoo: &Zoo, folder: &Path, name: &str) -> Value {
    let run = Run::of(&mut zoo.envctl(folder, &["context", "--stdout"]));
    assert_eq!(run.code, Some(0), "{name}: {}", run.stderr);
    is_harmless(&run, name);
    run.json()["git"].clone()
}

#[track_caller]
fn is_bannered(zoo: &Zoo, folder: &Path, animal: &Animal) {
    let run = Run::of(&mut zoo.envctl(folder, &["banner"]));
    assert_eq!(run.code, Some(0), "{}: {}", animal.name, run.stderr);
    is_harmless(&run, animal.name);
    let line =
        |label: &str| run.stdout.lines().find_map(|line| line.strip_prefix(label)).unwrap_or_default().trim();
    assert_eq!(line("branch"), escaped(animal.branch.unwrap_or("unknown")), "{}", animal.name);
    let (status, detail) = line("status").split_once(" (").unwrap_or((line("status"), ""));
    assert_eq!(status, animal.status, "{}", animal.name);
    assert!(animal.is_detailed(detail), "{}: {detail}", animal.name);
}

/// No character on the streams acts on a terminal or reorders its text.
#[track_caller]
fn is_harmless(run: &Run, name: &str) {
    for text in [&run.stdout, &run.stderr] {
        let harmful =
            text.chars().find(|c| *c != '\n' && *c != escaped(&c.to_string()).chars().next().unwrap());
        assert_eq!(harmful, None, "{name}: {text:?}");
    }
}

fn escaped(text: &str) -> String {
    let escape = |c: char| match c.is_control() || c == '\u{202e}' {
        true => c.escape_unicode().collect(),
        false => c.to_string(),
    };
    text.chars().map(escape).collect()
}

fn changed(change: impl Fn(&Zoo)) -> Option<(Zoo, PathBuf)> {
    let zoo = Zoo::with_project();
    change(&zoo);
    let root = zoo.root();
    Some((zoo, root))
}

fn git(args: &[&str]) -> Option<(Zoo, PathBuf)> {
    changed(|zoo| drop(zoo.git(args)))
}

fn head(text: &[u8]) -> Option<(Zoo, PathBuf)> {
    changed(|zoo| zoo.write(".git/HEAD", text))
}

/// A project in a folder where git does nothing but `init`, if it can.
fn initialised(args: Option<&[&str]>) -> Option<(Zoo, PathBuf)> {
    let zoo = Zoo::folder();
    if args.is_some_and(|args| !zoo.git_may_fail(&[&["init", "-q", "-b", "main"], args].concat())) {
        return None;
    }
    zoo.write_project();
    let root = zoo.root();
    Some((zoo, root))
}

fn none() -> Option<(Zoo, PathBuf)> {
    initialised(None)
}

fn unborn() -> Option<(Zoo, PathBuf)> {
    initialised(Some(&[]))
}

fn bare() -> Option<(Zoo, PathBuf)> {
    initialised(Some(&["--bare"]))
}

fn format(option: &str) -> Option<(Zoo, PathBuf)> {
    let made = initialised(Some(&[option]));
    if made.is_none() {
        skip(&format!("git init {option}"));
    }
    made
}

fn worktree() -> Option<(Zoo, PathBuf)> {
    let (zoo, root) = git(&["worktree", "add", "-q", "../w", "-b", "side"])?;
    Some((zoo, root.join("../w")))
}

fn submodule() -> Option<(Zoo, PathBuf)> {
    let zoo = Zoo::with_project();
    zoo.git(&["init", "-q", "-b", "main", "../outer"]);
    zoo.git(&["-C", "../outer", "submodule", "--quiet", "add", "../r", "sub"]);
    let folder = zoo.path("../outer/sub");
    Some((zoo, folder))
}

fn foreign() -> Option<(Zoo, PathBuf)> {
    let chown = |zoo: &Zoo| Command::new("chown").args(["-R", "12345"]).arg(zoo.root()).status().unwrap();
    if is_root() { changed(|zoo| assert!(chown(zoo).success())) } else { None }
}

fn sparse() -> Option<(Zoo, PathBuf)> {
    changed(|zoo| {
        zoo.write("d/b", "");
        zoo.commit();
        zoo.git(&["sparse-checkout", "set", "--cone", "--sparse-index", "envs"]);
    })
}

fn filter() -> Option<(Zoo, PathBuf)> {
    changed(|zoo| {
        zoo.git(&["config", "filter.x.clean", trap(zoo).to_str().unwrap()]);
        zoo.write(".git/info/attributes", "a filter=x\n");
        set_time(&zoo.path("a"), "2021-01-01 00:00:00");
    })
}

fn fsmonitor() -> Option<(Zoo, PathBuf)> {
    changed(|zoo| zoo.write(".git/config", format!("[core]\n\tfsmonitor = {}\n", trap(zoo).display())))
}

/// A program that leaves a file behind.
fn trap(zoo: &Zoo) -> PathBuf {
    let trap = zoo.path("../trap");
    fs::write(&trap, format!("#!/bin/sh\ntouch {}/sprung\n", zoo.top.path().display())).unwrap();
    fs::set_permissions(&trap, fs::Permissions::from_mode(0o755)).unwrap();
    trap
}

/// A branch that git itself makes: characters above ASCII are all the same to it.
fn hidden() -> Option<(Zoo, PathBuf)> {
    git(&["checkout", "-q", "-b", "m\u{9b}31m\u{202e}niam"])
}

fn not_utf8() -> Option<(Zoo, PathBuf)> {
    changed(|zoo| {
        zoo.write(".git/HEAD", b"ref: refs/heads/caf\xe9\n");
        let heads = zoo.path(".git/refs/heads");
        fs::copy(heads.join("main"), heads.join(name(b"caf\xe9"))).unwrap();
    })
}
