//! Which environments there are, and which files: the natural layout and the stacks of the manifest.

use std::collections::{BTreeMap, HashSet};
use std::fs;
use std::io::ErrorKind;
use std::path::Path;

use wildmatch::WildMatch;

use super::Root;
use super::file::Reader;
use crate::format;
use crate::format::manifest::Manifest;
use crate::model::name::{EnvName, NEVER_NAMES};
use crate::model::project::Skipped;
use crate::model::schema::Pattern;

/// The folder with one folder per environment.
pub const ENVIRONMENTS_DIR: &str = "envs";

/// The layers of an environment's folder, lowest first.
const NATURAL_STACK: &[&str] = &["envs/{env}/env.toml", "envs/{env}/.env", "envs/{env}/.env.local"];

/// What was found.
#[derive(Default)]
pub struct Found {
    /// The stacks: their files, lowest layer first.
    pub stacks: Vec<Vec<String>>,
    /// The environments, by their lower-case names.
    pub names: BTreeMap<String, EnvName>,
    /// What was passed over.
    pub skipped: Vec<Skipped>,
    /// Two spellings of one name that both stand on disk.
    pub twins: Option<(String, String)>,
}

impl Found {
    fn add(&mut self, name: EnvName) {
        self.names.entry(name.as_str().to_ascii_lowercase()).or_insert(name);
    }

    /// Adds the names that one pattern of paths gives: two of them must differ by more than case.
    fn add_siblings(&mut self, names: Vec<(EnvName, String)>) {
        let mut paths: BTreeMap<String, String> = BTreeMap::new();
        for (name, path) in names {
            if let Some(twin) = paths.insert(name.as_str().to_ascii_lowercase(), path.clone()) {
                self.twins.get_or_insert((twin, path));
            }
            self.add(name);
        }
    }

    fn skip(&mut self, path: String, reason: &'static str) {
        self.skipped.push(Skipped { path, reason });
    }
}

/// Looks through the project.
pub fn discover(root: &Root, reader: &Reader<'_>, manifest: &Manifest) -> Found {
    let claimed = |file: &str| manifest.stacks.iter().flatten().any(|named| named == file);
    let natural: Vec<String> =
        NATURAL_STACK.iter().filter(|file| !claimed(file)).map(|file| (*file).to_owned()).collect();
    let mut found = Found::default();
    environment_folders(root, reader, manifest, &mut found);
    found.stacks.clone_from(&manifest.stacks);
    for template in found.stacks.clone().iter().flatten() {
        slot_names(root, template, manifest, &mut found);
    }
    for declared in &manifest.environments {
        if let Ok(name) = EnvName::new(&declared.name) {
            found.add(name);
        }
    }
    if !natural.is_empty() {
        found.stacks.push(natural);
    }
    found
}

/// Why a path that the manifest names in `ignore` was passed over.
pub const IGNORED: &str = "named in `ignore`";

/// Is `path`, or a folder that holds it, taken out by `[project] ignore`?
pub fn is_ignored(manifest: &Manifest, path: &str) -> bool {
    manifest.ignore.iter().any(|glob| {
        let glob = WildMatch::new(glob);
        with_folders(path).any(|path| glob.matches(path))
    })
}

/// The folders that hold `path`, and itself.
fn with_folders(path: &str) -> impl Iterator<Item = &str> {
    let folders = path.match_indices('/').filter_map(|(at, _)| path.get(..at));
    folders.chain([path])
}

/// Each path once, and none in a folder that was passed over as a whole.
pub fn each_once(skipped: Vec<Skipped>) -> Vec<Skipped> {
    let mut paths = HashSet::new();
    let mut is_new = |one: &Skipped| {
        !with_folders(&one.path).any(|path| paths.contains(path)) && paths.insert(one.path.clone())
    };
    skipped.into_iter().filter(|one| is_new(one)).collect()
}

/// What a stack is called: its first file that is an environment's own, `env.toml` only where there is no other,
/// because that file describes the environment rather than the stack.
pub fn stack_id(files: &[String]) -> &str {
    let own = || files.iter().filter(|file| file.contains(Pattern::ENV));
    let file = own().find(|file| !file.ends_with("/env.toml")).or_else(|| own().next());
    file.map_or("", String::as_str)
}

fn environment_folders(root: &Root, reader: &Reader<'_>, manifest: &Manifest, found: &mut Found) {
    let mut names = Vec::new();
    if let Some(reason) = objection(&root.dir.join(ENVIRONMENTS_DIR)) {
        found.skip(ENVIRONMENTS_DIR.to_owned(), reason);
    }
    for (name, path) in entries(&root.dir, ENVIRONMENTS_DIR) {
        // with a `/` at its end, so that `envs/old/*` takes the whole environment out
        if is_ignored(manifest, &format!("{ENVIRONMENTS_DIR}/{name}/")) {
            found.skip(format!("{ENVIRONMENTS_DIR}/{name}"), IGNORED);
        } else if !path.is_dir() {
            found.skip(format!("{ENVIRONMENTS_DIR}/{name}"), "not a folder");
        } else if !reader.is_inside(&path) {
            found.skip(format!("{ENVIRONMENTS_DIR}/{name}"), "a link that leads out of the project");
        } else {
            match EnvName::new(&name) {
                Ok(environment) => {
                    other_files(root, environment.as_str(), manifest, found);
                    names.push((environment, format!("{ENVIRONMENTS_DIR}/{name}")));
                }
                Err(_) => found.skip(format!("{ENVIRONMENTS_DIR}/{name}"), "not a name for an environment"),
            }
        }
    }
    found.add_siblings(names);
}

/// Why a folder that is there cannot be looked into.
fn objection(folder: &Path) -> Option<&'static str> {
    match fs::read_dir(folder).map_err(|error| error.kind()) {
        Ok(_) | Err(ErrorKind::NotFound) => None,
        Err(ErrorKind::NotADirectory) => Some("not a folder"),
        Err(ErrorKind::PermissionDenied) => Some("the folder may not be read"),
        Err(_) => Some("the folder cannot be read"),
    }
}

fn other_files(root: &Root, environment: &str, manifest: &Manifest, found: &mut Found) {
    let folder = format!("{ENVIRONMENTS_DIR}/{environment}");
    let is_layer =
        |path: &str| NATURAL_STACK.iter().any(|layer| layer.replace(Pattern::ENV, environment) == path);
    for (name, path) in entries(&root.dir, &folder) {
        let relative = format!("{folder}/{name}");
        if !path.is_dir() && !is_layer(&relative) {
            let reason = match format::of_file(&name) {
                _ if is_ignored(manifest, &relative) => IGNORED,
                Some(_) => "no layer of the environment",
                None => "no format that envctl reads",
            };
            found.skip(relative, reason);
        }
    }
}

/// The environments that the slot of `template` takes on disk.
fn slot_names(root: &Root, template: &str, manifest: &Manifest, found: &mut Found) {
    let Some((before, after)) = template.split_once(Pattern::ENV) else { return };
    let (folder, prefix) = before.rsplit_once('/').unwrap_or(("", before));
    let suffix = after.split('/').next().unwrap_or_default();
    let mut names = Vec::new();
    for (file, _) in entries(&root.dir, folder) {
        let slot = file.strip_prefix(prefix).and_then(|rest| rest.strip_suffix(suffix));
        let Some(Ok(name)) = slot.map(EnvName::new) else { continue };
        let path = template.replace(Pattern::ENV, name.as_str());
        let is_environment = root.dir.join(&path).exists() && !(after.is_empty() && ends_like_layer(&name));
        if is_environment && is_ignored(manifest, &path) {
            found.skip(path, IGNORED);
        } else if is_environment {
            names.push((name, path));
        }
    }
    found.add_siblings(names);
}

/// `.env.local` and `.env.production.local` are everybody's own layers, `.env.production.example` is a template:
/// what ends like them is no environment.
fn ends_like_layer(name: &EnvName) -> bool {
    let last = name.as_str().rsplit('.').next().unwrap_or_default();
    NEVER_NAMES.iter().chain(&["local"]).any(|never| last.eq_ignore_ascii_case(never))
}

/// What a folder holds, sorted; nothing where it cannot be read.
fn entries(root: &Path, folder: &str) -> Vec<(String, std::path::PathBuf)> {
    let listed = fs::read_dir(root.join(folder)).into_iter().flatten().flatten();
    let mut entries: Vec<_> =
        listed.map(|entry| (entry.file_name().to_string_lossy().into_owned(), entry.path())).collect();
    entries.sort();
    entries
}
