//! Runs that stand alone: while a program runs in one environment of a project, none starts in another.
//!
//! Each environment has a file that its runs share a lock on; the system ends it with the process. What is written in the
//! file is only for people.

use std::fs::{File, OpenOptions, TryLockError};
use std::io::{self, Read, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::path::Path;
use std::thread::sleep;
use std::time::{Duration, Instant};

use rustix::fs::OFlags;

use super::Root;
use super::folder::{self, STATE_DIR, reason};
use crate::model::fault::Fault;

/// The folder of these files, in that of local state.
const DIR: &str = "run";

/// How long another envctl may look at a file.
const PATIENCE: Duration = Duration::from_secs(5);
/// A lock that is there for so long is no look, of which each takes microseconds.
const LOOK: Duration = Duration::from_millis(50);

/// A place that nobody in another environment has, until it is dropped.
pub struct Held {
    _file: File,
}

/// Who is in the way.
pub struct Holder {
    /// The environment.
    pub environment: String,
    /// What its run wrote about itself.
    pub words: String,
}

/// Who runs alone in one of these environments; nothing where nobody does.
pub fn holder<'e>(root: &Root, others: impl Iterator<Item = &'e str>) -> Option<Holder> {
    let dir = root.dir.join(STATE_DIR).join(DIR);
    if !dir.is_dir() {
        return None;
    }
    others.into_iter().find_map(|environment| {
        let file = open(&dir, environment, OpenOptions::new().read(true)).ok()?;
        is_held(&file).then_some(())?;
        let mut words = Vec::new();
        let _ = (&file).take(200).read_to_end(&mut words);
        let words = String::from_utf8_lossy(&words).lines().next().unwrap_or_default().to_owned();
        Some(Holder { environment: environment.to_owned(), words })
    })
}

/// Runs alone in `environment`, unless somebody runs in one of the others. `words` say who does.
///
/// # Errors
/// A [`Fault`] where no lock can be had.
pub fn take<'e>(
    root: &Root,
    environment: &str,
    others: impl Iterator<Item = &'e str>,
    words: &str,
) -> Result<Result<Held, Holder>, Fault> {
    let dir = folder::state_dir(root)?.join(DIR);
    folder::make(&dir, &format!("{STATE_DIR}/{DIR}"))?;
    let _one_after_another = folder::lock(&dir)?;
    if let Some(holder) = holder(root, others) {
        return Ok(Err(holder));
    }
    let failed = |error: &io::Error| {
        let what =
            format!("the lock of {environment} in {STATE_DIR}/{DIR} cannot be taken: {}", reason(error));
        Fault::new(what).help("make the folder writable, on a file system that can lock")
    };
    let mut options = OpenOptions::new();
    let mut file = open(&dir, environment, options.write(true).create(true).truncate(false))
        .map_err(|error| failed(&error))?;
    let until = Instant::now() + PATIENCE;
    loop {
        match file.try_lock_shared() {
            Ok(()) => break,
            Err(TryLockError::WouldBlock) if Instant::now() < until => sleep(Duration::from_millis(1)),
            Err(TryLockError::WouldBlock) => return Err(failed(&io::ErrorKind::WouldBlock.into())),
            Err(TryLockError::Error(error)) => return Err(failed(&error)),
        }
    }
    let written = file.set_len(0).and_then(|()| file.write_all(words.as_bytes()));
    written.map_err(|error| failed(&error))?;
    Ok(Ok(Held { _file: file }))
}

/// Has somebody a lock on the file who keeps it? Who only looks, as this does, lets go at once.
fn is_held(file: &File) -> bool {
    let until = Instant::now() + LOOK;
    while let Err(TryLockError::WouldBlock) = file.try_lock() {
        if Instant::now() >= until {
            return true;
        }
        sleep(Duration::from_millis(1));
    }
    false
}

fn open(dir: &Path, environment: &str, options: &mut OpenOptions) -> io::Result<File> {
    let flags = (OFlags::NOFOLLOW | OFlags::CLOEXEC | OFlags::NONBLOCK).bits().cast_signed();
    options.mode(0o600).custom_flags(flags).open(dir.join(format!("{environment}.lock")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_only_looks_is_taken_for_nobody() {
        let temp = tempfile::tempdir().unwrap();
        let root = Root::exactly(temp.path()).unwrap();
        drop(take(&root, "dev", ["staging"].into_iter(), "").unwrap());
        let path = root.dir.join(STATE_DIR).join(DIR).join("dev.lock");
        let looked = File::open(&path).unwrap();
        looked.lock().unwrap();
        let looker = std::thread::spawn(move || {
            sleep(Duration::from_millis(5));
            drop(looked);
        });
        assert!(holder(&root, ["dev"].into_iter()).is_none());
        looker.join().unwrap();
        let held = take(&root, "dev", ["staging"].into_iter(), "words\n").unwrap().ok().unwrap();
        assert_eq!(holder(&root, ["dev"].into_iter()).unwrap().words, "words");
        drop(held);
    }
}
