//! From a folder to a project: everything is read once, in one pass.

use std::collections::{HashMap, HashSet};

use super::discover::{self, FoundStack};
use super::file::{Content, Reader};
use super::inherit::inherit;
use super::{Depth, Plan, Root};
use super::{beside, check, manifest, modules, process, taken};
use crate::format::manifest::{FILE, Manifest};
use crate::format::toml_text::Complaint;
use crate::format::{self, text};
use crate::model::custody::Mode;
use crate::model::fault::Fault;
use crate::model::name::EnvName;
use crate::model::project::{Description, Environment, Layer, Module, Project, Skipped, Stack};
use crate::model::schema::Pattern;
use crate::model::section::{Sections, is_expression, split_path, without_profiles};
use crate::model::source::{Source, SourceKind};
use crate::model::variables::Variables;

/// Why a part of a Spring file counts for nobody.
const EXPRESSION: &str = "a document in it is for an expression of profiles, which is not evaluated";

/// Loads the project at `root`.
///
/// # Errors
/// A [`Fault`] where there is no project, or its manifest cannot be used. What is wrong with other files is kept
/// with their sources.
pub fn load<M: Fn(&Project) -> Vec<EnvName>>(root: &Root, plan: &Plan<'_, M>) -> Result<Project, Fault> {
    let reader = Reader::over(root, plan.stand_in);
    let read = if plan.has_manifest { manifest::read(&reader, plan.rules)? } else { None };
    let manifest_stamp = read.as_ref().map(|read| read.stamp);
    let manifest_mode = read.as_ref().map(|read| read.mode);
    let (mut manifest, text) = read.map(|read| (read.manifest, read.text)).unwrap_or_default();
    let mut found = discover::discover(root, &reader, &manifest, plan.depth != Depth::Named);
    check::twins(&found)?;
    let bases = std::mem::take(&mut found.bases);
    let written = (text.as_str(), manifest_mode);
    let mut loading = Loading::new(reader, found.stacks, found.variables, written, plan.depth);
    let mut environments = Vec::new();
    for name in found.names.into_values() {
        environments.push(loading.environment(name, &mut manifest)?);
    }
    environments.sort_by(|a, b| (a.tier, &a.name).cmp(&(b.tier, &b.name)));
    let mut schema_files = loading.schema_files(&found.schema);
    let modules = loading.modules(&found.terraform, plan.variables, &mut schema_files);
    beside::define(&mut loading.sources, &loading.reader);
    let below: Vec<usize> = loading.stacks.iter().map(FoundStack::rank_of_variables).collect();
    let stacks = stacks(loading.stacks, &environments, &loading.sources);
    let mut project = Project {
        name: manifest.name.unwrap_or_else(|| root.name()),
        manifest: manifest_stamp.is_some().then(|| FILE.to_owned()),
        manifest_stamp,
        context: manifest.context,
        baseline: manifest.baseline,
        schema: manifest.schema,
        stacks,
        schema_files,
        modules,
        sources: loading.sources,
        environments,
        is_listed: manifest.listed.is_some(),
        skipped: discover::each_once(found.skipped.into_iter().chain(loading.skipped).collect()),
        ..Project::default()
    };
    if plan.depth == Depth::Values {
        let meant = (plan.meant)(&project);
        process::take(&mut project, loading.variables, plan.variables, &meant);
        process::set(&mut project, loading.variables, plan.set, &meant);
    }
    inherit(&mut project.environments, &mut project.sources, &below);
    check::words(&project, &manifest.mentions, &text)?;
    check::aliases(&project)?;
    check::demands(&project)?;
    project.finish(|dir| root.dir.join(dir).is_dir());
    match project.environments.is_empty() && !plan.may_be_empty {
        true => Err(check::no_environments(root, &bases, &project.skipped)),
        false => Ok(project),
    }
}

/// What is known while the files are read.
struct Loading<'r> {
    reader: Reader<'r>,
    stacks: Vec<FoundStack>,
    /// The sections of each file that are layers.
    sections: HashMap<String, HashSet<String>>,
    /// The stack of variables that come from no file of their own.
    variables: usize,
    /// The manifest's text, and who may read and write it.
    manifest: (&'r str, Option<Mode>),
    sources: Vec<Source>,
    /// The source of each path; `None` for a file that is not there.
    by_path: HashMap<String, Option<usize>>,
    about: HashMap<usize, Description>,
    skipped: Vec<Skipped>,
    depth: Depth,
}

impl<'r> Loading<'r> {
    fn new(
        reader: Reader<'r>,
        stacks: Vec<FoundStack>,
        variables: usize,
        manifest: (&'r str, Option<Mode>),
        depth: Depth,
    ) -> Self {
        Self {
            reader,
            sections: FoundStack::sections(&stacks),
            stacks,
            variables,
            manifest,
            sources: Vec::new(),
            by_path: HashMap::new(),
            about: HashMap::new(),
            skipped: Vec::new(),
            depth,
        }
    }

    fn environment(&mut self, name: EnvName, manifest: &mut Manifest) -> Result<Environment, Fault> {
        let mut layers = Vec::new();
        let mut about = Description::default();
        for stack in 0..self.stacks.len() {
            for layer in self.layers(stack, &name, manifest) {
                layers.push(layer);
                let source = layer.source;
                if let Some(described) = self.about.remove(&source) {
                    about = described.said_in(source);
                }
            }
        }
        if let Some(declared) = take_declared(manifest, &name) {
            let (offset, source) = (declared.offset, self.declared_source(declared.variables));
            about = join(about, declared.about.said_in(source))
                .map_err(|field| manifest::fault(self.manifest.0, said_twice(offset, &name, field)))?;
            let stack = self.variables;
            let rank = self.stacks.get(stack).map_or(0, FoundStack::rank_of_variables);
            layers.push(Layer { stack, source, level: None, rank, is_own: true });
        }
        let mut environment = Environment::new(name, about);
        environment.layers = layers;
        Ok(environment)
    }

    /// The layers of one stack that exist for `name`, lowest first.
    ///
    /// A base that is laid only where somebody says so is nothing to an environment without a file of its own.
    fn layers(&mut self, stack: usize, name: &EnvName, manifest: &Manifest) -> Vec<Layer> {
        let Some(found) = self.stacks.get(stack) else { return Vec::new() };
        let is_base_of_all = found.is_base_of_all;
        let wanted = |file: &String| self.depth == Depth::Values || file.ends_with("/env.toml");
        let paths: Vec<_> = found.paths(name).into_iter().filter(|(_, path, _)| wanted(path)).collect();
        let layer = |(level, path, is_own)| {
            let source = self.source(path, manifest)?;
            Some(Layer { stack, source, level: Some(level), rank: FoundStack::rank(level), is_own })
        };
        let layers: Vec<Layer> = paths.into_iter().filter_map(layer).collect();
        match is_base_of_all || layers.iter().any(|layer| layer.is_own) {
            true => layers,
            false => Vec::new(),
        }
    }

    fn source(&mut self, path: String, manifest: &Manifest) -> Option<usize> {
        if let Some(known) = self.by_path.get(&path) {
            return *known;
        }
        let (file, section) = split_path(&path);
        let read = if discover::is_ignored(manifest, file) {
            if self.reader.is_there(&path) {
                self.skipped.push(Skipped { path: path.clone(), reason: discover::IGNORED });
            }
            None
        } else if let Some(section) = section {
            return self.section(&path, file, section);
        } else {
            self.read_rendered(&path).map(|(mut source, about)| {
                if source.entries.iter().any(|entry| is_expression(&entry.key)) {
                    self.skipped.push(Skipped { path: path.clone(), reason: EXPRESSION });
                }
                without_profiles(&mut source.entries);
                (source, about)
            })
        };
        let index = read.map(|(source, about)| {
            self.about.extend(about.map(|about| (self.sources.len(), about)));
            self.sources.push(source);
            self.sources.len() - 1
        });
        self.by_path.insert(path, index);
        index
    }

    /// Reads the files that say which keys are wanted.
    fn schema_files(&self, paths: &[String]) -> Vec<Source> {
        let paths = paths.iter().filter(|_| self.depth == Depth::Values);
        paths.filter_map(|path| self.read(path)).map(|(source, _)| source).collect()
    }

    fn modules(&self, paths: &[String], variables: &Variables, schema: &mut Vec<Source>) -> Vec<Module> {
        let paths = paths.iter().filter(|_| self.depth == Depth::Values);
        modules::find(
            paths,
            &self.reader,
            |path| self.by_path.get(path).is_some_and(Option::is_some),
            variables,
            schema,
        )
    }

    /// Reads a file with sections, and keeps each of them.
    fn section(&mut self, path: &str, file: &str, section: &str) -> Option<usize> {
        let sections = Sections::of_section(section);
        if let Some((mut whole, _)) = self.read_rendered(file) {
            let is_unreadable = whole.is_unreadable;
            let mut parts = sections.split(std::mem::take(&mut whole.entries));
            let (maps, overruled): (Vec<_>, Vec<_>) = std::mem::take(&mut whole.overruled)
                .into_iter()
                .partition(|map| parts.contains_key(&*map.key));
            let mut overruled = sections.split(overruled);
            maps.into_iter().for_each(|map| overruled.entry(map.key.to_string()).or_default().push(map));
            if is_unreadable {
                parts.entry(sections.name(section).to_owned()).or_default();
            }
            for (name, entries) in parts {
                let named = sections.written.replace(Pattern::ENV, &name);
                let is_layer = |known: &HashSet<String>| known.contains(&format!("{file}#{named}"));
                if !self.sections.get(file).is_some_and(is_layer) {
                    continue;
                }
                let mut part = whole.part(&named);
                part.entries = entries;
                part.overruled = overruled.remove(&name).unwrap_or_default();
                part.problems.extend(whole.problems.iter().cloned());
                part.is_unreadable = is_unreadable;
                self.by_path.insert(format!("{file}#{named}"), Some(self.sources.len()));
                self.sources.push(part);
            }
        }
        *self.by_path.entry(path.to_owned()).or_default()
    }

    /// Reads one file, but for a template, which only the program can read that renders it.
    fn read_rendered(&mut self, path: &str) -> Option<(Source, Option<Description>)> {
        let read = self.read(path)?;
        if !read.0.problems.iter().any(format::is_template) {
            return Some(read);
        }
        let reason = "a template: it must be rendered before it can be read";
        self.skipped.push(Skipped { path: path.to_owned(), reason });
        None
    }

    /// Reads one file, if it is there. Whatever is wrong with it becomes a problem of its source.
    fn read(&self, path: &str) -> Option<(Source, Option<Description>)> {
        let stand_in = self.reader.stand_in(path);
        let known = stand_in.and_then(|one| one.format).or_else(|| format::of_path(path));
        let Some(format) = known else {
            let problem = taken::unknown_format();
            return self
                .reader
                .read(path)
                .transpose()
                .map(|_| (taken::unusable(path, "unknown", problem, ""), None));
        };
        let Content { bytes, stamp, mode } = match self.reader.read(path).transpose()? {
            Ok(read) => read,
            Err(problem) => return Some((taken::unusable(path, format.id, problem, ""), None)),
        };
        let (mut source, about) = match text::decode(&bytes).map(format.read) {
            Ok(reading) => {
                let text = String::from_utf8(bytes).unwrap_or_default(); // it is UTF-8: it was read
                let mut reading = reading;
                let about = reading.about.take();
                (taken::source(path, format, text, reading, |path| self.reader.is_there(path)), about)
            }
            Err(problem) => {
                let readable =
                    String::from_utf8_lossy(bytes.get(..problem.offset.unwrap_or(0)).unwrap_or_default());
                (taken::unusable(path, format.id, problem, &readable), None)
            }
        };
        if stand_in.is_none() {
            (source.stamp, source.mode) = (Some(stamp), Some(mode));
        }
        Some((source, about))
    }

    fn declared_source(&mut self, entries: Vec<crate::model::source::Entry>) -> usize {
        let (text, mode) = self.manifest;
        let mut source = Source::new(FILE.to_owned(), "envctl.toml", SourceKind::Variables, text);
        (source.entries, source.mode) = (entries, mode);
        self.sources.push(source);
        self.sources.len() - 1
    }
}

/// What the project keeps of its stacks: a structured file that one environment alone has stands alone.
fn stacks(found: Vec<FoundStack>, environments: &[Environment], sources: &[Source]) -> Vec<Stack> {
    let mut used = vec![(0_usize, true); found.len()];
    for environment in environments {
        let mut seen = HashSet::new();
        for layer in &environment.layers {
            let Some((holders, is_settings)) = used.get_mut(layer.stack) else { continue };
            *holders += usize::from(seen.insert(layer.stack));
            *is_settings &=
                sources.get(layer.source).is_some_and(|source| source.kind == SourceKind::Settings);
        }
    }
    let stack = |(stack, (holders, is_settings)): (FoundStack, (usize, bool))| Stack {
        id: stack.id,
        layers: stack.layers.into_iter().map(|layer| layer.template).collect(),
        is_alone: holders == 1 && is_settings,
        is_order_assumed: stack.loading.is_some_and(|loading| loading.is_assumed),
    };
    found.into_iter().zip(used).map(stack).collect()
}

fn take_declared(manifest: &mut Manifest, name: &EnvName) -> Option<format::manifest::Declared> {
    let index = manifest.environments.iter().position(|declared| name.matches(&declared.name))?;
    Some(manifest.environments.swap_remove(index))
}

fn said_twice(offset: usize, name: &EnvName, field: &str) -> Complaint {
    let message = format!("`{field}` of {name} is set here and in its env.toml");
    Complaint::new(offset, message, "keep one of the two, so that nobody corrects the other")
}

/// One description out of two.
///
/// # Errors
/// The name of a field that both set.
fn join(file: Description, table: Description) -> Result<Description, &'static str> {
    fn one<T>(name: &'static str, a: Option<T>, b: Option<T>) -> Result<Option<T>, &'static str> {
        if a.is_some() && b.is_some() { Err(name) } else { Ok(a.or(b)) }
    }
    fn list<T>(name: &'static str, a: Vec<T>, b: Vec<T>) -> Result<Vec<T>, &'static str> {
        if !a.is_empty() && !b.is_empty() { Err(name) } else { Ok(if a.is_empty() { b } else { a }) }
    }
    Ok(Description {
        description: one("description", file.description, table.description)?,
        tier: one("tier", file.tier, table.tier)?,
        aliases: list("aliases", file.aliases, table.aliases)?,
        inherits: one("inherits", file.inherits, table.inherits)?,
        branches: list("branches", file.branches, table.branches)?,
        tags: list("tags", file.tags, table.tags)?,
        hosts: list("hosts", file.hosts, table.hosts)?,
        protected: one("protected", file.protected, table.protected)?,
        after_switch: one("after-switch", file.after_switch, table.after_switch)?,
        debug: one("debug", file.debug, table.debug)?,
        safety: one("safety", file.safety, table.safety)?,
        strict: one("strict", file.strict, table.strict)?,
        provided_by: one("provided-by", file.provided_by, table.provided_by)?,
        process_env: list("process-env", file.process_env, table.process_env)?,
        process_prefix: one("process-prefix", file.process_prefix, table.process_prefix)?,
        process_suffix: one("process-suffix", file.process_suffix, table.process_suffix)?,
        deny_args: list("deny-args", file.deny_args, table.deny_args)?,
        about: list("about", file.about, table.about)?,
        flags: list("flags", file.flags, table.flags)?,
        debug_at: file.debug_at.or(table.debug_at),
    })
}
