//! The ignore rules that hold in a folder: its own `.gitignore`, those above it, then the ones for all folders.

use std::fs;
use std::path::PathBuf;
use std::rc::Rc;

use git2::Config;

use super::pattern::Pattern;
use super::place::Place;

/// The rules of one file, and those that come after it.
pub(super) struct Rules {
    patterns: Vec<Pattern>,
    /// How many bytes of a path lead to the folder of this file.
    base: usize,
    fold_case: bool,
    above: Option<Rc<Rules>>,
}

impl Rules {
    /// What holds in all folders: `core.excludesFile`, then `info/exclude`, as gitignore(5) orders them.
    pub fn shared(config: &Config, place: &Place) -> Result<Rc<Rules>, &'static str> {
        let fold_case = config.get_bool("core.ignoreCase").unwrap_or(false);
        let mut text = Vec::new();
        for file in excludes_file(config, place).into_iter().chain([place.common_dir.join("info/exclude")]) {
            match fs::metadata(&file) {
                Ok(meta) if meta.is_file() => text.extend(fs::read(&file).map_err(|_| UNREADABLE)?),
                _ => {}
            }
            text.push(b'\n');
        }
        Ok(Rc::new(Rules::new(&text, 0, fold_case, None)))
    }

    /// What holds below a folder whose `.gitignore` says `text`; `base` counts the bytes of paths up to there.
    pub fn and(self: &Rc<Rules>, text: &[u8], base: usize) -> Rc<Rules> {
        Rc::new(Rules::new(text, base, self.fold_case, Some(Rc::clone(self))))
    }

    fn new(text: &[u8], base: usize, fold_case: bool, above: Option<Rc<Rules>>) -> Rules {
        let mut patterns = Pattern::parse_all(text);
        if fold_case {
            patterns.iter_mut().for_each(Pattern::fold_case);
        }
        Rules { patterns, base, fold_case, above }
    }

    /// Whether the last rule about `path` ignores it; the folders above it are the caller's business.
    pub fn ignore(&self, path: &[u8], is_folder: bool) -> bool {
        if self.fold_case {
            self.last_rule(&path.to_ascii_lowercase(), is_folder)
        } else {
            self.last_rule(path, is_folder)
        }
    }

    fn last_rule(&self, path: &[u8], is_folder: bool) -> bool {
        let mut next = Some(self);
        while let Some(rules) = next {
            let below = path.get(rules.base..).unwrap_or_default();
            if let Some(rule) = rules.patterns.iter().rev().find(|rule| rule.matches(below, is_folder)) {
                return !rule.negative;
            }
            next = rules.above.as_deref();
        }
        false
    }
}

const UNREADABLE: &str = "git's ignore rules cannot be read";

/// `core.excludesFile`, seen from the top of the work tree as git does, by default `git/ignore` in the user's
/// configuration folder.
fn excludes_file(config: &Config, place: &Place) -> Option<PathBuf> {
    match config.get_path("core.excludesFile") {
        Ok(path) => Some(place.work_tree.as_deref()?.join(path)),
        Err(_) => Some(configuration_folder()?.join("git/ignore")),
    }
}

/// Libgit2 finds the user's configuration through the same variables.
fn configuration_folder() -> Option<PathBuf> {
    let folder = |name| std::env::var_os(name).map(PathBuf::from).filter(|path| path.is_absolute());
    folder("XDG_CONFIG_HOME").or_else(|| Some(folder("HOME")?.join(".config")))
}
