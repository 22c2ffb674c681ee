//! From groups to stacks: which layers lie around an environment's files.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use super::loader::{self, Loading};
use super::names::Names;
use super::{ENVIRONMENTS_DIR, Group, sections};
use crate::format::{self, manifest::Manifest};
use crate::model::layout;
use crate::model::loader::{LayerOrder, Loader};
use crate::model::name::EnvName;
use crate::model::schema::Pattern;
use crate::model::section::{has_slot, split_path};
use crate::model::tier::same_family;
use crate::store::file::Reader;

/// Files that are layers of one thing, lowest first.
pub struct FoundStack {
    /// Its identity.
    pub id: String,
    /// Its layers.
    pub layers: Vec<FoundLayer>,
    /// Does its base lie below environments that have no file of their own in it?
    pub is_base_of_all: bool,
    /// How its layers are loaded, where they are dotenv files with a base.
    pub loading: Option<Loading>,
}

/// One layer: a path, or one for each environment.
pub struct FoundLayer {
    /// The path, with `{env}` where the environment's name stands, and `#` before a section.
    pub template: String,
    /// The file of each environment that has one, by its lower-case name; `None` for a base.
    pub members: Option<BTreeMap<String, String>>,
    /// The environments, by their lower-case names, that a base belongs to because the manifest says so.
    pub owners: BTreeSet<String>,
}

impl FoundStack {
    /// A stack of these layers, with the base of all.
    pub fn new(id: String, layers: Vec<FoundLayer>) -> Self {
        Self { id, layers, is_base_of_all: true, loading: None }
    }

    /// How high a layer lies, by its place in the stack; between two there is room for what is no file of it.
    pub fn rank(level: usize) -> usize {
        2 * level + 1
    }

    /// How high variables lie that the manifest gives to an environment: above what all share, and below its own files.
    pub fn rank_of_variables(&self) -> usize {
        2 * self.layers.iter().position(|layer| layer.members.is_some()).unwrap_or_default()
    }

    /// The sections of each file that are layers; the others are nobody's.
    pub fn sections(stacks: &[Self]) -> HashMap<String, HashSet<String>> {
        let mut sections: HashMap<String, HashSet<String>> = HashMap::new();
        for layer in stacks.iter().flat_map(|stack| &stack.layers) {
            if let (file, Some(_)) = split_path(&layer.template) {
                let members = layer.members.iter().flat_map(|members| members.values());
                let known = sections.entry(file.to_owned()).or_default();
                known.extend(members.chain([&layer.template]).cloned());
            }
        }
        sections
    }

    /// The paths of the layers for `name`, by their level, and whether each is the environment's own.
    pub fn paths(&self, name: &EnvName) -> Vec<(usize, String, bool)> {
        let layers = self.layers.iter().enumerate().filter(|(_, layer)| !self.leaves_out(layer, name));
        let is_replaced = self.loading.is_some_and(|loading| loading.order == LayerOrder::EnvironmentAlone)
            && self.layers.iter().any(|layer| layer.is_of(name));
        let layers = layers.filter(|(_, layer)| !is_replaced || layer.members.is_some());
        layers
            .filter_map(|(level, layer)| layer.path(name).map(|(path, is_own)| (level, path, is_own)))
            .collect()
    }

    /// Everybody's own `.env.local` changes no test, by the convention of most loaders.
    fn leaves_out(&self, layer: &FoundLayer, name: &EnvName) -> bool {
        let left_out = self.loading.is_some_and(|loading| loading.is_local_left_out_of_tests);
        let is_local = layer.members.is_none() && layout::split(&layer.template).1 == ".env.local";
        left_out && is_local && same_family(name.as_str(), "test")
    }
}

impl FoundLayer {
    /// Has `name` a file of its own in this layer?
    fn is_of(&self, name: &EnvName) -> bool {
        let lower = name.as_str().to_ascii_lowercase();
        self.members.as_ref().is_some_and(|members| members.contains_key(&lower))
    }

    /// The path of this layer for `name`, and whether it is the environment's own; `None` where there is none.
    fn path(&self, name: &EnvName) -> Option<(String, bool)> {
        let lower = name.as_str().to_ascii_lowercase();
        let Some(members) = &self.members else {
            return Some((self.template.clone(), self.owners.contains(&lower)));
        };
        let by_name = || {
            let is_plain = has_slot(&self.template) && !self.template.contains('#');
            is_plain.then(|| self.template.replace(Pattern::ENV, name.as_str()))
        };
        members.get(&lower).cloned().or_else(by_name).map(|path| (path, true))
    }
}

/// Builds stacks.
pub struct Builder<'a> {
    /// Reads what tells the loader.
    pub reader: &'a Reader<'a>,
    /// The declared loaders.
    pub loaders: &'a [&'static Loader],
    /// What was found.
    pub groups: &'a [Group],
    /// What its names mean.
    pub names: &'a Names,
    /// The files of the project.
    pub files: &'a [String],
}

/// What was found, by what it is looked up with.
struct Index<'a> {
    groups: HashMap<&'a str, &'a Group>,
    /// The files that some environment owns.
    own: HashSet<&'a str>,
    /// The files `Chart.yaml`, by the folder that holds the chart's folder.
    charts: HashMap<&'a str, Vec<&'a str>>,
}

impl<'a> Builder<'a> {
    /// The stacks of the groups, with the base layers that each convention has.
    pub fn by_convention(&self) -> Vec<FoundStack> {
        let index = self.index();
        let mut seen = HashSet::new();
        let ids = self.groups.iter().map(|group| layout::stack_template(&group.template));
        let mut stacks: Vec<Vec<String>> =
            ids.filter(|id| seen.insert(id.clone())).map(|id| self.layers(&id, &index)).collect();
        // sections of a file that lies below another stack are layers there
        let above = |layers: &Vec<String>| {
            let id = stack_id(layers).to_owned();
            layers.iter().filter(move |layer| **layer != id).cloned().collect::<Vec<_>>()
        };
        let below: HashSet<String> = stacks.iter().flat_map(above).collect();
        stacks.retain(|layers| {
            let id = stack_id(layers);
            !(id.contains('#') && below.contains(id))
        });
        let members = |template: &str| index.groups.get(template).copied();
        stacks.into_iter().map(|layers| self.laid(layers, members)).collect()
    }

    fn index(&self) -> Index<'a> {
        let mut charts: HashMap<&str, Vec<&str>> = HashMap::new();
        for path in self.files {
            if let (folder, "Chart.yaml") = layout::split(path) {
                charts.entry(layout::split(folder).0).or_default().push(path);
            }
        }
        let mut groups = HashMap::new();
        for group in self.groups {
            groups.entry(group.template.as_str()).or_insert(group);
        }
        let own = self.groups.iter().flat_map(|group| group.members.values()).map(String::as_str).collect();
        Index { groups, own, charts }
    }

    /// The layers around the files of `id`, lowest first.
    fn layers(&self, id: &str, index: &Index<'_>) -> Vec<String> {
        if id.contains('#') {
            return sections::layers(self.reader, id);
        }
        let order =
            if id.contains(".env") { self.loading(id).order } else { LayerOrder::LocalBelowEnvironment };
        // what is an environment's own is nobody else's base: `config/local.yml` where `local` is one
        let is_there = |path: &str| self.has_file(path) && !index.own.contains(path);
        let mut layers = layout::layers(id, order, is_there);
        if layers.first().is_some_and(|first| first == id) {
            layers.splice(0..0, self.chart_base(id, index));
        }
        // the profiles of a Spring file lie above what all share, and below the profile's own file
        let below =
            layers.first().map(|base| format!("{base}#{}", Pattern::ENV)).filter(|_| layers.len() > 1);
        let profiles = below.filter(|below| index.groups.contains_key(below.as_str()));
        layers.splice(1..1, profiles);
        layers
    }

    /// `helm/values-{env}.yaml` beside a chart's folder lies over the chart's own values.
    fn chart_base(&self, template: &str, index: &Index<'_>) -> Option<String> {
        let (folder, file) = layout::split(template);
        let charts = index.charts.get(folder).filter(|_| file.starts_with("values"))?;
        let mut charts = charts.iter().map(|chart| layout::split(chart).0).filter(|chart| *chart != folder);
        let chart = charts.next().filter(|_| charts.next().is_none())?;
        let values = layout::join(chart, "values.yaml");
        self.has_file(&values).then_some(values)
    }

    fn has_file(&self, path: &str) -> bool {
        self.files.binary_search_by(|file| file.as_str().cmp(path)).is_ok()
    }

    /// A stack of these layers.
    pub fn stack(&self, layers: Vec<String>) -> FoundStack {
        self.laid(layers, |template| self.groups.iter().find(|group| group.template == template))
    }

    fn laid<'g>(&self, layers: Vec<String>, group: impl Fn(&str) -> Option<&'g Group>) -> FoundStack {
        let id = stack_id(&layers).to_owned();
        let is_base = |layer: &String| matches!(layout::split(layer).1, ".env" | ".env.local");
        let has_base = layers.iter().any(is_base);
        let loading = (has_base && id.contains(".env")).then(|| self.loading(&id));
        let layer = |template: String| FoundLayer {
            members: has_slot(&template).then(|| self.members(group(&template))),
            template,
            owners: BTreeSet::new(),
        };
        let layers = layers.into_iter().map(layer).collect();
        FoundStack { is_base_of_all: layout::is_base_of_all(&id), loading, ..FoundStack::new(id, layers) }
    }

    fn loading(&self, id: &str) -> Loading {
        loader::of(self.reader, self.loaders, id)
    }

    /// The files of a layer, by the lower-case name of the environment.
    fn members(&self, group: Option<&Group>) -> BTreeMap<String, String> {
        let mut members = BTreeMap::new();
        for (spelling, path) in group.into_iter().flat_map(|group| &group.members) {
            let Some(name) = self.names.canonical(spelling) else { continue };
            let lower = name.as_str().to_ascii_lowercase();
            if name.matches(spelling) || !members.contains_key(&lower) {
                members.insert(lower, path.clone());
            }
        }
        members
    }
}

/// Gives each file that `[environments.NAME] files` names to its environment: where it is the base of a stack, else in a
/// stack of its own. A `.env.local` that an environment claims is no longer everybody's. Files of the same format that several environments claim are each other's counterparts, in the order in
/// which each names them.
pub fn claim(manifest: &Manifest, names: &Names, stacks: &mut Vec<FoundStack>) {
    let mut alone: BTreeMap<(&str, usize), BTreeMap<String, String>> = BTreeMap::new();
    for one in &manifest.environments {
        let Some(name) = names.canonical(&one.name).map(|name| name.as_str().to_ascii_lowercase()) else {
            continue;
        };
        let mut counts: HashMap<&str, usize> = HashMap::new();
        for file in &one.files {
            let mut layers = stacks.iter_mut().flat_map(|stack| &mut stack.layers);
            if let Some(layer) = layers.find(|layer| layer.template == *file) {
                if layout::split(file).1 == ".env.local" {
                    layer.members.get_or_insert_default().insert(name.clone(), file.clone());
                }
                layer.owners.insert(name.clone());
                continue;
            }
            let format = format::of_path(file).map_or("unknown", |format| format.id);
            let count = counts.entry(format).or_default();
            *count += 1;
            alone.entry((format, *count)).or_default().insert(name.clone(), file.clone());
        }
    }
    stacks.extend(alone.into_iter().map(|((format, count), members)| {
        let id = if count == 1 { format!("{format} files") } else { format!("{format} files {count}") };
        let layer = FoundLayer { template: id.clone(), members: Some(members), owners: BTreeSet::new() };
        FoundStack::new(id, vec![layer])
    }));
}

/// The stack for variables that come from no file of their own: the natural layout's, else the first of dotenv files.
pub fn for_variables(stacks: &[FoundStack]) -> usize {
    let has_members = |stack: &FoundStack| {
        stack.layers.iter().any(|layer| layer.members.as_ref().is_some_and(|members| !members.is_empty()))
    };
    let is_natural = |stack: &FoundStack| {
        stack.id.starts_with(ENVIRONMENTS_DIR) && stack.id.ends_with("/.env") && has_members(stack)
    };
    let is_dotenv = |stack: &FoundStack| layout::split(&stack.id).1.starts_with(".env");
    stacks.iter().position(is_natural).or_else(|| stacks.iter().position(is_dotenv)).unwrap_or_default()
}

/// What a stack is called: its first file that is an environment's own, `env.toml` only where there is no other,
/// because that file describes the environment rather than the stack.
pub fn stack_id(files: &[String]) -> &str {
    let own = || files.iter().filter(|file| has_slot(file) && !is_profile(file, files));
    let file = own().find(|file| !file.ends_with("/env.toml")).or_else(|| own().next());
    file.or(files.last()).map_or("", String::as_str)
}

/// `application.yml#{env}` below `application-{env}.yml`.
fn is_profile(layer: &str, files: &[String]) -> bool {
    layer.contains('#') && files.iter().any(|file| has_slot(file) && !file.contains('#'))
}

#[cfg(test)]
mod tests {
    use std::time::{Duration, Instant};

    use super::*;
    use crate::store::Root;

    #[test]
    fn thousands_of_groups_become_stacks_in_a_moment_each_with_its_base_and_its_members() {
        let group = |service| {
            let path = |name| format!("config/s{service:04}/{name}.yml");
            let members = ["dev", "prod"].map(|name| (name.to_owned(), path(name)));
            Group { template: path(Pattern::ENV), members: BTreeMap::from(members) }
        };
        let groups: Vec<Group> = (0..8_000).map(group).collect();
        let base = |service| format!("config/s{service:04}/default.yml");
        let files: Vec<String> = (0..8_000).map(base).collect();
        let root = Root { dir: "/nowhere".into() };
        let (reader, names) = (Reader::new(&root), Names::default());
        let builder =
            Builder { reader: &reader, loaders: &[], groups: &groups, names: &names, files: &files };
        let start = Instant::now();
        let stacks = builder.by_convention();
        assert!(start.elapsed() < Duration::from_secs(30));
        assert_eq!(stacks.len(), 8_000);
        for stack in stacks {
            let members: Vec<_> =
                stack.layers.iter().map(|layer| layer.members.as_ref().map(BTreeMap::len)).collect();
            assert_eq!(members, [None, Some(2), Some(0)], "{}", stack.id);
        }
    }
}
