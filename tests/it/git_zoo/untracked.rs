//! Files that the index does not know: which count, which are ignored.

use std::fs;
use std::os::unix::fs::symlink;
use std::process::Command;

use envctl::model::git::Status::{Clean, Dirty};

use super::zoo::Zoo;
use crate::tools::need;

#[test]
fn ignored_files_are_clean() {
    need!("git");
    let zoo = Zoo::with_commit();
    zoo.write(".gitignore", "*.log\n!keep.log\n/target/\nbuild/\n**/tmp/*\n");
    zoo.commit();
    zoo.write("x.log", "");
    zoo.write("d/y.log", "");
    zoo.write("target/a/b", "");
    zoo.write("d/build/c", "");
    zoo.write("only/ignored/z.log", "");
    zoo.write("q/tmp/r", "");
    fs::create_dir_all(zoo.path("empty/folders")).unwrap();
    zoo.is(Clean);
    zoo.write("only/keep.log", "");
    zoo.is(Dirty);
}

#[test]
fn untracked_files_count_whatever_the_configuration_hides() {
    need!("git");
    let zoo = Zoo::with_commit();
    zoo.write("new", "");
    zoo.git(&["config", "status.showUntrackedFiles", "no"]);
    assert_eq!(zoo.inspect().status, Dirty);
}

#[test]
fn pipes_do_not_exist_for_git_and_are_not_waited_for() {
    need!("git", "mkfifo");
    let zoo = Zoo::with_commit();
    let pipe = |name| assert!(Command::new("mkfifo").arg(zoo.path(name)).status().unwrap().success());
    pipe("pipe");
    zoo.is(Clean);
    pipe("d/.gitignore");
    assert_eq!(zoo.inspect().status, Clean);
    pipe("d/.gitattributes");
    zoo.is_unknown(".gitattributes");
    for file in [".git/config", ".git/HEAD"] {
        zoo.remove(file);
        pipe(file);
        zoo.is_unknown("not a regular file");
    }
}

#[test]
fn a_link_to_a_folder_is_not_ignored_by_a_rule_for_folders() {
    need!("git");
    let zoo = Zoo::with_commit();
    zoo.write(".gitignore", "modules/\n");
    zoo.commit();
    symlink("d", zoo.path("modules")).unwrap();
    zoo.is(Dirty);
}

#[test]
fn a_repository_inside_is_untracked_even_when_empty() {
    need!("git");
    let zoo = Zoo::with_commit();
    zoo.git(&["init", "-q", "x/inner"]);
    zoo.is(Dirty);
}

#[test]
fn our_own_files_never_count() {
    need!("git");
    let zoo = Zoo::with_commit();
    zoo.write("CONTEXT.json", "old");
    zoo.write(".envctl/state.json", "");
    let (context, state) = (zoo.path("CONTEXT.json"), zoo.path(".envctl"));
    let ours = [context.as_path(), state.as_path()];
    assert_eq!(zoo.inspect().status, Dirty);
    assert_eq!(zoo.inspect_at(&zoo.path("d"), &ours).status, Clean);
    zoo.commit();
    zoo.write("CONTEXT.json", "new");
    assert_eq!(zoo.inspect_at(&zoo.root(), &ours).status, Clean);
    zoo.git(&["add", "-A"]);
    assert_eq!(zoo.inspect_at(&zoo.root(), &ours).status, Clean);
    zoo.remove("CONTEXT.json");
    assert_eq!(zoo.inspect_at(&zoo.root(), &ours).status, Clean);
    zoo.write("CONTEXT.json.bak", "");
    assert_eq!(zoo.inspect_at(&zoo.root(), &ours).status, Dirty);
}

#[test]
fn ignore_rules_named_by_the_configuration_are_sought_from_the_top_of_the_work_tree() {
    need!("git");
    let zoo = Zoo::with_commit();
    zoo.write("../rules", "*.log\n");
    zoo.git(&["config", "core.excludesFile", "../rules"]);
    zoo.write("d/x.log", "");
    zoo.is(Clean);
    zoo.write("d/x", "");
    zoo.is(Dirty);
}
