//! Damaged and forbidden repositories: unknown, in our own words, never a failure.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::process::Command;

use envctl::model::git::Status::{Clean, Unknown};

use super::Named;
use super::zoo::{Zoo, set_time};
use crate::tools::{has, is_root, need};

#[test]
fn a_damaged_repository_is_unknown_in_our_own_words() {
    need!("git");
    let damages: [Named; 9] = [
        ("HEAD of garbage", |zoo| zoo.write(".git/HEAD", "garbage \u{1b}[31m")),
        ("empty HEAD", |zoo| zoo.write(".git/HEAD", "")),
        ("HEAD to nowhere", |zoo| zoo.write(".git/HEAD", "0".repeat(39) + "1")),
        ("index of garbage", |zoo| zoo.write(".git/index", "garbage \u{1b}[31m")),
        ("empty index", |zoo| zoo.write(".git/index", "")),
        ("no objects", |zoo| {
            fs::remove_dir_all(zoo.path(".git/objects")).unwrap();
            fs::create_dir(zoo.path(".git/objects")).unwrap();
        }),
        ("config of garbage", |zoo| zoo.write(".git/config", "[\u{1b}[31m")),
        ("branch of garbage", |zoo| zoo.write(".git/refs/heads/main", "\u{1b}[31m")),
        ("empty branch", |zoo| zoo.write(".git/refs/heads/main", "")),
    ];
    for (what, damage) in damages {
        let zoo = Zoo::with_commit();
        damage(&zoo);
        let git = zoo.inspect();
        assert_eq!(git.status, Unknown, "{what}: {git:?}");
        assert!(git.detail.is_some_and(|detail| !detail.contains('\u{1b}')), "{what}");
    }
}

#[test]
fn a_missing_tree_is_unknown() {
    need!("git");
    let zoo = Zoo::with_commit();
    let tree = zoo.git(&["rev-parse", "HEAD^{tree}"]);
    let (folder, file) = tree.trim().split_at(2);
    zoo.remove(&format!(".git/objects/{folder}/{file}"));
    zoo.is_unknown("missing");
}

#[test]
fn a_bit_flipped_in_the_index_is_unknown() {
    need!("git");
    let zoo = Zoo::with_commit();
    let mut index = fs::read(zoo.path(".git/index")).unwrap();
    index[60] ^= 1;
    fs::write(zoo.path(".git/index"), index).unwrap();
    zoo.is_unknown("damaged");
}

#[test]
fn a_repository_of_somebody_else_is_told_as_such() {
    need!("git");
    if !is_root() {
        return;
    }
    let zoo = Zoo::with_commit();
    assert!(Command::new("chown").args(["-R", "12345"]).arg(zoo.root()).status().unwrap().success());
    assert_eq!(zoo.is_unknown("another user").branch.as_deref(), Some("main"));
    let permission = format!("[safe]\n\tdirectory = {}\n", zoo.root().display());
    fs::write(zoo.top.path().join(".gitconfig"), permission).unwrap();
    assert_eq!(zoo.inspect().status, Clean);
}

#[test]
fn what_cannot_be_read_is_unknown() {
    need!("git"; !is_root() || has("setpriv") => "setpriv");
    for (folder, reason) in [(".git", ".git"), ("d", "folder"), (".git/objects", "")] {
        let zoo = Zoo::with_commit();
        set_time(&zoo.path("a"), "2021-01-01 00:00:00");
        fs::set_permissions(zoo.path(folder), fs::Permissions::from_mode(0o000)).unwrap();
        let mut child = zoo.child(&zoo.root(), &[]);
        if is_root() {
            child = as_user(&zoo, &child);
        }
        let output = child.output().unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        fs::set_permissions(zoo.path(folder), fs::Permissions::from_mode(0o755)).unwrap();
        let git = zoo.answer();
        assert_eq!(git.status, Unknown, "{folder}: {git:?}");
        assert!(git.detail.is_some_and(|detail| detail.contains(reason)), "{folder}");
    }
}

/// The same command as an ordinary user, who may not enter the folder of the test binary.
fn as_user(zoo: &Zoo, command: &Command) -> Command {
    let program = zoo.top.path().join("test");
    fs::copy(command.get_program(), &program).unwrap();
    assert!(Command::new("chown").args(["-R", "12345"]).arg(zoo.top.path()).status().unwrap().success());
    let mut user = Command::new("setpriv");
    user.args(["--reuid=12345", "--regid=12345", "--clear-groups"]).arg(program).args(command.get_args());
    user.env_clear().envs(command.get_envs().filter_map(|(key, value)| Some((key, value?))));
    user
}
