//! Adding to a file that somebody else has made and will read: the summary of a job, its variables.

use std::fs::{File, OpenOptions};
use std::io::{self, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::path::Path;

use rustix::fs::OFlags;

/// The largest such file, in bytes; GitHub takes no step's summary that is larger.
const LARGEST: u64 = 1 << 20;

/// Adds `bytes` to the regular file at `path`; it is made where there is none. It never waits for a reader.
///
/// # Errors
/// Where there is no such folder, or no room in the file.
pub fn append(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let flags = OFlags::NONBLOCK.bits().cast_signed();
    let mut file: File = OpenOptions::new().append(true).create(true).custom_flags(flags).open(path)?;
    let there = file.metadata()?;
    if !there.is_file() {
        return Err(io::ErrorKind::InvalidInput.into());
    }
    if there.len() + bytes.len() as u64 > LARGEST {
        return Err(io::ErrorKind::FileTooLarge.into());
    }
    file.write_all(bytes)
}
