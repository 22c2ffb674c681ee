//! One entry of the index, as gitformat-index(5) describes it, held against the file it stands for.

use std::ffi::OsStr;
use std::fs::{self, Metadata};
use std::os::unix::ffi::OsStrExt;
use std::os::unix::fs::MetadataExt;
use std::path::Path;

use git2::{Config, Index, IndexEntry, IndexEntryExtendedFlag, IndexEntryFlag};

const KIND: u32 = 0o170000;
const LINK: u32 = 0o120000;
const SUBMODULE: u32 = 0o160000;
const EXECUTABLE: u32 = 0o100;

pub(super) fn path(entry: &IndexEntry) -> &Path {
    Path::new(OsStr::from_bytes(&entry.path))
}

/// The part of the path that begins at `base`: a name in the folder whose names begin there.
pub(super) fn name(entry: &IndexEntry, base: usize) -> &OsStr {
    let rest = entry.path.get(base..).unwrap_or_default();
    OsStr::from_bytes(rest.split(|byte| *byte == b'/').next().unwrap_or_default())
}

/// The entry with this path, among some in order.
pub(super) fn find<'a>(entries: &'a [IndexEntry], path: &Path) -> Option<&'a IndexEntry> {
    let path = path.as_os_str().as_bytes();
    let at = entries.binary_search_by(|entry| entry.path.as_slice().cmp(path)).ok()?;
    entries.get(at)
}

pub(super) fn is_submodule(entry: &IndexEntry) -> bool {
    entry.mode & KIND == SUBMODULE
}

/// `git update-index --assume-unchanged`.
pub(super) fn is_assumed_unchanged(entry: &IndexEntry) -> bool {
    entry.flags & IndexEntryFlag::VALID.bits() != 0
}

/// `git update-index --skip-worktree`, or outside of a sparse checkout.
pub(super) fn is_skipped(entry: &IndexEntry) -> bool {
    entry.flags_extended & IndexEntryExtendedFlag::SKIP_WORKTREE.bits() != 0
}

/// What of a file's metadata can be trusted in this repository.
pub(super) struct Trust {
    /// `core.fileMode`: the file system keeps the executable bit.
    mode: bool,
    /// `core.symlinks`: it keeps links; where it does not, git writes them as plain files.
    links: bool,
    /// The second in which the index was written: what changed then, or later, may have left no trace.
    written: i64,
}

impl Trust {
    pub fn new(config: &Config, index: &Index) -> Trust {
        let written =
            index.path().and_then(|path| fs::metadata(path).ok()).map_or(i64::MIN, |meta| meta.mtime());
        let flag = |key| config.get_bool(key).unwrap_or(true);
        Trust { mode: flag("core.fileMode"), links: flag("core.symlinks"), written }
    }
}

/// What a file's metadata tells about it.
pub(super) enum Stat {
    Same,
    Differs,
    /// Only the content can tell.
    Doubtful,
}

/// Judges as git's `ie_match_stat` does.
pub(super) fn compare(entry: &IndexEntry, file: &Metadata, trust: &Trust) -> Stat {
    let added_by_intent = entry.flags_extended & IndexEntryExtendedFlag::INTENT_TO_ADD.bits() != 0;
    let link_as_file = !trust.links && entry.mode & KIND == LINK && file.is_file();
    let other_kind = (entry.mode ^ file.mode()) & KIND != 0 && !link_as_file;
    let other_mode =
        trust.mode && file.is_file() && !link_as_file && (entry.mode ^ file.mode()) & EXECUTABLE != 0;
    // A size of 0 also marks an entry whose content git did not trust when it wrote the index.
    let other_size = entry.file_size != 0 && entry.file_size != file.len() as u32;
    if added_by_intent || other_kind || other_mode || other_size {
        return Stat::Differs;
    }
    let is_racy = i64::from(entry.mtime.seconds()) >= trust.written;
    if is_racy || entry.file_size == 0 || !same_record(entry, file) { Stat::Doubtful } else { Stat::Same }
}

/// The index keeps the lower 32 bits of each number.
fn same_record(entry: &IndexEntry, file: &Metadata) -> bool {
    let time = |time: git2::IndexTime| (time.seconds(), time.nanoseconds());
    time(entry.mtime) == (file.mtime() as i32, file.mtime_nsec() as u32)
        && time(entry.ctime) == (file.ctime() as i32, file.ctime_nsec() as u32)
        && (entry.ino, entry.uid, entry.gid) == (file.ino() as u32, file.uid(), file.gid())
}
