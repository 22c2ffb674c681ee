//! The root of the project: the folder that everything is relative to.

use std::path::{Path, PathBuf};

use super::discover::ENVIRONMENTS_DIR;
use super::folder::STATE_DIR;
use crate::format::manifest;
use crate::model::fault::Fault;

/// The folder that holds the project.
#[derive(Clone, Debug)]
pub struct Root {
    /// Its real path: absolute, without links.
    pub dir: PathBuf,
}

impl Root {
    /// The project around `start`: the nearest folder upwards that holds `envctl.toml`; else the nearest `.envctl/`;
    /// else the top of the git work tree; else `start` itself. The search ends at the work tree's top and at `home`.
    ///
    /// # Errors
    /// A [`Fault`] where `start` cannot be entered.
    pub fn find(start: &Path, home: Option<&Path>) -> Result<Self, Fault> {
        let start = Self::exactly(start)?.dir;
        let home = home.and_then(|home| home.canonicalize().ok());
        let mut nearest_state = None;
        for dir in start.ancestors() {
            // Whatever has this name: what cannot be read as a manifest is told, not passed over.
            if dir.join(manifest::FILE).symlink_metadata().is_ok() {
                return Ok(Self { dir: dir.to_owned() });
            }
            let is_top = dir.join(".git").exists();
            if nearest_state.is_none() && (is_top || dir.join(STATE_DIR).is_dir()) {
                nearest_state = Some(dir.to_owned());
            }
            if is_top || home.as_deref() == Some(dir) {
                break;
            }
        }
        Ok(Self { dir: nearest_state.unwrap_or(start) })
    }

    /// The project in exactly this folder.
    ///
    /// # Errors
    /// A [`Fault`] where `dir` is no folder that can be entered.
    pub fn exactly(dir: &Path) -> Result<Self, Fault> {
        let real = dir.canonicalize().ok().filter(|real| real.is_dir());
        let fault = || Fault::new(format!("{} is no folder that can be entered", dir.display()));
        Ok(Self { dir: real.ok_or_else(|| fault().help("name an existing folder with -C or --project"))? })
    }

    /// Does anything say that this is a project, rather than any folder?
    pub fn is_project(&self) -> bool {
        self.dir.join(manifest::FILE).exists() || self.dir.join(STATE_DIR).exists()
    }

    /// Is there a folder of environments?
    pub fn has_environments(&self) -> bool {
        self.dir.join(ENVIRONMENTS_DIR).is_dir()
    }

    /// The name of the folder, for a project that has no other.
    pub fn name(&self) -> String {
        self.dir.file_name().map_or_else(|| "/".to_owned(), |name| name.to_string_lossy().into_owned())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;

    fn tree(dirs: &[&str], files: &[&str]) -> tempfile::TempDir {
        let temp = tempfile::tempdir().unwrap();
        for dir in dirs {
            fs::create_dir_all(temp.path().join(dir)).unwrap();
        }
        for file in files {
            fs::write(temp.path().join(file), "").unwrap();
        }
        temp
    }

    fn found(temp: &tempfile::TempDir, start: &str) -> String {
        let top = temp.path().canonicalize().unwrap();
        let root = Root::find(&top.join(start), Some(&top)).unwrap();
        root.dir.strip_prefix(&top).unwrap().to_string_lossy().into_owned()
    }

    #[test]
    fn a_manifest_beats_everything_below_it() {
        let temp = tree(&["p/a/.envctl", "p/a/b"], &["p/envctl.toml"]);
        assert_eq!(found(&temp, "p/a/b"), "p");
    }

    #[test]
    fn without_a_manifest_state_then_work_tree_then_here() {
        assert_eq!(found(&tree(&["p/.git", "p/a/.envctl", "p/a/b"], &[]), "p/a/b"), "p/a");
        assert_eq!(found(&tree(&["p/.git", "p/a/b"], &[]), "p/a/b"), "p");
        assert_eq!(found(&tree(&["p/a/b"], &[]), "p/a/b"), "p/a/b");
    }

    #[test]
    fn the_search_does_not_leave_the_work_tree() {
        let temp = tree(&["p/a/.git", "p/a/b"], &["p/envctl.toml"]);
        assert_eq!(found(&temp, "p/a/b"), "p/a");
    }
}
