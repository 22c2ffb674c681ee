//! Credentials known by their shape: issued tokens, passwords in URLs, keys, random text.

use super::name::{NameVerdict, by_name};
use super::plain::{chunks, is_plain};

/// No mark and no issued token is shorter.
const SHORTEST: usize = 15;

/// Issued tokens: prefix, least length of the whole, and whether `-`, `_` or `.` may follow. From the
/// issuers' documentation and GitHub's list of secret scanning patterns. Stripe's `pk_` is public.
pub(super) const TOKENS: &[(&str, usize, bool)] = &[
    ("AKIA", 20, false),
    ("ASIA", 20, false),
    ("AIza", 35, true),
    ("GOCSPX-", 20, true),
    ("SG.", 30, true),
    ("dop_v1_", 40, false),
    ("ghp_", 20, false),
    ("gho_", 20, false),
    ("ghs_", 20, false),
    ("ghu_", 20, false),
    ("ghr_", 20, false),
    ("github_pat_", 30, true),
    ("glpat-", 20, true),
    ("hf_", 30, false),
    ("npm_", 30, false),
    ("rk_live_", 20, false),
    ("rk_test_", 20, false),
    ("shpat_", 30, false),
    ("sk-", 20, true),
    ("sk_live_", 20, false),
    ("sk_test_", 20, false),
    ("whsec_", 20, true),
    ("xapp-", 15, true),
    ("xoxa-", 15, true),
    ("xoxb-", 15, true),
    ("xoxe-", 15, true),
    ("xoxo-", 15, true),
    ("xoxp-", 15, true),
    ("xoxr-", 15, true),
    ("xoxs-", 15, true),
];

/// Text that betrays a credential wherever it stands.
const MARKS: &[&str] = &[
    "PRIVATE KEY-----",
    "PRIVATE KEY BLOCK-----",
    "AGE-SECRET-KEY-1",
    "hooks.slack.com/",
    "discord.com/api/webhooks/",
    "discordapp.com/api/webhooks/",
    "webhook.office.com/",
];

/// Whether the text holds a credential that can be told by its shape.
pub fn by_shape(text: &str) -> bool {
    has_userinfo(text)
        || has_named_secret(text)
        || (text.len() >= SHORTEST && has_mark(text))
        || long_chunks(text).any(|chunk| is_telegram(chunk) || has_token(chunk) || has_random_run(chunk))
}

fn has_mark(text: &str) -> bool {
    MARKS.iter().any(|mark| text.contains(mark))
}

fn long_chunks(text: &str) -> impl Iterator<Item = &str> {
    chunks(text).filter(|chunk| chunk.len() >= SHORTEST)
}

/// A password in a URL, or a user that is a token: `://user:pass@`, `://:pass@`, `://token@` (RFC 3986, 3.2.1).
fn has_userinfo(text: &str) -> bool {
    text.split("://").skip(1).any(|rest| {
        let address = rest.split(|c: char| c.is_whitespace() || matches!(c, '"' | '\'')).next();
        let userinfo = address.and_then(|address| address.rsplit_once('@')).map(|(userinfo, _)| userinfo);
        userinfo.is_some_and(|userinfo| match userinfo.split_once(':') {
            Some((user, password)) => {
                !user.contains(['/', '?']) && !password.is_empty() && !is_port(password)
            }
            None => !userinfo.contains('/') && !is_plain(userinfo),
        })
    })
}

/// What follows a host's colon when the `@` stands in the path: `//localhost:3000/@scope`.
fn is_port(text: &str) -> bool {
    text.split_once(['/', '?', ',']).is_some_and(|(port, _)| port.bytes().all(|b| b.is_ascii_digit()))
}

/// `Password=…` in a connection string, `?access_token=…` in a query.
fn has_named_secret(text: &str) -> bool {
    let is_gap = |c: char| c.is_whitespace() || matches!(c, ';' | '&' | '?' | ',' | '"' | '\'');
    text.split(is_gap)
        .filter_map(|part| part.split_once('='))
        .any(|(name, value)| !value.trim_matches('=').is_empty() && by_name(name) == NameVerdict::Secret)
}

/// A Telegram bot's token: eight to ten digits, a colon, 35 characters.
fn is_telegram(chunk: &str) -> bool {
    chunk.split('/').filter_map(|part| part.split_once(':')).any(|(bot, token)| {
        let bot = bot.strip_prefix("bot").unwrap_or(bot);
        let is_id = (8..=10).contains(&bot.len()) && bot.bytes().all(|b| b.is_ascii_digit());
        is_id
            && token.len() == 35
            && token.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_'))
    })
}

fn has_token(chunk: &str) -> bool {
    let mut words = chunk.split(|c: char| !(c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.')));
    words.any(|word| word.len() >= SHORTEST && (is_jwt(word) || is_issued(word)))
}

fn is_issued(word: &str) -> bool {
    TOKENS.iter().any(|(prefix, least, dashed)| {
        word.len() >= *least
            && word
                .strip_prefix(prefix)
                .is_some_and(|body| *dashed || body.bytes().all(|b| b.is_ascii_alphanumeric()))
    })
}

/// Three or more parts, the first a JSON object in base64, `{"` (RFC 7519).
fn is_jwt(word: &str) -> bool {
    word.starts_with("eyJ") && word.len() >= 30 && word.bytes().filter(|b| *b == b'.').count() >= 2
}

/// Base64 or hex of 32 characters and more; ids and keys meant for the public do not count.
fn has_random_run(chunk: &str) -> bool {
    let in_run = |c: char| c.is_ascii_alphanumeric() || matches!(c, '+' | '/' | '=' | '-' | '_');
    let mut runs = chunk.split(|c| !in_run(c));
    runs.any(|run| run.len() >= 32 && !is_uuid(run) && !is_publishable(run) && is_random(run))
}

fn is_random(run: &str) -> bool {
    changes(run).saturating_mul(5) >= run.len() && distinct(run) >= 10
}

/// How often the kind of character changes inside words: random text changes at nearly every second place,
/// words and camelCase seldom.
pub(super) fn changes(run: &str) -> usize {
    run.bytes().zip(run.bytes().skip(1)).filter(|(a, b)| is_change(*a, *b)).count()
}

fn is_change(a: u8, b: u8) -> bool {
    (a.is_ascii_lowercase() && b.is_ascii_uppercase())
        || (a.is_ascii_digit() && b.is_ascii_alphabetic())
        || (a.is_ascii_alphabetic() && b.is_ascii_digit())
}

fn distinct(run: &str) -> u32 {
    run.bytes()
        .fold(0_u128, |seen, byte| seen | 1_u128.checked_shl(u32::from(byte)).unwrap_or(0))
        .count_ones()
}

pub(super) fn is_uuid(run: &str) -> bool {
    run.len() == 36
        && run.split('-').map(str::len).eq([8, 4, 4, 4, 12])
        && run.bytes().all(|b| b == b'-' || b.is_ascii_hexdigit())
}

/// Stripe's publishable keys are made to be seen (Stripe's documentation, "API keys").
pub(super) fn is_publishable(run: &str) -> bool {
    run.starts_with("pk_live_") || run.starts_with("pk_test_")
}
