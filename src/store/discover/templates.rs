//! From the files of a project to groups: files that differ by the environment's name alone.

use std::collections::{BTreeMap, HashMap, HashSet};

use super::Group;
use crate::format;
use crate::model::layout::Role;
use crate::model::name::EnvName;
use crate::model::project::Skipped;
use crate::model::slot::{DEDICATED, Shape, Slot, is_known, is_strong, slots};
use crate::model::tier::spellings_of;

/// What the names of files say.
#[derive(Default)]
pub struct Templates {
    /// Files that differ by a name, in the order in which they say something: dotenv first.
    pub groups: Vec<Group>,
    /// Files that say which keys are wanted.
    pub schema: Vec<String>,
    /// What looks like an environment's and is not read.
    pub skipped: Vec<Skipped>,
}

/// Looks at the names of `files`. `is_declared` says which words the manifest declares as environments.
pub fn find(files: &[String], is_declared: impl Fn(&str) -> bool) -> Templates {
    let mut found = Templates::default();
    let mut slotted: Vec<(&String, Vec<Slot>)> = Vec::new();
    for path in files {
        let file = path.rsplit('/').next().unwrap_or(path);
        match Role::of(file) {
            Role::Values if format::of_path(path).is_some() => slotted.push((path, slots(path))),
            Role::Schema if is_schema(file) => found.schema.push(path.clone()),
            role => found.skipped.extend(objection(role, path)),
        }
    }
    let accepted = accepted(&slotted, &is_declared);
    let mut groups: BTreeMap<&str, BTreeMap<String, String>> = BTreeMap::new();
    for (path, slots) in &slotted {
        let slot = slots.iter().find(|slot| {
            accepted
                .get(slot.template.as_str())
                .is_some_and(|any_name| *any_name || is_name(slot, &is_declared))
        });
        match slot {
            Some(slot) => {
                groups.entry(&slot.template).or_default().insert(slot.name.clone(), (*path).clone());
            }
            None => found.skipped.extend(doubt(path, slots, &accepted)),
        }
    }
    found.groups = groups
        .into_iter()
        .map(|(template, members)| Group { template: template.to_owned(), members })
        .collect();
    found.groups.sort_by_key(|group| !group.template.contains(".env"));
    found
}

fn is_name(slot: &Slot, is_declared: impl Fn(&str) -> bool) -> bool {
    slot.shape != Shape::Candidate || is_declared(&slot.name)
}

/// The templates whose slot holds environments, and whether any name in it is one.
fn accepted<'s>(
    slotted: &'s [(&String, Vec<Slot>)],
    is_declared: impl Fn(&str) -> bool,
) -> HashMap<&'s str, bool> {
    let mut names: HashMap<&str, Vec<&Slot>> = HashMap::new();
    for slot in slotted.iter().flat_map(|(_, slots)| slots) {
        names.entry(&slot.template).or_default().push(slot);
    }
    let verdict = |(template, slots): (&'s str, Vec<&Slot>)| {
        let proof = slots.iter().map(|slot| slot.shape).min()?;
        let declared = slots.iter().any(|slot| is_declared(&slot.name));
        let families = families(&slots);
        let is_folder = DEDICATED.iter().any(|folder| {
            template.contains(&format!("{folder}/{}", "{env}"))
                || template.contains(&format!("{folder}/.{}", "{env}"))
        });
        let is_stack = template.contains("Pulumi.");
        let accepted = declared
            || match proof {
                Shape::Dedicated => is_stack || !families.is_empty(),
                Shape::WellKnown => true,
                Shape::Loose => {
                    families.len() > 1 && slots.iter().any(|slot| tokens(&slot.name).any(is_strong))
                }
                Shape::Candidate => false,
            };
        let any_name = proof == Shape::Dedicated && (is_folder || is_stack || families.len() > 1);
        accepted.then_some((template, any_name))
    };
    names.into_iter().filter_map(verdict).collect()
}

/// The families that the names in a slot belong to.
fn families(slots: &[&Slot]) -> HashSet<&'static [&'static str]> {
    let family = |name: &str| spellings_of(name).map(|(_, spellings)| spellings);
    slots
        .iter()
        .flat_map(|slot| [slot.name.as_str()].into_iter().chain(tokens(&slot.name)))
        .filter_map(family)
        .collect()
}

fn tokens(name: &str) -> impl Iterator<Item = &str> {
    name.split(['-', '_', '.'])
}

/// Is it a template of a format that is read, or the declarations of Terraform?
fn is_schema(file: &str) -> bool {
    let without_word = file
        .split('.')
        .filter(|part| Role::of(&format!("a.{part}")) != Role::Schema)
        .collect::<Vec<_>>()
        .join(".");
    file == "variables.tf"
        || file.starts_with(".env")
        || file.ends_with(".env")
        || format::of_path(&without_word).is_some()
}

/// Why a file that carries an environment's name is not read.
fn objection(role: Role, path: &str) -> Option<Skipped> {
    let reason = match role {
        Role::Backup => "a copy; nobody reads it",
        Role::Encrypted => "encrypted as a whole",
        Role::Code => "code, which envctl does not run",
        Role::Values | Role::Schema => return None,
    };
    let parent = path.rsplit('/').nth(1).unwrap_or_default();
    let stem = path.rsplit('/').next().and_then(|file| file.split('.').find(|part| !part.is_empty()));
    let is_code = role == Role::Code;
    let is_config = matches!(parent, "config" | "settings" | "environments" | "envs");
    let is_meant = match is_code {
        true => is_config && stem.is_some_and(is_known),
        false => slots(path.rsplit_once('.').map_or(path, |(stem, _)| stem))
            .iter()
            .any(|slot| slot.shape < Shape::Candidate),
    };
    is_meant.then(|| Skipped { path: path.to_owned(), reason })
}

/// Why a file with a word in a slot is no environment's, where somebody may wonder.
fn doubt(path: &str, slots: &[Slot], accepted: &HashMap<&str, bool>) -> Option<Skipped> {
    let slot = slots.first()?;
    let reason = match slot.shape {
        Shape::Candidate if slot.name.eq_ignore_ascii_case("local") || slot.name == "override" => {
            "everybody's own override; declare [environments.local] if it is an environment"
        }
        Shape::Candidate if EnvName::new(&slot.name).is_err() => {
            match accepted.contains_key(slot.template.as_str()) {
                true => "no environment by its name; lay it below the others with [[stack]] if it is a base",
                false => return None,
            }
        }
        Shape::Candidate if accepted.contains_key(slot.template.as_str()) => {
            "no known environment; declare it with [environments.NAME] if it is one"
        }
        Shape::Loose | Shape::Dedicated => "the only file of its kind that carries an environment's name",
        _ => return None,
    };
    Some(Skipped { path: path.to_owned(), reason })
}
