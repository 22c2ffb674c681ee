//! `[project] ignore`: paths and globs, compiled once, because each is asked about each path.

use std::collections::HashMap;

use wildmatch::WildMatch;

/// The paths that a manifest takes out.
#[derive(Default)]
pub struct Ignore {
    /// Paths without `*` and `?`, and whether only a folder is meant.
    plain: HashMap<String, bool>,
    globs: Vec<Glob>,
}

struct Glob {
    /// What stands before the first `*` or `?`: nearly all paths are told apart by it.
    start: String,
    glob: WildMatch,
    is_folder: bool,
}

impl Ignore {
    /// From patterns as written; one that ends with `/` means folders only.
    pub fn new(patterns: impl IntoIterator<Item = String>) -> Self {
        let mut ignore = Self::default();
        for pattern in patterns {
            let text = pattern.trim_end_matches('/');
            let is_folder = text.len() < pattern.len();
            match text.find(['*', '?']).and_then(|at| text.get(..at)) {
                Some(start) => {
                    ignore.globs.push(Glob {
                        start: start.to_owned(),
                        glob: WildMatch::new(text),
                        is_folder,
                    });
                }
                None => {
                    let only_folders = ignore.plain.entry(text.to_owned()).or_insert(true);
                    *only_folders &= is_folder;
                }
            }
        }
        ignore
    }

    /// Is `path`, or a folder that holds it, taken out? A folder's own path ends with `/`.
    pub fn takes_out(&self, path: &str) -> bool {
        let folders = path.match_indices('/').filter_map(|(at, _)| path.get(..at));
        folders.map(|folder| (folder, true)).chain([(path, false)]).any(|(path, is_folder)| {
            self.plain.get(path).is_some_and(|only_folders| is_folder || !only_folders)
                || self.globs.iter().any(|one| (is_folder || !one.is_folder) && one.matches(path))
        })
    }
}

impl Glob {
    fn matches(&self, path: &str) -> bool {
        path.starts_with(&self.start) && self.glob.matches(path)
    }
}

#[cfg(test)]
mod tests {
    use std::time::{Duration, Instant};

    use super::*;

    fn ignore(patterns: &[&str]) -> Ignore {
        Ignore::new(patterns.iter().map(|pattern| (*pattern).to_owned()))
    }

    #[test]
    fn a_pattern_takes_out_a_path_and_what_lies_in_it_and_one_with_a_slash_folders_only() {
        for (pattern, path, want) in [
            ("config", "config/a.yml", true),
            ("config", "config", true),
            ("config/", "config/a.yml", true),
            ("config/", "config", false),
            ("config/", "configs/a.yml", false),
            ("conf*/", "a/config", false),
            ("conf*/", "config/b/a.yml", true),
            ("conf*/", "conf.yml", false),
            ("envs/old", "envs/old/", true),
            ("envs/old/", "envs/old/", true),
            ("envs/old/*", "envs/old/", true),
            ("envs/*/.env.local", "envs/a/.env.local", true),
            ("*.yml", "a/b.yml", true),
            ("", "a", false),
        ] {
            assert_eq!(ignore(&[pattern]).takes_out(path), want, "{pattern} {path}");
        }
        assert!(ignore(&["a/", "a"]).takes_out("a") && ignore(&["a", "a/"]).takes_out("a"));
    }

    #[test]
    fn thousands_of_patterns_are_asked_about_thousands_of_paths_in_a_moment() {
        let patterns = (0..2_000).map(|n| format!("services/{n}/*/generated-*.yml"));
        let ignore = Ignore::new(patterns);
        let start = Instant::now();
        let paths = (0..2_000).map(|n| format!("packages/{n}/config/production.yml"));
        assert_eq!(paths.filter(|path| ignore.takes_out(path)).count(), 0);
        assert!(start.elapsed() < Duration::from_secs(30));
    }
}
