//! How git keeps single files: in the index, ignored, or open to the next `git add .`.

use std::collections::HashMap;
use std::os::unix::ffi::OsStrExt;
use std::path::{Path, PathBuf};
use std::rc::Rc;

use git2::{Index, Repository};

use super::folder::{GITIGNORE, gitignore};
use super::ignore::Rules;
use super::place::{self, Place};
use super::repository;
use crate::model::custody::Kept;

/// How git keeps the files at `paths`, which are relative to `root`, in their order.
///
/// Each file is judged by the repository nearest to it, be that a submodule, and as what it is once links are followed.
/// A repository is opened at most once, and none where there are no paths.
pub fn kept<'p>(root: &Path, paths: impl IntoIterator<Item = &'p str>) -> Vec<Kept> {
    let mut yards = Yards::default();
    paths.into_iter().map(|path| yards.kept(&root.join(path))).collect()
}

/// The repositories that were met.
#[derive(Default)]
struct Yards {
    /// The work tree around each folder.
    around: HashMap<PathBuf, Around>,
    /// What was opened, by its work tree; or why that failed.
    open: HashMap<PathBuf, Result<Yard, String>>,
}

/// What is around a folder.
#[derive(Clone)]
enum Around {
    Nothing,
    /// What is there cannot be asked, and why.
    Unreadable(String),
    WorkTree(PathBuf),
}

impl Yards {
    fn kept(&mut self, path: &Path) -> Kept {
        self.judge(path).unwrap_or_else(Kept::Unknown)
    }

    fn judge(&mut self, path: &Path) -> Result<Kept, String> {
        let path = path.canonicalize().map_err(|_| "a file is gone, or the way to it cannot be read")?;
        let folder = path.parent().ok_or("a file lies in no folder")?;
        let top = match self.around(folder) {
            Around::Nothing => return Ok(Kept::Nowhere),
            Around::Unreadable(reason) => return Err(reason),
            Around::WorkTree(top) => top,
        };
        let inside = path.strip_prefix(&top).map_err(|_| "the work tree is elsewhere")?;
        match self.open.get_mut(&top) {
            Some(Ok(yard)) => Ok(yard.kept(inside)?),
            Some(Err(reason)) => Err(reason.clone()),
            None => Err("the repository was not opened".to_owned()),
        }
    }

    fn around(&mut self, folder: &Path) -> Around {
        if let Some(known) = self.around.get(folder) {
            return known.clone();
        }
        let found = match place::search(folder, None) {
            Ok(None) => Around::Nothing,
            Ok(Some(place)) => self.enter(&place),
            Err(reason) => Around::Unreadable(reason),
        };
        self.around.insert(folder.to_owned(), found.clone());
        found
    }

    fn enter(&mut self, place: &Place) -> Around {
        let Some(top) = &place.work_tree else {
            return Around::Unreadable(
                "the project lies in a bare repository, or inside a git folder".to_owned(),
            );
        };
        self.open.entry(top.clone()).or_insert_with(|| Yard::open(place));
        Around::WorkTree(top.clone())
    }
}

/// An open repository with a work tree.
struct Yard {
    repo: Repository,
    index: Index,
    top: PathBuf,
    /// The rules that hold everywhere.
    shared: Rc<Rules>,
    /// The rules that hold in each folder.
    inside: HashMap<PathBuf, Rc<Rules>>,
}

impl Yard {
    fn open(place: &Place) -> Result<Self, String> {
        let repo = repository::open(place)?;
        let index = repo.index().map_err(|_| "the index is damaged, split or sparse")?;
        let config = repo
            .config()
            .and_then(|mut config| config.snapshot())
            .map_err(|_| "git's configuration cannot be read")?;
        let shared = Rules::shared(&config, place)?;
        let top = place.work_tree.clone().ok_or("bare repository")?;
        Ok(Self { repo, index, top, shared, inside: HashMap::new() })
    }

    /// How the file at `path`, seen from the top, is kept.
    fn kept(&mut self, path: &Path) -> Result<Kept, &'static str> {
        /// The three sides of a conflict stand beside what is merged.
        const STAGES: std::ops::RangeInclusive<i32> = 0..=3;
        if STAGES.into_iter().any(|stage| self.index.get_path(path, stage).is_some()) {
            return Ok(Kept::Tracked);
        }
        Ok(if self.ignores(path)? { Kept::Ignored } else { Kept::Exposed })
    }

    /// Is the file ignored, or a folder on the way to it?
    fn ignores(&mut self, path: &Path) -> Result<bool, &'static str> {
        let mut rules = Rc::clone(&self.shared);
        let mut folder = PathBuf::new();
        for name in path {
            rules = self.rules(&folder, rules)?;
            let inner = folder.join(name);
            if rules.ignore(inner.as_os_str().as_bytes(), inner != path) {
                return Ok(true);
            }
            folder = inner;
        }
        Ok(false)
    }

    /// The rules in `folder`, where those of the folder above are `above`.
    fn rules(&mut self, folder: &Path, above: Rc<Rules>) -> Result<Rc<Rules>, &'static str> {
        if let Some(known) = self.inside.get(folder) {
            return Ok(Rc::clone(known));
        }
        let path = folder.join(GITIGNORE);
        let on_disk = self.top.join(&path);
        let on_disk = on_disk.symlink_metadata().ok().map(|meta| (on_disk, meta.is_file()));
        let in_index = self.index.get_path(&path, 0);
        let base = folder.as_os_str().len();
        let base = if base == 0 { 0 } else { base + 1 };
        let rules = match gitignore(&self.repo, on_disk, in_index.as_ref())? {
            Some(text) => above.and(&text, base),
            None => above,
        };
        self.inside.insert(folder.to_owned(), Rc::clone(&rules));
        Ok(rules)
    }
}
