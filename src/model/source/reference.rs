//! Files that a source tells its reader to load too.

use crate::model::layout::split;

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
