//! One folder of the work tree: what it lists, what the index has below it, what git ignores there.

use std::collections::BTreeMap;
use std::ffi::{OsStr, OsString};
use std::fs::{self, DirEntry};
use std::os::unix::ffi::OsStrExt;
use std::path::{Path, PathBuf};
use std::rc::Rc;

use git2::{IndexEntry, Repository};

use super::entry;
use super::ignore::Rules;

pub(super) struct Folder<'a> {
    /// From the root of the work tree.
    pub path: PathBuf,
    /// What the index has below it.
    pub tracked: &'a [IndexEntry],
    /// What git ignores here: all of it in an ignored folder (none), else what the rules say.
    pub rules: Option<Rc<Rules>>,
}

impl Folder<'_> {
    /// How many bytes of a path lead to the names in this folder.
    pub fn base(&self) -> usize {
        match self.path.as_os_str().len() {
            0 => 0,
            length => length + 1,
        }
    }

    pub fn ignores(&self, path: &Path, is_folder: bool) -> bool {
        self.rules.as_ref().is_none_or(|rules| rules.ignore(path.as_os_str().as_bytes(), is_folder))
    }

    /// Takes the folder's `.gitignore` into account, from the index if a sparse checkout left it out.
    pub fn add_rules(&mut self, repo: &Repository, names: &Names) -> Result<(), &'static str> {
        let Some(rules) = &self.rules else {
            return Ok(());
        };
        let in_index = entry::find(self.tracked, &self.path.join(GITIGNORE));
        let item = names.get(OsStr::new(GITIGNORE));
        let on_disk = item.map(|item| (item.path(), is_file(item)));
        if let Some(text) = gitignore(repo, on_disk, in_index)? {
            self.rules = Some(rules.and(&text, self.base()));
        }
        Ok(())
    }
}

/// The name of the file with a folder's own ignore rules.
pub(super) const GITIGNORE: &str = ".gitignore";

/// The text of a `.gitignore`: of what is on disk, with whether that is a file, or of the index where a sparse checkout
/// left it out.
pub(super) fn gitignore(
    repo: &Repository,
    on_disk: Option<(PathBuf, bool)>,
    in_index: Option<&IndexEntry>,
) -> Result<Option<Vec<u8>>, &'static str> {
    const UNREADABLE: &str = "a .gitignore cannot be read";
    match (on_disk, in_index) {
        // Git follows no link here.
        (Some((path, true)), _) => fs::read(path).map(Some).map_err(|_| UNREADABLE),
        (None, Some(entry)) if entry::is_skipped(entry) => {
            Ok(Some(repo.find_blob(entry.id).map_err(|_| UNREADABLE)?.content().to_owned()))
        }
        _ => Ok(None),
    }
}

/// What a folder lists, without `.git`.
pub(super) type Names = BTreeMap<OsString, DirEntry>;

fn is_file(item: &DirEntry) -> bool {
    item.file_type().is_ok_and(|kind| kind.is_file())
}

pub(super) fn is_folder(item: &DirEntry) -> bool {
    item.file_type().is_ok_and(|kind| kind.is_dir())
}

pub(super) fn list(folder: &Path) -> Result<Names, &'static str> {
    const UNREADABLE: &str = "a folder of the work tree cannot be read";
    let mut names = Names::new();
    for item in fs::read_dir(folder).map_err(|_| UNREADABLE)? {
        let item = item.map_err(|_| UNREADABLE)?;
        let name = item.file_name();
        // Git does not follow a link here; libgit2 does, and would wait for ever at a pipe.
        if name == ".gitattributes" && !is_file(&item) {
            return Err("a .gitattributes is not a regular file");
        }
        if name != ".git" {
            names.insert(name, item);
        }
    }
    Ok(names)
}
