//! `self-name-mismatch`: a key that names its own environment names another.

use super::looks::Slot;
use super::{Case, Check, Draft, Rule, Severities};
use crate::model::finding::Severity;
use crate::model::project::{Binding, Environment};
use crate::model::tier::{Tier, same_family, spellings_of};

/// The rule.
pub const RULE: Rule = Rule {
    id: "self-name-mismatch",
    group: "isolation",
    summary: "APP_ENV, ENVIRONMENT and the like name another environment than the one they stand in",
    why: "Frameworks choose databases, mail and error reporting by this name: production that believes to be staging writes to staging.",
    fix: "Correct the name. Build modes (NODE_ENV, RAILS_ENV, MIX_ENV) may say production in test and staging.",
    severity: Severities::CROSSING,
    check: Check::Environments(check),
};

/// Keys that name the environment, and endings of such keys. Sources: Laravel, Symfony, Spring, ASP.NET, Rails,
/// Phoenix, Node.js and Django documentation.
const SELF_NAMES: &[&str] =
    &["env", "environment", "env_name", "environment_name", "app_env", "spring_profiles_active"];
const ENDINGS: &[&str] = &["_env", "_environment"];

/// Spring Boot's, "Profiles": what is active where neither a variable nor an argument says it.
const PROFILE: &str = "spring.profiles.active";

/// These choose how a program is built and run, not where it stands.
const BUILD_MODES: &[&str] = &["node_env", "mix_env", "rails_env", "rack_env", "babel_env", "go_env"];

fn check(case: &Case<'_>) -> Vec<Draft> {
    let mut drafts = Vec::new();
    for (binding, ()) in case.looks.by_name(|slot| is_self_name(slot).then_some(())) {
        let Some(other) = binding.value().and_then(|value| value.judge(|text| named(case, text))) else {
            continue;
        };
        if binding.key() == PROFILE && !is_own(case, &binding) {
            drafts.extend(in_base(case, &binding, &other));
            continue;
        }
        let is_optimised = other.tier == Some(Tier::Production);
        let is_right = agrees(case, &binding, other) || (is_optimised && is_built_alike(case, &binding));
        if !is_right {
            let own = &binding.environment.name;
            let message = format!("{} names another environment than {own}", binding.key());
            drafts.push(Draft::on(&binding, message).help(format!("expected {own}")));
        }
    }
    drafts
}

/// Is it a build mode, and the same in every environment that has it? Then it says how all are built.
fn is_built_alike(case: &Case<'_>, binding: &Binding<'_>) -> bool {
    let others = case.environments().flat_map(|environment| case.find(environment, binding.entry.name()));
    let mut others = others.filter(|other| other.stack == binding.stack && other.key() == binding.key());
    let is_alone =
        case.environments().filter(|one| case.find(one, binding.entry.name()).next().is_some()).count() < 2;
    BUILD_MODES.contains(&binding.last_name().to_ascii_lowercase().as_str())
        && !is_alone
        && others.all(|other| other.entry.same_as(binding.entry))
}

fn is_self_name(slot: &Slot<'_>) -> bool {
    let last = slot.last.to_ascii_lowercase();
    let is_ending = || ENDINGS.iter().any(|ending| last.ends_with(ending));
    SELF_NAMES.contains(&last.as_str()) || is_ending() || slot.name == PROFILE
}

/// Spring's profiles choose modes too: a service that tests need may well be started with that of development.
fn is_profile(binding: &Binding<'_>) -> bool {
    binding.last_name().eq_ignore_ascii_case("spring_profiles_active")
}

fn is_own(case: &Case<'_>, binding: &Binding<'_>) -> bool {
    case.project.own_sources(binding.environment).any(|source| std::ptr::eq(source, binding.source))
}

/// The base cannot name each environment, but it should not lead production into another where nobody says otherwise.
fn in_base(case: &Case<'_>, binding: &Binding<'_>, named: &Named) -> Option<Draft> {
    let environment = binding.environment;
    let other = case.environments().nth(named.index?).filter(|other| other.name != environment.name)?;
    let message = format!("{} activates {} wherever nobody says otherwise", binding.key(), other.name);
    let help = format!(
        "take it out of the base, or be sure that {} is started with a profile of its own",
        environment.name
    );
    let draft = Draft::on(binding, message).help(help).at_most(Severity::Warning);
    (environment.tier == Tier::Production).then_some(draft)
}

/// What the value names: an environment of this project, or a tier by a well-known word.
fn named(case: &Case<'_>, text: &str) -> Option<Named> {
    let index = case
        .project
        .environment(text)
        .and_then(|named| case.environments().position(|environment| environment.name == named.name));
    let tier = spellings_of(text).map(|(tier, _)| tier);
    (index.is_some() || tier.is_some()).then_some(Named { index, tier })
}

struct Named {
    index: Option<usize>,
    tier: Option<Tier>,
}

impl crate::model::value::Verdict for Named {}

fn agrees(case: &Case<'_>, binding: &Binding<'_>, named: Named) -> bool {
    let environment = binding.environment;
    let own = |other: &Environment| other.name == environment.name;
    let is_build_mode = BUILD_MODES.contains(&binding.last_name().to_ascii_lowercase().as_str());
    let optimised = named.tier == Some(Tier::Production)
        && matches!(environment.tier, Tier::Test | Tier::Staging | Tier::Unknown);
    let by_token = |text: &str| tokens(environment.name.as_str()).any(|token| same_family(token, text));
    let is_mode = is_build_mode || is_profile(binding);
    let is_workshop = |tier: Tier| matches!(tier, Tier::Development | Tier::Test);
    let is_for_work = named.tier.is_some_and(is_workshop) && is_workshop(environment.tier);
    (is_build_mode && optimised)
        || (is_mode && is_for_work)
        || binding.value().is_some_and(|value| value.judge(by_token))
        || match named.index.and_then(|index| case.environments().nth(index)) {
            Some(other) => own(other),
            None => named.tier == Some(environment.tier),
        }
}

/// The words of a compound name; `pre-prod` is one word, and says nothing of production.
fn tokens(name: &str) -> impl Iterator<Item = &str> {
    let is_one = spellings_of(name).is_some();
    name.split(move |c| !is_one && matches!(c, '-' | '_' | '.'))
}
