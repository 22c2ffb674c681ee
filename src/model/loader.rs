//! What loads the dotenv files of a project: `[project] loader`.

use super::reader::Readers;

/// Which of two layers wins: `.env.local`, or `.env.production`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LayerOrder {
    /// `.env`, `.env.local`, `.env.E`, `.env.E.local`: the environment's file wins.
    LocalBelowEnvironment,
    /// `.env`, `.env.E`, `.env.local`, `.env.E.local`: the local file wins.
    LocalAboveEnvironment,
    /// `.env.E` where there is one, and `.env` only where there is none.
    EnvironmentAlone,
}

/// A program, library or framework that loads dotenv files.
#[derive(Debug, PartialEq, Eq)]
pub struct Loader {
    /// Its name in the manifest.
    pub name: &'static str,
    /// Other names it answers to.
    aliases: &'static [&'static str],
    /// The readers that it is, or is built on.
    pub readers: Readers,
    /// How it lays files over each other; nothing where it reads one file, or where that is the project's business.
    pub order: Option<LayerOrder>,
}

const fn loader(name: &'static str, aliases: &'static [&'static str], readers: Readers) -> Loader {
    Loader { name, aliases, readers, order: None }
}

impl Loader {
    const fn ordered(self, order: LayerOrder) -> Self {
        Self { order: Some(order), ..self }
    }

    /// The loader of this name, or of this other name, in any case.
    pub fn find(name: &str) -> Option<&'static Self> {
        let is = |known: &&str| known.eq_ignore_ascii_case(name);
        LOADERS.iter().find(|loader| is(&loader.name) || loader.aliases.iter().any(is))
    }

    /// The names of all loaders.
    pub fn names() -> impl Iterator<Item = &'static str> {
        LOADERS.iter().map(|loader| loader.name)
    }

    /// Every name that some loader answers to.
    pub fn all_names() -> impl Iterator<Item = &'static str> {
        LOADERS.iter().flat_map(|loader| loader.aliases.iter().copied().chain([loader.name]))
    }
}

use LayerOrder::{EnvironmentAlone, LocalAboveEnvironment, LocalBelowEnvironment};

/// Every loader. The orders of layers are those of their own documentation.
pub const LOADERS: &[Loader] = &[
    loader("node", &["nodejs", "node.js"], Readers::NODE),
    loader("node20", &[], Readers::NODE_20),
    loader("node24", &[], Readers::NODE_24),
    loader("bun", &[], Readers::BUN).ordered(LocalAboveEnvironment),
    loader("dotenv", &["dotenv-js"], Readers::DOTENV_JS),
    loader("dotenv-expand", &[], Readers::EXPANDING),
    loader("dotenv-flow", &[], Readers::DOTENV_JS).ordered(LocalBelowEnvironment),
    loader("dotenvx", &[], Readers::DOTENVX),
    loader("vite", &[], Readers::DOTENV_EXPAND_12).ordered(LocalBelowEnvironment),
    loader("next", &["nextjs", "next.js"], Readers::DOTENV_EXPAND_12).ordered(LocalAboveEnvironment),
    loader("python-dotenv", &["python"], Readers::PYTHON_DOTENV),
    loader("django-environ", &["django"], Readers::DJANGO_ENVIRON),
    loader("ruby-dotenv", &["ruby"], Readers::RUBY_DOTENV),
    loader("dotenv-rails", &["rails"], Readers::RUBY_DOTENV).ordered(LocalAboveEnvironment),
    loader("symfony", &[], Readers::SYMFONY).ordered(LocalBelowEnvironment),
    // nobody measured it, so that any difference may be one of its own
    loader("phpdotenv", &["php", "vlucas"], Readers::QUOTING),
    loader("laravel", &[], Readers::QUOTING).ordered(EnvironmentAlone),
    loader("godotenv", &["go"], Readers::GODOTENV),
    loader("compose", &["docker-compose", "compose-go"], Readers::COMPOSE),
    loader("docker", &["docker-run"], Readers::DOCKER),
    loader("direnv", &[], Readers::DIRENV),
    loader("dotenvy", &["rust"], Readers::DOTENVY),
    loader("shell", &["source", "sh"], Readers::SHELLS),
    loader("bash", &[], Readers::BASH),
    loader("dash", &[], Readers::DASH),
    loader("zsh", &[], Readers::ZSH),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn loaders_are_found_by_every_name_and_each_name_means_one() {
        assert_eq!(Loader::find("Docker-Compose").map(|loader| loader.name), Some("compose"));
        assert_eq!(Loader::find("nextjs").and_then(|loader| loader.order), Some(LocalAboveEnvironment));
        assert_eq!(Loader::find("vite").and_then(|loader| loader.order), Some(LocalBelowEnvironment));
        assert_eq!(Loader::find("bun").and_then(|loader| loader.order), Some(LocalAboveEnvironment));
        assert_eq!(Loader::find("nginx"), None);
        let mut names: Vec<_> = Loader::all_names().collect();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), Loader::all_names().count());
    }

    #[test]
    fn every_reader_belongs_to_a_loader_that_narrows() {
        let narrow = LOADERS.iter().filter(|loader| loader.readers != Readers::QUOTING);
        let known = narrow.fold(Readers::NONE, |known, loader| known.and(loader.readers));
        assert_eq!(known, Readers::ALL);
    }
}
