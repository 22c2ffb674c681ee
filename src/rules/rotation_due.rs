//! `rotation-due`: a value is older than the manifest allows.

use jiff::ToSpan;
use jiff::civil::Date;

use super::{Case, Check, Draft, Rule, Severities};
use crate::model::finding::Severity;
use crate::model::project::Environment;
use crate::model::schema::{KeySpec, Rotation};
use crate::model::source::Origin;

/// The rule.
pub const RULE: Rule = Rule {
    id: "rotation-due",
    group: "hygiene",
    summary: "a value is older than its `max-age`, or nobody says how old it is",
    why: "A token that left with a former colleague, or with a laptop, opens the door until somebody replaces it.",
    fix: "Have a new value issued and write down the day: rotated = 2030-01-31 in [keys.NAME] or [keys.NAME.in.ENV], or the comment `# rotated: 2030-01-31` above it in its file.",
    severity: Severities::WARNING,
    check: Check::Environments(check),
};

fn check(case: &Case<'_>) -> Vec<Draft> {
    let mut drafts = Vec::new();
    for key in case.keys() {
        for environment in case.environments() {
            let rotation = case.rotation(key, environment);
            if rotation.max_age.is_some() || rotation.rotated.is_some() {
                drafts.extend(values(case, key, environment, rotation));
            }
        }
    }
    drafts
}

/// What is to be said of each value of a key: of those in files, else of the one that somebody provides.
fn values(case: &Case<'_>, key: &KeySpec, environment: &Environment, rotation: Rotation) -> Vec<Draft> {
    let bindings = case.find(environment, &key.name).filter(|binding| !binding.is_empty());
    let mut places: Vec<(Origin, Option<Date>)> = bindings
        .map(|binding| {
            let (source, entry) = (binding.source, binding.entry);
            (source.key_origin(entry), source.rotated(entry).max(rotation.rotated))
        })
        .collect();
    if places.is_empty() && (key.provided_by.is_some() || environment.about.provided_by.is_some()) {
        places.push((case.in_manifest(key.at), rotation.rotated));
    }
    let draft = |(origin, rotated)| {
        let (message, at_most) = complaint(&key.name, rotation.max_age, rotated, case.today)?;
        let draft = Draft::new(environment, message).key(&key.name).at(origin).at_most(at_most);
        Some(draft.help(key.advice().unwrap_or_else(|| {
            "have a new value issued, and write down the day: rotated = YYYY-MM-DD".to_owned()
        })))
    };
    places.into_iter().filter_map(draft).collect()
}

/// What is wrong with the age of a value, and how bad that is at most.
fn complaint(
    name: &str,
    max_age: Option<u16>,
    rotated: Option<Date>,
    today: Date,
) -> Option<(String, Severity)> {
    match (rotated, max_age) {
        (Some(day), _) if day > today => {
            Some((format!("{name} is said to have been rotated on {day}, which is to come"), Severity::Error))
        }
        (Some(day), Some(max_age)) => {
            let last = day.checked_add(i64::from(max_age).days()).ok().filter(|last| *last < today)?;
            Some((format!("{name} was to be rotated by {last}"), Severity::Error))
        }
        (None, Some(_)) => Some((format!("nobody says when {name} was last rotated"), Severity::Note)),
        (_, None) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_is_due_on_the_day_after_its_last() {
        let day = |text: &str| text.parse::<Date>().unwrap();
        let said = |rotated, today| complaint("A", Some(90), rotated, day(today)).map(|(message, _)| message);
        let rotated = Some(day("2026-01-01"));
        assert_eq!(said(rotated, "2026-04-01"), None);
        assert_eq!(said(rotated, "2026-04-02"), Some("A was to be rotated by 2026-04-01".to_owned()));
        assert_eq!(
            said(rotated, "2025-12-31"),
            Some("A is said to have been rotated on 2026-01-01, which is to come".to_owned())
        );
        assert!(said(Some(Date::MAX), "2026-01-01").is_some());
    }
}
