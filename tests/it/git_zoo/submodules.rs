//! Submodules: told as such, and judged as part of the outer work tree.

use std::fs;

use envctl::model::git::Status::{Clean, Dirty};

use super::zoo::Zoo;
use crate::tools::need;

fn with_submodule() -> Zoo {
    let zoo = Zoo::with_commit();
    zoo.git(&["init", "-q", "-b", "main", "../inner"]);
    zoo.git(&["-C", "../inner", "commit", "-q", "--allow-empty", "-m", "c"]);
    zoo.git(&["submodule", "--quiet", "add", "../inner", "sub"]);
    zoo.write("sub/s", "one\n");
    zoo.git_in("sub", &["add", "s"]);
    zoo.git_in("sub", &["commit", "-qm", "s"]);
    zoo.commit();
    zoo
}

#[test]
fn a_submodule_is_told_and_judged_like_any_repository() {
    need!("git");
    let zoo = with_submodule();
    zoo.is(Clean);
    let git = zoo.inspect_at(&zoo.path("sub"), &[]);
    assert_eq!((git.status, git.detail.as_deref()), (Clean, Some("submodule")));
}

#[test]
fn a_change_in_a_submodule_is_a_change() {
    need!("git");
    let changes: [fn(&Zoo); 5] = [
        |zoo| zoo.write("sub/s", "changed"),
        |zoo| zoo.write("sub/new", ""),
        |zoo| (zoo.write("sub/s", "x"), zoo.git_in("sub", &["add", "s"])).0,
        |zoo| drop(zoo.git_in("sub", &["commit", "-q", "--allow-empty", "-m", "n"])),
        |zoo| fs::remove_dir_all(zoo.path("sub")).unwrap(),
    ];
    for change in changes {
        let zoo = with_submodule();
        change(&zoo);
        zoo.is(Dirty);
    }
}

#[test]
fn a_submodule_that_is_not_checked_out_is_clean() {
    need!("git");
    let zoo = with_submodule();
    zoo.git(&["submodule", "--quiet", "deinit", "-f", "sub"]);
    zoo.is(Clean);
}

#[test]
fn a_submodule_is_ignored_as_far_as_its_project_says() {
    need!("git");
    for rule in ["none", "untracked", "dirty", "all"] {
        let changes: [fn(&Zoo); 3] = [
            |zoo| zoo.write("sub/new", ""),
            |zoo| zoo.write("sub/s", "changed"),
            |zoo| drop(zoo.git_in("sub", &["commit", "-q", "--allow-empty", "-m", "n"])),
        ];
        for change in changes {
            let zoo = with_submodule();
            zoo.git(&["config", "submodule.sub.ignore", rule]);
            change(&zoo);
            assert_eq!(zoo.inspect().status, zoo.oracle(""), "{rule}");
        }
    }
}

#[test]
fn a_submodule_that_cannot_be_judged_makes_the_whole_unknown() {
    need!("git");
    let zoo = with_submodule();
    zoo.write(".git/modules/sub/index", "garbage");
    zoo.is_unknown("submodule");
}
