//! The files of the repository, and the modules that Rust's `mod` makes of them.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use super::code::{self, Code};

/// A source file as a module.
pub struct Module {
    /// Its path in the repository.
    pub file: String,
    /// Its path in the crate, `crate` first.
    pub path: Vec<String>,
    /// Its text.
    pub text: String,
    /// What it says.
    pub code: Code,
    /// Is it compiled for tests only?
    pub in_test: bool,
}

impl Module {
    /// The top-level module it belongs to; `lib` or `main` for the files on top.
    pub fn unit(&self) -> &str {
        self.path
            .get(1)
            .map_or_else(|| self.file.trim_start_matches("src/").trim_end_matches(".rs"), String::as_str)
    }
}

/// The repository's folder.
pub fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The text of a file of the repository.
pub fn text(file: &str) -> String {
    fs::read_to_string(root().join(file)).unwrap_or_else(|error| panic!("{file}: {error}"))
}

/// The files under `folder` whose names end with `ending`, sorted. Hidden folders and build results are left out.
pub fn files(folder: &str, ending: &str) -> Vec<String> {
    let mut found = Vec::new();
    collect(&root().join(folder), ending, &mut found);
    found.sort();
    found
}

fn collect(folder: &Path, ending: &str, found: &mut Vec<String>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        if path.is_dir() {
            if !name.starts_with('.') && name != "target" {
                collect(&path, ending, found);
            }
        } else if name.ends_with(ending) {
            found.push(path.strip_prefix(root()).unwrap().to_string_lossy().into_owned());
        }
    }
}

/// Every module of the program: reached from `src/lib.rs` and `src/main.rs`.
pub fn program() -> &'static [Module] {
    static PROGRAM: LazyLock<Vec<Module>> =
        LazyLock::new(|| [reached("src/lib.rs"), reached("src/main.rs")].into_iter().flatten().collect());
    &PROGRAM
}

/// The modules that `file` reaches through `mod` declarations, itself first.
pub fn reached(file: &str) -> Vec<Module> {
    let mut modules = vec![module(file.to_owned(), vec!["crate".to_owned()], false)];
    let mut next = 0;
    while let Some(parent) = modules.get(next) {
        let children: Vec<_> =
            parent.code.children.iter().filter_map(|child| declared(parent, child)).collect();
        modules.extend(children);
        next += 1;
    }
    modules
}

fn declared(parent: &Module, child: &code::Child) -> Option<Module> {
    let mut folder = PathBuf::from(&parent.file);
    let stem = folder.file_stem()?.to_string_lossy().into_owned();
    folder.pop();
    if !matches!(stem.as_str(), "mod" | "lib" | "main") {
        folder.push(stem);
    }
    folder.extend(&child.parent[parent.path.len()..]);
    let names = [format!("{}.rs", child.name), format!("{}/mod.rs", child.name)];
    let file = names.iter().map(|name| folder.join(name)).find(|file| root().join(file).is_file())?;
    let path = child.parent.iter().cloned().chain([child.name.clone()]).collect();
    Some(module(file.to_string_lossy().into_owned(), path, parent.in_test || child.in_test))
}

fn module(file: String, path: Vec<String>, in_test: bool) -> Module {
    let text = text(&file);
    let code = code::read(&text, &path);
    Module { file, path, text, code, in_test }
}

/// The top-level modules of the library, each with its files.
pub fn units() -> BTreeMap<String, Vec<String>> {
    let mut units = BTreeMap::<_, Vec<_>>::new();
    for module in program().iter().filter(|module| module.path.len() > 1) {
        units.entry(module.unit().to_owned()).or_default().push(module.file.clone());
    }
    units
}
