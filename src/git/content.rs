//! Files whose content must be read: libgit2 hashes them, unless only an external program could tell.

use std::path::Path;

use git2::{AttrCheckFlags, Config, DiffOptions, Error, Index, IndexEntry, IndexTime, Repository};

use super::entry;

/// Files waiting to be hashed. One question to libgit2 per batch, because each has a price of its own, and batches
/// small enough to stop soon after the first difference.
pub(super) struct Content<'a> {
    repo: &'a Repository,
    config: &'a Config,
    waiting: Vec<&'a IndexEntry>,
}

impl<'a> Content<'a> {
    const BATCH: usize = 64;

    pub fn new(repo: &'a Repository, config: &'a Config) -> Self {
        Content { repo, config, waiting: Vec::new() }
    }

    /// Whether this file, or one of those that waited, differs from the index.
    pub fn differs(&mut self, entry: &'a IndexEntry) -> Result<bool, String> {
        if needs_program(self.repo, self.config, entry::path(entry))
            .map_err(|_| "git's attributes cannot be read")?
        {
            return Err("only an external filter can tell whether a file is modified".to_owned());
        }
        self.waiting.push(entry);
        if self.waiting.len() < Self::BATCH { Ok(false) } else { self.settle() }
    }

    /// Whether one of the files that waited differs from the index.
    pub fn settle(&mut self) -> Result<bool, String> {
        let waiting = std::mem::take(&mut self.waiting);
        if waiting.is_empty() {
            return Ok(false);
        }
        any_differs(self.repo, &waiting).map_err(|_| "a file of the work tree cannot be read".to_owned())
    }
}

/// Compares through a small index of our own that remembers nothing about the files, so libgit2 has to hash them.
fn any_differs(repo: &Repository, entries: &[&IndexEntry]) -> Result<bool, Error> {
    let mut index = Index::new()?;
    let mut options = DiffOptions::new();
    options.disable_pathspec_match(true);
    for entry in entries {
        index.add(&unremembered(entry))?;
        options.pathspec(&entry.path[..]);
    }
    let diff = repo.diff_index_to_workdir(Some(&index), Some(&mut options))?;
    Ok(diff.deltas().len() > 0)
}

fn unremembered(entry: &IndexEntry) -> IndexEntry {
    let never = IndexTime::new(0, 0);
    let (dev, ino, uid, gid, file_size, flags, flags_extended) = Default::default();
    let path = entry.path.clone();
    let (mode, id) = (entry.mode, entry.id);
    IndexEntry {
        ctime: never,
        mtime: never,
        dev,
        ino,
        mode,
        uid,
        gid,
        file_size,
        id,
        flags,
        flags_extended,
        path,
    }
}

/// Whether git would hand the file to a program (gitattributes(5), `filter`), or convert it as libgit2 cannot
/// (`working-tree-encoding`). Git-lfs is such a program.
fn needs_program(repo: &Repository, config: &Config, path: &Path) -> Result<bool, Error> {
    let attribute = |name| repo.get_attr_bytes(path, name, AttrCheckFlags::FILE_THEN_INDEX);
    if attribute("working-tree-encoding")?.is_some() {
        return Ok(true);
    }
    let Some(driver) = attribute("filter")? else {
        return Ok(false);
    };
    let driver = String::from_utf8_lossy(driver);
    Ok(["clean", "process", "required"]
        .iter()
        .any(|key| config.get_entry(&format!("filter.{driver}.{key}")).is_ok()))
}
