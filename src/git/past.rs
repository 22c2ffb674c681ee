//! A project as it was in a commit, read from git's objects: no work tree is written, and no filter runs.

use std::collections::VecDeque;
use std::path::{Path, PathBuf};

use git2::{Delta, DiffFindOptions, DiffOptions, ObjectType, Odb, Oid, Repository, Tree, TreeEntry};

use super::place::Place;
use super::{head, revision};
use crate::model::fault::Fault;
use crate::model::git::{Blob, Past, Renamed};
use crate::model::name::shorten;

/// The largest file that is read, in bytes, as on disk.
const MAX_BYTES: usize = 1 << 20;

/// The most bytes that are read of a commit.
const MAX_TOTAL: usize = 64 << 20;

/// The most files that are read of a commit, and the most that are looked at.
const MAX_FILES: usize = 50_000;
const MAX_ENTRIES: usize = 1_000_000;

/// The most files that are compared with each other to see which were renamed.
const MAX_RENAMED: usize = 200;

/// What stands in git's place of a file that a filter keeps elsewhere, or encrypted.
const STAND_INS: &[&[u8]] = &[b"version https://git-lfs", b"\0GITCRYPT\0"];

/// What git's file modes say of an entry.
const KIND: i32 = 0o170_000;
const LINK: i32 = 0o120_000;

/// The files of the project at `root` in the commit that `revision` means, as far as their paths, relative to the
/// project, are wanted.
///
/// # Errors
/// A [`Fault`] where there is no such commit, or git's objects cannot be read.
pub fn past(root: &Path, revision: &str, is_wanted: &dyn Fn(&str) -> bool) -> Result<Past, Fault> {
    let (repo, place) = revision::open(root, revision)?;
    let commit = revision::commit(&repo, revision)?;
    let tree = commit.tree().map_err(|_| damaged(&repo, revision))?;
    let past = Past { commit: head::short_id(&commit), ..Past::default() };
    let Some(tree) = below(&repo, tree, &folder(&place, root)) else { return Ok(past) };
    let odb = repo.odb().map_err(|_| damaged(&repo, revision))?;
    let mut search = Search { odb, is_wanted, past, bytes: 0 };
    search.all(&repo, tree).map_err(|stop| match stop {
        Stop::Damaged => damaged(&repo, revision),
        Stop::TooMuch => Fault::new(format!("the project holds too many files in `{}`", shorten(revision)))
            .help("name a smaller project with --project DIR"),
    })?;
    Ok(search.past)
}

/// The files that git holds to be renamed between `from` and `to`, or what is staged now; of the wanted ones.
///
/// # Errors
/// A [`Fault`] where there is no such commit. What git cannot compare is not renamed.
pub fn renamed(
    root: &Path,
    from: &str,
    to: Option<&str>,
    is_wanted: &dyn Fn(&str) -> bool,
) -> Result<Vec<Renamed>, Fault> {
    let (repo, place) = revision::open(root, from)?;
    let old = revision::commit(&repo, from)?.tree().ok();
    let new = to.map(|to| revision::commit(&repo, to)).transpose()?.map(|commit| commit.tree());
    let Ok(new) = new.transpose() else { return Ok(Vec::new()) };
    Ok(renames(&repo, (old.as_ref(), new.as_ref()), &folder(&place, root), is_wanted).unwrap_or_default())
}

/// The project's folder, seen from the work tree's top.
fn folder(place: &Place, root: &Path) -> PathBuf {
    let top = place.work_tree.as_deref();
    top.and_then(|top| root.strip_prefix(top).ok()).map(Path::to_owned).unwrap_or_default()
}

fn below<'r>(repo: &'r Repository, tree: Tree<'r>, folder: &Path) -> Option<Tree<'r>> {
    if folder.as_os_str().is_empty() {
        return Some(tree);
    }
    tree.get_path(folder).ok()?.to_object(repo).ok()?.into_tree().ok()
}

fn damaged(repo: &Repository, revision: &str) -> Fault {
    let help = match repo.is_shallow() {
        true => "fetch what is missing with `git fetch --unshallow`",
        false => "fetch it with `git fetch`; `git fsck` tells what is missing",
    };
    Fault::new(format!("git does not hold everything of `{}` here", shorten(revision))).help(help)
}

enum Stop {
    Damaged,
    TooMuch,
}

/// What was found of a commit so far.
struct Search<'s> {
    odb: Odb<'s>,
    is_wanted: &'s dyn Fn(&str) -> bool,
    past: Past,
    bytes: usize,
}

impl Search<'_> {
    fn all(&mut self, repo: &Repository, tree: Tree<'_>) -> Result<(), Stop> {
        let mut folders = VecDeque::from([(String::new(), tree.id())]);
        let mut seen = 0;
        while let Some((folder, id)) = folders.pop_front() {
            let tree = repo.find_tree(id).map_err(|_| Stop::Damaged)?;
            for entry in &tree {
                seen += 1;
                if seen > MAX_ENTRIES {
                    return Err(Stop::TooMuch);
                }
                let Some(path) = path(&folder, &entry) else { continue };
                match entry.kind() {
                    Some(ObjectType::Tree) if !path.ends_with("node_modules") => {
                        folders.push_back((path, entry.id()));
                    }
                    Some(ObjectType::Blob) if (self.is_wanted)(&path) => self.file(path, &entry)?,
                    _ => {} // submodules are projects of their own
                }
            }
        }
        Ok(())
    }

    fn file(&mut self, path: String, entry: &TreeEntry<'_>) -> Result<(), Stop> {
        let (size, _) = self.odb.read_header(entry.id()).map_err(|_| Stop::Damaged)?;
        if size > MAX_BYTES {
            self.past.opaque.push(path);
            return Ok(());
        }
        self.bytes += size;
        if self.bytes > MAX_TOTAL || self.past.files.len() >= MAX_FILES {
            return Err(Stop::TooMuch);
        }
        let bytes = self.odb.read(entry.id()).map_err(|_| Stop::Damaged)?.data().to_vec();
        match STAND_INS.iter().any(|stand_in| bytes.starts_with(stand_in)) {
            true => self.past.opaque.push(path),
            false => {
                let is_link = entry.filemode() & KIND == LINK;
                self.past.files.push(Blob { path, bytes, is_link });
            }
        }
        Ok(())
    }
}

/// The path of an entry; none where its name would lead elsewhere, into a repository, or nowhere.
fn path(folder: &str, entry: &TreeEntry<'_>) -> Option<String> {
    /// The longest path that systems take, in bytes.
    const LONGEST: usize = 4000;
    let name = entry.name().ok()?;
    let is_odd = matches!(name, "" | "." | "..") || name.contains(['/', '\0']) || name.len() > 255;
    if is_odd || name.eq_ignore_ascii_case(".git") || folder.len() + name.len() > LONGEST {
        return None;
    }
    Some(if folder.is_empty() { name.to_owned() } else { format!("{folder}/{name}") })
}

fn renames(
    repo: &Repository,
    (old, new): (Option<&Tree<'_>>, Option<&Tree<'_>>),
    folder: &Path,
    is_wanted: &dyn Fn(&str) -> bool,
) -> Result<Vec<Renamed>, git2::Error> {
    let diff = |options: &mut DiffOptions| match new {
        Some(_) => repo.diff_tree_to_tree(old, new, Some(options)),
        None => repo.diff_tree_to_index(old, None, Some(options)),
    };
    let odb = repo.odb()?;
    let is_small = |id: Oid| odb.read_header(id).is_ok_and(|(size, _)| size <= MAX_BYTES);
    let inside = |path: Option<&Path>| {
        let path = path?.strip_prefix(folder).ok()?.to_str()?;
        is_wanted(path).then(|| path.to_owned())
    };
    // First which files came and went, then, of those alone, which are alike: whatever else changed is not read.
    let mut options = DiffOptions::new();
    if !folder.as_os_str().is_empty() {
        options.pathspec(folder).disable_pathspec_match(true);
    }
    let all = diff(&mut options)?;
    let mut options = DiffOptions::new();
    options.disable_pathspec_match(true);
    let (mut came, mut went) = (0, 0);
    for delta in all.deltas() {
        let (file, count) = match delta.status() {
            Delta::Added => (delta.new_file(), &mut came),
            Delta::Deleted => (delta.old_file(), &mut went),
            _ => continue,
        };
        if inside(file.path()).is_some() && is_small(file.id()) && *count < MAX_RENAMED {
            *count += 1;
            options.pathspec(file.path_bytes().unwrap_or_default());
        }
    }
    if came == 0 || went == 0 {
        return Ok(Vec::new());
    }
    let mut few = diff(&mut options)?;
    few.find_similar(Some(DiffFindOptions::new().renames(true)))?;
    let renamed = few.deltas().filter(|delta| delta.status() == Delta::Renamed);
    let renamed = renamed.filter_map(|delta| {
        Some(Renamed { from: inside(delta.old_file().path())?, to: inside(delta.new_file().path())? })
    });
    Ok(renamed.collect())
}
