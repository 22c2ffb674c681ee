//! What loading needs to know.

use super::StandIn;
use crate::model::variables::Variables;

/// How much of a project is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Depth {
    /// The environments that the manifest and `envs/` name: no other folder is searched.
    Named,
    /// Which environments there are, and what they say of themselves: no file of values is opened.
    Descriptions,
    /// Everything.
    Values,
}

/// What loading needs to know.
pub struct Plan<'a, M> {
    /// How much is read.
    pub depth: Depth,
    /// The ids of rules that a manifest may name.
    pub rules: &'a [&'a str],
    /// The variables of the process.
    pub variables: &'a Variables,
    /// Which environments somebody selected or named, so that they may take unprefixed variables of the process.
    pub meant: M,
    /// Is the manifest asked? Without it, only what the files show counts.
    pub has_manifest: bool,
    /// Is a project without environments one too?
    pub may_be_empty: bool,
    /// Variables that the command line sets, in the environments that are meant.
    pub set: &'a [(String, String)],
    /// What is read in place of a file.
    pub stand_in: Option<&'a StandIn>,
}

impl<'a, M> Plan<'a, M> {
    /// The project as it is, with what the process gives to the environments that `meant` says.
    pub fn new(depth: Depth, rules: &'a [&'a str], variables: &'a Variables, meant: M) -> Self {
        Self {
            depth,
            rules,
            variables,
            meant,
            has_manifest: true,
            may_be_empty: false,
            set: &[],
            stand_in: None,
        }
    }
}
