//! The files themselves: reachable, introduced, short, and without leftovers.

use std::sync::LazyLock;

use super::none;
use super::tree::{Module, files, program, reached, text};

/// The most lines of a file in `src`, its tests included.
const LINES: usize = 400;

/// The modules of the program and of its black-box tests.
fn all() -> impl Iterator<Item = &'static Module> {
    static TESTS: LazyLock<Vec<Module>> = LazyLock::new(|| reached("tests/it/main.rs"));
    program().iter().chain(TESTS.iter())
}

#[test]
fn no_file_is_an_orphan() {
    let known: Vec<_> = all().map(|module| &module.file).collect();
    let orphans =
        files("src", ".rs").into_iter().chain(files("tests", ".rs")).filter(|file| !known.contains(&file));
    none(
        &orphans.collect::<Vec<_>>(),
        "Declare it with `mod` in the module around it, or delete it. Tests are one binary: tests/it/main.rs.",
    );
}

#[test]
fn every_file_begins_with_a_sentence_about_itself() {
    let silent = files("src", ".rs").into_iter().chain(files("tests", ".rs"));
    let silent = silent.filter(|file| !text(file).starts_with("//! "));
    none(&silent.collect::<Vec<_>>(), "Write what the file is for in its first line: `//! …`.");
}

#[test]
fn no_file_is_too_long() {
    let lengths = files("src", ".rs").into_iter().map(|file| (text(&file).lines().count(), file));
    let long = lengths.filter(|(lines, _)| *lines > LINES);
    let broken: Vec<_> =
        long.map(|(lines, file)| format!("{file}: {lines} lines, {LINES} are allowed")).collect();
    none(&broken, "Split it by what its parts are about; about 150 lines is the aim.");
}

/// Unfinished work in a module.
fn leftovers(module: &Module) -> Vec<String> {
    let macros = module.code.paths.iter().filter(|path| ["todo!", "unimplemented!"].contains(&&*path.text()));
    let macros = macros.map(|path| (path.line, path.text()));
    let ignored = module
        .code
        .attributes
        .iter()
        .filter(|(tokens, _)| tokens[2..].first().is_some_and(|t| t == "ignore"));
    let ignored = ignored.map(|(_, line)| (*line, "#[ignore]".to_owned()));
    let mark = concat!("FIX", "ME");
    let marked = module.text.lines().enumerate();
    let marked =
        marked.filter(|(_, line)| line.split_once("//").is_some_and(|(_, note)| note.contains(mark)));
    let marked = marked.map(|(index, _)| (index + 1, mark.to_owned()));
    macros
        .chain(ignored)
        .chain(marked)
        .map(|(line, what)| format!("{}:{line}: {what}", module.file))
        .collect()
}

#[test]
fn nothing_is_left_unfinished_or_switched_off() {
    let broken: Vec<_> = all().flat_map(leftovers).collect();
    none(
        &broken,
        "Finish it, or leave it out and write it into an issue. A test that needs a tool says `skipped: needs …`.",
    );
}

#[test]
fn every_exception_from_a_lint_has_a_reason() {
    let mut broken = Vec::new();
    for module in all() {
        for (tokens, line) in &module.code.attributes {
            let excepts =
                tokens.windows(2).any(|pair| matches!(&*pair[0], "allow" | "expect") && pair[1] == "(");
            if excepts && !tokens.iter().any(|token| token == "reason") {
                broken.push(format!("{}:{line}: {}", module.file, tokens.join("")));
            }
        }
    }
    none(&broken, "Add `reason = \"…\"`, or better: do without the exception.");
}
