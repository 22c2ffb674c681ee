//! The tables of commands, rules, formats and dependencies, and what must agree with them.

use std::collections::{BTreeMap, BTreeSet};

use super::tree::{files, text};
use super::{code, none};
use crate::project::Project;

/// The modules of a folder that declare the constant `name`, by the name of their file or folder.
fn declaring(folder: &str, name: &str) -> BTreeMap<String, String> {
    let declaration = format!("pub const {name}: ");
    let declaring = files(folder, ".rs").into_iter().filter(|file| text(file).contains(&declaration));
    let stem = |file: &str| {
        let inside = file.trim_start_matches(folder).trim_start_matches('/');
        inside.split('/').next().unwrap_or(inside).trim_end_matches(".rs").to_owned()
    };
    declaring.map(|file| (stem(&file), file)).collect()
}

/// The modules of a folder that declare the constant, but whose `mod.rs` does not put it into its table.
fn unregistered(folder: &str, name: &str) -> Vec<String> {
    let table = format!("{folder}/mod.rs");
    let code = code::read(&text(&table), &["crate".to_owned()]);
    let is_used = |stem: &str| code.paths.iter().any(|path| path.segments == [stem, name]);
    let lacking = declaring(folder, name).into_iter().filter(|(stem, _)| !is_used(stem));
    lacking.map(|(stem, file)| format!("{file}: {stem}::{name} is not in the table of {table}")).collect()
}

#[test]
fn every_command_rule_and_format_is_in_its_table() {
    let tables = [("src/cmd", "COMMAND"), ("src/rules", "RULE"), ("src/format", "FORMAT")];
    let broken: Vec<_> = tables.iter().flat_map(|(folder, name)| unregistered(folder, name)).collect();
    none(&broken, "Register it there; ids, listings, help and JSON derive from the table.");
    for (folder, name) in tables {
        assert!(
            !declaring(folder, name).is_empty(),
            "{folder} declares no {name}: has the constant another name now?"
        );
    }
}

/// The commands under the headings of the help, as often as they stand there.
fn helped() -> Vec<String> {
    let help = Project::new().run("--help").code(0).stdout;
    let groups = help.split("\nOptions:").next().unwrap_or_default();
    let lines = groups.lines().filter(|line| line.starts_with("  ") && !line.starts_with("   "));
    lines.filter_map(|line| line.split_whitespace().next()).map(str::to_owned).collect()
}

#[test]
fn every_command_stands_once_in_the_groups_of_the_help() {
    let helped = helped();
    let commands: Vec<_> =
        declaring("src/cmd", "COMMAND").into_keys().map(|stem| stem.replace('_', "-")).collect();
    let count = |name: &String| helped.iter().filter(|other| *other == name).count();
    let wrong = commands.iter().filter(|name| count(name) != 1);
    let mut broken: Vec<_> =
        wrong.map(|name| format!("{name} stands {} times in the groups", count(name))).collect();
    let strange = helped.iter().filter(|name| !commands.contains(name));
    broken.extend(strange.map(|name| format!("{name} has no file src/cmd/{}.rs", name.replace('-', "_"))));
    none(
        &broken,
        "A command's name is its file's name with dashes; its group must stand in Group::ALL of src/cmd/mod.rs.",
    );
}

#[test]
fn a_rule_is_called_like_its_file() {
    let json = Project::new().run("validate --rules --format json").code(0).json();
    let rules = json["rules"].as_array().unwrap();
    let listed: BTreeSet<_> = rules.iter().map(|rule| rule["id"].as_str().unwrap().to_owned()).collect();
    let mut broken = Vec::new();
    for (stem, file) in declaring("src/rules", "RULE") {
        let id = stem.replace('_', "-");
        if !text(&file).contains(&format!("id: \"{id}\"")) {
            broken.push(format!("{file}: its id is not {id}"));
        }
        if !listed.contains(&id) {
            broken.push(format!("{file}: `validate --rules` does not list {id}"));
        }
    }
    assert_eq!(
        listed.len(),
        declaring("src/rules", "RULE").len(),
        "a rule is listed that has no file in src/rules"
    );
    none(&broken, "One file per rule in src/rules, its id the file's name with dashes, registered in RULES.");
}

/// Libraries that come with libgit2's `https` and `ssh`: 24 ms for every repository that is opened, and a network.
const NETWORK: &[&str] = &["openssl-sys", "openssl-src", "openssl-probe", "libssh2-sys"];

#[test]
fn libgit2_comes_without_https_and_ssh() {
    let lock: toml::Table = text("Cargo.lock").parse().unwrap();
    let packages = lock["package"].as_array().unwrap().iter().filter_map(|package| package["name"].as_str());
    let network = packages.filter(|name| NETWORK.contains(name));
    let mut broken: Vec<_> = network.map(|name| format!("Cargo.lock: {name}")).collect();
    let manifest: toml::Table = text("Cargo.toml").parse().unwrap();
    if let Some(git2) = manifest["dependencies"].get("git2") {
        let has_defaults = git2.get("default-features").and_then(toml::Value::as_bool) != Some(false);
        broken.extend(has_defaults.then(|| "Cargo.toml: git2 has its default features".to_owned()));
    }
    none(
        &broken,
        "Write `default-features = false` at git2, and find who asks for more with `cargo tree -i NAME -e features`.",
    );
}
