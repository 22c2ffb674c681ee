//! Folders that a project's own `.gitignore` takes out: what tools built there is nobody's configuration.
//!
//! Only folders, and none that environments live in: their files are ignored because they hold secrets.

use std::fs;
use std::path::Path;

use wildmatch::WildMatch;

use super::file::MAX_BYTES;
use crate::model::layout::{join, split};
use crate::model::slot::is_for_environments;

/// How many patterns are kept: each is asked about each folder.
const MAX_PATTERNS: usize = 1_000;

/// The patterns of the `.gitignore` files on the way down.
#[derive(Default)]
pub struct Ignored {
    patterns: Vec<Pattern>,
}

struct Pattern {
    /// The folder whose `.gitignore` says it, with a `/` at its end unless it is the top.
    base: String,
    /// Is it about a path below `base`, rather than about a name?
    is_path: bool,
    is_negative: bool,
    glob: WildMatch,
}

impl Ignored {
    /// Adds what the `.gitignore` of `folder` says.
    pub fn read(&mut self, root: &Path, folder: &str) {
        let path = root.join(join(folder, ".gitignore"));
        let is_small = path.symlink_metadata().is_ok_and(|meta| meta.is_file() && meta.len() <= MAX_BYTES);
        let text = is_small.then(|| fs::read_to_string(path).ok()).flatten().unwrap_or_default();
        let base = if folder.is_empty() { String::new() } else { format!("{folder}/") };
        let room = MAX_PATTERNS.saturating_sub(self.patterns.len());
        self.patterns.extend(text.lines().filter_map(|line| Pattern::parse(line, &base)).take(room));
    }

    /// Is the folder at `path` one that git does not see, and that no environments live in?
    pub fn takes_out(&self, path: &str) -> bool {
        let last = self.patterns.iter().rev().find(|pattern| pattern.matches(path));
        last.is_some_and(|pattern| !pattern.is_negative) && !path.split('/').any(is_for_environments)
    }
}

impl Pattern {
    fn parse(line: &str, base: &str) -> Option<Self> {
        let line = line.trim();
        let (line, is_negative) = line.strip_prefix('!').map_or((line, false), |line| (line, true));
        let line = line.strip_suffix('/').unwrap_or(line);
        let text = line.trim_start_matches("**/").trim_start_matches('/');
        let is_everything = text.chars().all(|c| matches!(c, '*' | '/'));
        let is_path = text.contains('/') || line.starts_with('/');
        (!is_everything && !text.starts_with('#')).then(|| Self {
            base: base.to_owned(),
            is_path,
            is_negative,
            glob: WildMatch::new(text),
        })
    }

    fn matches(&self, path: &str) -> bool {
        let below = path.strip_prefix(&self.base);
        below.is_some_and(|below| self.glob.matches(if self.is_path { below } else { split(below).1 }))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folders_are_taken_out_by_name_and_by_path_but_none_of_environments() {
        let text = "# built\n*\n/build-output/\n.venv*/\nweb/gen\n!web/generated\n.envs/*\nsecrets/\nlogs-*\n!logs-kept/\n";
        let patterns = text.lines().filter_map(|line| Pattern::parse(line, "app/")).collect();
        let ignored = Ignored { patterns };
        for (path, want) in [
            ("app/build-output", true),
            ("app/x/build-output", false),
            ("build-output", false),
            ("app/x/.venv2", true),
            ("app/web/gen", true),
            ("app/.envs/.production", false),
            ("app/secrets", false),
            ("app/logs-old", true),
            ("app/logs-kept", false),
            ("app/config", false),
        ] {
            assert_eq!(ignored.takes_out(path), want, "{path}");
        }
    }
}
