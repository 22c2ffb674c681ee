//! What a source takes from elsewhere: files that it tells its reader to load too, and variables.

use crate::model::layout::split;
use crate::model::secret::is_plainly_public;

/// A file that a source tells its reader to load too, such as `env_file` in a Compose file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FileReference {
    /// The path as written: relative to the source's folder, references unresolved.
    pub path: Box<str>,
    /// Byte offset of the path.
    pub offset: usize,
    /// Does the reader fail without it?
    pub required: bool,
    /// Is there no such file? Only for a path that stays in the project and holds no reference.
    pub is_missing: bool,
}

impl FileReference {
    /// The path from the project's root, where `source` refers to this one; nothing where it leads out of the project,
    /// or depends on a variable.
    pub fn target(&self, source: &str) -> Option<String> {
        if self.path.starts_with('/') || self.path.contains('$') {
            return None;
        }
        let (folder, _) = split(source);
        let mut parts: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
        for part in self.path.split('/') {
            match part {
                "" | "." => {}
                ".." => drop(parts.pop()?),
                part => parts.push(part),
            }
        }
        Some(parts.join("/"))
    }
}

/// A variable that the reader of a source puts into its values, such as `${TAG}` in a Compose file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Interpolation {
    /// The variable's name.
    pub name: Box<str>,
    /// Byte offset of the value that holds it.
    pub offset: usize,
    /// What stands there where nobody defines the variable.
    pub otherwise: Otherwise,
    /// Is it written as `${NAME}`, or apart from what is before it? Else its `$` may stand in a password.
    pub is_apart: bool,
}

impl Interpolation {
    /// The name, where it cannot be the tail of a password.
    pub fn shown(&self) -> Option<&str> {
        Some(&*self.name).filter(|name| self.is_apart && is_plainly_public(name))
    }
}

/// What stands in the place of a variable that nobody defines. The order is that of need.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Otherwise {
    /// `${X:-default}`, or nothing on purpose.
    Default,
    /// `${X}`: an empty text, and a warning that scrolls by.
    Blank,
    /// `${X:?message}`: the reader stops.
    Stop,
}
