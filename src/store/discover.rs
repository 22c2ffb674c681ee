//! Which environments there are, and which files: the natural layout and the stacks of the manifest.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use wildmatch::WildMatch;

use super::Root;
use super::file::Reader;
use crate::format;
use crate::format::manifest::Manifest;
use crate::model::name::EnvName;
use crate::model::project::Skipped;
use crate::model::schema::Pattern;

/// The folder with one folder per environment.
const ENVIRONMENTS_DIR: &str = "envs";

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
}

impl Found {
    fn add(&mut self, name: EnvName) {
        self.names.entry(name.as_str().to_ascii_lowercase()).or_insert(name);
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
    environment_folders(root, reader, &mut found);
    found.stacks.clone_from(&manifest.stacks);
    for template in found.stacks.clone().iter().flatten() {
        slot_names(root, template, &mut found);
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

/// Is `path` taken out by `[project] ignore`?
pub fn is_ignored(manifest: &Manifest, path: &str) -> bool {
    manifest.ignore.iter().any(|glob| WildMatch::new(glob).matches(path))
}

/// What a stack is called: its first file that is an environment's own, `env.toml` only where there is no other,
/// because that file describes the environment rather than the stack.
pub fn stack_id(files: &[String]) -> &str {
    let own = || files.iter().filter(|file| file.contains(Pattern::ENV));
    let file = own().find(|file| !file.ends_with("/env.toml")).or_else(|| own().next());
    file.map_or("", String::as_str)
}

fn environment_folders(root: &Root, reader: &Reader<'_>, found: &mut Found) {
    for (name, path) in entries(&root.dir, ENVIRONMENTS_DIR) {
        if !path.is_dir() {
            found.skip(format!("{ENVIRONMENTS_DIR}/{name}"), "not a folder");
        } else if !reader.is_inside(&path) {
            found.skip(format!("{ENVIRONMENTS_DIR}/{name}"), "a link that leads out of the project");
        } else {
            match EnvName::new(&name) {
                Ok(environment) => {
                    other_files(root, environment.as_str(), found);
                    found.add(environment);
                }
                Err(_) => found.skip(format!("{ENVIRONMENTS_DIR}/{name}"), "not a name for an environment"),
            }
        }
    }
}

fn other_files(root: &Root, environment: &str, found: &mut Found) {
    let folder = format!("{ENVIRONMENTS_DIR}/{environment}");
    let is_layer =
        |path: &str| NATURAL_STACK.iter().any(|layer| layer.replace(Pattern::ENV, environment) == path);
    for (name, path) in entries(&root.dir, &folder) {
        let relative = format!("{folder}/{name}");
        if !path.is_dir() && !is_layer(&relative) {
            let known = format::of_file(&name).is_some();
            found.skip(
                relative,
                if known { "no layer of the environment" } else { "no format that envctl reads" },
            );
        }
    }
}

/// The environments that the slot of `template` takes on disk.
fn slot_names(root: &Root, template: &str, found: &mut Found) {
    let Some((before, after)) = template.split_once(Pattern::ENV) else { return };
    let (folder, prefix) = before.rsplit_once('/').unwrap_or(("", before));
    let suffix = after.split('/').next().unwrap_or_default();
    for (file, _) in entries(&root.dir, folder) {
        let slot = file.strip_prefix(prefix).and_then(|rest| rest.strip_suffix(suffix));
        let Some(Ok(name)) = slot.map(EnvName::new) else { continue };
        let exists = root.dir.join(template.replace(Pattern::ENV, name.as_str())).exists();
        // `.env.local` is everybody's own layer, not an environment called local.
        let is_personal = after.is_empty() && name.matches("local");
        if exists && !is_personal {
            found.add(name);
        }
    }
}

/// What a folder holds, sorted; nothing where it cannot be read.
fn entries(root: &Path, folder: &str) -> Vec<(String, std::path::PathBuf)> {
    let listed = fs::read_dir(root.join(folder)).into_iter().flatten().flatten();
    let mut entries: Vec<_> =
        listed.map(|entry| (entry.file_name().to_string_lossy().into_owned(), entry.path())).collect();
    entries.sort();
    entries
}
