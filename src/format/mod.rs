//! Layer 1, formats: from a file's text to entries. One file per format, one table of them.

pub mod baseline;
pub mod compose;
mod cursor;
pub mod dotenv;
pub mod env_toml;
pub mod example;
pub mod excuse;
mod hcl;
pub mod json;
pub mod manifest;
mod pem;
mod properties;
pub mod terraform_state;
pub mod text;
mod toml_settings;
pub mod toml_text;
pub mod tree;
pub mod variables_tf;
pub mod yaml;

#[cfg(test)]
mod probe;
#[cfg(test)]
mod tests;

use crate::model::layout::{self, Role};
use crate::model::note::Examiner;
use crate::model::project::Description;
use crate::model::source::{Entry, FileReference, Interpolation, Problem, SourceKind};
use crate::model::wanted::Wanted;

/// A format that envctl reads.
pub struct Format {
    /// Its name in `list` and JSON.
    pub id: &'static str,
    /// What its entries are.
    pub kind: SourceKind,
    /// Is a file of this name written in it?
    pub matches: fn(&str) -> bool,
    /// Reads a text. Never fails: what cannot be read is a problem.
    pub read: fn(&str) -> Reading,
}

/// What was read from a text.
#[derive(Default)]
pub struct Reading {
    /// The entries, duplicates included.
    pub entries: Vec<Entry>,
    /// What could not be read.
    pub problems: Vec<Problem>,
    /// The files that it tells its reader to load too.
    pub refers: Vec<FileReference>,
    /// The variables that its reader puts into its values.
    pub interpolations: Vec<Interpolation>,
    /// What the file says of its environment, if that is its business.
    pub about: Option<Description>,
}

impl Reading {
    /// What a tree gave that was laid flat, beside the problems that were found on the way.
    fn laid(flat: tree::Flat, mut problems: Vec<Problem>) -> Self {
        match flat.finish() {
            Ok(entries) => Self { entries, problems, ..Self::default() },
            Err(problem) => {
                problems.push(problem);
                Self { problems, ..Self::default() }
            }
        }
    }
}

/// Does this problem say that the file is no text of its format yet, because a program has to render it first?
pub fn is_template(problem: &Problem) -> bool {
    problem.message == yaml::TEMPLATE
}

/// The most mistakes that are told of one file: after so many it is in another language.
const MAX_PROBLEMS: usize = 100;

/// Every format, in the order in which a file's name is tried.
pub const FORMATS: &[Format] = &[
    env_toml::FORMAT,
    variables_tf::FORMAT,
    dotenv::FORMAT,
    compose::FORMAT,
    yaml::FORMAT,
    json::FORMAT,
    hcl::FORMAT,
    properties::FORMAT,
    toml_settings::FORMAT,
];

/// The format of a file by its name, without folders.
pub fn of_file(name: &str) -> Option<&'static Format> {
    FORMATS.iter().find(|format| (format.matches)(name))
}

/// The format of the file at `path`. In `.envs/.production/` a file needs no extension: cookiecutter-django's layout.
pub fn of_path(path: &str) -> Option<&'static Format> {
    let name = path.rsplit('/').next().unwrap_or(path);
    let is_bare = || {
        path.split('/').any(|part| part == ".envs") && name.trim_start_matches('.').split('.').count() == 1
    };
    of_file(name).or_else(|| is_bare().then_some(&dotenv::FORMAT))
}

/// The keys that the file at `path` says are wanted: an example file's, a module's variables.
pub fn wanted(path: &str, format: &Format, text: &str) -> Vec<Wanted> {
    match format.id {
        id if id == variables_tf::FORMAT.id => variables_tf::wanted(text),
        id if id == dotenv::FORMAT.id && Role::of(layout::split(path).1) == Role::Schema => {
            example::read(text)
        }
        _ => Vec::new(),
    }
}

/// What finds the spellings that other readers of a format read otherwise: dotenv files alone are read in so many ways.
pub fn examiner(format: &Format) -> Option<Examiner> {
    (format.id == dotenv::FORMAT.id).then_some(dotenv::EXAMINER)
}
