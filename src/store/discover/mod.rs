//! Which environments there are, and which files: the natural layout, the stacks of the manifest, and without those
//! what the names of the files say.

mod loader;
mod names;
mod natural;
mod sections;
mod stacks;
mod templates;

use std::collections::{BTreeMap, HashMap, HashSet};
use std::fs;
use std::path::Path;

use super::Root;
use super::file::Reader;
use super::modules::is_terraform;
use super::walk::walk;
use crate::format;
use crate::format::manifest::{Declared, Manifest};
use crate::model::layout::{self, Role};
use crate::model::name::{EnvName, NEVER_NAMES};
use crate::model::project::Skipped;
use crate::model::schema::Pattern;
use crate::model::section::{Sections, has_slot, split_path};
use crate::model::slot::{is_compound, is_known};
pub use loader::gives_a_loader_away;
use names::{Fixed, Names};
pub use natural::ENVIRONMENTS_DIR;
use sections::Search;
use stacks::Builder;
pub use stacks::FoundStack;
pub use templates::NOT_KNOWN;
use templates::Templates;

/// What was found.
#[derive(Default)]
pub struct Found {
    /// The stacks.
    pub stacks: Vec<FoundStack>,
    /// The stack that takes variables which come from no file of their own.
    pub variables: usize,
    /// The environments, by their lower-case names.
    pub names: BTreeMap<String, EnvName>,
    /// Files that say which keys are wanted.
    pub schema: Vec<String>,
    /// Files of Terraform code, and of values for it.
    pub terraform: Vec<String>,
    /// Files that lie below those of every environment, the topmost first.
    pub bases: Vec<String>,
    /// What was passed over.
    pub skipped: Vec<Skipped>,
    /// Two spellings of one name that both stand on disk.
    pub twins: Option<(String, String)>,
}

/// Files that differ by an environment's name alone.
pub struct Group {
    /// Their path, with `{env}` for the name.
    pub template: String,
    /// Their paths, by the name as it is spelled in them.
    pub members: BTreeMap<String, String>,
}

impl Found {
    fn skip(&mut self, path: String, reason: &'static str) {
        self.skipped.push(Skipped { path, reason });
    }

    /// Two names that one pattern of paths gives must differ by more than case.
    fn check_twins(&mut self, group: &Group) {
        let mut paths: BTreeMap<String, &str> = BTreeMap::new();
        for (name, path) in &group.members {
            if let Some(twin) = paths.insert(name.to_ascii_lowercase(), path) {
                self.twins.get_or_insert((twin.to_owned(), path.clone()));
            }
        }
    }
}

/// Looks through the project; only where it `is_searched` beyond what the manifest and `envs/` name.
pub fn discover(root: &Root, reader: &Reader<'_>, manifest: &Manifest, is_searched: bool) -> Found {
    let mut found = Found::default();
    let folders = natural::folders(root, reader, manifest, &mut found);
    let files = if is_searched { files(root, manifest, &mut found) } else { Vec::new() };
    found.bases = bases(&files);
    found.terraform = files.iter().filter(|path| is_terraform(path)).cloned().collect();
    let mut templates = templates::find(&files, |name| manifest.declares(name));
    found.schema = std::mem::take(&mut templates.schema);
    let groups = match manifest.stacks.is_empty() {
        true => searched(reader, &files, templates, &mut found),
        false => declared(root, reader, manifest, &mut found),
    };
    let groups = allowed(manifest, groups, &mut found);
    groups.iter().for_each(|group| found.check_twins(group));
    let fixed = fixed(manifest, &folders);
    let names = Names::new(fixed, &groups);
    let builder =
        Builder { reader, loaders: &manifest.schema.loaders, groups: &groups, names: &names, files: &files };
    found.stacks = match manifest.stacks.is_empty() {
        true => builder.by_convention(),
        false => manifest.stacks.iter().map(|files| builder.stack(files.clone())).collect(),
    };
    stacks::claim(manifest, &names, &mut found.stacks);
    natural::add(manifest, &folders, &mut found);
    found.variables = stacks::for_variables(&found.stacks);
    found.names = names.all;
    found
}

/// Files that mark the folder of a program: in a repository of several, each is a project.
const MARKS: &[&str] = &[
    "package.json",
    "Cargo.toml",
    "go.mod",
    "pyproject.toml",
    "requirements.txt",
    "composer.json",
    "Gemfile",
    "pom.xml",
    "build.gradle",
    "build.gradle.kts",
    "mix.exs",
    "docker-compose.yml",
    "compose.yml",
    "compose.yaml",
    "Chart.yaml",
    "Pulumi.yaml",
    "wrangler.toml",
    "fly.toml",
    "manage.py",
    "serverless.yml",
    "skaffold.yaml",
    "pubspec.yaml",
];

/// In a repository of several programs, the nearest folder around `start` that holds one and has environments;
/// else `top`.
pub fn nearest(start: &Path, top: Root) -> Root {
    let Ok(start) = start.canonicalize() else { return top };
    let below = start.ancestors().take_while(|dir| *dir != top.dir && dir.starts_with(&top.dir));
    let is_marked = |dir: &&Path| MARKS.iter().any(|mark| dir.join(mark).is_file());
    let root = |dir: &Path| Root { dir: dir.to_owned() };
    below.filter(is_marked).map(root).find(has_environments).unwrap_or(top)
}

fn has_environments(root: &Root) -> bool {
    let found = discover(root, &Reader::new(root), &Manifest::default(), true);
    !found.names.is_empty()
}

/// The project's files, but those of the natural layout and those that the manifest takes out.
fn files(root: &Root, manifest: &Manifest, found: &mut Found) -> Vec<String> {
    let walk = walk(&root.dir);
    let others = walk.files.into_iter().filter(|path| !natural::is_layer(path));
    let (ignored, files): (Vec<_>, Vec<_>) = others.partition(|path| is_ignored(manifest, path));
    if manifest.stacks.is_empty() {
        found.skipped.extend(walk.skipped);
        ignored.into_iter().for_each(|path| found.skip(path, IGNORED));
    }
    files
}

/// The files that a loader reads in every environment.
fn bases(files: &[String]) -> Vec<String> {
    let mut bases: Vec<String> =
        files.iter().filter(|path| layout::split(path).1 == ".env").cloned().collect();
    bases.sort_by_key(|path| path.matches('/').count());
    bases
}

/// What the names and the sections of the files say.
fn searched(reader: &Reader<'_>, files: &[String], templates: Templates, found: &mut Found) -> Vec<Group> {
    let mut groups = templates.groups;
    let members = || groups.iter().flat_map(|group| &group.members);
    let taken: HashSet<&String> = members().map(|(_, path)| path).collect();
    let meant: HashSet<String> = members().map(|(name, _)| name.to_ascii_lowercase()).collect();
    let search = Search {
        reader,
        folders: members().map(|(_, path)| layout::split(path).0).collect(),
        is_meant: |name: &str| meant.contains(&name.to_ascii_lowercase()),
    };
    let others = files.iter().filter(|path| !taken.contains(path));
    let mut sections = Vec::new();
    for path in others {
        match search.find(path) {
            Ok(group) => sections.extend(group),
            Err(reason) => found.skip(path.clone(), reason),
        }
    }
    groups.extend(sections);
    found.skipped.extend(templates.skipped);
    groups
}

/// The groups without names that the manifest does not list, if it lists any, and without what it gives to another.
fn allowed(manifest: &Manifest, mut groups: Vec<Group>, found: &mut Found) -> Vec<Group> {
    let mut left_out = Vec::new();
    for group in &mut groups {
        group.members.retain(|name, path| {
            let claimed = |one: &Declared| one.files.contains(path) && !one.name.eq_ignore_ascii_case(name);
            let is_allowed = manifest.allows(name) && !manifest.environments.iter().any(claimed);
            if !is_allowed && (is_known(name) || is_compound(name)) {
                left_out.push(path.clone());
            }
            is_allowed
        });
    }
    groups.retain(|group| !group.members.is_empty());
    let read: HashSet<&String> = groups.iter().flat_map(|group| group.members.values()).collect();
    let claimed: HashSet<&String> = manifest.environments.iter().flat_map(|one| &one.files).collect();
    left_out.retain(|path| !read.contains(path) && !claimed.contains(path));
    left_out.into_iter().for_each(|path| found.skip(path, NOT_LISTED));
    groups
}

/// Why a path with another name than those that the manifest lists was passed over.
pub const NOT_LISTED: &str = "not named in [project] environments";

/// What the stacks of the manifest find on disk.
fn declared(root: &Root, reader: &Reader<'_>, manifest: &Manifest, found: &mut Found) -> Vec<Group> {
    let layers = manifest.stacks.iter().flatten().filter(|layer| has_slot(layer));
    layers.map(|layer| declared_group(root, reader, manifest, layer, found)).collect()
}

fn declared_group(
    root: &Root,
    reader: &Reader<'_>,
    manifest: &Manifest,
    layer: &str,
    found: &mut Found,
) -> Group {
    let template = layer.to_owned();
    let (path, section) = split_path(layer);
    if let Some(sections) = section.and_then(Sections::from_written) {
        let entries = read_entries(reader, path);
        return sections::group(
            path,
            sections,
            sections::names(sections, &entries, |name| manifest.declares(name)),
        );
    }
    Group { template, members: slot_names(root, path, manifest, found) }
}

fn read_entries(reader: &Reader<'_>, path: &str) -> Vec<crate::model::source::Entry> {
    let bytes = reader.read(path).ok().flatten().map(|read| read.bytes).unwrap_or_default();
    let text = format::text::decode(&bytes).unwrap_or_default();
    format::of_path(path).map(|format| (format.read)(text).entries).unwrap_or_default()
}

/// The environments that the slot of `template` takes on disk.
fn slot_names(
    root: &Root,
    template: &str,
    manifest: &Manifest,
    found: &mut Found,
) -> BTreeMap<String, String> {
    let Some((before, after)) = template.split_once(Pattern::ENV) else { return BTreeMap::new() };
    let (folder, prefix) = layout::split(before);
    let suffix = after.split('/').next().unwrap_or_default();
    let mut names = BTreeMap::new();
    for (file, _) in entries(&root.dir, folder) {
        let slot = file.strip_prefix(prefix).and_then(|rest| rest.strip_suffix(suffix));
        let Some(Ok(name)) = slot.map(EnvName::new) else { continue };
        let path = template.replace(Pattern::ENV, name.as_str());
        let is_environment = root.dir.join(&path).exists() && !(after.is_empty() && ends_like_layer(&name));
        let role = Role::of(layout::split(&path).1);
        if is_environment && role != Role::Values {
            templates::reason(role).into_iter().for_each(|reason| found.skip(path.clone(), reason));
        } else if is_environment && is_ignored(manifest, &path) {
            found.skip(path, IGNORED);
        } else if is_environment {
            names.insert(name.as_str().to_owned(), path);
        }
    }
    names
}

/// `.env.local` and `.env.production.local` are everybody's own layers, `.env.production.example` is a template:
/// what ends like them is no environment.
fn ends_like_layer(name: &EnvName) -> bool {
    let last = name.as_str().rsplit('.').next().unwrap_or_default();
    NEVER_NAMES.iter().chain(&["local"]).any(|never| last.eq_ignore_ascii_case(never))
}

/// The names that the manifest and the natural layout give.
fn fixed(manifest: &Manifest, folders: &[EnvName]) -> Vec<Fixed> {
    let listed = manifest.listed.iter().flatten().filter_map(|name| EnvName::new(name).ok());
    let listed = listed.map(|name| Fixed { name, aliases: Vec::new() });
    let described = manifest.environments.iter().filter_map(|one| {
        Some(Fixed { name: EnvName::new(&one.name).ok()?, aliases: one.about.aliases.clone() })
    });
    let mut fixed: Vec<Fixed> =
        folders.iter().map(|name| Fixed { name: name.clone(), aliases: Vec::new() }).collect();
    for one in listed.chain(described) {
        match fixed.iter_mut().find(|known| known.name.matches(one.name.as_str())) {
            Some(known) => known.aliases.extend(one.aliases),
            None => fixed.push(one),
        }
    }
    fixed
}

/// Why a path that the manifest names in `ignore` was passed over.
pub const IGNORED: &str = "named in `ignore`";

/// Is `path`, or a folder that holds it, taken out by `[project] ignore`?
pub fn is_ignored(manifest: &Manifest, path: &str) -> bool {
    manifest.ignore.takes_out(path)
}

/// The folders that hold `path`, and itself.
fn with_folders(path: &str) -> impl Iterator<Item = &str> {
    let folders = path.match_indices('/').filter_map(|(at, _)| path.get(..at));
    folders.chain([path])
}

/// Each path once, and none in a folder that was passed over as a whole; several of one folder for one reason that
/// asks nobody for a decision are one line.
pub fn each_once(skipped: Vec<Skipped>) -> Vec<Skipped> {
    let mut paths = HashSet::new();
    let mut is_new = |one: &Skipped| {
        !with_folders(&one.path).any(|path| paths.contains(path)) && paths.insert(one.path.clone())
    };
    let once: Vec<Skipped> = skipped.into_iter().filter(|one| is_new(one)).collect();
    let place = |one: &Skipped| (layout::split(&one.path).0.to_owned(), one.reason);
    let mut counts: HashMap<(String, &str), usize> = HashMap::new();
    once.iter().for_each(|one| *counts.entry(place(one)).or_default() += 1);
    let mut told = HashSet::new();
    let fold = |one: Skipped| match counts.get(&place(&one)) {
        Some(count) if *count > MANY && templates::ASKING_NOTHING.contains(&one.reason) => told
            .insert(place(&one))
            .then(|| Skipped { path: layout::join(layout::split(&one.path).0, "*"), reason: one.reason }),
        _ => Some(one),
    };
    once.into_iter().filter_map(fold).collect()
}

/// How many paths of one folder are told one by one.
const MANY: usize = 3;

/// What a folder holds, sorted; nothing where it cannot be read.
fn entries(root: &Path, folder: &str) -> Vec<(String, std::path::PathBuf)> {
    let listed = fs::read_dir(root.join(folder)).into_iter().flatten().flatten();
    let mut entries: Vec<_> =
        listed.map(|entry| (entry.file_name().to_string_lossy().into_owned(), entry.path())).collect();
    entries.sort();
    entries
}
