//! Where a finding stands, as those see it who look at the repository rather than at the project.

use std::collections::HashMap;
use std::fmt::Write;

use super::Report;
use crate::model::finding::Finding;
use crate::model::position::Position;
use crate::model::source::Origin;

/// What is needed to name a place for a platform, which knows files of a repository and nothing else.
#[derive(Default)]
pub struct Places<'r> {
    /// The project's folder, relative to the repository's root, with `/` at its end; empty where they are the same.
    pub base: String,
    /// The file to blame where a finding names none.
    pub fallback: &'r str,
    /// What sources are called that are no files.
    pub unreal: Vec<&'r str>,
}

/// A place in a file of the repository.
pub struct Place {
    /// The path from the repository's root.
    pub path: String,
    /// Where in the file; its beginning where that is not known.
    pub at: Position,
}

impl Places<'_> {
    /// Where `origin` is.
    pub fn of(&self, origin: Option<&Origin>) -> Place {
        let real = origin.filter(|origin| !self.unreal.contains(&origin.file.as_str()));
        let file = real.map_or(self.fallback, |origin| &origin.file);
        let at = real.and_then(|origin| origin.at).unwrap_or(Position { line: 1, column: 1 });
        Place { path: format!("{}{file}", self.base), at }
    }

    /// `path:line:column` for people; the name of what is no file.
    pub fn text(&self, origin: &Origin) -> String {
        if self.unreal.contains(&origin.file.as_str()) {
            return origin.file.clone();
        }
        let Place { path, at } = self.of(Some(origin));
        origin.at.map_or_else(|| path.clone(), |_| format!("{path}:{}:{}", at.line, at.column))
    }
}

impl Report<'_> {
    /// The findings, the worst first; of equally bad ones those of the most precious environment.
    pub fn worst_first(&self) -> Vec<&Finding> {
        let names = self.environments.iter().map(|judged| judged.name());
        let ranks: HashMap<&str, usize> = names.zip(1..).collect();
        let rank = |finding: &Finding| {
            let ranks = finding.environments.iter().filter_map(|name| ranks.get(name.as_str()));
            ranks.max().copied()
        };
        let mut findings: Vec<_> = self.findings.iter().collect();
        findings.sort_by_cached_key(|finding| std::cmp::Reverse((finding.severity, rank(finding))));
        findings
    }

    /// A fingerprint for each finding: the same in every run, whatever stands above it in its file, and no two alike.
    pub fn fingerprints(&self) -> Vec<String> {
        let mut seen: HashMap<u128, u32> = HashMap::new();
        let fingerprint = |finding: &Finding| {
            let identity = identity(finding);
            let count = seen.entry(identity).or_default();
            *count += 1;
            match *count {
                1 => format!("{identity:032x}"),
                again => format!("{:032x}", fold(identity, &again.to_string())),
            }
        };
        self.findings.iter().map(fingerprint).collect()
    }
}

/// What makes a finding the one it is: neither its line nor its message, which may count keys and days. The empty texts
/// stand between the lists.
fn identity(finding: &Finding) -> u128 {
    let file = finding.origin.as_ref().map_or("", |origin| &origin.file);
    let mut about: Vec<&str> = finding.about().collect();
    about.sort_unstable();
    let names = finding.environments.iter().map(|name| name.as_str());
    let mut related: Vec<[&str; 3]> = finding
        .related
        .iter()
        .map(|other| [other.environment.as_str(), &other.key, &other.origin.file])
        .collect();
    related.sort_unstable();
    let parts = [finding.rule, file].into_iter().chain(about).chain([""]).chain(names).chain([""]);
    parts.chain(related.into_iter().flatten()).fold(OFFSET, fold)
}

/// FNV-1a of 128 bits, for it never changes and needs no library. Source: RFC 9923.
const OFFSET: u128 = 0x6c62_272e_07bb_0142_62b8_2175_6295_c58d;
const PRIME: u128 = 0x0000_0000_0100_0000_0000_0000_0000_013b;

/// `hash` with `text` and an end of text added.
fn fold(hash: u128, text: &str) -> u128 {
    let bytes = text.bytes().chain(std::iter::once(0));
    bytes.fold(hash, |hash, byte| (hash ^ u128::from(byte)).wrapping_mul(PRIME))
}

/// `path` as a relative reference of RFC 3986.
pub fn uri(path: &str) -> String {
    let mut uri = String::with_capacity(path.len());
    for byte in path.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'/' => {
                uri.push(char::from(byte));
            }
            _ => {
                let _ = write!(uri, "%{byte:02X}");
            }
        }
    }
    uri
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_becomes_a_relative_reference() {
        assert_eq!(uri("a b/ü:%.env\n"), "a%20b/%C3%BC%3A%25.env%0A");
    }

    #[test]
    fn the_hash_is_the_published_one() {
        // FNV-1a of "a", less the end of text that `fold` adds: RFC 9923, appendix C
        assert_eq!(fold(OFFSET, "a"), 0xd228_cb69_6f1a_8caf_7891_2b70_4e4a_8964_u128.wrapping_mul(PRIME));
    }

    #[test]
    fn what_is_no_file_is_blamed_on_the_fallback() {
        let places = Places { base: "app/".to_owned(), fallback: "envctl.toml", unreal: vec!["process"] };
        let origin = Origin { file: "process".to_owned(), at: None, outline: None };
        assert_eq!(places.of(Some(&origin)).path, "app/envctl.toml");
        assert_eq!(places.of(None).at.line, 1);
        assert_eq!(places.text(&origin), "process");
    }
}
