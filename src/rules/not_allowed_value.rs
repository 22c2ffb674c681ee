//! `not-allowed-value`: a value breaks a constraint of its key.

use std::fmt;

use super::asked::asked;
use super::{Case, Check, Draft, Rule, Severities};
use crate::model::finding::Severity;
use crate::model::kind::Kind;
use crate::model::schema::{Constraints, Pattern};
use crate::model::url::Url;
use crate::model::value::Value;

/// The rule.
pub const RULE: Rule = Rule {
    id: "not-allowed-value",
    group: "shape",
    summary: "a value breaks a constraint that the manifest sets for its key",
    why: "A log level that leaks requests, a token of another service, a bucket of another region: right in shape, wrong here.",
    fix: "Correct the value, or the key's constraints; [keys.NAME.in.ENV] changes them for one environment.",
    severity: Severities::ERROR,
    check: Check::Environments(check),
};

fn check(case: &Case<'_>) -> Vec<Draft> {
    let mut drafts = Vec::new();
    for key in case.keys() {
        for environment in case.environments() {
            let constraints = case.constraints(key, environment);
            let demands = demands(&constraints, environment.name.as_str());
            for binding in case.find(environment, &key.name) {
                let Some(value) = binding.value().filter(|value| !value.is_empty()) else { continue };
                let broken = demands.iter().filter(|demand| value.judge(|text| !(demand.holds)(text)));
                drafts.extend(broken.map(|demand| {
                    let draft = Draft::on(&binding, format!("{} {}", key.name, demand.complaint));
                    draft.help(key.advice().unwrap_or_else(|| "correct the value".to_owned()))
                }));
            }
        }
    }
    drafts.extend(wanted(case));
    drafts
}

/// What the comments of an example file allow is a doubt at most: they were written for people.
fn wanted(case: &Case<'_>) -> Vec<Draft> {
    let mut drafts = Vec::new();
    for asked in asked(case) {
        for key in asked.keys(case).into_iter().filter(|key| !key.values.is_empty()) {
            let is_allowed =
                |item: &str| key.values.iter().any(|value| value.eq_ignore_ascii_case(item.trim()));
            let fits =
                |value: &Value| value.is_empty() || value.judge(|text| text.split(',').all(is_allowed));
            let found =
                asked.found(case, &key.name).filter(|one| one.value().is_some_and(|value| !fits(value)));
            drafts.extend(found.map(|binding| {
                let message = format!("{} is none of the values that {} lists", key.name, asked.file.path);
                Draft::on(&binding, message).help("correct the value, or the list").at_most(Severity::Warning)
            }));
        }
    }
    drafts
}

/// One constraint, ready to be tried.
struct Demand<'c> {
    /// What is wrong where it does not hold, from the manifest's side: it never quotes the value.
    complaint: String,
    holds: Box<dyn Fn(&str) -> bool + 'c>,
}

fn demands<'c>(constraints: &'c Constraints, environment: &str) -> Vec<Demand<'c>> {
    let mut demands = Vec::new();
    let mut demand =
        |complaint: String, holds: Box<dyn Fn(&str) -> bool + 'c>| demands.push(Demand { complaint, holds });
    let named = |text: &str| text.replace(Pattern::ENV, environment);
    // What cannot be read as its type is `wrong-type`, and told once.
    let is_mistyped = |text: &str| constraints.kind.is_some_and(|kind| !kind.accepts(text));
    if let Some(values) = &constraints.values {
        let allowed = |item: &str| values.iter().any(|value| value == item);
        demand(
            format!("is none of {}", values.join(", ")),
            Box::new(move |text| items(constraints, text).all(allowed)),
        );
    }
    if let Some(schemes) = &constraints.schemes {
        let allowed = |url: Url<'_>| schemes.iter().any(|scheme| scheme.eq_ignore_ascii_case(url.scheme()));
        let complaint = format!("is no URL with scheme {}", schemes.join(" or "));
        demand(complaint, Box::new(move |text| Url::parse(text).map_or(is_mistyped(text), allowed)));
    }
    if let Some(range) = Range::new(constraints.min, constraints.max) {
        let complaint = format!("is not {range}");
        let holds =
            move |text: &str| text.trim().parse().map_or(is_mistyped(text), |number| range.holds(number));
        demand(complaint, Box::new(holds));
    }
    if let Some(range) = Range::new(constraints.min_len, constraints.max_len) {
        let complaint = format!("does not have {range} characters");
        demand(complaint, Box::new(move |text| range.holds(text.chars().count())));
    }
    if let Some(pattern) =
        constraints.pattern.as_ref().and_then(|pattern| pattern.for_environment(environment))
    {
        let complaint = "does not have the form that its `pattern` asks for".to_owned();
        demand(complaint, Box::new(move |text| pattern.is_match(text)));
    }
    if let Some(prefix) = constraints.prefix.as_deref().map(named) {
        demand(format!("does not start with {prefix}"), Box::new(move |text| text.starts_with(&prefix)));
    }
    if let Some(suffix) = constraints.suffix.as_deref().map(named) {
        demand(format!("does not end with {suffix}"), Box::new(move |text| text.ends_with(&suffix)));
    }
    demands
}

/// A list is judged item by item, everything else as a whole.
fn items<'t>(constraints: &Constraints, text: &'t str) -> impl Iterator<Item = &'t str> {
    let separator = constraints.separator.as_deref().unwrap_or(",");
    let (list, whole) = match constraints.kind {
        Some(Kind::List) => (Some(text.split(separator).map(str::trim)), None),
        _ => (None, Some(text)),
    };
    list.into_iter().flatten().chain(whole)
}

/// From a least to a greatest number, either of which may be missing.
#[derive(Clone, Copy)]
struct Range<N> {
    min: Option<N>,
    max: Option<N>,
}

impl<N: PartialOrd> Range<N> {
    fn new(min: Option<N>, max: Option<N>) -> Option<Self> {
        (min.is_some() || max.is_some()).then_some(Self { min, max })
    }

    fn holds(&self, number: N) -> bool {
        self.min.as_ref().is_none_or(|min| number >= *min)
            && self.max.as_ref().is_none_or(|max| number <= *max)
    }
}

impl<N: fmt::Display> fmt::Display for Range<N> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (&self.min, &self.max) {
            (Some(min), Some(max)) => write!(f, "{min} to {max}"),
            (Some(min), None) => write!(f, "at least {min}"),
            (None, Some(max)) => write!(f, "at most {max}"),
            (None, None) => Ok(()),
        }
    }
}
