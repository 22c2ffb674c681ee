//! `undefined-reference`: `${NAME}` names nothing that is defined before it.

mod compose;

use super::{Case, Check, Draft, Rule, Severities};
use crate::model::project::Binding;
use crate::model::resolved::MAX_DEPTH;
use crate::model::secret::is_plainly_public;
use crate::model::template::{Piece, Unresolved};

/// The rule.
pub const RULE: Rule = Rule {
    id: "undefined-reference",
    group: "presence",
    summary: "a value refers to a key that is not defined before it, or a Compose file to one that nothing defines",
    why: "Readers put an empty text there, or the text `${NAME}` itself: `https:///v1` and a password that everybody can guess.",
    fix: "Define the key above, or in a lower layer of the same environment, or give a default: ${NAME:-text}. The process environment is never asked. A `$` that is meant as such is written in single quotes.",
    severity: Severities::ERROR,
    check: Check::Environments(check),
};

fn check(case: &Case<'_>) -> Vec<Draft> {
    let bindings = case.all_bindings();
    let drafts = bindings.filter_map(|binding| draft(case, &binding, binding.unresolved()?));
    drafts.chain(compose::check(case)).collect()
}

fn draft(case: &Case<'_>, binding: &Binding<'_>, why: &Unresolved) -> Option<Draft> {
    let key = binding.key();
    match why {
        Unresolved::TooLarge => {
            let message = format!("the references of {key} grow beyond 8 MiB");
            Some(Draft::on(binding, message).help("break the chain of values that repeat each other"))
        }
        Unresolved::TooDeep => {
            let message = format!("the references of {key} lead through more than {MAX_DEPTH} others");
            Some(Draft::on(binding, message).help("refer to the key at the end of the chain itself"))
        }
        Unresolved::Undefined(index) => undefined(case, binding, name(binding, *index)?),
        Unresolved::Broken(index) => broken(case, binding, name(binding, *index)?),
    }
}

/// The key that a piece of the value refers to.
fn name<'p>(binding: &Binding<'p>, piece: usize) -> Option<&'p str> {
    binding.entry.pieces.get(piece).and_then(Piece::reference)
}

fn undefined(case: &Case<'_>, binding: &Binding<'_>, name: &str) -> Option<Draft> {
    if is_elsewhere(case, binding, name) {
        return None;
    }
    let key = binding.key();
    if name == key {
        let message = format!("{key} refers to itself, and no lower layer sets it");
        return Some(
            Draft::on(binding, message).help(format!("set {key} in a lower layer, or write its whole value")),
        );
    }
    let later = case.find(binding.environment, name).find(|other| other.stack == binding.stack);
    let Some(later) = later else {
        return Some(unknown(binding, name, "which is not defined before it"));
    };
    let draft = match leads_to(case, &later, key) {
        true => Draft::on(binding, format!("{key} and {name} refer to each other"))
            .help(format!("write out the value of {key} or of {name}")),
        false => Draft::on(binding, format!("{key} refers to ${{{name}}}, which is defined only after it"))
            .help(format!("move {name} above {key}")),
    };
    Some(draft.with(&later))
}

/// Do the references of `from` lead back to `key`, in as many steps as references may take?
fn leads_to<'p>(case: &Case<'p>, from: &Binding<'p>, key: &str) -> bool {
    let mut at = *from;
    for _ in 0..MAX_DEPTH {
        let Some(Unresolved::Undefined(index) | Unresolved::Broken(index)) = at.unresolved() else {
            return false;
        };
        let Some(name) = name(&at, *index) else { return false };
        if name == key {
            return true;
        }
        let mut next = case.find(at.environment, name).filter(|other| other.stack == at.stack);
        let Some(next) = next.next() else { return false };
        at = next;
    }
    false
}

fn broken(case: &Case<'_>, binding: &Binding<'_>, name: &str) -> Option<Draft> {
    if is_elsewhere(case, binding, name) || is_told(case, binding, name) {
        return None;
    }
    Some(unknown(binding, name, "whose own references lead nowhere"))
}

fn unknown(binding: &Binding<'_>, name: &str, what: &str) -> Draft {
    let key = binding.key();
    if !is_plainly_public(name) {
        // A `${` that happens to stand in a password.
        let message = format!("{key} refers to a key {what}");
        return Draft::on(binding, message).help("write a `$` that is meant as such in single quotes");
    }
    let help = format!("define {name} above it, or write ${{{name}:-default}}");
    Draft::on(binding, format!("{key} refers to ${{{name}}}, {what}")).help(help)
}

/// Is there a finding about the key itself, so that its uses need none?
fn is_told(case: &Case<'_>, binding: &Binding<'_>, name: &str) -> bool {
    case.find(binding.environment, name).any(|other| {
        other.stack == binding.stack && other.key() != binding.key() && other.unresolved().is_some()
    })
}

/// Is the key absent from the files by intent?
fn is_elsewhere(case: &Case<'_>, binding: &Binding<'_>, name: &str) -> bool {
    let key = case.project.schema.key(name);
    let is_declared_elsewhere = key.is_some_and(|key| case.is_provided(key, binding.environment))
        || case.withholds(name, key.and_then(|key| key.secret));
    let is_in_no_file = || case.find(binding.environment, name).next().is_none();
    is_declared_elsewhere || (case.is_provided_as_a_whole(binding.environment) && is_in_no_file())
}
