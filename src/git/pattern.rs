//! One line of a `.gitignore`, matched as gitignore(5) says and git's `dir.c` does.
//!
//! Not libgit2's matcher: it drops a `!rule` that it thinks can undo nothing, and takes a link to a folder for one.

use super::wildmatch;

/// A rule about paths below the folder of its file.
pub(super) struct Pattern {
    glob: Vec<u8>,
    /// How much of `glob` is plain text, to be compared before anything is matched.
    plain: usize,
    only_folders: bool,
    /// Without a slash inside, the rule is about the last part of a path, at any depth.
    anywhere: bool,
    pub negative: bool,
}

impl Pattern {
    /// All rules of a file, in its order.
    pub fn parse_all(text: &[u8]) -> Vec<Pattern> {
        let text = text.strip_prefix(b"\xef\xbb\xbf").unwrap_or(text);
        text.split(|byte| *byte == b'\n').filter_map(Pattern::parse).collect()
    }

    fn parse(line: &[u8]) -> Option<Pattern> {
        let line = without_trailing_spaces(line.strip_suffix(b"\r").unwrap_or(line));
        if line.is_empty() || line.starts_with(b"#") {
            return None;
        }
        let (line, negative) = cut(line, line.strip_prefix(b"!"));
        let (glob, only_folders) = cut(line, line.strip_suffix(b"/"));
        let anywhere = !glob.contains(&b'/');
        let glob = glob.strip_prefix(b"/").unwrap_or(glob).to_vec();
        let plain = glob.iter().position(|byte| b"*?[\\".contains(byte)).unwrap_or(glob.len());
        Some(Pattern { glob, plain, only_folders, anywhere, negative })
    }

    /// Whether the rule is about `path`, seen from the folder of the rule's file.
    pub fn matches(&self, path: &[u8], is_folder: bool) -> bool {
        if self.only_folders && !is_folder {
            return false;
        }
        let last = path.rsplit(|byte| *byte == b'/').next().unwrap_or_default();
        let name = if self.anywhere { last } else { path };
        if self.plain == self.glob.len() {
            return name == self.glob;
        }
        if self.anywhere {
            return wildmatch::matches(&self.glob, name, true);
        }
        let (plain, glob) = self.glob.split_at(self.plain);
        name.strip_prefix(plain).is_some_and(|rest| wildmatch::matches(glob, rest, false))
    }

    /// The same rule for lower-case names.
    pub fn fold_case(&mut self) {
        self.glob.make_ascii_lowercase();
    }
}

fn cut<'a>(whole: &'a [u8], rest: Option<&'a [u8]>) -> (&'a [u8], bool) {
    (rest.unwrap_or(whole), rest.is_some())
}

/// Spaces at the end do not count, unless a backslash stands before them.
fn without_trailing_spaces(line: &[u8]) -> &[u8] {
    let (mut rest, mut end) = (line, 0);
    while let [byte, after @ ..] = rest {
        rest = match after {
            [_, after @ ..] if *byte == b'\\' => after,
            _ => after,
        };
        if *byte != b' ' {
            end = line.len() - rest.len();
        }
    }
    line.get(..end).unwrap_or_default()
}
