//! `monotonic`: a value that must grow toward production shrinks on the way.

use std::cmp::Ordering;
use std::collections::BTreeMap;

use super::{Case, Check, Draft, Rule, Severities};
use crate::model::finding::Severity;
use crate::model::project::Binding;
use crate::model::quantity::compare;
use crate::model::schema::{Direction, KeySpec};
use crate::model::tier::Tier;

/// The rule.
pub const RULE: Rule = Rule {
    id: "monotonic",
    group: "shape",
    summary: "a value declared `monotonic` is smaller than in an earlier tier",
    why: "Production got the memory of a laptop, because two files were swapped: it holds until the first busy day.",
    fix: "Correct the value. `monotonic = \"falling\"` is for what shrinks toward production, such as the share of traced requests.",
    severity: Severities::WARNING,
    check: Check::Environments(check),
};

fn check(case: &Case<'_>) -> Vec<Draft> {
    let mut drafts = Vec::new();
    for key in case.keys() {
        let Some(direction) = key.monotonic else { continue };
        for bindings in by_stack(case, key).into_values() {
            drafts.extend(turns(key, direction, &bindings));
        }
    }
    drafts
}

/// The values that can be put in the order of tiers, for each stack.
fn by_stack<'p>(case: &Case<'p>, key: &KeySpec) -> BTreeMap<&'p str, Vec<Binding<'p>>> {
    let mut stacks: BTreeMap<&str, Vec<Binding<'_>>> = BTreeMap::new();
    let known = case.environments().filter(|environment| environment.tier != Tier::Unknown);
    for binding in known.flat_map(|environment| case.find(environment, &key.name)) {
        if binding.value().is_some_and(|value| !value.is_empty()) {
            stacks.entry(binding.stack).or_default().push(binding);
        }
    }
    stacks
}

/// Each value that goes the wrong way, beside the one of an earlier tier that goes furthest.
fn turns(key: &KeySpec, direction: Direction, bindings: &[Binding<'_>]) -> Vec<Draft> {
    let (mut below, mut furthest) = (Vec::new(), Vec::new());
    let (mut tier, mut drafts) = (None, Vec::new());
    for binding in bindings {
        if tier.replace(binding.environment.tier) != Some(binding.environment.tier) {
            below.clone_from(&furthest);
        }
        let is_comparable = |other: &&Binding<'_>| step(direction, other, binding).is_some();
        if let Some(earlier) = below.iter().find(is_comparable).or(below.last()) {
            drafts.extend(draft(key, direction, earlier, binding));
        }
        go_on(direction, &mut furthest, *binding);
    }
    drafts
}

/// Keeps of the values that can be compared the one that goes furthest, and of those that cannot the last.
fn go_on<'p>(direction: Direction, furthest: &mut Vec<Binding<'p>>, binding: Binding<'p>) {
    let is_readable = |one: &Binding<'_>| step(direction, one, one).is_some();
    let step_from = |other: &Binding<'_>| step(direction, other, &binding);
    match furthest.iter().position(|other| step_from(other).is_some()) {
        Some(place) if furthest.get(place).and_then(step_from) == Some(Ordering::Less) => {
            furthest.remove(place);
        }
        Some(_) => return,
        None if !is_readable(&binding) => furthest.retain(is_readable),
        None => {}
    }
    furthest.push(binding);
}

/// `Less` where it goes on in the direction from `one` to `other`.
fn step(direction: Direction, one: &Binding<'_>, other: &Binding<'_>) -> Option<Ordering> {
    let (one, other) = match direction {
        Direction::Rising => (one.value()?, other.value()?),
        Direction::Falling => (other.value()?, one.value()?),
    };
    one.judge(|one| other.judge(|other| compare(one, other)))
}

fn draft(key: &KeySpec, direction: Direction, earlier: &Binding<'_>, binding: &Binding<'_>) -> Option<Draft> {
    let (name, there) = (&key.name, &earlier.environment.name);
    let (wrong, mend) = match direction {
        Direction::Rising => ("smaller", "raise it here, or lower it there"),
        Direction::Falling => ("greater", "lower it here, or raise it there"),
    };
    let draft = match step(direction, earlier, binding) {
        Some(Ordering::Greater) => {
            Draft::on(binding, format!("{name} is {wrong} than in {there}")).help(mend)
        }
        Some(_) => return None,
        None => {
            let message = format!("{name} cannot be compared with the value in {there}");
            let help = "write a number, a duration or a size, in the same unit everywhere";
            Draft::on(binding, message).help(help).at_most(Severity::Note)
        }
    };
    Some(draft.with(earlier))
}
