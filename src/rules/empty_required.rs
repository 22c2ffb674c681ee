//! `empty-required`: a key that must be set is set to nothing.

use super::asked::{Asked, Filled, asked};
use super::{Case, Check, Draft, Rule, Severities};
use crate::model::project::Binding;

/// The rule.
pub const RULE: Rule = Rule {
    id: "empty-required",
    group: "presence",
    summary: "a required key is set to nothing",
    why: "An empty value passes every check for presence and is as useless as none: `if token:` is false, a URL without a host connects nowhere.",
    fix: "Give the key a value. Where emptiness is meant, do not declare the key required in that environment.",
    severity: Severities::ERROR,
    check: Check::Environments(check),
};

fn check(case: &Case<'_>) -> Vec<Draft> {
    let mut drafts = Vec::new();
    for key in case.keys() {
        let asked =
            |environment: &&_| case.is_required(key, environment) && !case.is_provided(key, environment);
        for environment in case.environments().filter(asked) {
            for binding in case.find(environment, &key.name).filter(|binding| binding.is_empty()) {
                let because = case.because(key, environment);
                let draft = Draft::on(&binding, format!("{} is required{because} and empty", key.name));
                drafts.push(draft.help(key.advice().unwrap_or_else(|| "give it a value".to_owned())));
            }
        }
    }
    drafts.extend(wanted(case));
    drafts
}

/// Keys that an example file marks as required, or leaves open and others have filled in.
fn wanted(case: &Case<'_>) -> Vec<Draft> {
    let (mut drafts, filled) = (Vec::new(), Filled::of(case));
    for asked in asked(case) {
        for key in asked.keys(case) {
            let is_open = || {
                key.required.is_none()
                    && key.is_open()
                    && !asked.is_of_layer()
                    && asked.must_be_complete(case)
            };
            if key.required != Some(true) && !is_open() {
                continue;
            }
            let mut empty = asked.found(case, &key.name).filter(Binding::is_empty).peekable();
            if empty.peek().is_some() && (key.required.is_some() || filled.is_elsewhere(&asked, &key.name)) {
                drafts.extend(empty.map(|binding| draft(&asked, &binding, key.required.is_some())));
            }
        }
    }
    drafts
}

fn draft(asked: &Asked<'_>, binding: &Binding<'_>, is_required: bool) -> Draft {
    let (file, key) = (&asked.file.path, binding.key());
    match is_required {
        true => Draft::on(binding, format!("{file} requires {key}, which is empty")).help("give it a value"),
        false => {
            let message =
                format!("{file} asks for {key}, which other environments set and this one leaves empty");
            Draft::on(binding, message).help(format!("give it a value, or mark it `# optional` in {file}"))
        }
    }
}
