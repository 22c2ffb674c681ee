//! What must hold of names before anything is judged: each word means one environment, and the default is harmless.

use super::discover::Found;
use super::{Root, manifest};
use crate::format::manifest::FILE;
use crate::format::toml_text::Complaint;
use crate::model::fault::Fault;
use crate::model::nearest::nearest;
use crate::model::project::{Environment, Project, Skipped};
use crate::model::schema::Override;
use crate::model::tier::Tier;
use crate::model::toml;

/// Says what is there instead, because a project with an `.env` alone is a project, only one without environments.
pub fn no_environments(root: &Root, bases: &[String], skipped: &[Skipped]) -> Fault {
    let message = format!("there are no environments in {}", root.dir.display());
    let help = "create one: a folder such as envs/development with a file .env; or go to a project with -C";
    Fault::new(message).help(match (bases, skipped.first()) {
        ([], None) => help.to_owned(),
        ([], Some(Skipped { path, reason })) => format!("{path} was passed over: {reason}; {help}"),
        ([base, ..], _) => format!(
            "{base} belongs to no environment: lay a file for one beside it, such as {base}.development, or give it to \
             one in {FILE}: [environments.development] files = [{}]",
            toml::string(base),
        ),
    })
}

/// Two names that differ only in case are no two environments.
///
/// # Errors
/// A [`Fault`] that names both.
pub fn twins(found: &Found) -> Result<(), Fault> {
    let Some((one, other)) = &found.twins else { return Ok(()) };
    let message = format!("{one} and {other} differ only in case, and one name must mean one environment");
    Err(Fault::new(message).help("rename or remove one of them, or name it in [project] ignore"))
}

/// An alias means one environment, and is no other's name.
///
/// # Errors
/// A [`Fault`] for the first that is.
pub fn aliases(project: &Project) -> Result<(), Fault> {
    for environment in &project.environments {
        let others = || project.environments.iter().filter(|other| other.name != environment.name);
        for alias in &environment.about.aliases {
            if let Some(other) = others().find(|other| other.answers_to(alias)) {
                let message = format!("the alias `{alias}` of {} means {} too", environment.name, other.name);
                return Err(Fault::new(message).help("one name must mean one environment: remove the alias"));
            }
        }
    }
    Ok(())
}

/// Every environment that the manifest mentions must be one, or a tier; the default must be safe to fall back to.
///
/// # Errors
/// A [`Fault`] with the place in the manifest.
pub fn words(project: &Project, mentions: &[(String, usize)], text: &str) -> Result<(), Fault> {
    let complain = |offset: usize, message: String, help: String| {
        Err(manifest::fault(text, Complaint::new(offset, message, help)))
    };
    if let Some((word, offset)) = mentions.iter().find(|(word, _)| !project.knows(word)) {
        return complain(
            *offset,
            format!("no environment or tier is called `{word}`"),
            known_words(project, word),
        );
    }
    let default = project.schema.default.as_deref();
    match default.and_then(|name| project.environment(name)).filter(|environment| environment.is_protected())
    {
        None => Ok(()),
        Some(environment) => {
            let offset = mentions.first().map_or(0, |(_, offset)| *offset);
            let message = format!("{} is protected and may not be the default", environment.name);
            complain(offset, message, "the default is what everybody gets who says nothing".to_owned())
        }
    }
}

/// No key may be required where its `only-in` forbids it.
///
/// # Errors
/// A [`Fault`] with the place of the key in the manifest.
pub fn demands(project: &Project) -> Result<(), Fault> {
    for key in &project.schema.keys {
        let Some(allowed) = &key.only_in else { continue };
        let is_asked = |environment: &&Environment| {
            let by_override = |(word, change): &(String, Override)| {
                change.required == Some(true) && project.covers(word, environment)
            };
            project.is_in(&key.required, environment) || key.overrides.iter().any(by_override)
        };
        let mut asked = project.environments.iter().filter(is_asked);
        if let Some(environment) = asked.find(|environment| !project.is_in(allowed, environment)) {
            let at = format!("{FILE}:{}:{}", key.at.line, key.at.column);
            let message =
                format!("{at}: a key is required in {}, which its `only-in` leaves out", environment.name);
            return Err(
                Fault::new(message).help("add the environment to `only-in`, or do not require the key there")
            );
        }
    }
    Ok(())
}

fn known_words(project: &Project, word: &str) -> String {
    let names = || project.environments.iter().map(|environment| environment.name.as_str());
    let tiers = Tier::DECLARABLE.iter().map(|tier| tier.as_str());
    match nearest(word, names().chain(tiers)) {
        Some(near) => format!("did you mean `{near}`?"),
        None => format!("environments: {}", names().collect::<Vec<_>>().join(", ")),
    }
}
