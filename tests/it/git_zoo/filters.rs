//! Files that git passes through a program, which envctl never runs.

use std::fs;
use std::os::unix::fs::PermissionsExt;

use envctl::model::git::Status::{Clean, Dirty};

use super::zoo::{Zoo, set_time};
use crate::tools::need;

/// `a` goes through a filter that counts its runs; `case` says what the filter makes of it.
fn filtered(command: &str) -> Zoo {
    let zoo = Zoo::with_commit();
    zoo.write(".gitattributes", "a filter=x\n");
    zoo.git(&["config", "filter.x.clean", command]);
    zoo.git(&["add", "--renormalize", "."]);
    zoo.commit();
    zoo
}

#[test]
fn an_untouched_file_with_a_filter_is_clean() {
    need!("git");
    filtered("tr a-z A-Z").is(Clean);
}

#[test]
fn a_touched_file_with_a_filter_is_unknown_whatever_its_content() {
    need!("git");
    let zoo = filtered("tr a-z A-Z");
    set_time(&zoo.path("a"), "2021-01-01 00:00:00");
    zoo.is_unknown("filter");
    zoo.write("a", "ONE\n");
    zoo.is_unknown("filter");
    zoo.write("new", "");
    zoo.is(Dirty);
}

#[test]
fn a_filter_configured_later_is_unknown_not_clean() {
    need!("git");
    let zoo = Zoo::with_commit();
    zoo.write(".git/info/attributes", "[attr]big filter=y\n* big\n");
    zoo.git(&["config", "filter.y.process", "false"]);
    set_time(&zoo.path("a"), "2021-01-01 00:00:00");
    zoo.is_unknown("filter");
}

#[test]
fn a_filter_that_is_not_configured_is_none() {
    need!("git");
    let zoo = Zoo::with_commit();
    zoo.write(".git/info/attributes", "* filter=lfs\n");
    set_time(&zoo.path("a"), "2021-01-01 00:00:00");
    zoo.is(Clean);
    zoo.write("a", "ONE\n");
    zoo.is(Dirty);
}

#[test]
fn a_file_of_another_size_is_dirty_with_any_filter() {
    need!("git");
    let zoo = filtered("tr a-z A-Z");
    zoo.write("a", "longer\n");
    zoo.is(Dirty);
}

#[test]
fn an_executable_bit_tells_more_than_any_filter() {
    need!("git");
    let zoo = filtered("tr a-z A-Z");
    fs::set_permissions(zoo.path("a"), fs::Permissions::from_mode(0o755)).unwrap();
    zoo.is(Dirty);
}

#[test]
fn an_encoding_that_libgit2_does_not_know_is_unknown_when_touched() {
    need!("git");
    let zoo = Zoo::with_commit();
    zoo.write(".gitattributes", "u working-tree-encoding=UTF-16LE\n");
    zoo.write("u", b"x\0y\0");
    zoo.commit();
    zoo.is(Clean);
    set_time(&zoo.path("u"), "2021-01-01 00:00:00");
    zoo.is_unknown("filter");
}
