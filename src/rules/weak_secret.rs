//! `weak-secret`: a secret of production that can be guessed.

use super::same_secret::{is_reference, is_secrets_name};
use super::{Case, Check, Draft, Rule, Severities};
use crate::model::kind::as_bool;
use crate::model::placeholder::is_placeholder;
use crate::model::project::Binding;
use crate::model::secret::{Reason, is_encrypted, is_no_secret};

/// The rule.
pub const RULE: Rule = Rule {
    id: "weak-secret",
    group: "production",
    summary: "a secret in production is a well-known default, the name of its user, or too short",
    why: "Whoever finds the port tries `admin` and `123456` first, and a short signing secret is guessed offline from one token: then anybody is anybody.",
    fix: "Make a random one, for example with `openssl rand -base64 32`, and keep it where the other secrets are. Give no default for a secret: ${DB_PASSWORD} instead of ${DB_PASSWORD:123456}.",
    severity: Severities::LIVE,
    check: Check::Environments(check),
};

/// The fewest characters of a secret, and of one that signs.
const SHORTEST: usize = 8;
const SHORTEST_SIGNING: usize = 16;

/// The fewest different characters.
const FEWEST: usize = 5;

/// Words that everybody tries first: defaults of images and frameworks, tutorials, lists of leaked passwords.
#[rustfmt::skip]
const KNOWN: &[&str] = &[
    "123456", "1234567", "12345678", "123456789", "1234567890", "admin", "admin123", "administrator", "default", "elastic",
    "example", "foo", "foobar", "guest", "keyboard cat", "letmein", "mariadb", "minio", "minio123", "minioadmin", "mongodb",
    "mysecret", "mysecretpassword", "mysql", "p@ssw0rd", "p@ssword", "passw0rd", "password", "password1", "password123",
    "postgres", "postgresql", "qwerty", "qwertyuiop", "rabbitmq", "redis", "root", "root123", "rootpassword", "secret",
    "secret123", "secretkey", "secret_key", "secret-key", "sekret", "supersecret", "super-secret", "test", "test1234",
    "testing", "toor", "topsecret", "welcome", "welcome1", "your-256-bit-secret",
];

/// Words of the names of secrets that sign.
const SIGNING: &[&str] = &[
    "_jwt_",
    "_session_",
    "_signing_",
    "_cookie_",
    "_hmac_",
    "_csrf_",
    "_app_secret_",
    "_app_key_",
    "_auth_secret_",
    "_nextauth_secret_",
    "_secret_key_",
];

fn check(case: &Case<'_>) -> Vec<Draft> {
    let bindings = case.looks.by_name(|slot| Some(slot.says(SIGNING)));
    bindings.filter_map(|(binding, signs)| Some(draft(&binding, weakness(case, &binding, signs)?))).collect()
}

fn draft(binding: &Binding<'_>, weakness: &'static str) -> Draft {
    let message = format!("{} is weak: {weakness}", binding.key());
    Draft::on(binding, message)
        .help("make a random secret of 32 characters, for example with `openssl rand -base64 32`")
}

fn weakness(case: &Case<'_>, binding: &Binding<'_>, signs: bool) -> Option<&'static str> {
    let value = binding.value()?;
    match binding.entry.own_secret()? {
        Reason::Declared | Reason::Name => {}
        Reason::Shape => return value.judge(in_url),
        Reason::Opaque | Reason::Encrypted => return None,
    }
    let is_name = |text: &str| text == binding.last_name() || is_secrets_name(binding.last_name(), text);
    let judged = |text: &str| if is_name(text) { None } else { in_text(text, signs) };
    value.judge(judged).or_else(|| is_its_user(case, binding).then_some("it is the name of its user"))
}

/// The weakness of what stands as the value, or as the default behind a reference.
fn in_text(text: &str, signs: bool) -> Option<&'static str> {
    if let Some(default) = default_of(text) {
        return in_literal(default, signs).map(|_| "the default behind its reference can be guessed");
    }
    in_literal(text, signs)
}

/// The text behind a name, in `${NAME:text}` and `${NAME:-text}`.
fn default_of(text: &str) -> Option<&str> {
    let inside = text.strip_prefix("${")?.strip_suffix('}')?;
    let (name, default) = inside.split_once(':')?;
    let is_name = name.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'.' | b'-'));
    is_name.then(|| default.trim_start_matches(['-', '=']))
}

fn in_literal(text: &str, signs: bool) -> Option<&'static str> {
    let is_elsewhere = || {
        is_reference(text)
            || text.contains("${")
            || text.contains("$(")
            || text.contains("{{")
            || text.contains("<%")
    };
    let is_no_secret = || {
        as_bool(text).is_some_and(|_| text.len() > 1)
            || is_no_secret(text)
            || text.contains("://")
            || text.starts_with(['/', '.', '[', '{'])
    };
    if text.is_empty() || is_placeholder(text) || is_encrypted(text) || is_elsewhere() || is_no_secret() {
        return None;
    }
    let length = text.chars().count();
    if is_known(text) {
        Some("it is a well-known default")
    } else if length < SHORTEST {
        Some("it has fewer than 8 characters")
    } else if !has_variety(text) {
        Some("it has fewer than 5 different characters")
    } else if signs && length < SHORTEST_SIGNING {
        Some("a secret that signs needs at least 16 characters")
    } else {
        None
    }
}

/// Has it as many different characters as a secret needs?
fn has_variety(text: &str) -> bool {
    let mut seen: Vec<char> = Vec::with_capacity(FEWEST);
    text.chars().any(|letter| {
        if !seen.contains(&letter) {
            seen.push(letter);
        }
        seen.len() == FEWEST
    })
}

/// Is it, or the password in its URL, what a stranger tries first?
pub(super) fn is_guessed(text: &str) -> bool {
    is_known(text) || in_url(text).is_some()
}

fn is_known(text: &str) -> bool {
    KNOWN.iter().any(|known| text.eq_ignore_ascii_case(known))
}

/// The weakness of a password in a URL: `postgres://postgres:postgres@db/app`.
fn in_url(text: &str) -> Option<&'static str> {
    let (user, password) = login_in_url(text)?;
    if password.is_empty() || password.contains('$') {
        None
    } else if is_known(password) {
        Some("the password in its URL is a well-known default")
    } else {
        (user == password).then_some("the password in its URL is the name of its user")
    }
}

/// The user and the password before the host.
pub(super) fn login_in_url(text: &str) -> Option<(&str, &str)> {
    let (_, rest) = text.split_once("://")?;
    rest.split(['/', '?', '#']).next()?.rsplit_once('@')?.0.split_once(':')
}

/// Is it the same as the user beside it: POSTGRES_USER and POSTGRES_PASSWORD?
fn is_its_user(case: &Case<'_>, binding: &Binding<'_>) -> bool {
    let name = binding.entry.name();
    let ends = ["password", "passwd", "pass", "pwd"];
    let lower = name.to_ascii_lowercase();
    let Some(start) = ends.iter().find_map(|end| name.get(..lower.strip_suffix(end)?.len())) else {
        return false;
    };
    let users =
        ["USER", "USERNAME", "user", "username", "User", "Username"].map(|user| format!("{start}{user}"));
    let same = |user: &String| {
        let value = binding.value().filter(|value| !value.is_empty());
        let mut beside = case.find(binding.environment, user).filter(|one| one.stack == binding.stack);
        beside.any(|one| one.value().zip(value).is_some_and(|(one, other)| one.same_as(other)))
    };
    users.iter().any(same)
}
