//! `same-secret`: two environments share a secret.

use std::collections::HashMap;

use super::public_prefix_secret::is_made_for_browsers;
use super::{Case, Check, Draft, Rule, Severities};
use crate::model::kind::as_bool;
use crate::model::placeholder::is_placeholder;
use crate::model::project::Binding;
use crate::model::schema::Scope;
use crate::model::secret::{
    NameVerdict, Reason, by_name, is_encrypted, is_identifier, is_no_secret, is_plainly_public, words_of,
};
use crate::model::value::Fingerprints;

/// The rule.
pub const RULE: Rule = Rule {
    id: "same-secret",
    group: "isolation",
    summary: "two environments share a secret, under the same key or another",
    why: "Whoever has the secret of one environment has the other too: a developer's laptop opens production, and a leak in staging is a leak in production.",
    fix: "Create a secret of its own for each environment. Where sharing is meant, accept it with the reason: [[accept]] rule = \"same-secret\".",
    severity: Severities::CROSSING,
    check: Check::Environments(check),
};

fn check(case: &Case<'_>) -> Vec<Draft> {
    let fingerprints = Fingerprints::default();
    let mut holders: HashMap<u64, Vec<Binding<'_>>> = HashMap::new();
    for binding in case.all_bindings() {
        if let Some(value) = binding.value().filter(|_| takes_part(case, &binding)) {
            holders.entry(fingerprints.of(value)).or_default().push(binding);
        }
    }
    let mut drafts: Vec<_> = holders.into_values().filter_map(|group| draft(case, &group)).collect();
    drafts.sort_by(|a, b| a.key.cmp(&b.key));
    drafts
}

/// Secrets do, unless there is nothing to share, or only a short word that looks odd.
fn takes_part(case: &Case<'_>, binding: &Binding<'_>) -> bool {
    let Some(reason) = binding.entry.own_secret() else { return false };
    let declared_same = case.project.spec(binding).is_some_and(|key| key.same == Scope::Everywhere);
    let by_name = matches!(reason, Reason::Declared | Reason::Name);
    let judge = |text: &str| {
        is_literal(binding.last_name(), text)
            && (by_name || (text.chars().count() >= 12 && !is_identifier(binding.last_name(), text)))
            && !(reason == Reason::Name && is_switch(text))
    };
    !declared_same && !binding.entry.is_encrypted() && binding.value().is_some_and(|value| value.judge(judge))
}

/// Is it the secret of `name` itself? Not where there is no value, a placeholder, a reference, an encrypted text, or a
/// name: that of the key (in a list of what a Kubernetes secret holds), or of a secret that is kept elsewhere.
pub(super) fn is_literal(name: &str, text: &str) -> bool {
    !text.is_empty()
        && text != name
        && !is_secrets_name(name, text)
        && !is_no_secret(text)
        && !is_made_for_browsers(name, text)
        && !is_reference(text)
        && !is_placeholder(text)
        && !is_encrypted(text)
}

/// A word of truth (`AUTH_PASSWORD=true`), but not `0` or `1`, which may be a bad password.
fn is_switch(text: &str) -> bool {
    text.len() > 1 && as_bool(text).is_some()
}

/// `redis_auth_token`: where the value of one secret is the name of another, it says where to look. So does what stands
/// under a key for such names, as charts have them: `adminPasswordKey: admin-password`.
pub(super) fn is_secrets_name(name: &str, text: &str) -> bool {
    let is_made_of = |marks: &[u8]| text.bytes().all(|b| b.is_ascii_alphanumeric() || marks.contains(&b));
    let words = words_of(name);
    let ends = |ends: &[&str]| ends.iter().any(|end| words.ends_with(end));
    let is_secret = || by_name(text) == NameVerdict::Secret;
    (text.contains('_') && is_made_of(b"_") && is_secret())
        || (ends(&["_password_key_", "_token_key_", "_secret_key_key_"])
            && is_made_of(b"-_.")
            && is_plainly_public(text))
        || (name == "secretKey"
            && text.contains('-')
            && is_made_of(b"-_")
            && is_secret()
            && is_plainly_public(text))
}

/// `${NAME}` and `${NAME:}` in a file of settings: the value is elsewhere. A default would be a value.
pub(super) fn is_reference(text: &str) -> bool {
    let inside = text.strip_prefix("${").and_then(|rest| rest.strip_suffix('}'));
    let name = inside.map(|inside| inside.trim_end_matches([':', '-', '=']));
    name.is_some_and(|name| {
        name.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'.' | b'-'))
    }) || (text.starts_with("<%") && text.ends_with("%>"))
}

fn draft(case: &Case<'_>, group: &[Binding<'_>]) -> Option<Draft> {
    let (last, others) = group.split_last()?;
    let is_shared = |other: &&Binding<'_>| {
        other.environment.name != last.environment.name && !case.must_agree(last, other)
    };
    let elsewhere: Vec<_> = others.iter().filter(is_shared).collect();
    if elsewhere.is_empty() {
        return None;
    }
    let is_told = |other: &&Binding<'_>| {
        let key = case.project.spec(last).filter(|_| other.key() == last.key());
        key.is_some_and(|key| case.must_differ(key, other.environment, last.environment))
    };
    if elsewhere.iter().all(is_told) {
        return None; // `distinct` says it
    }
    let renamed = elsewhere.iter().find(|other| other.key() != last.key());
    let message = match renamed {
        Some(other) => {
            format!("{} is the same secret as {} in {}", last.key(), other.key(), other.environment.name)
        }
        None => format!("{} is the same secret in {}", last.key(), names(group)),
    };
    let help =
        format!("give {} a secret of its own in each environment, or accept it with a reason", last.key());
    Some(elsewhere.iter().fold(Draft::on(last, message).help(help), |draft, other| draft.with(other)))
}

/// The environments of `group`, each once.
fn names(group: &[Binding<'_>]) -> String {
    let mut names: Vec<&str> = group.iter().map(|binding| binding.environment.name.as_str()).collect();
    names.dedup();
    names.join(" and ")
}
