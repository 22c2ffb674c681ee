//! `plaintext-among-encrypted`: a secret in plain text in a file whose other secrets are encrypted.

use std::collections::BTreeSet;

use super::same_secret::is_literal;
use super::{Case, Check, Draft, Rule, Severities};
use crate::model::kind::as_bool;
use crate::model::secret::{Reason, is_identifier};
use crate::model::source::{Entry, Source};

/// The rule.
pub const RULE: Rule = Rule {
    id: "plaintext-among-encrypted",
    group: "hygiene",
    summary: "a secret in plain text in a file where other secrets are encrypted",
    why: "The file is committed because it counts as encrypted, and nobody looks again: the one secret that was added by hand is published with it.",
    fix: "Encrypt it with the tool that encrypted the others (sops, dotenvx, ansible-vault, eyaml), and replace the secret if the file was committed.",
    severity: Severities::CROSSING,
    check: Check::Environments(check),
};

fn check(case: &Case<'_>) -> Vec<Draft> {
    let mixed: BTreeSet<usize> = case
        .project
        .sources
        .iter()
        .enumerate()
        .filter(|(_, one)| is_mixed(one))
        .map(|(index, _)| index)
        .collect();
    let mut drafts = Vec::new();
    for environment in case.environments() {
        let read: BTreeSet<usize> = environment
            .layers
            .iter()
            .map(|layer| layer.source)
            .filter(|index| mixed.contains(index))
            .collect();
        let sources: Vec<&Source> =
            read.iter().filter_map(|index| case.project.sources.get(*index)).collect();
        let bindings = case
            .bindings(environment)
            .filter(|one| sources.iter().any(|source| std::ptr::eq(*source, one.source)));
        drafts.extend(bindings.filter(|one| is_plain_secret(one.entry)).map(|one| {
            let message = format!("{} is in plain text among encrypted secrets", one.key());
            Draft::on(&one, message)
                .help("encrypt it like the others, and replace it if the file was committed")
        }));
    }
    drafts
}

/// Does the file hold encrypted secrets, and others?
fn is_mixed(source: &Source) -> bool {
    source.entries.iter().any(Entry::is_encrypted) && source.entries.iter().any(is_plain_secret)
}

/// Is it a secret by declaration, name or shape, and written out?
pub(super) fn is_plain_secret(entry: &Entry) -> bool {
    let is_secret = matches!(entry.own_secret(), Some(Reason::Declared | Reason::Name | Reason::Shape));
    let is_shaped = entry.secret() == Some(Reason::Shape);
    let is_literal = |text: &str| {
        is_literal(entry.last_name(), text)
            && !(is_shaped && is_identifier(entry.last_name(), text))
            && !text.contains("${")
            && as_bool(text).is_none()
            && !text.starts_with(['/', '.'])
    };
    is_secret && !is_tool(entry.name()) && entry.value.judge(is_literal)
}

/// What the tools write beside the secrets: sops' checksum and recipients, dotenvx's public key.
fn is_tool(name: &str) -> bool {
    name == "sops"
        || name.starts_with("sops.")
        || name.starts_with("sops_")
        || name.starts_with("DOTENV_PUBLIC_KEY")
}
