//! `placeholder`: a value that was meant to be replaced.

use super::{Case, Check, Draft, Rule, Severities};
use crate::model::placeholder::is_placeholder;
use crate::model::project::Binding;

/// The rule.
pub const RULE: Rule = Rule {
    id: "placeholder",
    group: "production",
    summary: "a value is still a placeholder: changeme, <your-token>, {{ … }}",
    why: "Copied from the example and never filled in: set, so that every check for presence passes, and useless, or known to everybody.",
    fix: "Put in the real value. Where the text is meant, accept it with the reason.",
    severity: Severities::PRODUCTION,
    check: Check::Environments(check),
};

fn check(case: &Case<'_>) -> Vec<Draft> {
    let bindings = case.environments().flat_map(|environment| case.bindings(environment));
    bindings.filter(is_unfilled).map(|binding| draft(case, &binding)).collect()
}

fn is_unfilled(binding: &Binding<'_>) -> bool {
    // ERB is resolved by whoever reads the file
    let is_template = |text: &str| text.contains("<%");
    binding.value().is_some_and(|value| value.judge(|text| !is_template(text) && is_placeholder(text)))
}

fn draft(case: &Case<'_>, binding: &Binding<'_>) -> Draft {
    let help = case.project.spec(binding).and_then(|key| key.help.clone());
    let draft = Draft::on(binding, format!("{} is still a placeholder", binding.key()));
    draft.help(help.unwrap_or_else(|| "put in the real value".to_owned()))
}
