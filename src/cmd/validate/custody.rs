//! Which files hold secrets, and what git does with them.

use crate::git;
use crate::model::project::Project;
use crate::rules::{Held, held};
use crate::store::Root;

/// The files with secrets of the project at `root`, as they are kept. Git is asked about no other file.
pub(super) fn files<'p>(root: &Root, project: &'p Project) -> Vec<Held<'p>> {
    let mut files = held(project);
    let kept = git::kept(&root.dir, files.iter().map(|file| file.path));
    files.iter_mut().zip(kept).for_each(|(file, kept)| file.kept = kept);
    files
}
