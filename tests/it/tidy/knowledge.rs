//! Who knows what: the libraries, streams, clocks and files of the world are known in one place each.

use super::code::Path;
use super::none;
use super::tree::{Module, program};

/// A thing, the modules that may know it, and what the others do instead.
type Reserved = (&'static [&'static str], &'static [&'static str], &'static str);

/// The modules of the outside world.
const OUTSIDE: &[&str] = &["store", "active", "git", "ask"];

/// What opens a connection; addresses are plain data.
const SOCKETS: &[&str] = &[
    "std::net::TcpStream",
    "std::net::TcpListener",
    "std::net::UdpSocket",
    "std::net::ToSocketAddrs",
    "std::os::unix::net",
];

const RESERVED: &[Reserved] = &[
    (&["git2", "libgit2_sys"], &["git"], "ask the module git"),
    (&["dialoguer"], &["ask"], "ask the module ask"),
    (&["colored"], &["out"], "paint with out::paint"),
    (&["saphyr_parser", "jsonc_parser"], &["format"], "read it with its format"),
    (&["dotenvy"], &["format"], "ask a source for its second reading"),
    (&["annotate_snippets"], &["out"], "render with out::findings"),
    (&["std::io::stdout", "std::io::stderr"], &["ctx"], "return text and let ctx write it"),
    (&["print!", "println!", "eprint!", "eprintln!", "dbg!"], &[], "return text and let ctx write it"),
    // git looks for the user's configuration where libgit2 itself does
    (&["std::env"], &["ctx", "main", "git"], "take it from ctx, or as an argument"),
    (&["rustix::termios"], &["ctx", "ask"], "ask ctx about the terminal"),
    (&["signal_hook"], &["ask", "ctx"], "ask the module ask, or start a program with ctx::Program"),
    (&["hmac_sha256"], &["model"], "ask a key of model::fingerprint"),
    (&["getrandom"], &["active"], "ask active::key for the user's key"),
    (&["std::fs", "rustix::fs", "tempfile"], OUTSIDE, "files are read and written by the modules of layer 2"),
    (&["std::process::exit", "std::process::abort"], &["main"], "return an Exit; only main ends the process"),
    (
        &["std::process::Command"],
        &["ctx"],
        "envctl starts no process but the one on the command line: ctx::Program",
    ),
    (SOCKETS, &[], "envctl is offline"),
];

/// The modules that are pure: the same input gives the same output, whatever the machine.
const PURE: &[&str] = &["model", "format", "rules", "out"];

/// What is impure.
const IMPURE: &[&str] = &[
    "std::fs",
    "rustix",
    "tempfile",
    "std::env",
    "std::process",
    "std::thread",
    "std::os",
    "std::time::SystemTime",
    "std::time::Instant",
    "jiff::Timestamp::now",
    "jiff::Zoned::now",
    "std::io::stdin",
    "std::io::stdout",
    "std::io::stderr",
    ".exists",
    ".try_exists",
    ".is_file",
    ".is_dir",
    ".is_symlink",
    ".canonicalize",
    ".metadata",
    ".symlink_metadata",
    ".read_dir",
    ".read_link",
];

/// The paths of a module. Tests are left out: they may build folders and speak to their reader. So are plain names:
/// a variable may be called `colored`.
fn paths(module: &Module) -> impl Iterator<Item = &Path> {
    let is_plain = |path: &Path| path.segments.len() == 1 && !path.segments[0].contains(['.', '!']);
    module.code.paths.iter().filter(move |path| !path.in_test && !module.in_test && !is_plain(path))
}

fn is_any(path: &Path, things: &[&str]) -> bool {
    things.iter().any(|thing| path.is_in(thing))
}

fn strangers(module: &Module) -> Vec<String> {
    let mut broken = Vec::new();
    for (things, knowing, instead) in
        RESERVED.iter().filter(|(_, knowing, _)| !knowing.contains(&module.unit()))
    {
        for path in paths(module).filter(|path| is_any(path, things)) {
            let who =
                if knowing.is_empty() { "nobody".to_owned() } else { format!("only {}", knowing.join(", ")) };
            let place = format!("{}:{}", module.file, path.line);
            broken.push(format!("{place}: {} is for {who}; {instead}", path.text()));
        }
    }
    broken
}

#[test]
fn each_piece_of_the_outside_world_is_known_in_one_place() {
    let broken: Vec<_> = program().iter().flat_map(strangers).collect();
    none(
        &broken,
        "The table RESERVED in this file says who knows what; extend it only together with DESIGN and ARCHITECTURE.md.",
    );
}

#[test]
fn model_format_rules_and_out_are_pure() {
    let mut broken = Vec::new();
    for module in program().iter().filter(|module| PURE.contains(&module.unit())) {
        for path in paths(module).filter(|path| is_any(path, IMPURE)) {
            broken.push(format!("{}:{}: {}", module.file, path.line, path.text()));
        }
    }
    none(
        &broken,
        "Read it in layer 2 or 3 and pass it in: these modules touch no file, clock, environment or terminal.",
    );
}

/// The modules whose product is the text of a value.
const EXPOSING: &[&str] = &[
    "crate::cmd::show::reveal",
    // prints an environment for a shell or a platform, which is nothing without its values
    "crate::cmd::export",
    // gives them to the program on the command line
    "crate::cmd::run::child",
    // hides them in what the program prints
    "crate::cmd::run::secrets",
];

#[test]
fn only_a_command_whose_product_it_is_reads_the_text_of_a_value() {
    let is_exposing =
        |path: &&Path| path.segments.last().is_some_and(|name| name.trim_matches('.') == "expose");
    let (mut broken, mut exposing) = (Vec::new(), Vec::new());
    for module in program() {
        let own = module.path.join("::");
        for path in paths(module).filter(is_exposing) {
            match EXPOSING.contains(&own.as_str()) {
                true => exposing.push(own.clone()),
                false => broken.push(format!("{}:{}: {}", module.file, path.line, path.text())),
            }
        }
    }
    none(
        &broken,
        "Look at a value with `judge`; the table EXPOSING in this file says which commands give one away.",
    );
    assert!(EXPOSING.iter().all(|module| exposing.iter().any(|own| own == module)), "{exposing:?}");
}
