//! A project of another time in a folder: private, temporary, and gone with the value.
//!
//! The files lie there as long as it takes to read them. So discovery, layers and formats see what they would see in a
//! checkout, and the work tree is left alone.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Write};
use std::os::unix::fs::{OpenOptionsExt, symlink};
use std::path::Path;

use tempfile::TempDir;

use super::{Root, discover, folder, modules};
use crate::format::{self, manifest};
use crate::model::fault::Fault;
use crate::model::git::Blob;
use crate::model::layout::split;

/// A folder that only its owner may enter, with files in it.
pub struct Replica {
    /// The project in it. Its folder has the original's name.
    pub root: Root,
    _folder: TempDir,
}

impl Replica {
    /// Writes `files`, whose paths stay inside, below a new folder.
    ///
    /// # Errors
    /// A [`Fault`] where no temporary folder can be written.
    pub fn of(original: &Root, files: &[Blob]) -> Result<Self, Fault> {
        written(original, files).map_err(|error| {
            let what =
                format!("a temporary folder for the past cannot be written: {}", folder::reason(&error));
            Fault::new(what).help("make room in it, or name another one with TMPDIR")
        })
    }
}

fn written(original: &Root, files: &[Blob]) -> io::Result<Replica> {
    let folder = TempDir::with_prefix("envctl-")?;
    let top = folder.path().canonicalize()?;
    let dir = original.dir.file_name().map_or_else(|| top.join("project"), |name| top.join(name));
    fs::create_dir(&dir)?;
    // Folders come first and links last, and nothing replaces anything: nothing is ever written through a link.
    for file in files {
        dir.join(&file.path).parent().map_or(Ok(()), fs::create_dir_all)?;
    }
    for file in files.iter().filter(|file| !file.is_link) {
        write(&dir.join(&file.path), &file.bytes)?;
    }
    for link in files.iter().filter(|file| file.is_link) {
        if let Ok(target) = std::str::from_utf8(&link.bytes) {
            let _ = symlink(target, dir.join(&link.path)); // a target that no link can have leads nowhere
        }
    }
    Ok(Replica { root: Root { dir }, _folder: folder })
}

/// A tree that names one file twice is broken; the first one counts.
fn write(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let made: io::Result<File> = OpenOptions::new().write(true).create_new(true).mode(0o600).open(path);
    match made {
        Ok(mut file) => file.write_all(bytes),
        Err(error) if matches!(error.kind(), io::ErrorKind::AlreadyExists | io::ErrorKind::IsADirectory) => {
            Ok(())
        }
        Err(error) => Err(error),
    }
}

/// May loading a project open the file at `path`, relative to its root?
pub fn is_read(path: &str) -> bool {
    let name = split(path).1;
    name == manifest::FILE
        || name == ".gitignore"
        || format::of_path(path).is_some()
        || modules::is_terraform(path)
        || discover::gives_a_loader_away(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn blob(path: &str, text: &str, is_link: bool) -> Blob {
        Blob { path: path.to_owned(), bytes: text.as_bytes().to_vec(), is_link }
    }

    #[test]
    fn nothing_is_written_through_a_link_and_nothing_is_left() {
        let outside = tempfile::tempdir().unwrap();
        let root = Root { dir: "/somewhere/shop".into() };
        let target = outside.path().to_str().unwrap();
        let files = [
            blob("a", target, true),
            blob("a/b", "x", false),
            blob("a/l", "x", true),
            blob("c", "1", false),
            blob("c", "2", false),
        ];
        let replica = Replica::of(&root, &files).unwrap();
        let dir = replica.root.dir.clone();
        assert_eq!(replica.root.name(), "shop");
        assert_eq!(fs::read_to_string(dir.join("a/b")).unwrap(), "x");
        assert_eq!(fs::read_to_string(dir.join("c")).unwrap(), "1");
        assert_eq!(fs::read_dir(outside.path()).unwrap().count(), 0);
        drop(replica);
        assert!(!dir.exists());
    }

    #[test]
    fn only_what_loading_opens_is_read() {
        for path in [".env", "envs/dev/.env.local", "envctl.toml", "package.json", "a/.gitignore", "main.tf"]
        {
            assert!(is_read(path), "{path}");
        }
        for path in ["src/main.rs", "image.png", "README.md"] {
            assert!(!is_read(path), "{path}");
        }
    }
}
