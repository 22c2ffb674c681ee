//! Texts that are no secrets themselves: references to where one is kept, identifiers, keys made to be seen.

use super::name::words_of;
use super::shape::is_told;

/// How references into a vault begin. From the documentation of vals, of the Secrets Store providers and of Azure's App
/// Service, besides those of [`super::is_encrypted`].
#[rustfmt::skip]
const VAULTS: &[&str] = &[
    "awssm://", "awsssm://", "aws-sm://", "aws-ssm://", "secretsmanager://", "ssm://", "gcpsm://", "gcpsecretmanager://",
    "gcpsecrets://", "azurekeyvault://", "azurekv://", "keyvault://", "vault://", "bws://", "@Microsoft.KeyVault(",
];

/// Words that are written where there is no secret.
const NOTHING: &[&str] = &["null", "(null)", "none", "nil", "~", "undefined"];

/// Last words of names whose values tell things apart and open nothing.
#[rustfmt::skip]
const IDENTIFIERS: &[&str] = &[
    "id", "ids", "uuid", "guid", "arn", "arns", "ami", "sha", "sha1", "sha256", "commit", "revision", "digest", "checksum",
    "fingerprint", "thumbprint", "thumbprints", "version", "tag", "image",
];

/// How names of keys end that are made to be seen.
const SEEN: &[&str] =
    &["_public_key_", "_publishable_key_", "_site_key_", "_sitekey_", "_anon_key_", "_pub_key_", "_pubkey_"];

/// Is the text a reference into a vault: `ref+awsssm://app/token`?
pub(super) fn is_in_vault(text: &str) -> bool {
    let is_vals = || {
        let backend = text.strip_prefix("ref+").and_then(|rest| rest.split_once("://"));
        backend.is_some_and(|(name, _)| !name.is_empty() && name.bytes().all(|b| b.is_ascii_alphanumeric()))
    };
    VAULTS.iter().any(|start| text.starts_with(start)) || is_vals()
}

/// Is the text no secret whatever its name: the word for nothing, or a name of Amazon's (`arn:aws:…`), which says where
/// something is and opens nothing?
pub fn is_no_secret(text: &str) -> bool {
    NOTHING.iter().any(|word| text.eq_ignore_ascii_case(word)) || is_arn(text) || is_public_dsn(text)
}

fn is_arn(text: &str) -> bool {
    text.starts_with("arn:aws") && text.split(':').count() >= 6 && !text.contains(char::is_whitespace)
}

/// Sentry's DSN has a public key and no secret one: `https://<32 hex digits>@host/<number>` (Sentry, "DSN").
pub fn is_public_dsn(text: &str) -> bool {
    let rest = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://"));
    let parts = rest
        .and_then(|rest| rest.split_once('@'))
        .and_then(|(key, rest)| Some((key, rest.rsplit_once('/')?.1)));
    parts.is_some_and(|(key, project)| {
        key.len() == 32
            && key.bytes().all(|b| b.is_ascii_hexdigit())
            && !project.is_empty()
            && project.bytes().all(|b| b.is_ascii_digit())
    })
}

/// Does the name say that its value, which only looks random, tells something apart or is made to be seen: `GIT_SHA`,
/// `ami_id`, `JWT_PUBLIC_KEY`?
pub fn is_identifier(name: &str, text: &str) -> bool {
    let words = words_of(name);
    let last = words.trim_end_matches('_').rsplit('_').next().unwrap_or_default();
    (IDENTIFIERS.contains(&last) || SEEN.iter().any(|end| words.ends_with(end))) && !is_told(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn identifiers_and_public_keys_open_nothing() {
        let hex = "918eaada7ce898fd9fa0817847896229918eaada";
        for (name, text) in [
            ("ami_id", "ami-0a1b2c3d4e5f6a7b8"),
            ("GIT_SHA", hex),
            ("oidc_thumbprint", hex),
            ("ssh_public_key", "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIJ2x5Q"),
            ("clientId", "0oa1b2c3d4e5f6g7h8i9"),
        ] {
            assert!(is_identifier(name, text), "{name}");
        }
        for (name, text) in [
            ("CUSTOMER_ID", "postgres://app:hunter2@db/app"),
            ("APP_VALUE", hex),
            ("PUBLIC_KEY", "-----BEGIN RSA PRIVATE KEY-----"),
        ] {
            assert!(!is_identifier(name, text), "{name}");
        }
    }

    #[test]
    fn a_word_for_nothing_an_arn_and_a_public_dsn_are_no_secrets() {
        for text in [
            "null",
            "(NULL)",
            "None",
            "arn:aws:secretsmanager:eu-west-1:123456789012:secret:db-AbC",
            "https://918eaada7ce898fd9fa0817847896229@o1.ingest.sentry.io/42",
        ] {
            assert!(is_no_secret(text), "{text}");
        }
        for text in [
            "nullify",
            "arn:aws",
            "https://918eaada7ce898fd9fa0817847896229:x@o1.ingest.sentry.io/42",
            "https://918eaada7ce898fd9fa0817847896229@host/path",
        ] {
            assert!(!is_no_secret(text), "{text}");
        }
    }
}
