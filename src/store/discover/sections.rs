//! Files that hold several environments side by side, recognised by what stands at their top.

use std::collections::{BTreeSet, HashSet};

use super::Group;
use crate::format;
use crate::model::layout;
use crate::model::name::NEVER_NAMES;
use crate::model::schema::Pattern;
use crate::model::section;
use crate::model::section::{Sections, split_path};
use crate::model::slot::{is_compound, is_known, is_of_tool, is_strong};
use crate::model::source::Entry;
use crate::model::tier::spellings_of;
use crate::store::file::Reader;

/// The folders of Rails, Spring and others in which such a file lies, and the file a project has only one of.
const FOLDERS: &[&str] =
    &["", "config", "conf", "configs", "settings", "configuration", "resources", "deploy", "etc"];

/// Looks for files with sections. `folders` are those that hold files of environments already, and `is_meant` says
/// which words those files mean by an environment.
pub struct Search<'a, F> {
    /// Reads the files.
    pub reader: &'a Reader<'a>,
    /// Folders of configuration, beside the usual ones.
    pub folders: HashSet<&'a str>,
    /// The names that the project uses elsewhere.
    pub is_meant: F,
}

impl<F: Fn(&str) -> bool> Search<'_, F> {
    /// The group of sections in `path`, if there are any.
    ///
    /// # Errors
    /// Why a file that names environments could not be looked into.
    pub fn find(&self, path: &str) -> Result<Option<Group>, &'static str> {
        self.look(path).transpose()
    }

    fn look(&self, path: &str) -> Option<Result<Group, &'static str>> {
        let (folder, file) = layout::split(path);
        let of_tool = Sections::of_tool(file);
        let is_place = || self.folders.contains(folder) || FOLDERS.contains(&layout::split(folder).1);
        if of_tool.is_none() && !(may_hold(file) && is_place()) {
            return None;
        }
        let bytes = self.reader.read(path).ok()??.bytes;
        let text = format::text::decode(&bytes).ok()?;
        if of_tool.is_none() && !mentions(text) {
            return None;
        }
        let reading = (format::of_path(path)?.read)(text);
        if reading.entries.is_empty() && !reading.problems.is_empty() {
            return Some(Err(UNREADABLE));
        }
        let entries = reading.entries;
        let layouts = of_tool.unwrap_or(&[Sections::TOP]);
        layouts.iter().find_map(|sections| {
            let names = names(*sections, &entries, &self.is_meant);
            let is_proof =
                sections.is_for_environments() || proves(&names) || file.starts_with("application");
            (is_proof && !names.is_empty()).then(|| Ok(group(path, *sections, names)))
        })
    }
}

/// Why a file that may hold environments is not read.
const UNREADABLE: &str =
    "it names environments, and cannot be read as it is: is it a template of another program?";

/// The sections of a file as a group.
pub fn group(path: &str, sections: Sections, names: BTreeSet<String>) -> Group {
    let template = format!("{path}#{}", sections.written);
    let member = |name: String| {
        let path = template.replace(Pattern::ENV, &name);
        (name, path)
    };
    Group { members: names.into_iter().map(member).collect(), template }
}

/// The sections of a file that stand for environments.
pub fn names(sections: Sections, entries: &[Entry], is_meant: impl Fn(&str) -> bool) -> BTreeSet<String> {
    let located = entries.iter().filter_map(|entry| sections.locate(&entry.key));
    let located = located.flat_map(|(written, _)| section::names(written));
    let never = |name: &str| NEVER_NAMES.iter().any(|never| never.eq_ignore_ascii_case(name));
    let is_name = |name: &&str| {
        !never(name)
            && (sections.is_for_environments() || is_known(name) || is_compound(name) || is_meant(name))
    };
    located.filter(is_name).map(str::to_owned).collect()
}

/// Two environments side by side, one of them beyond doubt.
fn proves(names: &BTreeSet<String>) -> bool {
    let families: BTreeSet<_> =
        names.iter().filter_map(|name| spellings_of(name)).map(|(_, spellings)| spellings).collect();
    families.len() > 1 && names.iter().any(|name| is_strong(name))
}

fn may_hold(file: &str) -> bool {
    let is_structured =
        [".yml", ".yaml", ".toml", ".json", ".jsonc", ".properties"].iter().any(|end| file.ends_with(end));
    let is_compose = ["docker-compose", "compose"].iter().any(|compose| file.starts_with(compose));
    is_structured && !is_of_tool(file) && !is_compose
}

/// Do two known names, or a profile, stand where keys do? Cheaper than reading the whole file.
fn mentions(text: &str) -> bool {
    let first_word = |line: &str| {
        let line = line.trim_start_matches(['"', '[', '\'', ' ', '\t']);
        let end =
            line.find(|c: char| !(c.is_ascii_alphanumeric() || matches!(c, '-' | '_'))).unwrap_or(line.len());
        line.get(..end).is_some_and(is_known)
    };
    let places = || text.split(['\n', '{', ',']);
    text.contains(ON_PROFILE) || places().filter(|line| first_word(line)).take(2).count() == 2
}

/// What makes a document of a Spring file the one of a profile.
const ON_PROFILE: &str = "on-profile";

/// The layers of a file with sections: what all share, then the environment's own. In a Spring file all share the
/// documents without a profile, elsewhere what stands at the top, or in a section of its own.
pub fn layers(reader: &Reader<'_>, template: &str) -> Vec<String> {
    let (file, section) = split_path(template);
    if section.and_then(Sections::from_written) != Some(Sections::TOP) {
        return vec![template.to_owned()];
    }
    let text = reader.read(file).ok().flatten().map(|read| read.bytes).unwrap_or_default();
    let base = match memchr::memmem::find(&text, ON_PROFILE.as_bytes()) {
        Some(_) => file.to_owned(),
        None => template.replace(Pattern::ENV, Sections::SHARED),
    };
    vec![base, template.to_owned()]
}
