//! Everything that makes a work tree dirty, and what only looks as if it did.

use std::fs;
use std::os::unix::fs::{MetadataExt, PermissionsExt, symlink};
use std::process::Command;

use envctl::model::git::Status::{Clean, Dirty};

use super::zoo::{Zoo, set_time};
use super::{Named, name};
use crate::tools::need;

#[test]
fn every_kind_of_change_is_dirty() {
    need!("git");
    let changes: [Named; 14] = [
        ("modified", |zoo| zoo.write("a", "changed")),
        ("same size", |zoo| zoo.write("a", "ONE\n")),
        ("emptied", |zoo| zoo.write("a", "")),
        ("staged", |zoo| (zoo.write("a", "changed"), zoo.git(&["add", "a"])).0),
        ("staged, undone on disk", |zoo| {
            zoo.write("a", "changed");
            zoo.git(&["add", "a"]);
            zoo.write("a", "one\n");
        }),
        ("deleted", |zoo| zoo.remove("d/b")),
        ("removed from the index", |zoo| drop(zoo.git(&["rm", "-q", "--cached", "a"]))),
        ("folder deleted", |zoo| fs::remove_dir_all(zoo.path("d")).unwrap()),
        ("renamed", |zoo| drop(zoo.git(&["mv", "a", "c"]))),
        ("untracked", |zoo| zoo.write("new", "")),
        ("untracked below", |zoo| zoo.write("x/y/z/new", "")),
        ("intent to add", |zoo| (zoo.write("new", ""), zoo.git(&["add", "-N", "new"])).0),
        ("executable", |zoo| fs::set_permissions(zoo.path("a"), fs::Permissions::from_mode(0o755)).unwrap()),
        ("index deleted", |zoo| zoo.remove(".git/index")),
    ];
    for (what, change) in changes {
        let zoo = Zoo::with_commit();
        change(&zoo);
        assert_eq!((zoo.inspect().status, zoo.oracle("")), (Dirty, Dirty), "{what}");
    }
}

#[test]
fn a_change_of_type_is_dirty() {
    need!("git");
    let changes: [fn(&Zoo); 4] = [
        |zoo| symlink("d/b", zoo.path("a")).unwrap(),
        |zoo| fs::create_dir(zoo.path("a")).unwrap(),
        |zoo| zoo.write("a/x", ""),
        |zoo| assert!(Command::new("mkfifo").arg(zoo.path("a")).status().unwrap().success()),
    ];
    for change in changes {
        let zoo = Zoo::with_commit();
        zoo.remove("a");
        change(&zoo);
        zoo.is(Dirty);
    }
}

#[test]
fn a_folder_replaced_by_an_ignored_link_to_its_like_is_dirty() {
    need!("git");
    let zoo = Zoo::with_commit();
    fs::rename(zoo.path("d"), zoo.path("../d")).unwrap();
    symlink("../d", zoo.path("d")).unwrap();
    zoo.write(".git/info/exclude", "d\n");
    zoo.is(Dirty);
}

#[test]
fn an_edit_in_the_second_of_the_commit_is_seen() {
    need!("git");
    for _ in 0..20 {
        let zoo = Zoo::empty();
        zoo.write("a", "one");
        zoo.git(&["add", "a"]);
        zoo.write("a", "two");
        zoo.git(&["commit", "-qm", "c"]);
        zoo.is(Dirty);
    }
}

#[test]
fn an_edit_with_the_old_times_put_back_is_seen_while_racy() {
    need!("git");
    let zoo = Zoo::with_commit();
    zoo.git(&["config", "core.trustctime", "false"]);
    zoo.write("a", "ONE\n");
    set_time(&zoo.path("a"), "2020-01-01 00:00:00");
    set_time(&zoo.path(".git/index"), "2020-01-01 00:00:00.5");
    zoo.is(Dirty);
}

/// Nothing but the content can tell here: the index holds the very metadata of the changed file. That is what an
/// edit within one tick of the file system's clock leaves behind.
#[test]
fn an_edit_without_a_trace_is_seen_while_racy() {
    need!("git");
    let zoo = Zoo::with_commit();
    zoo.write("a", "ONE\n");
    let file = fs::metadata(zoo.path("a")).unwrap();
    let record = [
        file.ctime(),
        file.ctime_nsec(),
        file.mtime(),
        file.mtime_nsec(),
        file.dev() as i64,
        file.ino() as i64,
    ];
    let mut index = fs::read(zoo.path(".git/index")).unwrap();
    // The first entry starts after 12 bytes; a checksum of zeros says that none was made (index.skipHash).
    for (place, number) in index[12..].chunks_exact_mut(4).zip(record) {
        place.copy_from_slice(&(number as u32).to_be_bytes());
    }
    let end = index.len() - 20;
    index[end..].fill(0);
    fs::write(zoo.path(".git/index"), index).unwrap();
    set_time(&zoo.path(".git/index"), &format!("@{}", file.mtime()));
    zoo.is(Dirty);
}

#[test]
fn an_empty_file_only_intended_to_be_added_again_is_dirty() {
    need!("git");
    let zoo = Zoo::with_commit();
    zoo.write("empty", "");
    zoo.commit();
    zoo.git(&["rm", "-q", "--cached", "empty"]);
    zoo.git(&["add", "-N", "empty"]);
    zoo.is(Dirty);
}

#[test]
fn a_touched_file_with_its_old_content_is_clean() {
    need!("git");
    let zoo = Zoo::with_commit();
    set_time(&zoo.path("a"), "2021-01-01 00:00:00");
    zoo.write("d/b", "two\n");
    zoo.is(Clean);
}

#[test]
fn hundreds_of_touched_files_are_compared_by_content() {
    need!("git");
    let zoo = Zoo::empty();
    (0..300).for_each(|i| zoo.write(&format!("f{}/{i}", i % 7), format!("{i:09}")));
    zoo.commit();
    (0..300).for_each(|i| zoo.write(&format!("f{}/{i}", i % 7), format!("{i:09}")));
    zoo.is(Clean);
    zoo.write("f5/299", "x00000299");
    zoo.is(Dirty);
}

#[test]
fn a_conflict_is_dirty() {
    need!("git");
    let zoo = Zoo::with_commit();
    zoo.git(&["checkout", "-qb", "side"]);
    zoo.write("a", "side\n");
    zoo.commit();
    zoo.git(&["checkout", "-q", "main"]);
    zoo.write("a", "main\n");
    zoo.commit();
    assert!(!zoo.git_may_fail(&["merge", "-q", "side"]));
    zoo.is(Dirty);
}

#[test]
fn strange_names_are_only_names() {
    need!("git");
    let zoo = Zoo::empty();
    for file in
        ["*", "[a]", "a b", "-x", "ä/ö", "d.x", "d/x", "d0", "!n", "#h", "\u{1b}[31m", "a\\b", "new\nline"]
    {
        zoo.write(file, file);
    }
    fs::write(zoo.root().join(name(b"caf\xe9")), "x").unwrap();
    zoo.git(&["add", "-A"]);
    zoo.git(&["commit", "-qm", "c"]);
    zoo.is(Clean);
    zoo.write("d/y", "");
    zoo.is(Dirty);
}

#[test]
fn links_are_compared_by_their_target() {
    need!("git");
    let zoo = Zoo::empty();
    symlink("/etc/passwd", zoo.path("l")).unwrap();
    symlink("nowhere", zoo.path("broken")).unwrap();
    zoo.git(&["add", "-A"]);
    zoo.git(&["commit", "-qm", "c"]);
    zoo.is(Clean);
    zoo.remove("l");
    symlink("/etc/groups", zoo.path("l")).unwrap();
    zoo.is(Dirty);
}
