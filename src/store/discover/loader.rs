//! What loads the dotenv files of a project: declared, or recognised by what the project is built with.

use crate::model::layout::{join, split};
use crate::model::loader::{LayerOrder, Loader};
use crate::store::file::Reader;

/// What gives a loader away in the file that names what a project is built with.
#[derive(Clone, Copy)]
enum Sign {
    /// A key of JSON, such as a package's name among the dependencies.
    Key(&'static str),
    /// A gem, on a line of its own.
    Gem(&'static str),
}

/// The file, the sign in it, and the loader. Where several fit, the first counts: a Next.js project may have Vite for
/// its tests. The gem `dotenv` alone is told which files to read, so that it gives no order away.
const SIGNS: &[(&str, Sign, &str)] = &[
    ("package.json", Sign::Key("\"next\""), "next"),
    ("package.json", Sign::Key("\"vite\""), "vite"),
    ("package.json", Sign::Key("\"dotenv-flow\""), "dotenv-flow"),
    ("Gemfile", Sign::Gem("dotenv-rails"), "dotenv-rails"),
    ("composer.json", Sign::Key("\"symfony/dotenv\""), "symfony"),
    ("composer.json", Sign::Key("\"symfony/framework-bundle\""), "symfony"),
    ("composer.json", Sign::Key("\"laravel/framework\""), "laravel"),
];

/// Is this the name of a file that names what a project is built with?
pub fn gives_a_loader_away(name: &str) -> bool {
    SIGNS.iter().any(|(file, ..)| *file == name)
}

/// How a stack of dotenv files is loaded.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Loading {
    /// The order of its layers.
    pub order: LayerOrder,
    /// Does nobody read `.env.local` where tests run, so that they run alike everywhere?
    pub is_local_left_out_of_tests: bool,
    /// Is that only assumed?
    pub is_assumed: bool,
}

/// How the stack of `template` is loaded, as declared, else as its folder or the project's shows.
pub fn of(reader: &Reader<'_>, declared: &[&'static Loader], template: &str) -> Loading {
    let declared = declared.iter().copied().find(|loader| loader.order.is_some());
    let (folder, _) = split(template);
    let shown = || [folder, ""].into_iter().find_map(|folder| shown_in(reader, folder));
    let loader = declared.or_else(shown);
    let order = loader.and_then(|loader| loader.order);
    Loading {
        order: order.unwrap_or(LayerOrder::LocalBelowEnvironment),
        is_local_left_out_of_tests: loader.is_none_or(|loader| loader.name != "vite"),
        is_assumed: order.is_none(),
    }
}

/// The loader that the files in `folder` give away. They are read once, however many stacks ask.
fn shown_in(reader: &Reader<'_>, folder: &str) -> Option<&'static Loader> {
    reader.loader_in(folder, || {
        let files = SIGNS.chunk_by(|(one, ..), (other, ..)| one == other);
        files.into_iter().find_map(|signs| {
            let (file, ..) = signs.first()?;
            let bytes = reader.read(&join(folder, file)).ok().flatten()?.bytes;
            shown_by(&bytes, signs)
        })
    })
}

fn shown_by(bytes: &[u8], signs: &[(&str, Sign, &str)]) -> Option<&'static Loader> {
    signs.iter().find(|(_, sign, _)| sign.is_in(bytes)).and_then(|(.., name)| Loader::find(name))
}

impl Sign {
    fn is_in(self, bytes: &[u8]) -> bool {
        match self {
            Self::Key(key) => memchr::memmem::find_iter(bytes, key).any(|at| {
                let after = bytes.get(at.saturating_add(key.len())..).unwrap_or_default();
                after.trim_ascii_start().starts_with(b":")
            }),
            Self::Gem(name) => bytes.split(|b| *b == b'\n').any(|line| is_gem(line, name.as_bytes())),
        }
    }
}

/// Such as `gem "dotenv-rails", "~> 3.0"`.
fn is_gem(line: &[u8], name: &[u8]) -> bool {
    let quoted = line.trim_ascii_start().strip_prefix(b"gem").unwrap_or_default();
    let quoted = quoted.trim_ascii_start();
    let quoted = quoted.strip_prefix(b"(").unwrap_or(quoted).trim_ascii_start();
    let Some((quote @ (b'"' | b'\''), rest)) = quoted.split_first() else { return false };
    rest.strip_prefix(name).is_some_and(|after| after.first() == Some(quote))
}

#[cfg(test)]
mod tests {
    use std::time::{Duration, Instant};

    use super::*;
    use crate::store::Root;

    fn shown(files: &[(&str, &str)]) -> Option<&'static str> {
        let dir = tempfile::tempdir().unwrap();
        for (name, text) in files {
            std::fs::write(dir.path().join(name), text).unwrap();
        }
        let root = Root { dir: dir.path().to_owned() };
        shown_in(&Reader::new(&root), "").map(|loader| loader.name)
    }

    #[test]
    fn a_loader_is_shown_by_a_dependency_and_by_nothing_that_only_looks_like_one() {
        for (file, text, want) in [
            ("package.json", r#"{"dependencies":{"next" : "15"}}"#, Some("next")),
            ("package.json", r#"{"publishConfig":{"tag":"next"}}"#, None),
            (
                "package.json",
                r#"{"publishConfig":{"tag":"next"},"devDependencies":{"vite":"6"}}"#,
                Some("vite"),
            ),
            ("package.json", r#"{"keywords":["vite","dotenv-flow"]}"#, None),
            ("Gemfile", "group :test do\n  gem 'dotenv-rails', '~> 3'\nend\n", Some("dotenv-rails")),
            ("Gemfile", "gem(\"dotenv-rails\")", Some("dotenv-rails")),
            ("Gemfile", "# gem \"dotenv-rails\"\n# no dotenv-rails here\n", None),
            ("Gemfile", "gem \"dotenv\"\n", None),
            ("composer.json", r#"{"require":{"symfony/console":"7"}}"#, None),
            ("composer.json", r#"{"require":{"symfony/dotenv":"7"}}"#, Some("symfony")),
            ("composer.json", r#"{"require":{"symfony/framework-bundle":"7"}}"#, Some("symfony")),
        ] {
            assert_eq!(shown(&[(file, text)]), want, "{text}");
        }
    }

    #[test]
    fn what_a_project_is_built_with_is_read_once_for_all_stacks() {
        let dir = tempfile::tempdir().unwrap();
        let text = format!("{{\"a\":\"{}\"}}", "next\\\"".repeat(150_000));
        std::fs::write(dir.path().join("package.json"), text).unwrap();
        let root = Root { dir: dir.path().to_owned() };
        let reader = Reader::new(&root);
        let start = Instant::now();
        for service in 0..1_000 {
            assert!(of(&reader, &[], &format!("services/{service}/.env.{{env}}")).is_assumed);
        }
        assert!(start.elapsed() < Duration::from_secs(30));
    }
}
