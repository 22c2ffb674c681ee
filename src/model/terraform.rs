//! Which environment Terraform is configured for, as far as what `terraform init` wrote down says so with certainty.

use std::collections::{BTreeMap, HashMap};

use super::layout::split;
use super::project::{Binding, Environment, Project, holds_values};
use super::slot::is_strong;
use super::tier::same_family;
use super::value::Value;

/// The settings of a backend that say which state it is in its bucket. Source: Terraform, "Backend Configuration", and the
/// backends s3, gcs, azurerm, http, pg, remote and cloud.
const STATES: &[&str] =
    &["key", "prefix", "path", "workspace_key_prefix", "address", "workspaces.name", "workspaces.prefix"];

/// The settings that say where the states are.
const BUCKETS: &[&str] =
    &["bucket", "storage_account_name", "container_name", "resource_group_name", "organization"];

/// Does a setting of this name tell whose a state is? No others are kept: among them are passwords.
pub fn is_telling(setting: &str) -> bool {
    STATES.contains(&setting) || BUCKETS.contains(&setting)
}

/// What Terraform is configured for in a folder.
#[derive(Default)]
pub struct Configuration {
    /// The settings of its backend that tell whose the state is.
    pub settings: BTreeMap<String, Value>,
    /// The workspace that is selected.
    pub workspace: Option<String>,
}

/// What says whose a configuration is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Evidence {
    /// The settings of the backend.
    Backend,
    /// The workspace.
    Workspace,
}

impl Configuration {
    /// The environment that it belongs to: the only one whose own backend file agrees with it, else the one that the
    /// workspace is called after, else the only one that the settings name. Nothing where that leaves a doubt.
    pub fn owner<'p>(&self, project: &'p Project) -> Option<(Evidence, &'p Environment)> {
        if let Some(environment) = self.agreeing(project) {
            return Some((Evidence::Backend, environment));
        }
        let workspace = self.workspace.as_deref().and_then(|workspace| named(project, workspace).ok()?);
        let by_workspace = workspace.map(|environment| (Evidence::Workspace, environment));
        by_workspace.or_else(|| Some((Evidence::Backend, self.named(project)?)))
    }

    fn agreeing<'p>(&self, project: &'p Project) -> Option<&'p Environment> {
        let mut agreeing = project.environments.iter().filter(|one| self.agrees_with(project, one));
        agreeing.next().filter(|_| agreeing.next().is_none())
    }

    /// Is it what one of the environment's backend files says, in each setting of the file that tells whose it is?
    fn agrees_with(&self, project: &Project, environment: &Environment) -> bool {
        let mut files: HashMap<&str, bool> = HashMap::new();
        let telling = |one: &Binding<'_>| one.source.is_backend() && is_telling(one.key());
        for binding in project.bindings(environment).filter(telling) {
            let own = self.settings.get(binding.key());
            let is_same = own.zip(binding.value()).is_some_and(|(own, other)| own.same_as(other));
            *files.entry(binding.stack).or_insert(true) &= is_same;
        }
        files.into_values().any(|agrees| agrees)
    }

    /// The only environment that the settings name, the state's own before those of its bucket.
    fn named<'p>(&self, project: &'p Project) -> Option<&'p Environment> {
        [STATES, BUCKETS]
            .iter()
            .find_map(|settings| {
                let texts: Vec<&str> =
                    settings.iter().filter_map(|name| self.settings.get(*name)).map(Value::text).collect();
                named(project, &texts.join("/")).transpose()
            })?
            .ok()
    }
}

/// Several environments are named, or one that the project does not have.
struct Doubt;

/// The only environment that `text` names in whole words.
fn named<'p>(project: &'p Project, text: &str) -> Result<Option<&'p Environment>, Doubt> {
    let words = words(text);
    let (mut rest, mut found): (&[&str], Option<&Environment>) = (&words, None);
    while let Some((first, after)) = rest.split_first() {
        rest = match meant(project, rest) {
            Some((_, other)) if found.is_some_and(|found| found.name != other.name) => return Err(Doubt),
            Some((length, environment)) => {
                found = Some(environment);
                rest.get(length..).unwrap_or_default()
            }
            None if is_strong(first) => return Err(Doubt),
            None => after,
        };
    }
    Ok(found)
}

/// The words of a text. `pre-prod` is one, and `non-prod` none.
fn words(text: &str) -> Vec<&str> {
    let mut words: Vec<&str> = Vec::new();
    for word in text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()) {
        let before = words.last().map(|word| word.to_ascii_lowercase()).filter(|_| same_family(word, "prod"));
        match before.as_deref() {
            Some("non" | "not" | "no") => _ = words.pop(),
            Some("pre") => {
                words.pop();
                words.push("preprod");
            }
            _ => words.push(word),
        }
    }
    words
}

/// The environment whose name or alias `rest` begins with, and how many words that takes: the longest, and of several the one
/// that is spelled so.
fn meant<'p>(project: &'p Project, rest: &[&str]) -> Option<(usize, &'p Environment)> {
    let length = |one: &Environment, is_same: fn(&str, &str) -> bool| {
        let names = one.about.aliases.iter().map(String::as_str).chain([one.name.as_str()]);
        names.filter_map(|name| beginning(rest, &words(name), is_same)).max()
    };
    let is_spelling =
        |own: &str, word: &str| own.eq_ignore_ascii_case(word) || is_strong(word) && same_family(own, word);
    let found = project.environments.iter().filter_map(|one| Some((length(one, is_spelling)?, one)));
    let mut found: Vec<_> = found.collect();
    let longest = found.iter().map(|(length, _)| *length).max()?;
    found.retain(|(length, _)| *length == longest);
    if found.len() > 1 {
        found.retain(|(_, one)| length(one, str::eq_ignore_ascii_case) == Some(longest));
    }
    <[_; 1]>::try_from(found).ok().map(|[found]| found)
}

/// How many words `name` has, where `rest` begins with it.
fn beginning(rest: &[&str], name: &[&str], is_same: fn(&str, &str) -> bool) -> Option<usize> {
    let start = rest.get(..name.len()).filter(|_| !name.is_empty())?;
    name.iter().zip(start).all(|(own, word)| is_same(own, word)).then_some(name.len())
}

/// The most folders that are looked into.
const MANY: usize = 32;

/// The folders in which Terraform may be configured for one environment or another: the root, and those that hold files for
/// Terraform of more than one. A folder that is one environment's own is never another's.
pub fn folders(project: &Project) -> Vec<&str> {
    let mut holders: BTreeMap<&str, (usize, bool)> = BTreeMap::new();
    for (index, environment) in project.environments.iter().enumerate() {
        let own = project.own_sources(environment).map(|source| (source, &*source.path));
        for (_, path) in own.filter(|(source, path)| source.is_backend() || holds_values(path)) {
            let mut folder = split(path).0;
            while !folder.is_empty() {
                let (first, is_shared) = holders.entry(folder).or_insert((index, false));
                *is_shared |= *first != index;
                folder = split(folder).0;
            }
        }
    }
    let shared = holders.into_iter().filter(|(_, (_, is_shared))| *is_shared).map(|(folder, _)| folder);
    std::iter::once("").chain(shared).take(MANY).collect()
}

/// The environment's file that `terraform init` takes in `folder`, as it is written there; none whose name a shell would
/// read otherwise.
pub fn backend_file(project: &Project, environment: &Environment, folder: &str) -> Option<String> {
    let own = project.own_sources(environment).filter(|source| source.is_backend());
    let paths: Vec<&str> = own.map(|source| &*source.path).collect();
    let inside = |path: &&str| {
        folder.is_empty() || path.strip_prefix(folder).is_some_and(|rest| rest.starts_with('/'))
    };
    let near: Vec<&str> = paths.iter().copied().filter(inside).collect();
    let meant = if near.is_empty() { paths } else { near };
    let [path] = meant.as_slice() else { return None };
    let up = folder.split('/').filter(|part| !part.is_empty()).count();
    let file = match inside(path) {
        true => path.strip_prefix(folder).unwrap_or(path).trim_start_matches('/').to_owned(),
        false => format!("{}{path}", "../".repeat(up)),
    };
    file.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '/' | '.' | '-' | '_')).then_some(file)
}

#[cfg(test)]
mod tests;
