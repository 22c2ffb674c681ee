//! A journal: lines that are only ever added, in at most two files of bounded size. Nobody waits for anybody.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Write};
use std::os::unix::fs::{FileExt, MetadataExt, OpenOptionsExt};
use std::path::{Path, PathBuf};

use rustix::fs::OFlags;

use super::{folder, read_own};
use crate::model::fault::Fault;

/// The size from which on a journal is begun anew, in bytes.
const LARGEST: u64 = 1 << 20;
/// A journal that nobody could put aside grows no further than this.
const LIMIT: u64 = 2 * LARGEST;

/// A journal in a folder of our own.
pub struct Journal<'j> {
    /// The folder.
    pub dir: &'j Path,
    /// What its files are called: `NAME.jsonl`, and `NAME.1.jsonl` for what was put aside.
    pub name: &'static str,
}

impl Journal<'_> {
    fn path(&self) -> PathBuf {
        self.dir.join(format!("{}.jsonl", self.name))
    }

    fn aside(&self) -> PathBuf {
        self.dir.join(format!("{}.1.jsonl", self.name))
    }

    /// Adds `line`, which has no line break in it, in one write. The folder is made if need be; links and pipes are not
    /// followed.
    ///
    /// # Errors
    /// Why it cannot be added, as the end of a sentence.
    pub fn add(&self, line: &str) -> Result<(), &'static str> {
        folder::make(self.dir, "the folder").map_err(|_| "its folder cannot be used")?;
        let length = line.len() as u64 + 1;
        let mut file = self.open()?;
        if size(&file)? + length > LARGEST && self.put_aside(&file) {
            file = self.open()?;
        }
        let there = size(&file)?;
        if there + length > LIMIT {
            return Err("it is full, and cannot be put aside");
        }
        // What the last one could not write to its end is a line of its own.
        let begin = if ends_a_line(&file, there) { "" } else { "\n" };
        file.write_all(format!("{begin}{line}\n").as_bytes()).map_err(|error| folder::reason(&error))
    }

    fn open(&self) -> Result<File, &'static str> {
        let flags = (OFlags::NOFOLLOW | OFlags::CLOEXEC | OFlags::NONBLOCK).bits().cast_signed();
        let mut options = OpenOptions::new();
        options.read(true).append(true).create(true).mode(0o600).custom_flags(flags);
        let file = options.open(self.path()).map_err(|error| folder::reason(&error))?;
        let is_file = file.metadata().is_ok_and(|found| found.is_file());
        if is_file { Ok(file) } else { Err("something else has its name") }
    }

    /// Gives the journal its second name, unless another envctl is doing that.
    fn put_aside(&self, file: &File) -> bool {
        if file.try_lock().is_err() {
            return false;
        }
        let is_same =
            |one: &fs::Metadata, other: &fs::Metadata| (one.dev(), one.ino()) == (other.dev(), other.ino());
        match (file.metadata(), fs::symlink_metadata(self.path())) {
            (Ok(ours), Ok(there)) if is_same(&ours, &there) => fs::rename(self.path(), self.aside()).is_ok(),
            _ => true, // it was done between the opening and the lock
        }
    }

    /// Everything in it, oldest first.
    ///
    /// # Errors
    /// A [`Fault`] where something else lies in its place.
    pub fn read(&self) -> Result<String, Fault> {
        let mut text = String::new();
        for path in [self.aside(), self.path()] {
            let bytes = read_own(&path, LIMIT).map_err(|why| {
                Fault::new(format!("{} {why}", path.display())).help("move it out of the way")
            })?;
            text += &String::from_utf8_lossy(&bytes.unwrap_or_default());
            if !text.is_empty() && !text.ends_with('\n') {
                text.push('\n');
            }
        }
        Ok(text)
    }
}

fn size(file: &File) -> Result<u64, &'static str> {
    file.metadata().map(|found| found.len()).map_err(|error| folder::reason(&error))
}

fn ends_a_line(file: &File, size: u64) -> bool {
    let mut last = [b'\n'];
    let Some(at) = size.checked_sub(1) else { return true };
    let read: io::Result<()> = file.read_exact_at(&mut last, at);
    read.is_err() || last == [b'\n']
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_full_journal_is_put_aside_and_at_most_two_files_are_kept() {
        let temp = tempfile::tempdir().unwrap();
        let journal = Journal { dir: temp.path(), name: "audit" };
        let line = "x".repeat(400 << 10);
        for round in 0..9 {
            journal.add(&format!("{round}{line}")).unwrap();
        }
        let text = journal.read().unwrap();
        let firsts: String = text.lines().filter_map(|line| line.chars().next()).collect();
        assert_eq!(firsts, "678");
        assert_eq!(fs::read_dir(temp.path()).unwrap().count(), 2);
    }

    #[test]
    fn where_another_puts_it_aside_nobody_waits_and_it_still_ends_somewhere() {
        let temp = tempfile::tempdir().unwrap();
        let journal = Journal { dir: temp.path(), name: "audit" };
        let line = "x".repeat(900 << 10);
        journal.add(&line).unwrap();
        let other = File::open(journal.path()).unwrap();
        other.lock().unwrap();
        journal.add(&line).unwrap();
        assert!(journal.add(&line).is_err() && !journal.aside().exists());
        drop(other);
        journal.add("short").unwrap();
        assert_eq!(fs::read_to_string(journal.path()).unwrap(), "short\n");
    }

    #[test]
    fn half_a_line_does_not_spoil_the_next_one() {
        let temp = tempfile::tempdir().unwrap();
        let journal = Journal { dir: temp.path(), name: "audit" };
        fs::write(journal.path(), "half").unwrap();
        journal.add("whole").unwrap();
        assert_eq!(journal.read().unwrap(), "half\nwhole\n");
    }

    #[test]
    fn what_is_no_file_of_ours_is_neither_written_nor_read() {
        let temp = tempfile::tempdir().unwrap();
        let journal = Journal { dir: temp.path(), name: "audit" };
        let target = temp.path().join("target");
        std::os::unix::fs::symlink(&target, journal.path()).unwrap();
        assert!(journal.add("line").is_err() && journal.read().is_err() && !target.exists());
        fs::remove_file(journal.path()).unwrap();
        fs::create_dir(journal.path()).unwrap();
        assert!(journal.add("line").is_err() && journal.read().is_err());
    }
}
