//! The programs that read dotenv files, and sets of them.

/// A set of readers of dotenv files.
///
/// What each makes of which spelling was measured with these versions: bash 5.2, dash 0.5.12, zsh 5.9, Node 20.20.2 and 24.21.0,
/// Bun 1.4.5, dotenv 18.0.10, dotenv-expand 1000.0.0 and the older pair of dotenv 16.4.7 with dotenv-expand 12.0.3,
/// dotenvx 2.38.2, python-dotenv 1.2.4, django-environ 0.14.0, Ruby's dotenv 3.2.0, Symfony 5.4.53, godotenv 1.5.1 and
/// 97a2850, compose-go e70e961, direnv b00e451, dotenvy 0.15.7. `docker run --env-file` was read in its source, not measured.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Readers(u32);

/// Every single reader with its name.
const NAMES: &[(Readers, &str)] = &[
    (Readers::NODE_20, "Node 20"),
    (Readers::NODE_24, "Node 24"),
    (Readers::BUN, "Bun"),
    (Readers::DOTENV_JS, "dotenv for Node"),
    (Readers::DOTENV_EXPAND, "dotenv-expand"),
    (Readers::DOTENV_EXPAND_12, "dotenv-expand 12"),
    (Readers::DOTENVX, "dotenvx"),
    (Readers::PYTHON_DOTENV, "python-dotenv"),
    (Readers::DJANGO_ENVIRON, "django-environ"),
    (Readers::RUBY_DOTENV, "Ruby's dotenv"),
    (Readers::SYMFONY, "Symfony"),
    (Readers::GODOTENV_1, "godotenv 1.5"),
    (Readers::GODOTENV_MAIN, "godotenv's main branch"),
    (Readers::COMPOSE, "docker compose"),
    (Readers::DOCKER, "docker run --env-file"),
    (Readers::DIRENV, "direnv"),
    (Readers::DOTENVY, "dotenvy"),
    (Readers::BASH, "bash"),
    (Readers::DASH, "dash"),
    (Readers::ZSH, "zsh"),
];

/// Names for several readers at once.
const FAMILIES: &[(Readers, &str)] = &[
    (Readers::NODE, "Node"),
    (Readers::EXPANDING, "dotenv-expand"),
    (Readers::GODOTENV, "godotenv"),
    (Readers::SHELLS, "shells"),
];

impl Readers {
    /// No reader.
    pub const NONE: Self = Self(0);
    /// `node --env-file` of Node 20.
    pub const NODE_20: Self = Self::nth(0);
    /// `node --env-file` of Node 24.
    pub const NODE_24: Self = Self::nth(1);
    /// `bun --env-file`.
    pub const BUN: Self = Self::nth(2);
    /// The package dotenv of npm.
    pub const DOTENV_JS: Self = Self::nth(3);
    /// The same with dotenv-expand.
    pub const DOTENV_EXPAND: Self = Self::nth(4);
    /// The older pair of both, which most frameworks ship.
    pub const DOTENV_EXPAND_12: Self = Self::nth(5);
    /// dotenvx.
    pub const DOTENVX: Self = Self::nth(6);
    /// python-dotenv.
    pub const PYTHON_DOTENV: Self = Self::nth(7);
    /// django-environ.
    pub const DJANGO_ENVIRON: Self = Self::nth(8);
    /// The gem dotenv.
    pub const RUBY_DOTENV: Self = Self::nth(9);
    /// symfony/dotenv.
    pub const SYMFONY: Self = Self::nth(10);
    /// godotenv as released.
    pub const GODOTENV_1: Self = Self::nth(11);
    /// godotenv as developed.
    pub const GODOTENV_MAIN: Self = Self::nth(12);
    /// compose-go: `docker compose`.
    pub const COMPOSE: Self = Self::nth(13);
    /// `docker run --env-file`.
    pub const DOCKER: Self = Self::nth(14);
    /// direnv.
    pub const DIRENV: Self = Self::nth(15);
    /// dotenvy.
    pub const DOTENVY: Self = Self::nth(16);
    /// `. file` of bash.
    pub const BASH: Self = Self::nth(17);
    /// `. file` of dash.
    pub const DASH: Self = Self::nth(18);
    /// `. file` of zsh.
    pub const ZSH: Self = Self::nth(19);

    /// Both versions of Node.
    pub const NODE: Self = Self::NODE_20.and(Self::NODE_24);
    /// dotenv-expand in both versions.
    pub const EXPANDING: Self = Self::DOTENV_EXPAND.and(Self::DOTENV_EXPAND_12);
    /// What is built on the package dotenv of npm.
    pub const DOTENV_NPM: Self = Self::DOTENV_JS.and(Self::EXPANDING);
    /// Both versions of godotenv.
    pub const GODOTENV: Self = Self::GODOTENV_1.and(Self::GODOTENV_MAIN);
    /// bash, dash and zsh.
    pub const SHELLS: Self = Self::BASH.and(Self::DASH).and(Self::ZSH);
    /// Every reader.
    pub const ALL: Self = Self((1 << NAMES.len()) - 1);
    /// Every reader that knows quotes.
    pub const QUOTING: Self = Self(Self::ALL.0 & !Self::DOCKER.0);

    const fn nth(index: u32) -> Self {
        Self(1 << index)
    }

    /// The readers of both sets.
    #[must_use]
    pub const fn and(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// The readers that are in both sets.
    #[must_use]
    pub const fn among(self, others: Self) -> Self {
        Self(self.0 & others.0)
    }

    /// Is there nobody in it?
    pub const fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// Are all of `others` in it?
    const fn holds(self, others: Self) -> bool {
        self.0 & others.0 == others.0
    }

    /// The readers for people: `Node, Bun and shells`.
    pub fn names(self) -> String {
        let families = FAMILIES.iter().filter(|(family, _)| self.holds(*family));
        let covered = families.clone().fold(Self::NONE, |covered, (family, _)| covered.and(*family));
        let single = NAMES.iter().filter(|(reader, _)| self.holds(*reader) && !covered.holds(*reader));
        let names: Vec<&str> = families.chain(single).map(|(_, name)| *name).collect();
        match names.split_last() {
            Some((last, others)) if !others.is_empty() => format!("{} and {last}", others.join(", ")),
            _ => names.concat(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn readers_are_named_by_family_where_all_of_it_is_meant() {
        assert_eq!(Readers::NONE.names(), "");
        assert_eq!(Readers::BASH.names(), "bash");
        assert_eq!(Readers::NODE.and(Readers::SHELLS).and(Readers::BUN).names(), "Node, shells and Bun");
        assert_eq!(Readers::DOTENV_NPM.names(), "dotenv-expand and dotenv for Node");
        assert_eq!(
            Readers::NODE_20.and(Readers::GODOTENV_MAIN).names(),
            "Node 20 and godotenv's main branch"
        );
    }

    #[test]
    fn every_reader_has_one_name() {
        let all = NAMES.iter().fold(Readers::NONE, |all, (reader, _)| {
            assert!(all.among(*reader).is_empty());
            all.and(*reader)
        });
        assert_eq!(all, Readers::ALL);
    }
}
