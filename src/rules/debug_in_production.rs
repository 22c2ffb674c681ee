//! `debug-in-production`: debugging is on where the users are.

use super::looks::Slot;
use super::{Case, Check, Draft, Rule, Severities};
use crate::model::kind::as_bool;
use crate::model::project::{Binding, Environment};

/// The rule.
pub const RULE: Rule = Rule {
    id: "debug-in-production",
    group: "production",
    summary: "debugging is switched on in production",
    why: "Debug pages show secrets and source to every visitor; debug logs write them down.",
    fix: "Switch it off: `debug = false` in env.toml, DEBUG=false, LOG_LEVEL=info.",
    severity: Severities::LIVE,
    check: Check::Environments(check),
};

/// Log levels that write down what users send.
const LOUD: &[&str] = &["debug", "trace", "verbose", "all", "silly"];

/// How keys for such levels end. Sources: Spring Boot ("Logging"), ASP.NET Core ("Logging"), Rust's env_logger, common practice.
const LEVELS: &[&[&str]] = &[
    &["log", "level"],
    &["loglevel"],
    &["logging", "level"],
    &["logger", "level"],
    &["logging", "level", "root"],
    &["loglevel", "default"],
    &["rust", "log"],
];

/// Words of keys that switch debugging off.
const NEGATIONS: &[&str] = &["no", "not", "disable", "disabled", "off"];

fn check(case: &Case<'_>) -> Vec<Draft> {
    let mut drafts: Vec<Draft> =
        case.environments().filter_map(|environment| declared(case, environment)).collect();
    let debugging = case.looks.by_name(Means::of).filter(|(binding, means)| means.debugging(binding));
    drafts.extend(debugging.map(|(binding, _)| {
        let help = "switch it off here, or move it to development";
        Draft::on(&binding, format!("{} switches debugging on", binding.key())).help(help)
    }));
    drafts
}

fn declared(case: &Case<'_>, environment: &Environment) -> Option<Draft> {
    let about = &environment.about;
    let draft = Draft::new(environment, format!("`debug` is on in {}", environment.name));
    let origin = about.debug_at.and_then(|at| case.project.origin(at));
    let draft = Draft { origin, ..draft.help("set `debug = false`") };
    (about.debug == Some(true)).then_some(draft)
}

/// What the name of a key says of debugging.
#[derive(Clone, Copy)]
struct Means {
    is_switch: bool,
    is_level: bool,
    /// The names of whose debug output is wanted (`*`, `app:*`), as npm's debug takes them.
    is_list: bool,
}

impl Means {
    fn of(slot: &Slot<'_>) -> Option<Self> {
        let key = slot.spoken.to_ascii_lowercase();
        let words: Vec<&str> = key.split(['_', '-', '.']).collect();
        let is_switch = words.contains(&"debug") && !words.iter().any(|word| NEGATIONS.contains(word));
        let is_level = LEVELS.iter().any(|level| words.ends_with(level));
        (is_switch || is_level).then_some(Self { is_switch, is_level, is_list: key == "debug" })
    }

    fn debugging(self, binding: &Binding<'_>) -> bool {
        let is_on = |text: &str| {
            (self.is_switch && as_bool(text) == Some(true))
                || (self.is_list && text.ends_with('*'))
                || (self.is_level && LOUD.iter().any(|loud| text.eq_ignore_ascii_case(loud)))
        };
        binding.value().is_some_and(|value| value.judge(is_on))
    }
}
