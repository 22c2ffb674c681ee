//! Loaders: the programs and libraries that read a project's files, and how they differ.

/// Where everybody's own `.env.local` lies.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum LayerOrder {
    /// `.env`, `.env.local`, `.env.production`, `.env.production.local`: Vite, Symfony.
    #[default]
    LocalBelowEnvironment,
    /// `.env`, `.env.production`, `.env.local`, `.env.production.local`: Next.js, dotenv-rails.
    LocalAboveEnvironment,
}
