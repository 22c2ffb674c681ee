//! Which environments there are, and which files: the natural layout, the stacks of the manifest, and without those
//! what the names of the files say.

mod names;
mod natural;
mod sections;
mod templates;

use std::collections::{BTreeMap, HashSet};
use std::fs;
use std::path::Path;

use wildmatch::WildMatch;

use super::Root;
use super::file::Reader;
use super::walk::walk;
use crate::format;
use crate::format::manifest::Manifest;
use crate::model::layout;
use crate::model::name::{EnvName, NEVER_NAMES};
use crate::model::project::Skipped;
use crate::model::schema::Pattern;
use crate::model::section::{Sections, has_slot, split_path};
use names::{Fixed, Names};
pub use natural::ENVIRONMENTS_DIR;
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
    /// What was passed over.
    pub skipped: Vec<Skipped>,
    /// Two spellings of one name that both stand on disk.
    pub twins: Option<(String, String)>,
}

/// Files that are layers of one thing, lowest first.
pub struct FoundStack {
    /// Its identity.
    pub id: String,
    /// Its layers.
    pub layers: Vec<FoundLayer>,
    /// Does its base lie below environments that have no file of their own in it?
    pub is_base_of_all: bool,
}

/// One layer: a path, or one for each environment.
pub struct FoundLayer {
    /// The path, with `{env}` where the environment's name stands, and `#` before a section.
    pub template: String,
    /// The file of each environment that has one, by its lower-case name; `None` for a base.
    pub members: Option<BTreeMap<String, String>>,
}

impl FoundLayer {
    /// The path of this layer for `name`, and whether it is the environment's own; `None` where there is none.
    pub fn path(&self, name: &EnvName) -> Option<(String, bool)> {
        let Some(members) = &self.members else { return Some((self.template.clone(), false)) };
        let by_name = || {
            let is_plain = has_slot(&self.template) && !self.template.contains('#');
            is_plain.then(|| self.template.replace(Pattern::ENV, name.as_str()))
        };
        members.get(&name.as_str().to_ascii_lowercase()).cloned().or_else(by_name).map(|path| (path, true))
    }
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

/// Looks through the project.
pub fn discover(root: &Root, reader: &Reader<'_>, manifest: &Manifest) -> Found {
    let mut found = Found::default();
    let folders = natural::folders(root, reader, manifest, &mut found);
    let files = files(root, manifest, &mut found);
    let is_declared =
        |name: &str| manifest.environments.iter().any(|one| one.name.eq_ignore_ascii_case(name));
    let mut templates = templates::find(&files, is_declared);
    found.schema = std::mem::take(&mut templates.schema);
    let groups = match manifest.stacks.is_empty() {
        true => searched(reader, &files, templates, &mut found),
        false => declared(root, reader, manifest, &mut found),
    };
    groups.iter().for_each(|group| found.check_twins(group));
    let fixed = fixed(manifest, &folders);
    let names = Names::new(fixed, &groups);
    found.stacks = match manifest.stacks.is_empty() {
        true => stacks(manifest, &groups, &names, &files),
        false => manifest.stacks.iter().map(|files| stack(files.clone(), &groups, &names)).collect(),
    };
    claim(manifest, &names, &mut found.stacks);
    natural::add(manifest, &folders, &mut found);
    found.variables = variables(&found.stacks);
    found.names = names.all;
    found
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

/// What the names and the sections of the files say.
fn searched(reader: &Reader<'_>, files: &[String], templates: Templates, found: &mut Found) -> Vec<Group> {
    let mut groups = templates.groups;
    let taken: HashSet<&String> = groups.iter().flat_map(|group| group.members.values()).collect();
    let others = files.iter().filter(|path| !taken.contains(path));
    let sections: Vec<Group> = others.filter_map(|path| sections::find(reader, path)).collect();
    groups.extend(sections);
    found.skipped.extend(templates.skipped);
    groups
}

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
        return sections::group(path, sections, sections::names(sections, &entries));
    }
    Group { template, members: slot_names(root, path, manifest, found) }
}

fn read_entries(reader: &Reader<'_>, path: &str) -> Vec<crate::model::source::Entry> {
    let bytes = reader.read(path).ok().flatten().map(|(bytes, _)| bytes).unwrap_or_default();
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
        if is_environment && is_ignored(manifest, &path) {
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
    let declared = manifest.environments.iter().filter_map(|one| {
        Some(Fixed { name: EnvName::new(&one.name).ok()?, aliases: one.about.aliases.clone() })
    });
    let mut fixed: Vec<Fixed> =
        folders.iter().map(|name| Fixed { name: name.clone(), aliases: Vec::new() }).collect();
    for one in declared {
        match fixed.iter_mut().find(|known| known.name.matches(one.name.as_str())) {
            Some(known) => known.aliases.extend(one.aliases),
            None => fixed.push(one),
        }
    }
    fixed
}

/// Puts the groups into stacks, with the base layers that each convention has.
fn stacks(manifest: &Manifest, groups: &[Group], names: &Names, files: &[String]) -> Vec<FoundStack> {
    let there: HashSet<&str> = files.iter().map(String::as_str).collect();
    let mut ids: Vec<String> = groups.iter().map(|group| layout::stack_template(&group.template)).collect();
    let mut seen = HashSet::new();
    ids.retain(|id| seen.insert(id.clone()));
    let layers = |id: &String| match split_path(id) {
        (file, Some(_)) => section_layers(id, file),
        (_, None) => {
            let mut layers = layout::layers(id, manifest.layer_order(), |path| there.contains(path));
            let base = layers.first().cloned().unwrap_or_default();
            if base.as_str() == id {
                layers.splice(0..0, chart_base(id, files));
            }
            let profiles = groups.iter().find(|group| split_path(&group.template) == (&base, Some("{env}")));
            layers.splice(1..1, profiles.map(|group| group.template.clone()));
            layers
        }
    };
    let is_base = |id: &String| {
        let (file, section) = split_path(id);
        section.is_some()
            && ids.iter().any(|other| other != id && layers(other).iter().any(|layer| layer == file))
    };
    ids.iter().filter(|id| !is_base(id)).map(|id| stack(layers(id), groups, names)).collect()
}

/// A file with sections: what all share lies below, where there is such a thing.
fn section_layers(id: &str, file: &str) -> Vec<String> {
    match layout::split(file).1.starts_with("application") {
        true => vec![file.to_owned(), id.to_owned()],
        false => sections::layers(id),
    }
}

/// `helm/values-{env}.yaml` beside a chart's folder lies over the chart's own values.
fn chart_base(template: &str, files: &[String]) -> Option<String> {
    let (folder, file) = layout::split(template);
    let is_chart = |path: &&String| {
        let (chart, name) = layout::split(path);
        name == "Chart.yaml" && layout::split(chart).0 == folder && chart != folder
    };
    let mut charts = files.iter().filter(is_chart).filter(|_| file.starts_with("values"));
    let chart = charts.next().filter(|_| charts.next().is_none())?;
    let values = layout::join(layout::split(chart).0, "values.yaml");
    files.contains(&values).then_some(values)
}

fn stack(files: Vec<String>, groups: &[Group], names: &Names) -> FoundStack {
    let members = |template: &str| {
        let group = groups.iter().find(|group| group.template == template)?;
        let canonical = |(spelling, path): (&String, &String)| {
            Some((names.canonical(spelling)?.as_str().to_ascii_lowercase(), path.clone()))
        };
        Some(group.members.iter().filter_map(canonical).collect())
    };
    let id = stack_id(&files).to_owned();
    let is_base_of_all = layout::is_base_of_all(&id);
    let layer = |template: String| FoundLayer {
        members: has_slot(&template).then(|| members(&template).unwrap_or_default()),
        template,
    };
    FoundStack { id, layers: files.into_iter().map(layer).collect(), is_base_of_all }
}

/// Gives each file that `[environments.NAME] files` names to its environment: in the stack that it was the base of,
/// or in a stack of its own.
fn claim(manifest: &Manifest, names: &Names, stacks: &mut Vec<FoundStack>) {
    for (one, file) in
        manifest.environments.iter().flat_map(|one| one.files.iter().map(move |file| (one, file)))
    {
        let Some(name) = names.canonical(&one.name).map(|name| name.as_str().to_ascii_lowercase()) else {
            continue;
        };
        let holds = |stack: &&mut FoundStack| stack.layers.iter().any(|layer| layer.template == *file);
        let own = stacks.iter_mut().find(holds).and_then(|stack| {
            stack.layers.retain(|layer| layer.template != *file);
            stack.layers.iter_mut().find_map(|layer| layer.members.as_mut())
        });
        match own {
            Some(members) => {
                members.insert(name, file.clone());
            }
            None => stacks.push(FoundStack {
                id: file.clone(),
                layers: vec![FoundLayer {
                    template: file.clone(),
                    members: Some(BTreeMap::from([(name, file.clone())])),
                }],
                is_base_of_all: false,
            }),
        }
    }
}

/// The natural layout, else the first of dotenv files, else the first.
fn variables(stacks: &[FoundStack]) -> usize {
    let is_natural =
        |stack: &FoundStack| stack.id.starts_with(ENVIRONMENTS_DIR) && stack.id.ends_with("/.env");
    let is_dotenv = |stack: &FoundStack| layout::split(&stack.id).1.starts_with(".env");
    let natural = stacks.iter().position(|stack| {
        is_natural(stack)
            && stack
                .layers
                .iter()
                .any(|layer| layer.members.as_ref().is_some_and(|members| !members.is_empty()))
    });
    natural.or_else(|| stacks.iter().position(is_dotenv)).unwrap_or_default()
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
fn stack_id(files: &[String]) -> &str {
    let own = || files.iter().filter(|file| has_slot(file) && !is_profile(file, files));
    let file = own().find(|file| !file.ends_with("/env.toml")).or_else(|| own().next());
    file.or(files.last()).map_or("", String::as_str)
}

/// `application.yml#{env}` below `application-{env}.yml`.
fn is_profile(layer: &str, files: &[String]) -> bool {
    layer.contains('#') && files.iter().any(|file| has_slot(file) && !file.contains('#'))
}

/// What a folder holds, sorted; nothing where it cannot be read.
fn entries(root: &Path, folder: &str) -> Vec<(String, std::path::PathBuf)> {
    let listed = fs::read_dir(root.join(folder)).into_iter().flatten().flatten();
    let mut entries: Vec<_> =
        listed.map(|entry| (entry.file_name().to_string_lossy().into_owned(), entry.path())).collect();
    entries.sort();
    entries
}
