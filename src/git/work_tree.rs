//! The index against the work tree, folder by folder, up to the first difference.
//!
//! libgit2 can do this too, but it collects every difference before it answers, hashes what an external filter should
//! have seen first, and does not ignore quite what git ignores. So the walk is ours; how to hash stays libgit2's.

use std::ffi::OsStr;
use std::fs::DirEntry;
use std::ops::ControlFlow::{self, Break, Continue};
use std::path::{Path, PathBuf};
use std::rc::Rc;

use git2::{Index, IndexEntry, Repository};

use super::content::Content;
use super::entry::{self, Stat, Trust};
use super::folder::{self, Folder, Names};
use super::ignore::Rules;
use super::judge::Scope;
use super::place::{self, Place};
use super::submodule;

/// Whether the work tree at `place` differs from the index; an error is the reason why nobody knows.
pub(super) fn differs(
    repo: &Repository,
    place: &Place,
    index: &Index,
    scope: &Scope,
) -> Result<bool, String> {
    let root = place.work_tree.as_deref().ok_or("no work tree")?;
    let config = repo
        .config()
        .and_then(|mut config| config.snapshot())
        .map_err(|_| "git's configuration cannot be read")?;
    if config.get_entry("attr.tree").is_ok() {
        return Err("attributes come from a tree (attr.tree)".to_owned());
    }
    let mut entries: Vec<_> = index.iter().filter(|entry| !scope.excludes(entry::path(entry))).collect();
    // They are sorted already, unless core.ignoreCase made libgit2 choose another order.
    entries.sort_by(|a, b| a.path.cmp(&b.path));
    let is_sparse = config.get_bool("core.sparseCheckout").unwrap_or(false);
    let trust = Trust::new(&config, index);
    let content = Content::new(repo, &config);
    let rules = Rules::shared(&config, place)?;
    let mut walk = Walk { repo, root, scope, trust, is_sparse, content, folders: Vec::new(), doubt: None };
    match (walk.run(&entries, rules), walk.doubt) {
        (Break(()), _) => Ok(true),
        (Continue(()), None) => Ok(false),
        (Continue(()), Some(reason)) => Err(reason),
    }
}

/// Goes on, or breaks because the tree is dirty.
type Step = ControlFlow<()>;

struct Walk<'a> {
    repo: &'a Repository,
    root: &'a Path,
    scope: &'a Scope,
    trust: Trust,
    is_sparse: bool,
    content: Content<'a>,
    /// Still to be looked at.
    folders: Vec<Folder<'a>>,
    /// Why the tree may be dirty although no difference was found.
    doubt: Option<String>,
}

impl<'a> Walk<'a> {
    fn run(&mut self, tracked: &'a [IndexEntry], rules: Rc<Rules>) -> Step {
        self.folders.push(Folder { path: PathBuf::new(), tracked, rules: Some(rules) });
        while let Some(folder) = self.folders.pop() {
            match folder::list(&self.root.join(&folder.path)) {
                Ok(names) => {
                    let known = self.folders.len();
                    self.folder(folder, names)?;
                    // The last one is taken next: let it be the first by name.
                    self.folders.get_mut(known..).unwrap_or_default().reverse();
                }
                Err(reason) => self.unsure(reason)?,
            }
        }
        let rest = self.content.settle();
        self.learn(rest)
    }

    fn folder(&mut self, mut folder: Folder<'a>, mut names: Names) -> Step {
        let base = folder.base();
        if let Err(reason) = folder.add_rules(self.repo, &names) {
            return self.unsure(reason);
        }
        for group in folder.tracked.chunk_by(|a, b| entry::name(a, base) == entry::name(b, base)) {
            let Some(first) = group.first() else { continue };
            let name = entry::name(first, base);
            match names.remove(name) {
                Some(item) if first.path.len() == base + name.len() => self.file(first, &item)?,
                Some(item) => self.inner(group, name, &folder, &item)?,
                // Not listed and yet there: a file system that folds case or accents.
                None if self.root.join(&folder.path).join(name).symlink_metadata().is_ok() => {
                    return self.unsure("a name is spelled differently on disk");
                }
                None => may_lack(group)?,
            }
        }
        names.values().try_for_each(|item| self.untracked(&folder, item))
    }

    /// A name that is an entry of the index.
    fn file(&mut self, entry: &'a IndexEntry, item: &DirEntry) -> Step {
        if self.is_exempt(entry) { Continue(()) } else { self.compare(entry, item) }
    }

    /// A name that is a folder in the index, with these entries below it.
    fn inner(&mut self, group: &'a [IndexEntry], name: &OsStr, folder: &Folder<'a>, item: &DirEntry) -> Step {
        if folder::is_folder(item) {
            return self.enter(folder.path.join(name), group, folder);
        }
        may_lack(group)?;
        self.untracked(folder, item)
    }

    /// Git does not look at such a file; in a sparse checkout it does look if a file is there in spite of its mark.
    fn is_exempt(&self, entry: &IndexEntry) -> bool {
        entry::is_assumed_unchanged(entry) || (entry::is_skipped(entry) && !self.is_sparse)
    }

    fn compare(&mut self, entry: &'a IndexEntry, item: &DirEntry) -> Step {
        let Ok(file) = item.metadata() else {
            return self.unsure("a file of the work tree cannot be looked at");
        };
        let verdict = if entry::is_submodule(entry) && file.is_dir() {
            submodule::differs(self.repo, entry, &item.path(), self.scope)
        } else {
            match entry::compare(entry, &file, &self.trust) {
                Stat::Same => Ok(false),
                Stat::Differs => Ok(true),
                Stat::Doubtful => self.content.differs(entry),
            }
        };
        self.learn(verdict)
    }

    /// A name that the index does not know. Pipes, sockets and devices do not exist for git.
    fn untracked(&mut self, folder: &Folder<'a>, item: &DirEntry) -> Step {
        let path = folder.path.join(item.file_name());
        let Ok(kind) = item.file_type() else {
            return self.unsure("a file of the work tree cannot be looked at");
        };
        let exists = kind.is_file() || kind.is_dir() || kind.is_symlink();
        if !exists
            || !self.scope.untracked
            || self.scope.excludes(&path)
            || folder.ignores(&path, kind.is_dir())
        {
            Continue(())
        } else if kind.is_dir() && matches!(place::at(&item.path()), Ok(None)) {
            self.enter(path, &[], folder)
        } else {
            // A file, a link, or a repository of its own, which counts even when it is empty.
            Break(())
        }
    }

    fn enter(&mut self, path: PathBuf, tracked: &'a [IndexEntry], outer: &Folder<'a>) -> Step {
        let rules = if outer.ignores(&path, true) { None } else { outer.rules.clone() };
        self.folders.push(Folder { path, tracked, rules });
        Continue(())
    }

    fn learn(&mut self, differs: Result<bool, String>) -> Step {
        match differs {
            Ok(true) => Break(()),
            Ok(false) => Continue(()),
            Err(reason) => self.unsure(&reason),
        }
    }

    fn unsure(&mut self, reason: &str) -> Step {
        self.doubt.get_or_insert_with(|| reason.to_owned());
        Continue(())
    }
}

/// Breaks if one of these entries should be on disk.
fn may_lack(group: &[IndexEntry]) -> Step {
    let may = |entry| entry::is_assumed_unchanged(entry) || entry::is_skipped(entry);
    if group.iter().all(may) { Continue(()) } else { Break(()) }
}
