//! `placeholder`: a value that was meant to be replaced.

use std::collections::HashMap;

use super::{Case, Check, Draft, Rule, Severities};
use crate::model::finding::Severity;
use crate::model::kind::as_bool;
use crate::model::placeholder::is_placeholder;
use crate::model::project::Binding;
use crate::model::schema::KeySpec;
use crate::model::secret::{Reason, is_encrypted};
use crate::model::value::Value;

/// The rule.
pub const RULE: Rule = Rule {
    id: "placeholder",
    group: "production",
    summary: "a value is still a placeholder: changeme, <your-token>, {{ … }}, or a secret from the example file",
    why: "Copied from the example and never filled in: set, so that every check for presence passes, and useless, or known to everybody.",
    fix: "Put in the real value. Where the text is meant, accept it with the reason.",
    severity: Severities { test: Some(Severity::Note), ..Severities::PRODUCTION },
    check: Check::Environments(check),
};

fn check(case: &Case<'_>) -> Vec<Draft> {
    let examples = examples(case);
    let bindings = case.all_bindings();
    let draft = |binding: Binding<'_>| {
        let what = if is_unfilled(&binding) {
            "is still a placeholder"
        } else if is_copied(&examples, &binding) {
            "still has the value of the example file, which everybody can read"
        } else if is_own_example(case, &binding) {
            "still has the value of the `example` in the manifest, which everybody can read"
        } else {
            return None;
        };
        Some(draft(case, &binding, what))
    };
    bindings.filter_map(draft).collect()
}

/// What the example files say, by key.
fn examples<'p>(case: &Case<'p>) -> HashMap<&'p str, Vec<&'p Value>> {
    let mut examples: HashMap<&str, Vec<&Value>> = HashMap::new();
    let files = case.project.schema_files.iter().filter(|file| file.format == "dotenv");
    for entry in files.flat_map(|file| &file.entries) {
        examples.entry(entry.name()).or_default().push(&entry.value);
    }
    examples
}

/// Is it a secret that was copied from an example? A switch, a path or a reference is the same everywhere.
fn is_copied(examples: &HashMap<&str, Vec<&Value>>, binding: &Binding<'_>) -> bool {
    let is_secret = matches!(binding.entry.secret(), Some(Reason::Declared | Reason::Name | Reason::Shape));
    let is_filled = |text: &str| {
        text.len() > 1
            && as_bool(text).is_none()
            && !text.starts_with(['/', '.'])
            && !text.contains("${")
            && !is_encrypted(text)
    };
    let values = examples.get(binding.entry.name()).map(Vec::as_slice).unwrap_or_default();
    is_secret
        && !binding.entry.is_encrypted()
        && binding.value().is_some_and(|value| {
            values.iter().any(|example| example.same_as(value)) && value.judge(is_filled)
        })
}

/// Is it a secret with the value that the manifest shows as an example?
fn is_own_example(case: &Case<'_>, binding: &Binding<'_>) -> bool {
    let example = case.project.spec(binding).and_then(|key| key.example.as_deref());
    let is_filled = binding.entry.secret().is_some() && !binding.is_empty();
    is_filled
        && example
            .is_some_and(|example| binding.value().is_some_and(|value| value.judge(|text| text == example)))
}

fn is_unfilled(binding: &Binding<'_>) -> bool {
    // ERB is resolved by whoever reads the file
    let is_template = |text: &str| text.contains("<%");
    !binding.entry.is_encrypted()
        && binding.value().is_some_and(|value| value.judge(|text| is_placeholder(text) && !is_template(text)))
}

fn draft(case: &Case<'_>, binding: &Binding<'_>, what: &str) -> Draft {
    let help = case.project.spec(binding).and_then(KeySpec::advice);
    let draft = Draft::on(binding, format!("{} {what}", binding.key()));
    draft.help(help.unwrap_or_else(|| "put in the real value".to_owned()))
}
