//! Ignore rules at random, judged as git judges them.

use std::fs;

use envctl::model::git::Status::{Clean, Dirty};

use super::zoo::Zoo;
use crate::tools::need;

#[test]
fn ignore_rules_in_many_combinations_are_judged_as_git_does() {
    need!("git");
    let rules = [
        "a",
        "/a",
        "a/",
        "*.o",
        "!*.o",
        "!a",
        "d/*",
        "!d/a",
        "d/**",
        "**/a",
        "d/**/a",
        "\\!x",
        "a*b",
        "[ab]",
        "!/d/",
        "d",
        "d**",
        "/d**",
        "**",
        "*",
        "!*/",
        "d/*/a",
        "a ",
        "a\\ ",
        "[[:alpha:]]",
        "[!a-c]*",
        "!e",
        "**/e/**",
        "?",
        "[]-]x",
        "x\r",
        "# c",
        "",
        "\\",
        "[",
        "d/e",
        "!d/e/",
        "*a*b*",
        "d\\/a",
        "e/",
        "!**/b",
        "[a-",
        "[[:no:]]",
        "[!",
        "[[:a",
    ];
    let files =
        ["a", "x.o", "d/a", "d/x.o", "d/e/a", "d/e/b", "ab", "!x", "-x", "a ", "b/a/c", "x", "d/e/f/a", "\\"];
    let mut random = random();
    for _ in 0..rounds() {
        let zoo = Zoo::empty();
        let mut lines =
            |n| (0..random(n)).map(|_| format!("{}\n", rules[random(rules.len())])).collect::<String>();
        zoo.write(".gitignore", lines(6));
        zoo.write("d/.gitignore", lines(4));
        zoo.write(".git/info/exclude", lines(3));
        zoo.write("../.config/git/ignore", lines(3));
        zoo.write("d/e/tracked", "");
        zoo.git(&["add", "-f", ".gitignore", "d/.gitignore", "d/e/tracked"]);
        zoo.git(&["commit", "-qm", "c"]);
        for file in files {
            zoo.write(file, "");
            let (git, oracle) = (zoo.inspect(), zoo.oracle(""));
            if git.status != oracle {
                panic!(
                    "{file:?} is {oracle:?}, told as {:?}, with {}",
                    git.status,
                    zoo.git(&["grep", "--no-index", "", "--", ".git/info", "*.gitignore"])
                );
            }
            fs::remove_dir_all(zoo.path(file.split('/').next().unwrap()))
                .or_else(|_| fs::remove_file(zoo.path(file)))
                .unwrap();
            zoo.git(&["checkout", "-q", "--", "."]);
        }
    }
}

#[test]
fn a_rule_that_is_no_whole_pattern_is_survived() {
    need!("git");
    for rule in ["[", "[!", "[^", "[a-", "[[:", "[[:a", "\\", "!", "/", "!/", "\\\\\\"] {
        let zoo = Zoo::empty();
        zoo.write(".git/info/exclude", rule);
        zoo.write("a", "");
        assert_eq!((zoo.inspect().status, zoo.oracle("")), (Dirty, Dirty), "{rule}");
    }
}

#[test]
fn two_stars_cross_folders_only_where_they_fill_a_part() {
    need!("git");
    for (rule, status) in
        [("[d]/e**a", Dirty), ("[d]/**/a", Clean), ("[d]/**", Clean), ("[d]/*", Clean), ("[d]**a", Dirty)]
    {
        let zoo = Zoo::empty();
        zoo.write(".git/info/exclude", rule);
        zoo.write("d/e/a", "");
        assert_eq!((zoo.inspect().status, zoo.oracle("")), (status, status), "{rule}");
    }
}

/// How often a random test is tried; `ZOO_ROUNDS` asks for more.
fn rounds() -> usize {
    std::env::var("ZOO_ROUNDS").ok().and_then(|rounds| rounds.parse().ok()).unwrap_or(12)
}

/// Numbers below a bound, the same ones in every run unless `ZOO_SEED` asks for others.
fn random() -> impl FnMut(usize) -> usize {
    let mut state: u64 = std::env::var("ZOO_SEED").ok().and_then(|seed| seed.parse().ok()).unwrap_or(7);
    move |bound| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) as usize % bound
    }
}
