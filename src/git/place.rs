//! Where the repository is: the walk upward, done with plain file reads as gitrepository-layout(5) describes.

use std::ffi::OsStr;
use std::fs::{self, File};
use std::io::{ErrorKind, Read};
use std::os::unix::ffi::OsStrExt;
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};

/// A repository's folders, all absolute and free of symbolic links.
pub(super) struct Place {
    /// Holds HEAD and the index.
    pub git_dir: PathBuf,
    /// Holds configuration, references and objects; differs from `git_dir` in a linked worktree.
    pub common_dir: PathBuf,
    /// The folder with the `.git` in it; none for a bare repository and inside a git folder.
    pub work_tree: Option<PathBuf>,
}

impl Place {
    /// Git keeps the repositories of submodules in the outer repository's `.git/modules`.
    pub fn is_submodule(&self) -> bool {
        let parts: Vec<_> = self.git_dir.iter().collect();
        parts.windows(2).any(|pair| pair == [".git", "modules"])
    }
}

/// The nearest repository at or above `start`, on the same file system, below `ceiling`; an error where there is none.
pub(super) fn find(start: &Path, ceiling: Option<&Path>) -> Result<Place, String> {
    search(start, ceiling)?.ok_or_else(|| "not a git repository".to_owned())
}

/// The same; an error where what is there cannot be read.
pub(super) fn search(start: &Path, ceiling: Option<&Path>) -> Result<Option<Place>, String> {
    let start = start.canonicalize().map_err(|_| "the folder cannot be read")?;
    let ceiling = ceiling.and_then(|path| path.canonicalize().ok());
    let device = device(&start);
    for folder in start.ancestors() {
        let outside = Some(folder) == ceiling.as_deref() || device != self::device(folder);
        if outside && folder != start {
            break;
        }
        if let Some(place) = at(folder)? {
            return Ok(Some(place));
        }
        if let Some(common_dir) = common_dir(folder)? {
            return Ok(Some(Place { git_dir: folder.to_owned(), common_dir, work_tree: None }));
        }
    }
    Ok(None)
}

/// The repository whose work tree is `folder`, if its `.git` is one. Git passes over any other `.git`: an empty folder.
pub(super) fn at(folder: &Path) -> Result<Option<Place>, String> {
    let dot_git = folder.join(".git");
    let git_dir = match fs::metadata(&dot_git) {
        Ok(meta) if meta.is_file() => linked(folder, &dot_git)?,
        Ok(meta) if meta.is_dir() => dot_git,
        Err(error) if error.kind() == ErrorKind::PermissionDenied => {
            return Err(UNREADABLE.to_owned());
        }
        _ => return Ok(None),
    };
    let Some(common_dir) = common_dir(&git_dir)? else {
        return Ok(None);
    };
    let git_dir = git_dir.canonicalize().map_err(|_| UNREADABLE)?;
    Ok(Some(Place { git_dir, common_dir, work_tree: Some(folder.to_owned()) }))
}

const UNREADABLE: &str = "the .git here cannot be read";

/// Follows a `.git` file: `gitdir: PATH`, relative to its own folder.
fn linked(folder: &Path, dot_git: &Path) -> Result<PathBuf, String> {
    let text = read_small(dot_git).ok_or(UNREADABLE)?;
    let path = text.strip_prefix(b"gitdir: ").ok_or("the .git file here has no gitdir in it")?;
    let git_dir = folder.join(OsStr::from_bytes(path.trim_ascii_end()));
    match common_dir(&git_dir)? {
        Some(_) => Ok(git_dir),
        None => Err("the .git file here leads to no repository".to_owned()),
    }
}

/// What makes a folder a git folder: a HEAD, `objects` and `refs`, the latter two maybe in another folder.
fn common_dir(git_dir: &Path) -> Result<Option<PathBuf>, String> {
    match fs::symlink_metadata(git_dir.join("HEAD")) {
        Ok(_) => {}
        Err(error) if error.kind() == ErrorKind::PermissionDenied => {
            return Err(UNREADABLE.to_owned());
        }
        Err(_) => return Ok(None),
    }
    let common = match read_small(&git_dir.join("commondir")) {
        Some(path) => git_dir.join(OsStr::from_bytes(path.trim_ascii_end())),
        None => git_dir.to_owned(),
    };
    let whole = common.join("objects").is_dir() && common.join("refs").is_dir();
    Ok(if whole { common.canonicalize().ok() } else { None })
}

fn device(folder: &Path) -> Option<u64> {
    fs::metadata(folder).ok().map(|meta| meta.dev())
}

/// The start of a file, if it is a regular one: a pipe would keep us waiting for ever.
pub(super) fn read_small(path: &Path) -> Option<Vec<u8>> {
    const LIMIT: u64 = 16 * 1024;
    if !fs::metadata(path).ok()?.is_file() {
        return None;
    }
    let mut text = Vec::new();
    File::open(path).ok()?.take(LIMIT).read_to_end(&mut text).ok()?;
    Some(text)
}
