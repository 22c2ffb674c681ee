//! The selection of one terminal: what `switch --shell` exports beside `ENVCTL_ENV`, and when that counts.
//!
//! Both variables speak of one selection alone: somebody who sets `ENVCTL_ENV` to another name is not held by them.

use std::os::unix::ffi::OsStrExt;
use std::path::Path;

use jiff::Timestamp;

use super::VARIABLE;
use crate::model::variables::Variables;
use crate::store::Root;

/// The selection's name and the project that it is for: `staging:/home/you/shop`.
pub const PROJECT: &str = "ENVCTL_ENV_PROJECT";
/// When it ends, in seconds since 1970; unset where it has no end.
pub const UNTIL: &str = "ENVCTL_ENV_UNTIL";
/// All variables of such a selection.
pub const ALL: [&str; 3] = [VARIABLE, PROJECT, UNTIL];

/// What `ENVCTL_ENV` is worth in a project.
#[derive(Debug, PartialEq, Eq)]
pub enum Standing {
    /// It counts.
    Counts,
    /// It was selected for another project, which is told.
    Elsewhere(String),
    /// Its time is over.
    Ended,
}

/// What `ENVCTL_ENV` is worth in the project at `root`.
pub fn standing(variables: &Variables, root: &Root, now: Timestamp) -> Standing {
    let project = variables.path(PROJECT);
    let scope = project.as_deref().and_then(split).filter(|(name, _)| speaks_of(variables, name));
    match scope {
        Some((_, path)) if path != root.dir => Standing::Elsewhere(path.to_string_lossy().into_owned()),
        _ if has_ended(variables, now) => Standing::Ended,
        _ => Standing::Counts,
    }
}

/// Has the terminal's selection ended, whatever its project is? What is no time is no consent.
pub fn has_ended(variables: &Variables, now: Timestamp) -> bool {
    let is_other = || {
        let project = variables.path(PROJECT);
        project.as_deref().and_then(split).is_some_and(|(name, _)| !speaks_of(variables, name))
    };
    let is_over = |until: &str| until.parse().map_or(true, |until: i64| until <= now.as_second());
    variables.get(VARIABLE).is_some()
        && variables.get(UNTIL).is_some_and(|until| is_over(&until))
        && !is_other()
}

/// The name and the project of a value of [`PROJECT`].
fn split(value: &Path) -> Option<(&[u8], &Path)> {
    let bytes = value.as_os_str().as_bytes();
    let colon = bytes.iter().position(|byte| *byte == b':')?;
    let (name, path) = bytes.split_at_checked(colon)?;
    Some((name, Path::new(std::ffi::OsStr::from_bytes(path.strip_prefix(b":")?))))
}

fn speaks_of(variables: &Variables, name: &[u8]) -> bool {
    variables.get(VARIABLE).is_some_and(|selected| selected.as_bytes() == name)
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: i64 = 1_700_000_000;

    fn worth(variables: &[(&str, &str)]) -> Standing {
        let variables = Variables::new(variables.iter().map(|(name, value)| (name.into(), value.into())));
        let root = Root { dir: "/shop".into() };
        standing(&variables, &root, Timestamp::from_second(NOW).unwrap())
    }

    #[test]
    fn it_counts_in_its_project_and_until_its_end() {
        let staging = (VARIABLE, "staging");
        assert_eq!(worth(&[staging]), Standing::Counts);
        assert_eq!(worth(&[staging, (PROJECT, "staging:/shop")]), Standing::Counts);
        assert_eq!(worth(&[staging, (PROJECT, "staging:/a:b")]), Standing::Elsewhere("/a:b".into()));
        assert_eq!(worth(&[staging, (UNTIL, "1700000001")]), Standing::Counts);
        for over in ["1700000000", "soon", "-1", "99999999999999999999"] {
            assert_eq!(
                worth(&[staging, (UNTIL, over), (PROJECT, "staging:/shop")]),
                Standing::Ended,
                "{over}"
            );
        }
    }

    #[test]
    fn another_name_is_not_held_by_what_was_selected_before() {
        let (dev, over) = ((VARIABLE, "dev"), (UNTIL, "1"));
        assert_eq!(worth(&[dev, (PROJECT, "staging:/other"), over]), Standing::Counts);
        assert_eq!(worth(&[dev, (PROJECT, "nonsense")]), Standing::Counts);
        assert_eq!(worth(&[(PROJECT, "staging:/shop"), over]), Standing::Counts);
    }
}
