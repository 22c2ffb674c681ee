//! Writing a file so that whoever reads it sees the old content or the new, and never half of either.

use std::fs::{self, File, Permissions};
use std::io::{self, Write};
use std::os::unix::fs::PermissionsExt;
use std::path::Path;

/// Replaces the file at `path`, whose folder exists. It can be read and written by its owner alone.
///
/// The new content is on the disk before it takes the old one's name; the name follows, where the system lets a folder
/// be synced. Nothing fails after the rename: whoever hears of a failure may say that nothing has changed.
///
/// # Errors
/// Where anything fails; the old file is then as it was.
pub fn write(path: &Path, bytes: &[u8]) -> io::Result<()> {
    replace(path, bytes, 0o600)
}

/// The same for a file that belongs to the project, and that everybody may read.
///
/// # Errors
/// Where anything fails; the old file is then as it was.
pub fn write_for_all(path: &Path, bytes: &[u8]) -> io::Result<()> {
    replace(path, bytes, 0o644)
}

/// The same, with the permissions of the file that is there.
///
/// # Errors
/// Where anything fails; the old file is then as it was.
pub fn write_in_place(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let mode = fs::symlink_metadata(path).map_or(0o644, |old| old.permissions().mode() & 0o777);
    replace(path, bytes, mode)
}

fn replace(path: &Path, bytes: &[u8], mode: u32) -> io::Result<()> {
    let folder = path.parent().ok_or(io::ErrorKind::InvalidInput)?;
    let mut new = tempfile::Builder::new().prefix(".envctl-").tempfile_in(folder)?;
    new.as_file().set_permissions(Permissions::from_mode(mode))?;
    new.write_all(bytes)?;
    new.as_file().sync_all()?;
    new.persist(path)?;
    let _ = File::open(folder).and_then(|folder| folder.sync_all());
    Ok(())
}

/// Creates `path` with `bytes` if nothing has that name yet.
///
/// # Errors
/// Where it cannot be created.
pub fn create_once(path: &Path, bytes: &[u8]) -> io::Result<()> {
    match fs::symlink_metadata(path) {
        Ok(_) => Ok(()),
        Err(error) if error.kind() == io::ErrorKind::NotFound => write(path, bytes),
        Err(error) => Err(error),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_link_is_replaced_and_its_target_left_alone() {
        let temp = tempfile::tempdir().unwrap();
        let (target, link) = (temp.path().join("target"), temp.path().join("link"));
        fs::write(&target, "old").unwrap();
        std::os::unix::fs::symlink(&target, &link).unwrap();
        write(&link, b"new").unwrap();
        assert_eq!(fs::read_to_string(&target).unwrap(), "old");
        assert_eq!(fs::read_to_string(&link).unwrap(), "new");
        assert_eq!(fs::metadata(&link).unwrap().permissions().mode() & 0o777, 0o600);
        assert_eq!(fs::read_dir(temp.path()).unwrap().count(), 2);
    }
}
