//! What is said of keys that environments lack: of many at once as one finding.

use crate::model::finding::Severity;
use crate::model::project::Environment;
use crate::model::source::{Origin, Source};
use crate::model::wanted::Wanted;
use crate::rules::Draft;
use crate::rules::listed::listed;
use crate::rules::parity::{names, on};

/// Keys that a file wants and that are missing, those first that are to be named.
pub(super) struct Lack<'p> {
    pub(super) file: &'p Source,
    pub(super) keys: Vec<&'p Wanted>,
    /// Who wants them: the file's path, or `their variables.tf` where each environment has its own.
    pub(super) by: String,
    /// What the file does with them: `requires`.
    pub(super) verb: &'static str,
    /// What they are: `not set`.
    pub(super) what: &'static str,
    pub(super) help: String,
}

/// The finding, at the first of the keys in their file.
pub(super) fn told(lack: &Lack<'_>, who: &[&Environment], at_most: Severity) -> Option<Draft> {
    let Lack { file, keys, by, verb, what, help } = lack;
    let first = keys.iter().min_by_key(|key| key.offset)?;
    let (who_lacks, many) = (names(who), keys.len());
    let message = match keys.as_slice() {
        [key] => format!("{} is {what} in {who_lacks}, and {by} {verb} it", key.name),
        keys => format!(
            "{many} keys that {by} {verb} are {what} in {who_lacks}: {}",
            listed(keys.iter().map(|key| &*key.name))
        ),
    };
    let draft = on(who, message).about(keys.iter().map(|key| &*key.name));
    let draft = draft.at(origin(file, first)).help(help).at_most(at_most);
    Some(if many == 1 { draft.key(&first.name) } else { draft })
}

/// Where the file names a key.
fn origin(file: &Source, key: &Wanted) -> Origin {
    let entry = file.entry_at(key.offset);
    entry.map_or_else(|| file.offset_origin(key.offset), |entry| file.key_origin(entry))
}
