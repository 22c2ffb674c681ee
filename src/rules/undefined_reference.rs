//! `undefined-reference`: `${NAME}` names nothing that is defined before it.

use super::{Case, Check, Draft, Phase, Rule, Severities};
use crate::model::project::Binding;
use crate::model::secret::is_plainly_public;
use crate::model::template::{Piece, Unresolved};

/// The rule.
pub const RULE: Rule = Rule {
    id: "undefined-reference",
    group: "presence",
    summary: "a value refers to a key that is not defined before it",
    why: "Readers put an empty text there, or the text `${NAME}` itself: `https:///v1` and a password that everybody can guess.",
    fix: "Define the key above, or in a lower layer of the same environment, or give a default: ${NAME:-text}. The process environment is never asked. A `$` that is meant as such is written in single quotes.",
    severity: Severities::ERROR,
    check: Check::Environments(check),
};

fn check(case: &Case<'_>) -> Vec<Draft> {
    let bindings = case.environments().flat_map(|environment| case.bindings(environment));
    bindings.filter_map(|binding| Some(draft(case, &binding, binding.unresolved()?)).flatten()).collect()
}

fn draft(case: &Case<'_>, binding: &Binding<'_>, why: &Unresolved) -> Option<Draft> {
    let (index, is_broken) = match why {
        Unresolved::Undefined(index) => (index, false),
        Unresolved::Broken(index) => (index, true),
        Unresolved::TooLarge => {
            let message = format!("the references of {} grow beyond 8 MiB", binding.key());
            return Some(
                Draft::on(binding, message).help("break the chain of values that repeat each other"),
            );
        }
    };
    let Some(Piece::Reference { name, .. }) = binding.entry.pieces.get(*index) else { return None };
    if is_elsewhere(case, binding, name) || (is_broken && is_told(case, binding, name)) {
        return None;
    }
    let what = if is_broken { "whose own references lead nowhere" } else { "which is not defined before it" };
    if !is_plainly_public(name) {
        // A `${` that happens to stand in a password.
        let message = format!("{} refers to a key {what}", binding.key());
        return Some(Draft::on(binding, message).help("write a `$` that is meant as such in single quotes"));
    }
    let message = format!("{} refers to ${{{name}}}, {what}", binding.key());
    Some(Draft::on(binding, message).help(format!("define {name} above it, or write ${{{name}:-default}}")))
}

/// Is there a finding about the key itself, so that its uses need none?
fn is_told(case: &Case<'_>, binding: &Binding<'_>, name: &str) -> bool {
    case.find(binding.environment, name).any(|other| {
        other.stack == binding.stack && other.key() != binding.key() && other.unresolved().is_some()
    })
}

/// Is the key absent from the files by intent?
fn is_elsewhere(case: &Case<'_>, binding: &Binding<'_>, name: &str) -> bool {
    case.project.schema.key(name).is_some_and(|key| {
        case.is_provided(key, binding.environment)
            || (case.phase == Phase::Structure && key.secret == Some(true))
    })
}
