//! `wrong-type`: a value is not of the declared type.

mod wanted;

use super::{Case, Check, Draft, Rule, Severities};
use crate::model::kind::Kind;
use crate::model::project::Binding;
use crate::model::schema::Constraints;

/// The rule.
pub const RULE: Rule = Rule {
    id: "wrong-type",
    group: "shape",
    summary: "a value is not of the declared type",
    why: "`PORT=80a` and `DEBUG=ture` are read as texts, and become zero and false somewhere deep inside.",
    fix: "Correct the value, or the key's `type` in the manifest.",
    severity: Severities::ERROR,
    check: Check::Environments(check),
};

fn check(case: &Case<'_>) -> Vec<Draft> {
    let mut drafts = Vec::new();
    for key in case.keys() {
        for environment in case.environments() {
            let constraints = case.constraints(key, environment);
            let Some(kind) = constraints.kind else { continue };
            let bindings =
                case.find(environment, &key.name).filter(|binding| !fits(case, binding, kind, &constraints));
            drafts.extend(bindings.map(|binding| {
                let draft = Draft::on(&binding, format!("{} is not {}", key.name, kind.describe()));
                draft.help(key.advice_like(kind.example()).unwrap_or_default())
            }));
        }
    }
    drafts.extend(wanted::of_modules(case));
    drafts.extend(wanted::of_examples(case));
    drafts
}

/// Does the value fit? Emptiness and references that lead nowhere are other rules' business.
fn fits(case: &Case<'_>, binding: &Binding<'_>, kind: Kind, constraints: &Constraints) -> bool {
    let Some(value) = binding.value().filter(|value| !value.is_empty()) else { return true };
    match kind {
        Kind::Dir => {
            value.judge(|text| kind.accepts(text))
                && !case.project.missing_dirs.iter().any(|dir| dir.same_as(value))
        }
        Kind::List => {
            let separator = constraints.separator.as_deref().unwrap_or(",");
            value.judge(|text| text.split(separator).all(|item| !item.trim().is_empty()))
        }
        _ => value.judge(|text| kind.accepts(text)),
    }
}
