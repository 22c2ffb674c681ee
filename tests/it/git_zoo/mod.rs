//! A zoo of repositories: what envctl says of each, held against `git status --porcelain` where git can answer.

mod animals;
mod changes;
mod configuration;
mod damage;
mod filters;
mod harm;
mod ignored;
mod repositories;
mod submodules;
mod untracked;
mod zoo;

use std::ffi::OsStr;
use std::os::unix::ffi::OsStrExt;
use std::path::Path;

use zoo::Zoo;

/// Something done to a repository, and its name.
type Named = (&'static str, fn(&Zoo));

#[test]
fn inspects_in_a_process_of_its_own() {
    zoo::answer_if_asked();
}

fn name(bytes: &[u8]) -> &Path {
    Path::new(OsStr::from_bytes(bytes))
}
