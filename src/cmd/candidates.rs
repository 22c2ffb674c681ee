//! What may stand where an environment is asked for, while a line is typed.

use clap_complete::engine::{ArgValueCandidates, CompletionCandidate};

use crate::ctx::{Ctx, GlobalArgs};
use crate::model::project::Environment;

/// Completes the names of environments, each with its tier.
pub fn environments() -> ArgValueCandidates {
    ArgValueCandidates::new(|| {
        let described = Ctx::new(GlobalArgs::default()).describe();
        let environments = described.map(|(_, project)| project.environments).unwrap_or_default();
        let candidate = |environment: &Environment| {
            CompletionCandidate::new(environment.name.as_str()).help(Some(environment.tier.as_str().into()))
        };
        environments.iter().map(candidate).collect()
    })
}
