//! The files of a project, as far as configuration lies: bounded, and without what others made or brought.

use std::fs;
use std::path::Path;

use super::ignored::Ignored;
use crate::format::manifest;
use crate::model::layout::{join, split};
use crate::model::project::Skipped;
use crate::model::slot::{DEDICATED, is_strong};

/// How many folders deep configuration lies.
const MAX_DEPTH: usize = 6;

/// Why the rest of a project was not searched.
pub const TOO_MANY: &str = "the project holds more than 50,000 files; name the layout with [[stack]]";

/// How many entries are looked at; a tree that holds more is no longer searched, and that is said.
const MAX_ENTRIES: usize = 50_000;

/// Folders that hold what tools made, what others wrote, what tests play with, and translations.
const PASSED_OVER: &[&str] = &[
    "node_modules",
    "bower_components",
    "vendor",
    "target",
    "dist",
    "build",
    "out",
    "bin",
    "obj",
    "venv",
    "__pycache__",
    "site-packages",
    "pods",
    "coverage",
    "tmp",
    "log",
    "logs",
    "tests",
    "spec",
    "specs",
    "cypress",
    "fixture",
    "fixtures",
    "mocks",
    "snapshots",
    "testdata",
    "test-data",
    "seeds",
    "datasets",
    "examples",
    "samples",
    "i18n",
    "locale",
    "locales",
    "lang",
    "translations",
    "openapi",
    "swagger",
    "molecule",
    "playbooks",
];

/// Hidden folders that are looked into all the same.
const HIDDEN_TOO: &[&str] = &[".envs", ".env", ".config", ".docker", ".deploy", ".helm", ".k8s"];

/// What a walk found.
#[derive(Default)]
pub struct Walk {
    /// The paths of files, relative to the root, in the order of their names.
    pub files: Vec<String>,
    /// What was passed over and may surprise.
    pub skipped: Vec<Skipped>,
}

impl Walk {
    /// The project's own folder is told as `.`.
    fn skip(&mut self, folder: String, reason: &'static str) {
        let path = if folder.is_empty() { ".".to_owned() } else { folder };
        self.skipped.push(Skipped { path, reason });
    }
}

/// Walks through the project at `root`. Links to folders are not followed.
pub fn walk(root: &Path) -> Walk {
    walk_at_most(root, MAX_ENTRIES)
}

fn walk_at_most(root: &Path, most: usize) -> Walk {
    let mut walk = Walk::default();
    let mut folders = vec![(String::new(), 0)];
    let mut ignored = Ignored::default();
    let mut seen = 0;
    while let Some((folder, depth)) = folders.pop() {
        let Ok(listed) = fs::read_dir(root.join(&folder)) else {
            walk.skip(folder, "the folder may not be read");
            continue;
        };
        let mut entries: Vec<_> =
            listed.flatten().take(most.saturating_sub(seen).saturating_add(1)).collect();
        seen += entries.len();
        if seen > most {
            walk.skip(folder, TOO_MANY);
            break;
        }
        entries.sort_by_key(std::fs::DirEntry::file_name);
        let around = Around::of(&folder, &entries);
        ignored.read(root, &folder);
        for entry in entries {
            let Ok(name) = entry.file_name().into_string() else { continue };
            let path = join(&folder, &name);
            if !entry.file_type().is_ok_and(|kind| kind.is_dir()) {
                walk.files.push(path);
            } else if depth < MAX_DEPTH && !around.is_passed_over(&name) && !ignored.takes_out(&path) {
                match is_project(root, &path) {
                    true => walk.skipped.push(Skipped { path, reason: "a project of its own" }),
                    false => folders.push((path, depth + 1)),
                }
            }
        }
    }
    walk.files.sort();
    walk
}

/// What lies around a folder, as far as it tells what the folder is for.
struct Around {
    /// Is a name that starts with a dot one of an environment?
    is_envs: bool,
    /// Do environments have folders here? Then `test` is one of them, else it holds tests.
    has_environments: bool,
    /// Is it a chart? Then its templates are no YAML.
    is_chart: bool,
}

impl Around {
    fn of(folder: &str, entries: &[fs::DirEntry]) -> Self {
        let has =
            |is: &dyn Fn(&str) -> bool| entries.iter().any(|one| one.file_name().to_str().is_some_and(is));
        let is_envs = split(folder).1 == ".envs";
        Self {
            is_envs,
            has_environments: is_envs || DEDICATED.contains(&split(folder).1) || has(&is_strong),
            is_chart: has(&|name| name == "Chart.yaml"),
        }
    }

    fn is_passed_over(&self, name: &str) -> bool {
        let is_hidden = name.starts_with('.') && !HIDDEN_TOO.contains(&name) && !self.is_envs;
        let lower = name.trim_matches('_').to_ascii_lowercase();
        let is_of_tests =
            lower == "test" || lower == "e2e" || name.ends_with("Tests") || lower.ends_with("-tests");
        let is_of_chart = matches!(name, "templates" | "ci");
        is_hidden
            || (is_of_tests && !self.has_environments)
            || (is_of_chart && self.is_chart)
            || PASSED_OVER.contains(&name)
            || PASSED_OVER.contains(&lower.as_str())
    }
}

/// Another repository, or a folder with a manifest of its own.
fn is_project(root: &Path, folder: &str) -> bool {
    let folder = root.join(folder);
    folder.join(".git").exists() || folder.join(manifest::FILE).exists()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn skipped(walk: &Walk) -> Vec<(&str, &str)> {
        walk.skipped.iter().map(|one| (one.path.as_str(), one.reason)).collect()
    }

    #[test]
    fn a_folder_that_cannot_be_read_is_told_by_a_name() {
        let dir = tempfile::tempdir().unwrap();
        let gone = walk(&dir.path().join("gone"));
        assert_eq!(skipped(&gone), [(".", "the folder may not be read")]);
    }

    #[test]
    fn a_walk_ends_at_its_bound_and_names_the_folder() {
        let dir = tempfile::tempdir().unwrap();
        fs::create_dir(dir.path().join("a")).unwrap();
        for name in ["1", "2", "a/3", "a/4"] {
            fs::write(dir.path().join(name), "").unwrap();
        }
        let all = walk_at_most(dir.path(), 5);
        assert!(all.skipped.is_empty() && all.files.len() == 4);
        for (most, folder, files) in [(4, "a", 2), (2, ".", 0)] {
            let walk = walk_at_most(dir.path(), most);
            assert_eq!((walk.skipped.len(), walk.files.len()), (1, files));
            assert_eq!(walk.skipped[0].path, folder);
        }
    }
}
