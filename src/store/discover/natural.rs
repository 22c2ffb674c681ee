//! The natural layout: one folder for each environment in `envs/`.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::ErrorKind;
use std::path::Path;

use super::stacks::{FoundLayer, FoundStack, stack_id};
use super::{Found, Group, IGNORED, NOT_LISTED, entries, is_ignored};
use crate::format;
use crate::format::manifest::Manifest;
use crate::model::name::EnvName;
use crate::model::schema::Pattern;
use crate::model::slot::SHARED;
use crate::store::Root;
use crate::store::file::Reader;

/// The folder with one folder per environment.
pub const ENVIRONMENTS_DIR: &str = "envs";

/// The layers of an environment's folder, lowest first.
const STACK: &[&str] = &["envs/{env}/env.toml", "envs/{env}/.env", "envs/{env}/.env.local"];

/// Is this file a layer of the natural layout?
pub fn is_layer(path: &str) -> bool {
    let name = path.strip_prefix("envs/").and_then(|rest| rest.split_once('/'));
    name.is_some_and(|(name, _)| STACK.iter().any(|layer| layer.replace(Pattern::ENV, name) == path))
}

/// The environments that have a folder.
pub fn folders(root: &Root, reader: &Reader<'_>, manifest: &Manifest, found: &mut Found) -> Vec<EnvName> {
    let place = root.dir.join(ENVIRONMENTS_DIR);
    let outside = (!reader.is_inside(&place)).then_some("a link that leads out of the project");
    if let Some(reason) = outside.or_else(|| objection(&place)) {
        found.skip(ENVIRONMENTS_DIR.to_owned(), reason);
        return Vec::new();
    }
    let is_claimed = !manifest.stacks.is_empty();
    let mut names = Vec::new();
    for (name, path) in entries(&root.dir, ENVIRONMENTS_DIR) {
        let relative = format!("{ENVIRONMENTS_DIR}/{name}");
        // with a `/` at its end, so that `envs/old/*` takes the whole environment out
        if is_ignored(manifest, &format!("{relative}/")) {
            found.skip(relative, IGNORED);
        } else if path.is_dir() && !manifest.allows(&name) {
            found.skip(relative, NOT_LISTED);
        } else if !path.is_dir() {
            // a file may be an environment's all the same: `envs/prod.env`
            let is_read = is_in_stack(manifest, &relative);
            if (is_claimed && !is_read) || format::of_path(&relative).is_none() {
                found.skip(relative, "not a folder");
            }
        } else if !reader.is_inside(&path) {
            found.skip(relative, "a link that leads out of the project");
        } else {
            match EnvName::new(&name) {
                Ok(_) if SHARED.contains(&name.as_str()) && !is_described(&path) => {
                    found.skip(relative, "shared by its name; a file env.toml in it makes it an environment");
                }
                Ok(environment) => {
                    other_files(root, &relative, manifest, found);
                    names.push(environment);
                }
                Err(_) => found.skip(relative, "not a name for an environment"),
            }
        }
    }
    let members = names.iter().map(|name| (name.to_string(), format!("{ENVIRONMENTS_DIR}/{name}"))).collect();
    found.check_twins(&Group { template: String::new(), members });
    names
}

/// Adds the stack of the natural layout, as far as the manifest has not claimed its files.
pub fn add(manifest: &Manifest, folders: &[EnvName], found: &mut Found) {
    let claimed = |file: &&&str| !manifest.stacks.iter().flatten().any(|named| named == **file);
    let files: Vec<String> = STACK.iter().filter(claimed).map(|file| (*file).to_owned()).collect();
    let members = |template: &str| -> BTreeMap<String, String> {
        let path = |name: &EnvName| {
            (name.as_str().to_ascii_lowercase(), template.replace(Pattern::ENV, name.as_str()))
        };
        folders.iter().map(path).collect()
    };
    if !files.is_empty() {
        let id = stack_id(&files).to_owned();
        let layers = files.into_iter().map(|template| FoundLayer {
            members: Some(members(&template)),
            template,
            owners: BTreeSet::new(),
        });
        found.stacks.push(FoundStack::new(id, layers.collect()));
    }
}

/// Does the folder hold what only an environment's folder holds?
fn is_described(folder: &Path) -> bool {
    folder.join(format::env_toml::FILE).exists() || folder.join(".env").exists()
}

/// Is there a stack of the manifest that this path may belong to?
fn is_in_stack(manifest: &Manifest, path: &str) -> bool {
    let layers = manifest.stacks.iter().flatten().filter_map(|layer| layer.split_once(Pattern::ENV));
    layers.into_iter().any(|(before, after)| {
        let after = after.rsplit(Pattern::ENV).next().unwrap_or(after);
        path.starts_with(before) && path.ends_with(after)
    })
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

/// Says of each file in an environment's folder that nobody reads why that is so.
fn other_files(root: &Root, folder: &str, manifest: &Manifest, found: &mut Found) {
    for (name, path) in entries(&root.dir, folder) {
        let relative = format!("{folder}/{name}");
        if path.is_dir() || is_layer(&relative) {
            continue;
        }
        match format::of_path(&relative) {
            _ if is_ignored(manifest, &relative) => found.skip(relative, IGNORED),
            Some(_) if manifest.stacks.is_empty() => {} // a stack of its own
            Some(_) if is_in_stack(manifest, &relative) => {}
            Some(_) => found.skip(relative, "no layer of the environment"),
            None => found.skip(relative, "no format that envctl reads"),
        }
    }
}
