//! Credentials told by what stands before them: a flag, a header, a scheme, or the name in a list.

use super::name::{NameVerdict, by_name};
use super::plain::chunks;
use super::shape::changes;

/// What may follow a word.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Expected {
    Nothing,
    /// After `--password`: whatever is no flag itself.
    FlagValue,
    /// After `Authorization:`: anything, a scheme first.
    HeaderValue,
    /// After `Bearer`: what is no word of a sentence.
    Credential,
}

/// Does a flag, a header or a scheme stand before a value, as in `--password x`, `X-Api-Key: x`, `Bearer x`?
pub(super) fn is_announced(text: &str) -> bool {
    if !text.bytes().any(|b| b == b':' || b.is_ascii_whitespace()) {
        return false;
    }
    let mut expected = Expected::Nothing;
    chunks(text).filter(|chunk| !chunk.is_empty()).any(|chunk| {
        let is_found = match expected {
            Expected::Nothing => false,
            Expected::FlagValue => !chunk.starts_with('-'),
            Expected::HeaderValue => !is_scheme(chunk),
            Expected::Credential => is_credential(chunk),
        };
        expected = match expected {
            Expected::HeaderValue => Expected::HeaderValue,
            _ => after(chunk),
        };
        is_found || is_whole_header(chunk)
    })
}

/// Is `value` the secret that `name` announces where both stand side by side in a list? Lists of names are none:
/// `["API_KEY", "PORT"]`, `["secrets", "pods"]`.
pub(super) fn is_pair(name: &str, value: &str) -> bool {
    let is_name =
        value.bytes().all(|b| b.is_ascii_alphabetic() || matches!(b, b'_' | b'-' | b'.' | b':' | b'/'));
    let has_small_letter = |text: &str| text.bytes().any(|b| b.is_ascii_lowercase());
    match after(name) {
        _ if value.is_empty() => false,
        Expected::FlagValue => !value.starts_with('-'),
        Expected::HeaderValue => true,
        Expected::Credential => is_credential(value),
        Expected::Nothing if is_header(name) => true,
        Expected::Nothing => {
            by_name(name) == NameVerdict::Secret
                && (!is_name || (has_small_letter(value) && !has_small_letter(name)))
        }
    }
}

/// Is it `user:password`, or a password that says so, as people write them into lists: `bob:hunter2`, `pw-hunter2`?
pub(super) fn is_login(item: &str) -> bool {
    let is_mixed = |text: &str| {
        text.bytes().any(|b| b.is_ascii_alphabetic()) && text.bytes().any(|b| b.is_ascii_digit())
    };
    let is_password = |text: &str| text.len() >= 6 && is_mixed(text) && !text.contains(['/', '.', '-', ':']);
    let is_user = |text: &str| !text.is_empty() && !text.contains(['/', ' ']);
    let is_named = |(word, rest): (&str, &str)| is_mixed(rest) && by_name(word) == NameVerdict::Secret;
    item.split_once(':').is_some_and(|(user, password)| is_user(user) && is_password(password))
        || item.split_once(['-', '_']).is_some_and(is_named)
}

fn after(chunk: &str) -> Expected {
    let name = chunk.trim_start_matches('-');
    if name.len() < chunk.len() && !name.contains(['=', ':']) && by_name(name) == NameVerdict::Secret {
        Expected::FlagValue
    } else if chunk.strip_suffix(':').is_some_and(is_header) {
        Expected::HeaderValue
    } else if is_scheme(chunk) {
        Expected::Credential
    } else {
        Expected::Nothing
    }
}

fn is_scheme(chunk: &str) -> bool {
    chunk.eq_ignore_ascii_case("bearer") || chunk.eq_ignore_ascii_case("basic")
}

/// `Authorization`, `X-Api-Key`, `Private-Token`: one word may be the first of a sentence, such as `Token: see below`.
fn is_header(name: &str) -> bool {
    name.eq_ignore_ascii_case("authorization")
        || name.eq_ignore_ascii_case("proxy-authorization")
        || (name.contains('-') && !name.starts_with('-') && by_name(name) == NameVerdict::Secret)
}

/// Such as `X-Api-Key:abc`. `my-token:latest` is an image.
fn is_whole_header(chunk: &str) -> bool {
    chunk.split_once(':').is_some_and(|(name, value)| {
        let is_special =
            name.get(..2).is_some_and(|x| x.eq_ignore_ascii_case("x-")) || name.ends_with("uthorization");
        is_special && is_header(name) && !value.is_empty() && !is_scheme(value)
    })
}

/// `Basic auth` and `Bearer tokens.` are words.
fn is_credential(chunk: &str) -> bool {
    let core = chunk.trim_matches(|c: char| !c.is_ascii_alphanumeric());
    let is_word = core.bytes().all(|b| b.is_ascii_alphabetic()) && changes(core.as_bytes()) == 0;
    core.len() >= 6 && !is_word
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_flag_a_header_or_a_scheme_announces_is_a_credential() {
        for text in [
            "--password hunter2",
            "serve -password  hunter2",
            "psql --user bob --db-password \"hunter2\"",
            "Authorization: Bearer abc.def.ghi",
            "Authorization: Zq9",
            "authorization: basic Zq9",
            "Authorization:Zq9",
            "X-Api-Key: Zq9",
            "X-Api-Key:Zq9",
            "-H 'Private-Token: Zq9'",
            "Bearer abc.def",
            "Basic dXNlcjpwYXNz",
        ] {
            assert!(is_announced(text), "{text}");
        }
        for text in [
            "",
            "--password",
            "--password --verbose",
            "--password-file /run/x",
            "--port 8080",
            "- token of the list",
            "Basic auth",
            "Bearer tokens are read here",
            "Authorization: Bearer",
            "Content-Type: text/plain",
            "Token: see below",
            "my-token:latest",
            "redis:7",
        ] {
            assert!(!is_announced(text), "{text}");
        }
    }

    #[test]
    fn a_name_in_a_list_announces_a_value_but_no_name() {
        for (name, value) in [
            ("API_KEY", "abc123"),
            ("API_KEY", "hunter"),
            ("password", "hunter2"),
            ("--password", "hunter"),
            ("X-Api-Key", "hunter"),
            ("Authorization", "hunter"),
            ("Authorization:", "hunter"),
        ] {
            assert!(is_pair(name, value), "{name} {value}");
        }
        for (name, value) in [
            ("API_KEY", ""),
            ("API_KEY", "DB_PASSWORD"),
            ("API_KEY", "PORT"),
            ("secrets", "configmaps"),
            ("password", "refresh_token"),
            ("--token", "--port"),
            ("PORT", "8080"),
        ] {
            assert!(!is_pair(name, value), "{name} {value}");
        }
    }

    #[test]
    fn a_login_in_a_list_is_told_from_hosts_and_images() {
        for item in ["bob:hunter2", "pw-hunter5xyz", "bob@example.com:hunter2"] {
            assert!(is_login(item), "{item}");
        }
        for item in [
            "localhost:3000",
            "redis:7",
            "node:20-alpine",
            "k8s:v1",
            "read:tokens",
            "a-1",
            "https://a1b2c3d4",
        ] {
            assert!(!is_login(item), "{item}");
        }
    }
}
