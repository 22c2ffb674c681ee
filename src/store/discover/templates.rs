//! From the files of a project to groups: files that differ by the environment's name alone.

use std::collections::{BTreeMap, HashMap, HashSet};

use super::Group;
use crate::format;
use crate::model::layout::{self, Role};
use crate::model::name::EnvName;
use crate::model::project::Skipped;
use crate::model::slot::{DEDICATED, Shape, Slot, is_known, is_strong, slots, split_extension};
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
    let is_declared = &is_declared;
    let learned = learned(&slotted, is_declared);
    let is_meant = |name: &str| is_declared(name) || learned.contains(&name.to_ascii_lowercase());
    let accepted = accepted(&slotted, is_declared, is_meant);
    let mut groups: BTreeMap<&str, BTreeMap<String, String>> = BTreeMap::new();
    for (path, slots) in &slotted {
        let slot = slots.iter().find(|slot| {
            accepted
                .get(slot.template.as_str())
                .is_some_and(|any_name| *any_name || slot.shape != Shape::Candidate || is_meant(&slot.name))
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

/// The names that the places for environments prove: they mean an environment elsewhere too, where the name alone
/// would not tell (`docker-compose.local.yml` in a project with `.envs/.local/`).
fn learned(slotted: &[(&String, Vec<Slot>)], is_declared: impl Fn(&str) -> bool) -> HashSet<String> {
    let accepted = accepted(slotted, &is_declared, &is_declared);
    let slots = slotted.iter().flat_map(|(_, slots)| slots);
    let proven =
        slots.filter(|slot| slot.shape == Shape::Dedicated && accepted.contains_key(&*slot.template));
    proven.map(|slot| slot.name.to_ascii_lowercase()).collect()
}

/// The templates whose slot holds environments, and whether any name in it is one.
fn accepted<'s>(
    slotted: &'s [(&String, Vec<Slot>)],
    is_declared: impl Fn(&str) -> bool,
    is_meant: impl Fn(&str) -> bool,
) -> HashMap<&'s str, bool> {
    let mut names: HashMap<&str, Vec<&Slot>> = HashMap::new();
    let counts = |slot: &&Slot| slot.shape != Shape::Candidate || is_meant(&slot.name);
    for slot in slotted.iter().flat_map(|(_, slots)| slots).filter(counts) {
        names.entry(&slot.template).or_default().push(slot);
    }
    let verdict = |(template, slots): (&'s str, Vec<&Slot>)| {
        let proof = slots.iter().map(|slot| slot.shape).min()?;
        let families = families(&slots);
        let is_folder = DEDICATED.iter().any(|folder| {
            template.contains(&format!("{folder}/{}", "{env}"))
                || template.contains(&format!("{folder}/.{}", "{env}"))
        });
        let is_stack = template.contains("Pulumi.");
        let is_proven = match proof {
            Shape::Part => families.len() > 1,
            Shape::Dedicated => is_stack || !families.is_empty(),
            Shape::WellKnown | Shape::Candidate => true,
            Shape::Loose => families.len() > 1 && slots.iter().any(|slot| tokens(&slot.name).any(is_strong)),
        };
        let any_name = proof == Shape::Dedicated && (is_folder || is_stack || families.len() > 1);
        let is_accepted = is_proven || slots.iter().any(|slot| is_declared(&slot.name));
        is_accepted.then_some((template, any_name))
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

const COPY: &str = "a copy; nobody reads it";
const ENCRYPTED: &str = "encrypted as a whole";
const CODE: &str = "code, which envctl does not run";

/// Why a file was passed over that lies where files of environments lie, with a name that nobody knows.
pub const NOT_KNOWN: &str = "no known environment; declare it with [environments.NAME] if it is one";

/// Reasons that ask nobody for a decision.
pub const ASKING_NOTHING: &[&str] = &[COPY, ENCRYPTED, CODE];

/// Why a file of this role holds no values to read.
pub fn reason(role: Role) -> Option<&'static str> {
    match role {
        Role::Backup => Some(COPY),
        Role::Encrypted => Some(ENCRYPTED),
        Role::Code => Some(CODE),
        Role::Values | Role::Schema => None,
    }
}

/// Why a file that carries an environment's name is not read.
fn objection(role: Role, path: &str) -> Option<Skipped> {
    let reason = reason(role)?;
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
    let is_template = accepted.contains_key(slot.template.as_str());
    let is_layer = split_extension(layout::split(path).1).is_some_and(|(stem, _)| stem == slot.name);
    let reason = match slot.shape {
        Shape::Candidate if is_layer => return None, // `config/local.yml`: everybody's own, where it is read at all
        Shape::Candidate if slot.name.eq_ignore_ascii_case("local") || slot.name == "override" => {
            "everybody's own override; declare [environments.local] if it is an environment"
        }
        Shape::Candidate if EnvName::new(&slot.name).is_err() => match is_template {
            true => "no environment by its name; lay it below the others with [[stack]] if it is a base",
            false => return None,
        },
        Shape::Candidate if is_template => NOT_KNOWN,
        Shape::Loose | Shape::Dedicated if is_strong(&slot.name) => {
            "the only file of its kind that carries an environment's name"
        }
        _ => return None,
    };
    Some(Skipped { path: path.to_owned(), reason })
}
