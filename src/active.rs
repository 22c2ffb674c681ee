//! Layer 2: which environment is current, and who decided that.

use serde::Serialize;

use crate::model::fault::Fault;
use crate::model::nearest::nearest;
use crate::model::project::{Environment, Project};
use crate::model::tier::{Tier, same_family};
use crate::model::variables::Variables;

/// The variable that selects an environment before all others.
pub const VARIABLE: &str = "ENVCTL_ENV";

/// Who decided.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Decider {
    /// `--env`.
    Option,
    /// A variable of the process.
    Variable(String),
    /// The project's default.
    Default,
}

/// The environment that somebody named, before it is known whether it exists.
pub struct Request {
    /// The name as given.
    pub name: String,
    /// Who gave it.
    pub by: Decider,
}

/// What the command line, then the environment variables ask for.
pub fn requested(option: Option<&str>, variables: &Variables, selector: &[String]) -> Option<Request> {
    let option = option.map(|name| Request { name: name.to_owned(), by: Decider::Option });
    option.or_else(|| {
        let names = std::iter::once(VARIABLE).chain(selector.iter().map(String::as_str));
        let mut set = names.filter_map(|variable| Some((variable, variables.get(variable)?)));
        set.next().map(|(variable, name)| Request {
            name: name.to_owned(),
            by: Decider::Variable(variable.to_owned()),
        })
    })
}

/// The current environment, if any.
///
/// # Errors
/// A [`Fault`] where what was asked for is no environment of the project; never a fallback.
pub fn current<'p>(
    project: &'p Project,
    option: Option<&str>,
    variables: &Variables,
) -> Result<Option<(&'p Environment, Decider)>, Fault> {
    match requested(option, variables, &project.schema.selector) {
        Some(Request { name, by }) => {
            let found = project.environment(&name).ok_or_else(|| unknown(project, &name, &by))?;
            Ok(Some((found, by)))
        }
        None => Ok(default(project).map(|environment| (environment, Decider::Default))),
    }
}

/// The declared default, else the one development environment.
fn default(project: &Project) -> Option<&Environment> {
    if let Some(name) = &project.schema.default {
        return project.environment(name);
    }
    let mut candidates = project
        .environments
        .iter()
        .filter(|environment| environment.tier == Tier::Development && !environment.is_protected());
    let first = candidates.next()?;
    match candidates.next() {
        None => Some(first),
        Some(_) => project.environment("development").filter(|e| same_family(e.name.as_str(), "development")),
    }
}

/// The fault of a name that is no environment.
pub fn unknown(project: &Project, name: &str, by: &Decider) -> Fault {
    let who = match by {
        Decider::Variable(variable) => format!(" ({variable} asks for it)"),
        _ => String::new(),
    };
    let names = || project.environments.iter().map(|environment| environment.name.as_str());
    let help = match nearest(name, names()) {
        Some(near) => format!("did you mean `{near}`?"),
        None => format!("environments: {}", names().collect::<Vec<_>>().join(", ")),
    };
    Fault::new(format!("there is no environment `{name}`{who}")).help(help)
}

impl Decider {
    /// Why this environment is the current one, for people.
    pub fn describe(&self) -> String {
        match self {
            Decider::Option => "by --env".to_owned(),
            Decider::Variable(name) => format!("by {name}"),
            Decider::Default => "the default".to_owned(),
        }
    }
}
