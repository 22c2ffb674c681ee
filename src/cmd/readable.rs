//! Environments that are read whole: where half an answer would mislead, there is none.

use crate::active::{self, Decider};
use crate::model::fault::Fault;
use crate::model::project::{Binding, Environment, Project};
use crate::model::secret::is_plainly_public;
use crate::model::template::Unresolved;

/// The environment of this name, with every source of it readable.
///
/// # Errors
/// Where there is no such environment, or a part of it cannot be read.
pub fn environment<'p>(project: &'p Project, name: &str) -> Result<&'p Environment, Fault> {
    let found = project.environment(name).ok_or_else(|| active::unknown(project, name, &Decider::Option))?;
    whole(project, found)?;
    Ok(found)
}

/// Could everything be read that belongs to `environment`?
///
/// # Errors
/// The first problem, with its place.
pub fn whole(project: &Project, environment: &Environment) -> Result<(), Fault> {
    let sources = project.sources_of(environment);
    let mut problems =
        sources.flat_map(|source| source.problems.iter().map(move |problem| (source, problem)));
    let Some((source, problem)) = problems.next() else { return Ok(()) };
    let origin = source.problem_origin(problem);
    let place = origin.at.map_or_else(String::new, |at| format!(":{}:{}", at.line, at.column));
    let help = format!("{}; `envctl validate {}` shows every problem", problem.help, environment.name);
    Err(Fault::new(format!("{}{place}: {}", origin.file, problem.message)).help(help))
}

/// Why a value has no text.
pub fn without_text(binding: &Binding<'_>) -> String {
    let name =
        |index: usize| binding.entry.pieces.get(index)?.reference().filter(|name| is_plainly_public(name));
    let named = |index| name(index).map_or("a key".to_owned(), |name| format!("${{{name}}}"));
    match binding.unresolved() {
        Some(Unresolved::Undefined(index)) => {
            format!("it refers to {}, which is not defined before it", named(*index))
        }
        Some(Unresolved::Broken(index)) => {
            format!("it refers to {}, whose own references lead nowhere", named(*index))
        }
        Some(Unresolved::TooDeep) => "its references are a chain of more than 32".to_owned(),
        Some(Unresolved::TooLarge) | None => "its references grow beyond 8 MiB".to_owned(),
    }
}
