//! The files that hold secrets, and how they are kept.

use std::collections::{BTreeMap, BTreeSet};

use super::Draft;
use super::plaintext_among_encrypted::is_plain_secret;
use super::public_prefix_secret::is_published;
use super::weak_secret::is_guessed;
use crate::model::custody::{Kept, Mode};
use crate::model::finding::Severity;
use crate::model::place::is_local;
use crate::model::project::{Environment, Project};
use crate::model::secret::{Reason, is_plainly_public};
use crate::model::source::{Entry, Source};
use crate::model::tier::Tier;
use crate::model::url::Url;

/// The fewest bytes of a secret.
const SHORTEST: usize = 3;

/// How many keys a message names.
const NAMED: usize = 3;

/// A file with secrets in it that somebody could use.
pub struct Held<'p> {
    /// Its path, relative to the project's root.
    pub path: &'p str,
    /// Who may read and write it.
    pub mode: Mode,
    /// What git does with it.
    pub kept: Kept,
    environments: Vec<&'p Environment>,
    secrets: Vec<(&'p Source, &'p Entry)>,
}

/// The files with secrets, in the order of their paths. What git does with them is for others to find out.
pub fn held<'p>(project: &'p Project) -> Vec<Held<'p>> {
    let mut readers: BTreeMap<usize, Vec<&Environment>> = BTreeMap::new();
    for environment in &project.environments {
        let sources: BTreeSet<usize> = environment.layers.iter().map(|layer| layer.source).collect();
        sources.into_iter().for_each(|source| readers.entry(source).or_default().push(environment));
    }
    let mut files: BTreeMap<&str, Held<'p>> = BTreeMap::new();
    for (index, environments) in readers {
        let Some((source, mode)) = project.sources.get(index).and_then(|one| Some((one, one.mode?))) else {
            continue;
        };
        let serve = Serve::of(&environments);
        let mut secrets = source.entries.iter().filter(|entry| is_secret(entry, serve)).peekable();
        if secrets.peek().is_some() {
            // A file with sections is several sources.
            let file = files.entry(&source.path).or_insert_with(|| Held::new(&source.path, mode));
            file.secrets.extend(secrets.map(|entry| (source, entry)));
            file.environments.extend(environments);
        }
    }
    let in_order = |mut file: Held<'p>| {
        file.secrets.sort_by_key(|(_, entry)| entry.value_offset);
        file
    };
    files.into_values().map(in_order).collect()
}

impl<'p> Held<'p> {
    fn new(path: &'p str, mode: Mode) -> Self {
        Self { path, mode, kept: Kept::Unasked, environments: Vec::new(), secrets: Vec::new() }
    }

    /// A finding about the file, at its first secret, that begins with `what` and ends with the names of the secrets.
    pub(super) fn draft(&self, what: &str, help: String) -> Draft {
        Self::draft_of(std::slice::from_ref(&self), format!("{what} {}", self.contents()), help)
    }

    /// A finding about several files, at the first secret of the first.
    pub(super) fn draft_of(files: &[&Self], message: String, help: String) -> Draft {
        let first = files.first().and_then(|file| file.secrets.first());
        let environments = files.iter().flat_map(|file| &file.environments);
        let environments: BTreeSet<_> = environments.map(|one| &one.name).collect();
        Draft {
            environments: environments.into_iter().cloned().collect(),
            key: None,
            parts: files.iter().flat_map(|file| file.names()).map(str::to_owned).collect(),
            message,
            help: Some(help),
            origin: first.map(|(source, entry)| source.value_origin(entry)),
            related: Vec::new(),
            at_most: Severity::Error,
        }
    }

    /// `a secret: DB_PASSWORD`, `5 secrets: A, B, C and 2 more`.
    fn contents(&self) -> String {
        let names = self.names();
        let count = if names.len() == 1 { "a secret".to_owned() } else { format!("{} secrets", names.len()) };
        let (told, rest) = names.split_at_checked(NAMED).unwrap_or((&names, &[]));
        let more = if rest.is_empty() { String::new() } else { format!(" and {} more", rest.len()) };
        format!("{count}: {}{more}", told.join(", "))
    }

    /// The names of the secrets, each once.
    fn names(&self) -> Vec<&str> {
        let mut seen = BTreeSet::new();
        self.secrets.iter().map(|(_, entry)| entry.name()).filter(|name| seen.insert(*name)).collect()
    }

    /// Do several environments read it, so that it may be meant to be in git?
    pub(super) fn is_shared(&self) -> bool {
        let names: BTreeSet<_> = self.environments.iter().map(|one| &one.name).collect(); // a section each may name one twice
        names.len() > 1
    }

    /// The path as a shell takes it for an argument.
    pub(super) fn in_shell(&self) -> String {
        in_shell(self.path)
    }

    /// The line that names the file in the `.gitignore` beside the manifest.
    pub(super) fn in_gitignore(&self) -> String {
        in_gitignore(self.path)
    }
}

/// What the environments that read a file serve for.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Serve {
    /// Trying things out, where a password may be anybody's.
    Trials,
    /// That, and more: the file holds defaults for all.
    Both,
    /// Neither development nor tests.
    Others,
}

impl Serve {
    fn of(environments: &[&Environment]) -> Self {
        let is_trial =
            |one: &&&Environment| matches!(one.tier, Tier::Development | Tier::Test) && !one.is_protected();
        match environments.iter().filter(is_trial).count() {
            0 => Self::Others,
            trials if trials == environments.len() => Self::Trials,
            _ => Self::Both,
        }
    }
}

/// Is it a secret that whoever reads the file could use? What is published anyhow is none; nor is, as a default for trials,
/// the first thing that a stranger tries; nor, in trials alone, a word, or the password of a database on one's own machine.
fn is_secret(entry: &Entry, serve: Serve) -> bool {
    let is_shaped = entry.secret() == Some(Reason::Shape);
    let is_homemade = |text: &str| match Url::parse(text) {
        Some(url) if is_shaped => is_local(url.host()),
        _ => is_plainly_public(text),
    };
    is_plain_secret(entry)
        && !is_published(entry.name())
        && entry.value.judge(|text| {
            text.len() >= SHORTEST
                && !(serve != Serve::Others && is_guessed(text))
                && !(serve == Serve::Trials && is_homemade(text))
        })
}

fn in_shell(path: &str) -> String {
    let is_plain = |b: u8| b.is_ascii_alphanumeric() || b"/._-+@%=:,".contains(&b);
    let path = if path.starts_with('-') { format!("./{path}") } else { path.to_owned() };
    if path.bytes().all(is_plain) { path } else { format!("'{}'", path.replace('\'', r"'\''")) }
}

/// Anchored, and with a backslash before what would be a pattern. A line cannot hold a line break: `?` matches it.
fn in_gitignore(path: &str) -> String {
    let mut line = String::from("/");
    for letter in path.chars() {
        match letter {
            '*' | '?' | '[' | '\\' => line.extend(['\\', letter]),
            '\n' | '\r' => line.push('?'),
            _ => line.push(letter),
        }
    }
    match line.strip_suffix(' ') {
        Some(start) => format!("{start}\\ "),
        None => line,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_written_as_the_shell_and_git_take_them() {
        for (path, shell, gitignore) in [
            ("envs/production/.env", "envs/production/.env", "/envs/production/.env"),
            ("my envs/.env", "'my envs/.env'", "/my envs/.env"),
            ("it's/.env", r"'it'\''s/.env'", "/it's/.env"),
            ("-f/.env", "./-f/.env", "/-f/.env"),
            ("a[1]*/.env?", "'a[1]*/.env?'", r"/a\[1]\*/.env\?"),
            ("$(id)/.env ", "'$(id)/.env '", r"/$(id)/.env\ "),
            ("#a/!b", "'#a/!b'", "/#a/!b"),
            ("a\nb", "'a\nb'", "/a?b"),
        ] {
            assert_eq!((in_shell(path).as_str(), in_gitignore(path).as_str()), (shell, gitignore), "{path}");
        }
    }

    #[test]
    fn a_file_is_shared_by_several_environments_and_not_by_several_sections_of_one() {
        use crate::model::name::EnvName;
        use crate::model::project::Description;
        let environment = |name| Environment::new(EnvName::new(name).unwrap(), Description::default());
        let (staging, production) = (environment("staging"), environment("production"));
        for (readers, shared) in [(vec![&staging, &staging], false), (vec![&staging, &production], true)] {
            let held = Held { environments: readers, ..Held::new("a.yml", Mode::new(0o600)) };
            assert_eq!(held.is_shared(), shared);
        }
    }

    #[test]
    fn a_secret_is_what_a_stranger_could_use() {
        for (key, text, others, both, trials) in [
            ("DB_PASSWORD", "k3Vb9QxT2mZr", true, true, true),
            ("DB_PASSWORD", "hunter-two", true, true, false),
            ("DB_PASSWORD", "postgres", true, false, false),
            ("DB_PASSWORD", "x", false, false, false),
            ("DB_PASSWORD", "changeme", false, false, false),
            ("DB_PASSWORD", "${OTHER}", false, false, false),
            ("DB_PASSWORD", "encrypted:abc", false, false, false),
            ("DB_PASSWORD", "", false, false, false),
            ("DATABASE_URL", "postgres://app:k3Vb9Q@db.example.com/app", true, true, true),
            ("DATABASE_URL", "postgres://app:k3Vb9Q@localhost:5432/app", true, true, false),
            ("DATABASE_URL", "postgres://app:app@db.example.com/app", true, false, false),
            ("VITE_API_TOKEN", "k3Vb9QxT2mZr", false, false, false),
            ("TENANT", "550e8400-e29b-41d4-a716-446655440000", false, false, false),
            ("JWT_PUBLIC_KEY", "-----BEGIN PUBLIC KEY-----", false, false, false),
        ] {
            let entry = Entry::new(key, text, 0, 0);
            let found = [Serve::Others, Serve::Both, Serve::Trials].map(|serve| is_secret(&entry, serve));
            assert_eq!(found, [others, both, trials], "{key}={text}");
        }
    }
}
