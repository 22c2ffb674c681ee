//! Reading one file of a project, without waiting, without leaving the project, and within bounds.

use std::cell::RefCell;
use std::collections::HashMap;
use std::fs::{self, File, Metadata, OpenOptions};
use std::io::{self, ErrorKind, Read};
use std::os::unix::fs::{FileTypeExt, OpenOptionsExt, PermissionsExt};
use std::path::{Path, PathBuf};

use jiff::Timestamp;
use rustix::fs::OFlags;
use rustix::io::Errno;

use super::Root;
use crate::format::Format;
use crate::model::custody::Mode;
use crate::model::loader::Loader;
use crate::model::source::{Problem, Stamp};

/// The largest file that is read, in bytes.
pub const MAX_BYTES: u64 = 1 << 20;

/// A file that was read.
pub struct Content {
    /// What is in it.
    pub bytes: Vec<u8>,
    /// Its size and time.
    pub stamp: Stamp,
    /// Who may read and write it.
    pub mode: Mode,
}

/// A text that is read in place of a file of the project, which need not be there.
pub struct StandIn {
    /// The file's path, relative to the root.
    pub path: String,
    /// The text.
    pub bytes: Vec<u8>,
    /// What it is written in, where the path does not say so.
    pub format: Option<&'static Format>,
}

/// Reads the files of one project.
pub struct Reader<'r> {
    root: &'r Root,
    stand_in: Option<&'r StandIn>,
    /// Folders that were looked at, and whether they lie in the project.
    folders: RefCell<HashMap<PathBuf, bool>>,
    /// What loads dotenv files in each folder that was asked about.
    loaders: RefCell<HashMap<String, Option<&'static Loader>>>,
}

impl<'r> Reader<'r> {
    /// A reader for the project at `root`.
    pub fn new(root: &'r Root) -> Self {
        Self::over(root, None)
    }

    /// A reader that reads one text in place of a file.
    pub fn over(root: &'r Root, stand_in: Option<&'r StandIn>) -> Self {
        Self { root, stand_in, folders: RefCell::default(), loaders: RefCell::default() }
    }

    /// What is read in place of the file at `path`, if anything.
    pub fn stand_in(&self, path: &str) -> Option<&'r StandIn> {
        self.stand_in.filter(|stand_in| stand_in.path == path)
    }

    /// The file at `path`, relative to the root; `None` where there is no file.
    ///
    /// # Errors
    /// A [`Problem`] for what is there and is not to be read.
    pub fn read(&self, path: &str) -> Result<Option<Content>, Problem> {
        if let Some(StandIn { bytes, .. }) = self.stand_in(path) {
            let stamp = Stamp { size: bytes.len() as u64, modified: None };
            return Ok(Some(Content { bytes: bytes.clone(), stamp, mode: Mode::new(0o600) }));
        }
        let full = self.root.dir.join(path);
        if !full.parent().is_none_or(|folder| self.is_inside(folder)) {
            return Err(outside());
        }
        match open(&full)
            .or_else(|error| if is_link(&error) { self.open_link(&full) } else { Err(error.into()) })
        {
            Ok(file) => read_regular(file, MAX_BYTES).map(Some),
            Err(Refused::Io(error)) if is_absent(&error) => Ok(None),
            Err(Refused::Io(error)) => Err(unreadable(&error)),
            Err(Refused::Because(problem)) => Err(problem),
        }
    }

    /// What loads dotenv files in `folder`; `find` is asked once.
    pub fn loader_in(
        &self,
        folder: &str,
        find: impl FnOnce() -> Option<&'static Loader>,
    ) -> Option<&'static Loader> {
        if let Some(known) = self.loaders.borrow().get(folder) {
            return *known;
        }
        let found = find();
        self.loaders.borrow_mut().insert(folder.to_owned(), found);
        found
    }

    /// Is there anything at `path`, be it only a link to nowhere?
    pub fn is_there(&self, path: &str) -> bool {
        self.stand_in(path).is_some() || self.root.dir.join(path).symlink_metadata().is_ok()
    }

    fn open_link(&self, path: &Path) -> Result<File, Refused> {
        let target = path.canonicalize().map_err(|_| nowhere())?;
        if !target.starts_with(&self.root.dir) {
            return Err(Refused::Because(outside()));
        }
        Ok(open(&target)?)
    }

    /// Does `folder` lie in the project once its links are followed? A folder that is not there does.
    pub fn is_inside(&self, folder: &Path) -> bool {
        if let Some(known) = self.folders.borrow().get(folder) {
            return *known;
        }
        let inside = folder.canonicalize().map_or(true, |real| real.starts_with(&self.root.dir));
        self.folders.borrow_mut().insert(folder.to_owned(), inside);
        inside
    }
}

/// The bytes of a small file of our own, which may be no link: nobody else writes it.
///
/// # Errors
/// Why it is not ours, as the end of a sentence.
pub fn read_small(path: &Path) -> Result<Option<Vec<u8>>, &'static str> {
    read_own(path, MAX_BYTES)
}

/// The bytes of a file of our own that has at most `max` of them.
///
/// # Errors
/// Why it is not ours, as the end of a sentence.
pub fn read_own(path: &Path, max: u64) -> Result<Option<Vec<u8>>, &'static str> {
    match open(path) {
        Ok(file) => read_regular(file, max).map(|read| Some(read.bytes)).map_err(|_| "is no file of ours"),
        Err(error) if is_absent(&error) => Ok(None),
        Err(error) if is_link(&error) => Err("is a link, and is not followed"),
        Err(_) => Err("cannot be read"),
    }
}

/// The bytes of a small file of our own that nobody but its owner may open.
///
/// # Errors
/// Why it is not ours, or not ours alone, as the end of a sentence.
pub fn read_private(path: &Path) -> Result<Option<Vec<u8>>, &'static str> {
    let content = match open(path) {
        Ok(file) => read_regular(file, MAX_BYTES).map_err(|_| "is no file of ours")?,
        Err(error) if is_absent(&error) => return Ok(None),
        Err(error) if is_link(&error) => return Err("is a link, and is not followed"),
        Err(_) => return Err("cannot be read"),
    };
    match content.mode.is_open() {
        false => Ok(Some(content.bytes)),
        true => Err("may be opened by others"),
    }
}

/// The bytes of a file that was named on the command line, wherever it is; `None` where there is none.
///
/// # Errors
/// A [`Problem`] for what is there and is not to be read.
pub fn read_named(path: &Path) -> Result<Option<Vec<u8>>, Problem> {
    let flags = (OFlags::NONBLOCK | OFlags::CLOEXEC).bits();
    match OpenOptions::new().read(true).custom_flags(flags.cast_signed()).open(path) {
        Ok(file) => read_regular(file, MAX_BYTES).map(|read| Some(read.bytes)),
        Err(error) if is_absent(&error) => Ok(None),
        Err(error) => Err(unreadable(&error)),
    }
}

enum Refused {
    Io(io::Error),
    Because(Problem),
}

impl From<io::Error> for Refused {
    fn from(error: io::Error) -> Self {
        Self::Io(error)
    }
}

/// Opens without following a link and without waiting for the other end of a pipe.
fn open(path: &Path) -> io::Result<File> {
    let flags = (OFlags::NONBLOCK | OFlags::NOFOLLOW | OFlags::CLOEXEC).bits();
    OpenOptions::new().read(true).custom_flags(flags.cast_signed()).open(path)
}

fn is_link(error: &io::Error) -> bool {
    // FreeBSD says EMLINK where POSIX says ELOOP.
    matches!(Errno::from_io_error(error), Some(Errno::LOOP | Errno::MLINK))
}

fn is_absent(error: &io::Error) -> bool {
    matches!(error.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory)
}

fn read_regular(file: File, max: u64) -> Result<Content, Problem> {
    let metadata = file.metadata().map_err(|error| unreadable(&error))?;
    let kind = metadata.file_type();
    if kind.is_dir() {
        return Err(problem("this is a folder, not a file", "remove it, or name it in `ignore`"));
    }
    if !kind.is_file() {
        let what = if kind.is_fifo() {
            "this is a pipe, not a file"
        } else {
            "this is a device or a socket, not a file"
        };
        return Err(problem(what, "remove it, or name it in `ignore`"));
    }
    let mut bytes = Vec::with_capacity(usize::try_from(metadata.len().min(max)).unwrap_or_default() + 1);
    file.take(max + 1).read_to_end(&mut bytes).map_err(|error| unreadable(&error))?;
    if bytes.len() as u64 > max {
        return Err(problem(
            "the file is larger than 1 MiB",
            "keep data out of configuration, or name it in `ignore`",
        ));
    }
    let mode = Mode::new(metadata.permissions().mode());
    Ok(Content { bytes, stamp: stamp_of(&metadata), mode })
}

/// The size and time of the file at `path`, relative to the root; `None` where there is no file.
pub fn stamp(root: &Root, path: &str) -> Option<Stamp> {
    let metadata = fs::symlink_metadata(root.dir.join(path)).ok()?;
    metadata.is_file().then(|| stamp_of(&metadata))
}

fn stamp_of(metadata: &Metadata) -> Stamp {
    let modified = metadata.modified().ok().and_then(|time| Timestamp::try_from(time).ok());
    Stamp { size: metadata.len(), modified }
}

fn unreadable(error: &io::Error) -> Problem {
    match error.kind() {
        ErrorKind::PermissionDenied => problem("the file may not be read", "change its owner or its mode"),
        _ if Errno::from_io_error(error) == Some(Errno::NXIO) => {
            problem("this is a device or a socket, not a file", "remove it, or name it in `ignore`")
        }
        _ => problem("the file cannot be read", "look at it with other tools; the disk may be failing"),
    }
}

fn outside() -> Problem {
    problem("a link leads out of the project, and is not followed", "copy the file into the project")
}

fn nowhere() -> Refused {
    Refused::Because(problem("a link leads nowhere", "remove it, or create its target"))
}

fn problem(message: &str, help: &str) -> Problem {
    Problem { message: message.to_owned(), help: help.to_owned(), offset: None }
}
