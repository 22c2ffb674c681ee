//! The user's own state folder, which no project can bring along.

use std::path::PathBuf;

use crate::model::variables::Variables;

/// `$XDG_STATE_HOME/envctl`, or below `$HOME` where that is unset; nothing where neither is an absolute path.
/// Source: XDG Base Directory Specification.
pub fn folder(variables: &Variables) -> Option<PathBuf> {
    let absolute = |name| variables.path(name).filter(|path| path.is_absolute());
    let state = absolute("XDG_STATE_HOME").or_else(|| Some(absolute("HOME")?.join(".local/state")))?;
    Some(state.join("envctl"))
}
