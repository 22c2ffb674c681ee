//! What the documents name exists.

use std::path::Path;

use super::none;
use super::tree::{files, root, text};

/// A path in a document is one of the repository when it begins with one of these folders …
const FOLDERS: &[&str] =
    &["src", "tests", "benches", "envs", "docs", "fuzz", "schemas", "completions", ".ci", ".github"];

/// … or is the name of a file that stands on top, or of any document.
const FILES: &[&str] = &[
    "Cargo.toml",
    "Cargo.lock",
    "LICENSE-MIT",
    "LICENSE-APACHE",
    "clippy.toml",
    "deny.toml",
    "rustfmt.toml",
    "envctl.toml",
    "compare.py",
];

/// The most lines of the architecture's description.
const ARCHITECTURE_LINES: usize = 120;

/// Does `word` name something in this repository? Patterns and files that git ignores do not.
fn is_path(word: &str) -> bool {
    let is_pattern =
        word.contains(['*', '{', '<', '$', '…', '@']) || word.contains("ENV") || word.contains("NAME");
    let is_local = word.ends_with(".local");
    let is_here = word.split_once('/').is_some_and(|(folder, _)| FOLDERS.contains(&folder));
    !is_pattern
        && !is_local
        && (is_here || FILES.contains(&word) || (word.ends_with(".md") && !word.contains('/')))
}

/// A word without the marks around it and the `:line:column` behind it.
fn bare(word: &str) -> &str {
    let word = word.trim_matches(|c: char| ",;()[]\"'".contains(c)).trim_end_matches('.');
    word.split([':', '#']).next().unwrap_or(word)
}

/// The words in `code` of a line.
fn coded(line: &str) -> impl Iterator<Item = &str> {
    line.split('`').skip(1).step_by(2).flat_map(str::split_whitespace).map(bare).filter(|word| is_path(word))
}

/// The targets of `[links](…)` of a line, those into the world left out.
fn linked(line: &str) -> impl Iterator<Item = &str> {
    let targets = line.split("](").skip(1).filter_map(|rest| rest.split(')').next());
    targets.filter(|target| !target.contains("://") && !target.starts_with(['#', '<'])).map(bare)
}

/// The paths that a document names, with their lines; blocks of code show what a user's project may look like.
fn named(document: &str) -> Vec<(usize, String)> {
    let (mut found, mut in_block) = (Vec::new(), false);
    for (index, line) in document.lines().enumerate() {
        if line.trim_start().starts_with("```") {
            in_block = !in_block;
        } else if !in_block {
            found.extend(coded(line).chain(linked(line)).map(|word| (index + 1, word.to_owned())));
        }
    }
    found
}

#[test]
fn every_path_that_a_document_names_exists() {
    let mut broken = Vec::new();
    for file in files("", ".md") {
        let folder = root().join(&file).parent().map(Path::to_path_buf).unwrap_or_default();
        for (line, word) in named(&text(&file)) {
            if !root().join(&word).exists() && !folder.join(&word).exists() {
                broken.push(format!("{file}:{line}: {word}"));
            }
        }
    }
    none(
        &broken,
        "Correct the path, or write it as a pattern (`envs/{env}/.env`) where it is no file of this repository.",
    );
}

#[test]
fn the_architecture_stays_a_short_read() {
    let lines = text("ARCHITECTURE.md").lines().count();
    assert!(
        lines <= ARCHITECTURE_LINES,
        "ARCHITECTURE.md has {lines} lines; {ARCHITECTURE_LINES} are allowed: cut it"
    );
}

#[test]
fn paths_are_told_from_other_words() {
    let text = "see `src/lib.rs:3:1`, `cargo run -- src/x`, `a/b`, `envs/{env}/.env`, [x](LICENSE#y) [z](https://a.b)\n\
                ```\n`src/no`\n```\n`envs/production/.env.local` `README.md` and src/none";
    let words: Vec<_> = named(text).into_iter().map(|(line, word)| format!("{line} {word}")).collect();
    assert_eq!(words, ["1 src/lib.rs", "1 src/x", "1 LICENSE", "5 README.md"]);
}
