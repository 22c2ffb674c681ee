//! The process environment as a source, for environments that opt in.

use wildmatch::WildMatch;

use crate::model::name::EnvName;
use crate::model::project::{Description, Environment, Layer, Project};
use crate::model::source::{Entry, Source, SourceKind};
use crate::model::variables::Variables;

/// What stands in place of the format of such a source.
pub const PROCESS: &str = "process";

/// What `list` and findings call it.
const PATH: &str = "process environment";

/// What findings call variables that the command line sets.
const COMMAND_LINE: &str = "command line";

/// What an environment takes from the process: variables with its prefix or its suffix, and, where it is the one that
/// was selected or named, those that `process-env` lists. `None` where that is nothing.
fn source(about: &Description, variables: &Variables, is_meant: bool) -> Option<Source> {
    let listed: Vec<WildMatch> = about.process_env.iter().map(|glob| WildMatch::new(glob)).collect();
    let key = |name: &str| {
        let prefix = about.process_prefix.as_deref().filter(|prefix| !prefix.is_empty());
        let suffix = about.process_suffix.as_deref().filter(|suffix| !suffix.is_empty());
        let stripped = prefix.and_then(|prefix| name.strip_prefix(prefix));
        let stripped = stripped.or_else(|| name.strip_suffix(suffix?)).filter(|key| !key.is_empty());
        let as_is = is_meant && listed.iter().any(|glob| glob.matches(name));
        stripped.map(str::to_owned).or_else(|| as_is.then(|| name.to_owned()))
    };
    let entries: Vec<Entry> =
        variables.iter().filter_map(|(name, value)| Some(Entry::new(&key(name)?, value, 0, 0))).collect();
    let mut source = Source::new(PATH.to_owned(), PROCESS, SourceKind::Variables, "");
    source.entries = entries;
    (!source.entries.is_empty()).then_some(source)
}

/// Puts what each environment takes from the process on top of its own layers.
pub fn take(project: &mut Project, stack: usize, variables: &Variables, meant: &[EnvName]) {
    for environment in &mut project.environments {
        let is_meant = meant.contains(&environment.name);
        if let Some(source) = source(&environment.about, variables, is_meant) {
            on_top(environment, stack, project.sources.len());
            project.sources.push(source);
        }
    }
}

/// Puts what the command line sets above everything else, in the environments that are meant.
pub fn set(project: &mut Project, stack: usize, variables: &[(String, String)], meant: &[EnvName]) {
    if variables.is_empty() {
        return;
    }
    for environment in project.environments.iter_mut().filter(|one| meant.contains(&one.name)) {
        let mut source = Source::new(COMMAND_LINE.to_owned(), PROCESS, SourceKind::Variables, "");
        source.entries = variables.iter().map(|(name, value)| Entry::new(name, value, 0, 0)).collect();
        on_top(environment, stack, project.sources.len());
        project.sources.push(source);
    }
}

fn on_top(environment: &mut Environment, stack: usize, source: usize) {
    environment.layers.push(Layer { stack, source, level: None, rank: usize::MAX, is_own: true });
}

#[cfg(test)]
mod tests {
    use super::*;

    fn keys(about: &Description, is_meant: bool) -> Vec<String> {
        let variables = [("PROD_TOKEN", "1"), ("DB_URL", "2"), ("HOME", "/")];
        let variables = Variables::new(variables.map(|(name, value)| (name.into(), value.into())));
        let source = source(about, &variables, is_meant);
        source.iter().flat_map(|source| source.entries.iter().map(|entry| entry.key.to_string())).collect()
    }

    #[test]
    fn nothing_is_taken_without_being_asked_for() {
        assert!(keys(&Description::default(), true).is_empty());
    }

    #[test]
    fn a_prefix_is_stripped_and_a_list_is_only_for_the_environment_that_is_meant() {
        let about = Description {
            process_prefix: Some("PROD_".to_owned()),
            process_env: vec!["DB_*".to_owned()],
            ..Description::default()
        };
        assert_eq!(keys(&about, false), ["TOKEN"]);
        assert_eq!(keys(&about, true), ["DB_URL", "TOKEN"]);
        let about = Description { process_suffix: Some("_URL".to_owned()), ..Description::default() };
        assert_eq!(keys(&about, false), ["DB"]);
    }
}
