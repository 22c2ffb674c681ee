//! Repositories whose configuration or format changes what counts, or what can be known.

use std::fs;
use std::os::unix::fs::PermissionsExt;

use envctl::git;
use envctl::model::git::Status::{Clean, Dirty};

use super::zoo::{Zoo, set_time};
use crate::tools::need;

#[test]
fn an_executable_bit_that_git_does_not_trust_is_no_change() {
    need!("git");
    let zoo = Zoo::with_commit();
    zoo.git(&["config", "core.fileMode", "false"]);
    fs::set_permissions(zoo.path("a"), fs::Permissions::from_mode(0o755)).unwrap();
    zoo.is(Clean);
}

#[test]
fn line_endings_that_git_converts_are_no_change() {
    need!("git");
    for config in ["true", "input"] {
        let zoo = Zoo::with_commit();
        zoo.git(&["config", "core.autocrlf", config]);
        zoo.write("crlf", "x\r\ny\r\n");
        zoo.git(&["add", "-A"]);
        zoo.git(&["commit", "-qm", "c"]);
        set_time(&zoo.path("crlf"), "2021-01-01 00:00:00");
        zoo.is(Clean);
        zoo.write("crlf", "x\r\nz\r\n");
        zoo.is(Dirty);
    }
}

#[test]
fn a_text_file_committed_with_other_line_endings_is_judged_as_git_does() {
    need!("git");
    let zoo = Zoo::with_commit();
    zoo.write("crlf", "x\r\n");
    zoo.commit();
    zoo.write(".git/info/attributes", "crlf text\n");
    set_time(&zoo.path("crlf"), "2021-01-01 00:00:00");
    zoo.is(Dirty);
    zoo.write(".git/info/attributes", "crlf text=auto\n");
    zoo.is(Clean);
}

#[test]
fn files_marked_assume_unchanged_or_skip_worktree_are_left_alone() {
    need!("git");
    for mark in ["--assume-unchanged", "--skip-worktree"] {
        let zoo = Zoo::with_commit();
        zoo.git(&["update-index", mark, "a"]);
        zoo.write("a", "changed");
        zoo.is(Clean);
        zoo.remove("a");
        zoo.is(Clean);
        zoo.write("a/new", "");
        zoo.is(Clean);
    }
}

#[test]
fn a_sparse_checkout_is_judged_by_what_is_there() {
    need!("git");
    let zoo = Zoo::with_commit();
    zoo.write("e/c", "");
    zoo.commit();
    zoo.git(&["sparse-checkout", "set", "--no-cone", "/a", "/e/"]);
    zoo.is(Clean);
    zoo.write("d/b", "changed");
    zoo.is(Dirty);
}

#[test]
fn ignore_rules_outside_of_a_sparse_checkout_still_hold() {
    need!("git");
    let zoo = Zoo::with_commit();
    zoo.write("d/.gitignore", "*.log\n");
    zoo.commit();
    zoo.git(&["sparse-checkout", "set", "--no-cone", "/a"]);
    zoo.write("d/x.log", "");
    zoo.is(Clean);
    zoo.write("d/x", "");
    zoo.is(Dirty);
}

#[test]
fn a_sparse_index_is_unknown() {
    need!("git");
    let zoo = Zoo::with_commit();
    zoo.git(&["sparse-checkout", "set", "--cone", "--sparse-index", "e"]);
    zoo.is_unknown("sparse");
}

#[test]
fn a_split_index_is_unknown() {
    need!("git");
    let zoo = Zoo::with_commit();
    zoo.git(&["update-index", "--split-index"]);
    zoo.is_unknown("split");
}

#[test]
fn an_untracked_cache_changes_nothing() {
    need!("git");
    let zoo = Zoo::with_commit();
    zoo.git(&["update-index", "--force-untracked-cache"]);
    zoo.git(&["-c", "core.untrackedCache=true", "status"]);
    zoo.is(Clean);
    zoo.write("d/new", "");
    zoo.is(Dirty);
}

#[test]
fn every_version_of_the_index_is_read() {
    need!("git");
    for version in ["2", "3", "4"] {
        let zoo = Zoo::with_commit();
        zoo.git(&["update-index", "--index-version", version]);
        zoo.is(Clean);
        zoo.write("d/b", "TWO\n");
        zoo.is(Dirty);
    }
}

#[test]
fn a_work_tree_elsewhere_is_unknown() {
    need!("git");
    let zoo = Zoo::with_commit();
    for elsewhere in ["/etc", "/", "../../d", "/no/such"] {
        zoo.write(".git/config", format!("[core]\n\tworktree = {elsewhere}\n"));
        zoo.is_unknown("");
    }
}

#[test]
fn a_reftable_is_unknown() {
    need!("git"; Zoo::folder().git_may_fail(&["init", "-q", "--ref-format=reftable"]) => "git with reftable");
    let zoo = Zoo::folder();
    zoo.git(&["init", "-q", "--ref-format=reftable"]);
    assert_eq!(zoo.is_unknown("reftable").branch, None);
    assert_eq!(git::branch(&zoo.root(), None), None);
}

#[test]
fn sha256_is_unknown_with_its_branch() {
    need!("git"; Zoo::folder().git_may_fail(&["init", "-q", "--object-format=sha256"]) => "git with sha256");
    let zoo = Zoo::folder();
    zoo.git(&["init", "-q", "--object-format=sha256", "-b", "main"]);
    assert_eq!(zoo.is_unknown("SHA-256").branch.as_deref(), Some("main"));
}

#[test]
fn an_extension_nobody_knows_is_unknown() {
    need!("git");
    for (extension, reason) in
        [("extensions.future", "extension"), ("extensions.partialClone", "partial clone")]
    {
        let zoo = Zoo::with_commit();
        zoo.git(&["config", "core.repositoryFormatVersion", "1"]);
        zoo.git(&["config", extension, "origin"]);
        zoo.is_unknown(reason);
    }
}
