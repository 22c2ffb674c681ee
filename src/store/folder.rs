//! The folders that envctl writes to: real ones, its own, and locked while it does.

use std::fs::{self, DirBuilder, File, OpenOptions, TryLockError};
use std::io;
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt};
use std::path::{Path, PathBuf};
use std::thread::sleep;
use std::time::{Duration, Instant};

use rustix::fs::OFlags;

use super::Root;
use super::atomic;
use crate::model::fault::Fault;

/// The folder of local state in a project.
pub const STATE_DIR: &str = ".envctl";

/// How long to wait for another envctl that writes.
const PATIENCE: Duration = Duration::from_secs(5);

/// The project's state folder, made if need be. It ignores itself, so that no repository takes it in.
///
/// # Errors
/// A [`Fault`] where it is no real folder, or cannot be written.
pub fn state_dir(root: &Root) -> Result<PathBuf, Fault> {
    let dir = root.dir.join(STATE_DIR);
    let failed = |error: &io::Error| {
        Fault::new(format!("{STATE_DIR} cannot be written: {}", reason(error)))
            .help("make the project's folder writable")
    };
    make(&dir, STATE_DIR)?;
    atomic::create_once(&dir.join(".gitignore"), b"*\n").map_err(|error| failed(&error))?;
    Ok(dir)
}

/// Makes a folder that only its owner may enter, and refuses one that is a link or a file.
///
/// # Errors
/// A [`Fault`] that calls the folder `name`.
pub fn make(dir: &Path, name: &str) -> Result<(), Fault> {
    make_with(dir, name, 0o700)
}

/// Makes a folder of the project, as the user's other folders are, and refuses one that is a link or a file.
///
/// # Errors
/// A [`Fault`] that calls the folder `name`.
pub fn make_for_all(dir: &Path, name: &str) -> Result<(), Fault> {
    make_with(dir, name, 0o777)
}

fn make_with(dir: &Path, name: &str, mode: u32) -> Result<(), Fault> {
    match fs::symlink_metadata(dir) {
        Ok(found) if found.is_dir() => Ok(()),
        Ok(_) => {
            Err(Fault::new(format!("{name} is no real folder")).help("remove it; a link could lead anywhere"))
        }
        Err(_) => DirBuilder::new().recursive(true).mode(mode).create(dir).map_err(|error| {
            Fault::new(format!("{name} cannot be created: {}", reason(&error)))
                .help("make its folder writable")
        }),
    }
}

/// A lock that ends with its value, or with the process.
pub struct Lock {
    _file: File,
}

/// Waits until no other envctl writes in `dir`.
///
/// # Errors
/// A [`Fault`] where the lock cannot be had in five seconds.
pub fn lock(dir: &Path) -> Result<Lock, Fault> {
    let flags = (OFlags::NOFOLLOW | OFlags::CLOEXEC | OFlags::NONBLOCK).bits().cast_signed();
    let mut options = OpenOptions::new();
    let file = options
        .write(true)
        .create(true)
        .truncate(false)
        .mode(0o600)
        .custom_flags(flags)
        .open(dir.join("lock"));
    let file = file.map_err(|error| no_lock(dir, &error))?;
    let until = Instant::now() + PATIENCE;
    loop {
        match file.try_lock() {
            Ok(()) => return Ok(Lock { _file: file }),
            Err(TryLockError::WouldBlock) if Instant::now() < until => sleep(Duration::from_millis(5)),
            Err(TryLockError::Error(error)) => return Err(no_lock(dir, &error)),
            Err(TryLockError::WouldBlock) => {
                let message =
                    format!("another envctl has held the lock in {} for five seconds", dir.display());
                return Err(Fault::new(message).help("end it, then try again"));
            }
        }
    }
}

fn no_lock(dir: &Path, error: &io::Error) -> Fault {
    Fault::new(format!("the lock in {} cannot be taken: {}", dir.display(), reason(error)))
        .help("make the folder writable, on a file system that can lock")
}

/// What the system says, in our words.
pub fn reason(error: &io::Error) -> &'static str {
    match error.kind() {
        io::ErrorKind::PermissionDenied => "permission denied",
        io::ErrorKind::ReadOnlyFilesystem => "the file system is read-only",
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => "the disk is full",
        io::ErrorKind::NotFound => "its folder does not exist",
        io::ErrorKind::IsADirectory => "a folder has that name",
        io::ErrorKind::NotADirectory => "a part of its path is no folder",
        _ => "the system refused",
    }
}
