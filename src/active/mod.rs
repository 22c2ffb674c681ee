//! Layer 3: which environment is current, and who decided that.

mod by_git;
pub mod glance;
pub mod grant;
pub mod key;
pub mod log;
pub mod state;
pub mod terminal;
mod user;

use jiff::Timestamp;

use crate::model::fault::Fault;
use crate::model::nearest::nearest;
use crate::model::project::{Environment, Project};
use crate::model::tier::Tier;
use crate::model::variables::Variables;
use crate::store::Root;
pub use by_git::by_git;
use state::State;
use terminal::Standing;

/// The variable that selects an environment before all others.
pub const VARIABLE: &str = "ENVCTL_ENV";

/// Who decided.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Decider {
    /// `--env`, or a name on the command line.
    Option,
    /// `--from-git`.
    Git,
    /// A variable of the process.
    Variable(String),
    /// `switch`.
    State,
    /// The project's default.
    Default,
}

impl Decider {
    /// Why this environment is the current one, for people.
    pub fn describe(&self) -> String {
        match self {
            Decider::Option => "by --env".to_owned(),
            Decider::Git => "by --from-git".to_owned(),
            Decider::Variable(name) => format!("by {name}"),
            Decider::State => "by envctl switch".to_owned(),
            Decider::Default => "the default".to_owned(),
        }
    }

    /// A word for machines.
    pub fn as_str(&self) -> &'static str {
        match self {
            Decider::Option => "option",
            Decider::Git => "git",
            Decider::Variable(_) => "variable",
            Decider::State => "state",
            Decider::Default => "default",
        }
    }
}

/// What decides, beside the project itself.
pub struct Asked<'a> {
    /// Where the project is.
    pub root: &'a Root,
    /// `--env`.
    pub option: Option<&'a str>,
    /// `--from-git`.
    pub from_git: bool,
    /// The variables of the process.
    pub variables: &'a Variables,
    /// The time, for grants.
    pub now: Timestamp,
}

impl Asked<'_> {
    fn standing(&self) -> Standing {
        terminal::standing(self.variables, self.root, self.now)
    }
}

/// The current environment.
pub struct Selection<'p> {
    /// Which it is.
    pub environment: &'p Environment,
    /// Who decided.
    pub by: Decider,
    /// When the consent to it ends.
    pub expires_at: Option<Timestamp>,
    /// What has to be said about it, once per command.
    pub remark: Option<String>,
    has_lapsed: bool,
}

impl Selection<'_> {
    /// Says too that `ENVCTL_ENV` counts in another project alone.
    fn remarked(mut self, asked: &Asked<'_>, place: &str) -> Self {
        let name = asked.variables.get(VARIABLE).unwrap_or_default();
        let said = || format!("{VARIABLE} selects {name} in {place} alone, and does not count here");
        self.remark.get_or_insert_with(said);
        self
    }

    /// May coding agents work by the consent, where one is live?
    pub fn is_for_agents(&self, asked: &Asked<'_>) -> Option<bool> {
        self.expires_at.map(|_| consent_for_agents(asked, self.environment).is_some())
    }

    /// What is said where the default stands in for a selection that has ended.
    pub fn lapsed(&self) -> Option<&str> {
        self.remark.as_deref().filter(|_| self.has_lapsed)
    }
}

/// An environment that somebody named, before it is known whether it exists.
pub struct Request {
    /// The name as given.
    pub name: String,
    /// Who gave it.
    pub by: Decider,
}

/// What the command line, then the environment variables ask for.
pub fn requested(asked: &Asked<'_>, selector: &[String]) -> Option<Request> {
    let option = asked.option.map(|name| Request { name: name.to_owned(), by: Decider::Option });
    option.or_else(|| {
        let own = (asked.standing() == Standing::Counts).then_some(VARIABLE);
        let names = own.into_iter().chain(selector.iter().map(String::as_str));
        let mut set = names.filter_map(|variable| Some((variable, asked.variables.get(variable)?)));
        set.next().map(|(variable, name)| Request {
            name: name.into_owned(),
            by: Decider::Variable(variable.to_owned()),
        })
    })
}

/// Variables that coding agents set for the commands they run. Exact names: `CODEX_HOME` is a person's setting.
/// Sources: the documentation or the code of each agent.
pub const AGENTS: &[&str] = &[
    "CLAUDECODE",
    "CODEX_SANDBOX",
    "CODEX_THREAD_ID",
    "GEMINI_CLI",
    "CURSOR_AGENT",
    "COPILOT_CLI",
    "OPENCODE",
    "AI_AGENT",
];

/// The variable that says that a coding agent is at work, which may not confirm.
pub fn agent(variables: &Variables) -> Option<&'static str> {
    AGENTS.iter().find(|name| variables.get(name).is_some()).copied()
}

/// The variable that says that this is a CI job.
pub const CI: &str = "CI";

/// Is this a CI job, where nobody's selection counts and nobody can confirm?
pub fn is_ci(variables: &Variables) -> bool {
    variables.get(CI).is_some_and(|ci| !matches!(&*ci, "0" | "false"))
}

/// The current environment; nothing where no one decides and there is no default.
///
/// # Errors
/// A [`Fault`] where what was asked for is no environment of the project; never a fallback.
pub fn current<'p>(project: &'p Project, asked: &Asked<'_>) -> Result<Option<Selection<'p>>, Fault> {
    if asked.from_git {
        return Ok(Some(explicit(asked, by_git(project, asked.root)?, Decider::Git)));
    }
    let standing = asked.standing();
    if standing == Standing::Ended && asked.option.is_none() {
        return Ok(by_default(project, asked.variables.get(VARIABLE).map(|name| ended(&name))));
    }
    let selection = match requested(asked, &project.schema.selector) {
        Some(Request { name, by }) => {
            let environment = project.environment(&name).ok_or_else(|| unknown(project, &name, &by))?;
            Some(explicit(asked, environment, by))
        }
        None => match stored(asked)? {
            Some(state) => by_state(project, asked, &state)?,
            None => by_default(project, None),
        },
    };
    Ok(selection.map(|selection| match standing {
        Standing::Elsewhere(place) if selection.by != Decider::Option => selection.remarked(asked, &place),
        _ => selection,
    }))
}

/// The selection of what somebody asked for by name.
fn explicit<'p>(asked: &Asked<'_>, environment: &'p Environment, by: Decider) -> Selection<'p> {
    let remark = disagreement(asked, environment, &by);
    let expires_at = environment.is_protected().then(|| consent(asked, environment)).flatten();
    Selection { environment, by, expires_at, remark, has_lapsed: false }
}

/// What is said where the selection of a terminal has ended.
pub fn ended(name: &str) -> String {
    format!("the selection of {name} in this terminal has ended; `envctl switch --shell {name}` renews it")
}

/// What `switch` stored, where it counts.
///
/// # Errors
/// A [`Fault`] where something else lies in its place.
pub fn stored(asked: &Asked<'_>) -> Result<Option<State>, Fault> {
    if is_ci(asked.variables) { Ok(None) } else { state::read(asked.root) }
}

/// Until when a person has consented to work in `environment`.
pub fn consent(asked: &Asked<'_>, environment: &Environment) -> Option<Timestamp> {
    grant::Store::open(asked.variables)?.live_until(asked.root, environment.name.as_str(), asked.now)
}

/// Until when a person has let coding agents work in `environment`.
pub fn consent_for_agents(asked: &Asked<'_>, environment: &Environment) -> Option<Timestamp> {
    grant::Store::open(asked.variables)?.live_for_agents(asked.root, environment.name.as_str(), asked.now)
}

fn by_state<'p>(
    project: &'p Project,
    asked: &Asked<'_>,
    state: &State,
) -> Result<Option<Selection<'p>>, Fault> {
    let name = &state.environment;
    let Some(environment) = project.environments.iter().find(|one| one.name.as_str() == name) else {
        let message = format!("{name} was selected, and there is no such environment any more");
        return Err(Fault::new(message).help("select another: envctl switch NAME"));
    };
    // What needed consent at the switch needs it still, should its env.toml not be readable any more.
    let is_guarded = environment.is_protected() || state.protected;
    let expires_at = is_guarded.then(|| state.end(consent(asked, environment), asked.now)).flatten();
    if is_guarded && expires_at.is_none() {
        let remark = format!("the consent to {name} has ended; `envctl switch {name}` renews it");
        return Ok(by_default(project, Some(remark)));
    }
    let by = Decider::State;
    Ok(Some(Selection { environment, by, expires_at, remark: None, has_lapsed: false }))
}

fn by_default(project: &Project, remark: Option<String>) -> Option<Selection<'_>> {
    let environment = default(project)?;
    let has_lapsed = remark.is_some();
    Some(Selection { environment, by: Decider::Default, expires_at: None, remark, has_lapsed })
}

/// The declared default, else the one development environment.
pub fn default(project: &Project) -> Option<&Environment> {
    if let Some(name) = &project.schema.default {
        return project.environment(name);
    }
    let is_candidate =
        |environment: &&Environment| environment.tier == Tier::Development && !environment.is_protected();
    let mut candidates = project.environments.iter().filter(is_candidate);
    match (candidates.next(), candidates.next()) {
        (only, None) => only,
        _ => project.environment("development").filter(is_candidate),
    }
}

/// A variable that overrides what `switch` selected is said, so that two terminals do not mislead each other.
fn disagreement(asked: &Asked<'_>, environment: &Environment, by: &Decider) -> Option<String> {
    let Decider::Variable(variable) = by else { return None };
    let state = stored(asked).ok().flatten()?;
    let differs = state.environment != environment.name.as_str();
    differs.then(|| {
        format!("{variable} selects {}; envctl switch had selected {}", environment.name, state.environment)
    })
}

/// The fault of a name that is no environment.
pub fn unknown(project: &Project, name: &str, by: &Decider) -> Fault {
    let who = match by {
        Decider::Variable(variable) => format!(" ({variable} asks for it)"),
        _ => String::new(),
    };
    if let Err(fault) = crate::model::name::EnvName::new(name) {
        return Fault::new(format!("{fault}{who}")).help(fault.advice().unwrap_or_default());
    }
    let names = || project.environments.iter().map(|environment| environment.name.as_str());
    let help = match nearest(name, names()) {
        Some(near) => format!("did you mean `{near}`?"),
        None => format!("environments: {}", names().collect::<Vec<_>>().join(", ")),
    };
    Fault::new(format!("there is no environment `{name}`{who}")).help(help)
}
