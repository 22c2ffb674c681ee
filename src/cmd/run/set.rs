//! `--set KEY=VALUE`: a variable for one run, of those that may stand on a command line.

use crate::model::fault::Fault;
use crate::model::project::{Environment, Project};
use crate::model::secret::{NameVerdict, by_name};

/// The pairs of the command line.
///
/// # Errors
/// A [`Fault`] that does not quote what was written: it may be a secret.
pub fn read(words: &[String]) -> Result<Vec<(String, String)>, Fault> {
    let pair = |word: &String| {
        let pair = word.split_once('=').filter(|(name, _)| !name.is_empty());
        let fault = || Fault::new("--set takes KEY=VALUE").help("for example --set LOG_LEVEL=debug");
        pair.map(|(name, value)| (name.to_owned(), value.to_owned())).ok_or_else(fault)
    };
    words.iter().map(pair).collect()
}

/// Why one of them may not be set so. A command line is seen by every user of the machine, and by whoever reads the logs.
pub fn objection(project: &Project, environment: &Environment, pairs: &[(String, String)]) -> Option<Fault> {
    pairs.iter().find_map(|(name, _)| {
        let spec = project.schema.key(name).filter(|spec| !spec.is_identity());
        let Some(spec) = spec else {
            let fault = Fault::new(format!("{name} is not declared, and --set could be a misspelling"));
            return Some(fault.help(format!("declare it: [keys.{name}] in envctl.toml")));
        };
        let mut entries = project.sources_of(environment).flat_map(|source| &source.entries);
        let mut holds_secret = || entries.any(|entry| entry.name() == name && entry.secret().is_some());
        let looks_secret = || by_name(name) != NameVerdict::Plain || holds_secret();
        spec.secret.unwrap_or_else(looks_secret).then(|| {
            let what = format!("{name} is a secret, and a command line is seen by others");
            Fault::new(what).help("set it in a file of the environment, or take it over with `process-env`")
        })
    })
}
