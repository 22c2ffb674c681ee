//! The files of a project, as far as configuration lies: bounded, and without what others made or brought.

use std::fs;
use std::path::Path;

use crate::format::manifest;
use crate::model::layout::join;
use crate::model::project::Skipped;

/// How many folders deep configuration lies.
const MAX_DEPTH: usize = 6;

/// How many entries are looked at; a tree that holds more is no longer searched, and that is said.
const MAX_ENTRIES: usize = 50_000;

/// Folders that hold what tools made, what others wrote, or what tests play with.
const PASSED_OVER: &[&str] = &[
    "node_modules",
    "bower_components",
    "vendor",
    "target",
    "dist",
    "build",
    "out",
    "venv",
    "__pycache__",
    "coverage",
    "tmp",
    "log",
    "logs",
    "tests",
    "spec",
    "specs",
    "__tests__",
    "fixtures",
    "__fixtures__",
    "testdata",
    "test-data",
    "cypress",
    "examples",
    "samples",
    "Pods",
    "site-packages",
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

/// Walks through the project at `root`. Links to folders are not followed.
pub fn walk(root: &Path) -> Walk {
    let mut walk = Walk::default();
    let mut folders = vec![(String::new(), 0)];
    let mut seen = 0;
    while let Some((folder, depth)) = folders.pop() {
        let mut entries: Vec<_> = fs::read_dir(root.join(&folder)).into_iter().flatten().flatten().collect();
        seen += entries.len();
        if seen > MAX_ENTRIES {
            walk.skipped.push(Skipped {
                path: folder,
                reason: "the project holds more than 50,000 files; name the layout with [[stack]]",
            });
            break;
        }
        entries.sort_by_key(std::fs::DirEntry::file_name);
        for entry in entries {
            let Ok(name) = entry.file_name().into_string() else { continue };
            let path = join(&folder, &name);
            if !entry.file_type().is_ok_and(|kind| kind.is_dir()) {
                walk.files.push(path);
            } else if depth < MAX_DEPTH && !is_passed_over(&folder, &name) {
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

fn is_passed_over(folder: &str, name: &str) -> bool {
    let is_hidden = name.starts_with('.') && !HIDDEN_TOO.contains(&name) && !folder.ends_with(".envs");
    let is_test_code = name == "test" && folder.ends_with("src");
    is_hidden || is_test_code || PASSED_OVER.contains(&name)
}

/// Another repository, or a folder with a manifest of its own.
fn is_project(root: &Path, folder: &str) -> bool {
    let folder = root.join(folder);
    folder.join(".git").exists() || folder.join(manifest::FILE).exists()
}
