//! Variables that a Compose file takes and nothing defines: those of one file as one finding.

use std::collections::BTreeMap;

use crate::model::finding::Severity;
use crate::model::project::{Asking, Environment};
use crate::model::source::{Interpolation, Otherwise, Source, SourceKind};
use crate::rules::asked::is_given_elsewhere;
use crate::rules::listed::listed;
use crate::rules::parity::{names, on};
use crate::rules::{Case, Draft, Phase};

/// Variables that the shell, Compose itself or the service that builds sets.
const OF_THE_PROCESS: &[&str] = &[
    "HOME", "USER", "LOGNAME", "PWD", "PATH", "SHELL", "HOSTNAME", "UID", "GID", "DISPLAY", "LANG", "TMPDIR",
    "CI",
];

/// How the names of such variables begin.
const PREFIXES: &[&str] = &["COMPOSE_", "DOCKER_", "CI_", "GITHUB_", "BUILDKITE_", "CIRCLE_", "XDG_", "SSH_"];

/// What is told as one: the file, and its variables by their places.
type Folds<'p> = BTreeMap<(&'p str, Severity, Vec<usize>), Lack<'p>>;

/// The variables of one file that the same environments lack.
struct Lack<'p> {
    source: &'p Source,
    variables: Vec<&'p Interpolation>,
    who: Vec<&'p Environment>,
}

pub(super) fn check(case: &Case<'_>) -> Vec<Draft> {
    let mut folds = Folds::new();
    for environment in case.environments().filter(|one| !is_given_elsewhere(case, one)) {
        for source in case.project.sources_of(environment) {
            let mut lacking: BTreeMap<Severity, Vec<&Interpolation>> = BTreeMap::new();
            for variable in source.interpolations.iter().filter(|one| is_undefined(case, environment, one)) {
                let severity = at_most(case, environment, source, variable);
                severity.into_iter().for_each(|at_most| lacking.entry(at_most).or_default().push(variable));
            }
            for (at_most, variables) in lacking {
                let offsets = variables.iter().map(|one| one.offset).collect();
                let new = || Lack { source, variables, who: Vec::new() };
                folds.entry((&source.path, at_most, offsets)).or_insert_with(new).who.push(environment);
            }
        }
    }
    folds.iter().filter_map(|((_, at_most, _), lack)| draft(*at_most, lack)).collect()
}

/// Does no file of the environment define it? What the manifest declares is the manifest's to ask for.
fn is_undefined(case: &Case<'_>, environment: &Environment, variable: &Interpolation) -> bool {
    let name = &*variable.name;
    let is_of_process =
        OF_THE_PROCESS.contains(&name) || PREFIXES.iter().any(|prefix| name.starts_with(prefix));
    let is_variable =
        |source: &Source, kind: SourceKind| kind == SourceKind::Variables && source.format != "compose";
    variable.otherwise != Otherwise::Default
        && !is_of_process
        && !case.withholds(name, None)
        && case.project.schema.key(name).is_none()
        && !case.project.find(environment, name).any(|one| is_variable(one.source, one.entry.kind))
}

/// CI hands over many a variable, and all of them where there is no dotenv file: there a variable without which Compose
/// stops is a doubt, and others are none. Sure is only what stops Compose, what an
/// example asks of the files, and what is asked of an environment by its name.
fn at_most(
    case: &Case<'_>,
    environment: &Environment,
    source: &Source,
    variable: &Interpolation,
) -> Option<Severity> {
    let mut own = case.project.own_sources(environment);
    let has_files = source.has_defaults || own.any(Source::is_dotenv_file);
    let is_named = case.named.contains(&environment.name) && case.phase == Phase::Value;
    let is_sure = variable.otherwise == Otherwise::Stop || is_asked(case, environment, &variable.name);
    match is_named || (has_files && is_sure) {
        true => Some(Severity::Error),
        false => (has_files || variable.otherwise == Otherwise::Stop).then_some(Severity::Warning),
    }
}

/// Does an example file that speaks for the environment name the variable?
fn is_asked(case: &Case<'_>, environment: &Environment, name: &str) -> bool {
    let project = case.project;
    let is_here = |asking: &&Asking| {
        project.environments.get(asking.environment).is_some_and(|one| one.name == environment.name)
    };
    let mut files =
        project.askings.iter().filter(is_here).filter_map(|asking| project.schema_files.get(asking.file));
    files.any(|file| file.wanted.iter().any(|key| key.name == name && !key.is_commented_out))
}

fn draft(at_most: Severity, lack: &Lack<'_>) -> Option<Draft> {
    let Lack { source, variables, who } = lack;
    let (first, path) = (variables.first()?, &source.path);
    let shown: Vec<&str> = variables.iter().filter_map(|one| one.shown()).collect();
    let (all, who_lack) = (listed(shown.iter().copied()), names(who));
    let message = match (variables.len(), shown.len()) {
        (1, 0) => format!("{path} takes a variable that nothing defines in {who_lack}"),
        (1, _) => format!("{path} takes {all}, which nothing defines in {who_lack}"),
        (many, 0) => format!("{path} takes {many} variables that nothing defines in {who_lack}"),
        (many, named) if named < many => {
            format!("{path} takes {many} variables that nothing defines in {who_lack}, among them {all}")
        }
        (many, _) => format!("{path} takes {many} variables that nothing defines in {who_lack}: {all}"),
    };
    let draft =
        on(who, message).about(shown.iter().copied()).at(source.offset_origin(first.offset)).at_most(at_most);
    let draft = draft.help(help(variables.len(), shown.len()));
    Some(match (variables.as_slice(), shown.as_slice()) {
        ([_], [name]) => draft.key(name),
        _ => draft,
    })
}

/// What to do about so many variables, so many of which may be named. A `$` without a name that can be told may be meant.
fn help(all: usize, shown: usize) -> String {
    let them = if all == 1 { "it" } else { "them" };
    let dollar = if shown < all { "write a `$` that is meant as such as `$$`; else " } else { "" };
    format!(
        "{dollar}define {them} in a dotenv file of the environment, or write ${{NAME:-default}}; where CI hands {them} over, \
         declare `provided-by`"
    )
}
