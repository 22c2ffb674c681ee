//! What a repository is, where it begins, and what HEAD says.

use std::fs;
use std::os::unix::fs::symlink;

use envctl::git;
use envctl::model::git::Status::{Clean, Dirty, Unknown};

use super::name;
use super::zoo::Zoo;
use crate::tools::need;

#[test]
fn a_folder_outside_of_git_is_unknown_and_says_so() {
    let zoo = Zoo::folder();
    let git = zoo.is_unknown("not a git repository");
    assert_eq!((git.branch, git.commit), (None, None));
}

#[test]
fn a_folder_that_does_not_exist_is_unknown() {
    let zoo = Zoo::folder();
    assert_eq!(zoo.inspect_at(&zoo.path("no/such"), &[]).status, Unknown);
}

#[test]
fn an_empty_git_folder_is_no_repository() {
    let zoo = Zoo::folder();
    fs::create_dir(zoo.path(".git")).unwrap();
    zoo.is_unknown("not a git repository");
}

#[test]
fn an_empty_git_folder_does_not_hide_the_repository_above() {
    need!("git");
    let zoo = Zoo::with_commit();
    fs::create_dir(zoo.path("d/.git")).unwrap();
    assert_eq!(zoo.inspect_at(&zoo.path("d"), &[]).status, zoo.oracle("d"));
}

#[test]
fn a_clean_tree_has_branch_and_short_commit() {
    need!("git");
    let zoo = Zoo::with_commit();
    let git = zoo.is(Clean);
    assert_eq!(git.branch.as_deref(), Some("main"));
    assert_eq!(git.commit.as_deref(), Some(zoo.git(&["rev-parse", "--short", "HEAD"]).trim()));
    assert_eq!(git.detail, None);
    assert_eq!(git::branch(&zoo.path("d"), None).as_deref(), Some("main"));
}

#[test]
fn a_short_commit_has_seven_digits_whatever_the_configuration_says() {
    need!("git");
    let zoo = Zoo::with_commit();
    zoo.git(&["config", "core.abbrev", "4"]);
    assert_eq!(zoo.inspect().commit.map(|id| id.len()), Some(7));
}

#[test]
fn an_unborn_branch_is_clean_while_empty_and_dirty_with_a_file() {
    need!("git");
    let zoo = Zoo::empty();
    let git = zoo.is(Clean);
    assert_eq!((git.branch.as_deref(), git.commit), (Some("main"), None));
    assert_eq!(git.detail.as_deref(), Some("no commit yet"));
    zoo.write("a", "x");
    zoo.is(Dirty);
    zoo.git(&["add", "a"]);
    zoo.is(Dirty);
}

#[test]
fn a_detached_head_has_a_commit_and_no_branch() {
    need!("git");
    let zoo = Zoo::with_commit();
    zoo.git(&["checkout", "-q", "--detach"]);
    let git = zoo.is(Clean);
    assert_eq!((git.branch, git.commit.is_some()), (None, true));
    assert_eq!(git.detail.as_deref(), Some("detached HEAD"));
    assert_eq!(git::branch(&zoo.root(), None), None);
}

#[test]
fn a_bare_repository_is_unknown_with_its_branch() {
    need!("git");
    let zoo = Zoo::folder();
    zoo.git(&["init", "-q", "--bare", "-b", "main"]);
    assert_eq!(zoo.is_unknown("bare").branch.as_deref(), Some("main"));
    let zoo = Zoo::with_commit();
    zoo.git(&["config", "core.bare", "true"]);
    zoo.is_unknown("bare");
}

#[test]
fn the_git_folder_itself_is_no_work_tree() {
    need!("git");
    let zoo = Zoo::with_commit();
    assert_eq!(zoo.inspect_at(&zoo.path(".git/refs"), &[]).status, Unknown);
}

#[test]
fn a_linked_worktree_is_judged_by_itself() {
    need!("git");
    let zoo = Zoo::with_commit();
    zoo.git(&["worktree", "add", "-q", "../w", "-b", "side"]);
    let folder = zoo.path("../w").canonicalize().unwrap();
    let git = zoo.inspect_at(&folder, &[]);
    assert_eq!((git.branch.as_deref(), git.status), (Some("side"), Clean));
    assert_eq!(git.detail.as_deref(), Some("linked worktree"));
    fs::write(folder.join("new"), "").unwrap();
    assert_eq!(zoo.inspect_at(&folder, &[]).status, Dirty);
    zoo.is(Clean);
}

#[test]
fn a_git_file_or_link_leads_to_the_repository() {
    need!("git");
    let zoo = Zoo::with_commit();
    fs::rename(zoo.path(".git"), zoo.path("../elsewhere")).unwrap();
    symlink("../elsewhere", zoo.path(".git")).unwrap();
    zoo.is(Clean);
    zoo.remove(".git");
    zoo.write(".git", "gitdir: ../elsewhere\n");
    zoo.write("a", "changed");
    assert_eq!(zoo.is(Dirty).branch.as_deref(), Some("main"));
}

#[test]
fn a_git_file_that_leads_nowhere_is_unknown() {
    let zoo = Zoo::folder();
    for text in ["gitdir: /no/such", "", "gitdir:", "garbage", "gitdir: \0\u{1b}[31m"] {
        zoo.write(".git", text);
        zoo.is_unknown(".git");
    }
}

#[test]
fn a_branch_comes_as_it_is_and_lossy_where_it_is_no_utf8() {
    need!("git");
    let zoo = Zoo::with_commit();
    zoo.write(".git/HEAD", "ref: refs/heads/\u{1b}[31mred\u{202e}\n");
    assert_eq!(git::branch(&zoo.root(), None).as_deref(), Some("\u{1b}[31mred\u{202e}"));
    assert_ne!(zoo.inspect().status, Clean);
    fs::write(zoo.path(".git/HEAD"), b"ref: refs/heads/caf\xe9\n").unwrap();
    fs::copy(zoo.path(".git/refs/heads/main"), zoo.path(".git/refs/heads").join(name(b"caf\xe9"))).unwrap();
    let git = zoo.is(Clean);
    assert_eq!((git.branch.as_deref(), git.commit.is_some()), (Some("caf\u{fffd}"), true));
}

#[test]
fn the_search_ends_below_the_ceiling() {
    need!("git");
    let zoo = Zoo::with_commit();
    assert_eq!(git::branch(&zoo.path("d"), Some(&zoo.root())), None);
    assert_eq!(git::branch(&zoo.root(), Some(&zoo.root())).as_deref(), Some("main"));
}

#[test]
fn git_variables_of_the_environment_do_not_lead_elsewhere() {
    need!("git");
    let (zoo, other) = (Zoo::with_commit(), Zoo::with_commit());
    other.write("new", "");
    let mut child = zoo.child(&zoo.root(), &[]);
    child.env("GIT_DIR", other.path(".git")).env("GIT_WORK_TREE", other.root());
    child.env("GIT_INDEX_FILE", "/no/such");
    assert!(child.output().unwrap().status.success());
    assert_eq!(zoo.answer().status, Clean);
}
