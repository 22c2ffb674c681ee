//! Which file of the project a candidate stands in for, where nobody says so.

use crate::format::{self, Format, dotenv, json};
use crate::model::fault::Fault;
use crate::model::project::{Environment, Project};
use crate::model::schema::Pattern;
use crate::model::slot::slots;

/// The file that a candidate of this name stands in for.
pub fn find(
    project: &Project,
    environment: Option<&Environment>,
    name: Option<&str>,
    shown: &str,
) -> Result<String, Fault> {
    let unknown = || {
        Fault::new(format!("which file {shown} stands in for is not known"))
            .help("say the environment with --env NAME, or the file with --as PATH")
    };
    if let Some(path) = name.filter(|path| environment.is_none() && !owners(project, path).is_empty()) {
        return Ok(path.to_owned());
    }
    let file = name.map(|path| path.rsplit('/').next().unwrap_or(path));
    let by_name = || {
        let mut known = project
            .environments
            .iter()
            .flat_map(|one| own_files(project, one))
            .filter(|(_, path)| file_of(path) == file);
        let first = known.next()?.1;
        known.all(|(_, path)| path == first).then(|| first.to_owned())
    };
    if let Some(path) = by_name().filter(|_| environment.is_none() && file.is_some()) {
        return Ok(path);
    }
    let in_path = || slots(name?).iter().find_map(|slot| project.environment(&slot.name));
    place(project, environment.or_else(in_path).ok_or_else(unknown)?, file)
}

fn file_of(path: &str) -> Option<&str> {
    path.rsplit('/').next()
}

/// The environments that a file at this path is for, by their names: its owners, else the one that it names. None is all.
pub fn readers(project: &Project, path: &str) -> Vec<String> {
    let owners = owners(project, path);
    let named = || slots(path).iter().find_map(|slot| project.environment(&slot.name));
    match owners.is_empty() {
        true => named().into_iter().map(|one| one.name.to_string()).collect(),
        false => owners,
    }
}

/// The environments whose own file this is, by their names.
fn owners(project: &Project, path: &str) -> Vec<String> {
    let owns = |one: &&Environment| own_files(project, one).any(|(_, own)| own == path);
    let owners = project.environments.iter().filter(owns).map(|one| one.name.to_string());
    owners.collect()
}

/// The files that are the environment's own, with their stacks, lowest first.
fn own_files<'p>(
    project: &'p Project,
    environment: &'p Environment,
) -> impl Iterator<Item = (usize, &'p str)> {
    let own = environment.layers.iter().filter(|layer| layer.is_own);
    own.filter_map(|layer| {
        let source = project.sources.get(layer.source).filter(|source| source.stamp.is_some())?;
        Some((layer.stack, source.path.as_str()))
    })
}

/// The environment's own file of this name, else its topmost of the same format, else where such a file would be.
fn place(project: &Project, environment: &Environment, file: Option<&str>) -> Result<String, Fault> {
    let own: Vec<(usize, &str)> = own_files(project, environment).collect();
    let same_name: Vec<_> =
        own.iter().filter(|(_, path)| file.is_some() && file_of(path) == file).copied().collect();
    let wanted = file.and_then(format::of_file).unwrap_or(&dotenv::FORMAT);
    let written_in = |format: &'static Format| {
        move |path: &str| format::of_path(path).is_some_and(|one| one.id == format.id)
    };
    let of_format =
        |format| own.iter().filter(|(_, path)| written_in(format)(path)).copied().collect::<Vec<_>>();
    let vacant = |format| {
        let paths = project.stacks.iter().enumerate().filter_map(|(index, stack)| {
            let templates =
                stack.layers.iter().filter(|one| one.contains(Pattern::ENV) && !one.contains('#'));
            let mut paths = templates.map(|one| one.replace(Pattern::ENV, environment.name.as_str()));
            Some((index, paths.find(|path| written_in(format)(path))?))
        });
        paths.collect::<Vec<_>>()
    };
    let known = [same_name, of_format(wanted), of_format(&dotenv::FORMAT)];
    let is_json = wanted.id == json::FORMAT.id;
    let known = known.into_iter().take(if is_json { 3 } else { 2 }).find(|paths| !paths.is_empty());
    let paths: Vec<(usize, String)> = match known {
        Some(paths) => paths.into_iter().map(|(stack, path)| (stack, path.to_owned())).collect(),
        None => vacant(if is_json { &dotenv::FORMAT } else { wanted }),
    };
    let several = paths.iter().any(|(stack, _)| Some(stack) != paths.first().map(|(first, _)| first));
    match paths.last() {
        Some((_, path)) if !several => Ok(path.clone()),
        Some(_) => {
            let names: Vec<&str> = paths.iter().map(|(_, path)| path.as_str()).collect();
            let message =
                format!("it may stand in for several files of {}: {}", environment.name, names.join(", "));
            Err(Fault::new(message).help("say which with --as PATH"))
        }
        None => {
            let message = format!("{} has no place for a file in the format {}", environment.name, wanted.id);
            Err(Fault::new(message).help("say the path with --as PATH"))
        }
    }
}
