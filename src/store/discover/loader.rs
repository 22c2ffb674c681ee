//! What loads the dotenv files of a project: declared, or recognised by what the project is built with.

use crate::model::layout::{join, split};
use crate::model::loader::{LayerOrder, Loader};
use crate::store::file::Reader;

/// The file that names what a project is built with, the text that gives a loader away, and the loader. Where several
/// fit, the first counts: a Next.js project may have Vite for its tests.
const SIGNS: &[(&str, &str, &str)] = &[
    ("package.json", "\"next\"", "next"),
    ("package.json", "\"vite\"", "vite"),
    ("package.json", "\"dotenv-flow\"", "dotenv-flow"),
    ("Gemfile", "dotenv-rails", "dotenv-rails"),
    ("Gemfile", "dotenv", "dotenv-rails"),
    ("composer.json", "\"symfony/", "symfony"),
];

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

fn shown_in(reader: &Reader<'_>, folder: &str) -> Option<&'static Loader> {
    let shows = |file: &str, sign: &str| {
        let bytes = reader.read(&join(folder, file)).ok().flatten();
        bytes.is_some_and(|(bytes, _)| memchr::memmem::find(&bytes, sign.as_bytes()).is_some())
    };
    SIGNS.iter().find(|(file, sign, _)| shows(file, sign)).and_then(|(.., name)| Loader::find(name))
}
