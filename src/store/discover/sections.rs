//! Files that hold several environments side by side, recognised by what stands at their top.

use std::collections::BTreeSet;

use super::Group;
use crate::format;
use crate::model::name::NEVER_NAMES;
use crate::model::schema::Pattern;
use crate::model::section::Sections;
use crate::model::slot::{is_known, is_strong};
use crate::model::source::Entry;
use crate::model::tier::spellings_of;
use crate::store::file::Reader;

/// Pipelines and tools whose jobs and tasks are called after environments.
const NO_CONFIGURATION: &[&str] = &[
    "azure-pipelines",
    "bitbucket-pipelines",
    "Taskfile",
    "mkdocs",
    "package",
    "tsconfig",
    "composer",
    "lerna",
    "cloudbuild",
    "buildspec",
    "Makefile",
    "openapi",
    "swagger",
    "pnpm-lock",
    "package-lock",
    "docker-compose",
    "compose",
];

/// The folders of Rails, Spring and others in which such a file lies, and the file a project has only one of.
const FOLDERS: &[&str] =
    &["", "config", "conf", "configs", "settings", "configuration", "resources", "deploy", "etc"];

/// The groups of sections in `path`, if there are any.
pub fn find(reader: &Reader<'_>, path: &str) -> Option<Group> {
    let file = path.rsplit('/').next().unwrap_or(path);
    if !may_hold(path, file) {
        return None;
    }
    let (bytes, _) = reader.read(path).ok()??;
    let text = format::text::decode(&bytes).ok()?;
    if Sections::of_tool(file).is_none() && !mentions(text) {
        return None;
    }
    let entries = (format::of_path(path)?.read)(text).entries;
    let sections = Sections::of_tool(file).unwrap_or(Sections::Top);
    let names = names(sections, &entries);
    let is_proof = Sections::of_tool(file).is_some() || proves(&names) || file.starts_with("application");
    (is_proof && !names.is_empty()).then(|| group(path, sections, names))
}

/// The sections of a file as a group.
pub fn group(path: &str, sections: Sections, names: BTreeSet<String>) -> Group {
    let template = format!("{path}#{}", sections.written());
    let member = |name: String| {
        let path = template.replace(Pattern::ENV, &name);
        (name, path)
    };
    Group { members: names.into_iter().map(member).collect(), template }
}

/// The sections of a file that stand for environments.
pub fn names(sections: Sections, entries: &[Entry]) -> BTreeSet<String> {
    let located = entries.iter().filter_map(|entry| sections.locate(&entry.key)).map(|(name, _)| name);
    let is_any = sections != Sections::Top;
    let never = |name: &str| NEVER_NAMES.iter().any(|never| never.eq_ignore_ascii_case(name));
    let is_name =
        |name: &&str| !never(name) && (is_any || name.split(['-', '_']).any(is_known) || is_known(name));
    located.filter(is_name).map(str::to_owned).collect()
}

/// Two environments side by side, one of them beyond doubt.
fn proves(names: &BTreeSet<String>) -> bool {
    let families: BTreeSet<_> =
        names.iter().filter_map(|name| spellings_of(name)).map(|(_, spellings)| spellings).collect();
    families.len() > 1 && names.iter().any(|name| is_strong(name))
}

fn may_hold(path: &str, file: &str) -> bool {
    let parent = path.rsplit('/').nth(1).unwrap_or_default();
    let is_structured =
        [".yml", ".yaml", ".toml", ".json", ".jsonc", ".properties"].iter().any(|end| file.ends_with(end));
    let is_configuration =
        !file.starts_with('.') && !NO_CONFIGURATION.iter().any(|tool| file.starts_with(tool));
    is_structured && is_configuration && (FOLDERS.contains(&parent) || Sections::of_tool(file).is_some())
}

/// Does a known name, or a profile, stand at the beginning of a line? Cheaper than reading the whole file.
fn mentions(text: &str) -> bool {
    let first_word = |line: &str| {
        let line = line.trim_start_matches(['"', '[', '\'', ' ', '\t', '{']);
        let end =
            line.find(|c: char| !(c.is_ascii_alphanumeric() || matches!(c, '-' | '_'))).unwrap_or(line.len());
        line.get(..end).is_some_and(is_known)
    };
    text.contains("on-profile") || text.lines().filter(|line| first_word(line)).take(2).count() == 2
}

/// The layers of a file with sections: what all share, then the environment's own.
pub fn layers(template: &str) -> Vec<String> {
    vec![template.replace(Pattern::ENV, SHARED), template.to_owned()]
}

/// The section that Rails lays below all others.
const SHARED: &str = "shared";
