//! Credentials known by their shape: issued tokens, passwords in URLs, keys, random text.

use super::announced::is_announced;
use super::document::holds_secret;
use super::name::{NameVerdict, by_name, has_stem};
use super::plain::{chunks, is_plain, split};

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

const OTHER: u8 = 0;
const LOWER: u8 = 1;
const UPPER: u8 = 2;
const DIGIT: u8 = 3;

/// The kind of every byte. A table, because branches are mispredicted at every second byte of random text.
#[expect(clippy::indexing_slicing, reason = "the compiler runs it, and would refuse an index out of bounds")]
const KINDS: [u8; 256] = {
    let mut kinds = [OTHER; 256];
    let mut byte = 0;
    while byte < 128_u8 {
        kinds[byte as usize] = match byte {
            b'a'..=b'z' => LOWER,
            b'A'..=b'Z' => UPPER,
            b'0'..=b'9' => DIGIT,
            _ => OTHER,
        };
        byte += 1;
    }
    kinds
};

/// Text that betrays a credential wherever it stands, after what is common to it: most texts lack that.
const MARKS: &[(&str, &[&str])] = &[
    ("KEY", &["PRIVATE KEY-----", "PRIVATE KEY BLOCK-----", "AGE-SECRET-KEY-1"]),
    (
        "hook",
        &[
            "hooks.slack.com/",
            "discord.com/api/webhooks/",
            "discordapp.com/api/webhooks/",
            "webhook.office.com/",
        ],
    ),
];

/// Whether the text holds a credential that can be told by its shape.
pub fn by_shape(text: &str) -> bool {
    is_told(text)
        || (text.len() >= SHORTEST && long_chunks(text).any(|chunk| has_random_run(chunk.as_bytes())))
}

/// The same, by more than that it looks random: a password in a URL, an issued token, a private key.
pub(super) fn is_told(text: &str) -> bool {
    (text.contains('@') && (has_userinfo(text) || has_bare_userinfo(text)))
        || (text.contains('=') && has_stem(text.as_bytes()) && has_named_secret(text))
        || is_announced(text)
        || holds_secret(text)
        || (text.len() >= SHORTEST && (has_mark(text) || long_chunks(text).any(is_token)))
}

fn is_token(chunk: &str) -> bool {
    is_telegram(chunk) || has_token(chunk.as_bytes())
}

fn has_mark(text: &str) -> bool {
    MARKS.iter().any(|(common, marks)| text.contains(common) && marks.iter().any(|mark| text.contains(mark)))
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

/// The same without a scheme, as drivers for MySQL take it: `user:pass@tcp(host:3306)/db`.
fn has_bare_userinfo(text: &str) -> bool {
    !text.contains("://")
        && chunks(text).filter_map(|chunk| chunk.split_once('@')).any(|(userinfo, host)| {
            let is_login = |user: &str| !user.is_empty() && user != "mailto" && !user.contains('/');
            !host.is_empty()
                && userinfo.split_once(':').is_some_and(|(user, password)| {
                    is_login(user) && !password.is_empty() && !is_port(password)
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
    split(text, is_gap)
        .filter_map(|part| part.split_once('='))
        .any(|(name, value)| !value.trim_matches('=').is_empty() && is_named_secret(name, value))
}

/// `sig` is the signature of a shared access to Azure's storage.
fn is_named_secret(name: &str, value: &str) -> bool {
    by_name(name) == NameVerdict::Secret || (name == "sig" && value.len() >= SHORTEST)
}

/// A Telegram bot's token: eight to ten digits, a colon, 35 characters.
fn is_telegram(chunk: &str) -> bool {
    if chunk.len() < 44 {
        return false;
    }
    chunk.split('/').filter_map(|part| part.split_once(':')).any(|(bot, token)| {
        let bot = bot.strip_prefix("bot").unwrap_or(bot);
        let is_id = (8..=10).contains(&bot.len()) && bot.bytes().all(|b| b.is_ascii_digit());
        is_id
            && token.len() == 35
            && token.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_'))
    })
}

fn has_token(chunk: &[u8]) -> bool {
    let mut words = chunk.split(|b| !(is_alphanumeric(*b) | matches!(b, b'-' | b'_' | b'.')));
    words.any(|word| word.len() >= SHORTEST && (is_jwt(word) || is_issued(word)))
}

/// A token, be it the last word of a sentence or emphasised.
fn is_issued(word: &[u8]) -> bool {
    let is_edge = |b: &u8| matches!(b, b'.' | b'-' | b'_');
    let start = word.iter().position(|b| !is_edge(b)).unwrap_or(0);
    let end = word.iter().rposition(|b| !is_edge(b)).map_or(0, |last| last.saturating_add(1));
    let core = word.get(start..end).unwrap_or_default();
    has_prefix(word) || (core.len() < word.len() && has_prefix(core))
}

fn has_prefix(word: &[u8]) -> bool {
    TOKENS.iter().any(|(prefix, least, dashed)| {
        let prefix = prefix.as_bytes();
        prefix.first() == word.first() // settles nearly all of them
            && word.len() >= *least
            && word
                .strip_prefix(prefix)
                .is_some_and(|body| *dashed || body.iter().all(u8::is_ascii_alphanumeric))
    })
}

/// Three or more parts, the first a JSON object in base64, `{"` (RFC 7519).
fn is_jwt(word: &[u8]) -> bool {
    word.starts_with(b"eyJ") && word.len() >= 30 && word.iter().filter(|b| **b == b'.').count() >= 2
}

/// Base64 or hex of 32 characters and more; ids and keys meant for the public do not count.
fn has_random_run(chunk: &[u8]) -> bool {
    if chunk.len() < 32 || changes(chunk) < 7 {
        return false; // too few for `is_random`
    }
    let in_run = |b: &u8| is_alphanumeric(*b) | matches!(b, b'+' | b'/' | b'=' | b'-' | b'_');
    let mut runs = chunk.split(|b| !in_run(b));
    runs.any(|run| run.len() >= 32 && !is_uuid(run) && !is_publishable(run) && is_random(run))
}

fn is_random(run: &[u8]) -> bool {
    changes(run).saturating_mul(5) >= run.len() && distinct(run) >= 10
}

/// How often the kind of character changes inside words: random text changes at nearly every second place,
/// words and camelCase seldom.
pub(super) fn changes(run: &[u8]) -> usize {
    run.array_windows().filter(|[a, b]| is_change(*a, *b)).count()
}

fn is_change(a: u8, b: u8) -> bool {
    const CHANGES: u16 = pair(LOWER, UPPER)
        | pair(DIGIT, LOWER)
        | pair(DIGIT, UPPER)
        | pair(LOWER, DIGIT)
        | pair(UPPER, DIGIT);
    CHANGES & pair(kind(a), kind(b)) != 0
}

/// The bit that stands for a pair of kinds.
const fn pair(a: u8, b: u8) -> u16 {
    1_u16.wrapping_shl(((a << 2) | b) as u32)
}

pub(super) fn is_alphanumeric(b: u8) -> bool {
    kind(b) != OTHER
}

fn kind(b: u8) -> u8 {
    KINDS.get(usize::from(b)).copied().unwrap_or(OTHER)
}

fn distinct(run: &[u8]) -> u32 {
    run.iter()
        .fold(0_u128, |seen, byte| seen | 1_u128.checked_shl(u32::from(*byte)).unwrap_or(0))
        .count_ones()
}

pub(super) fn is_uuid(run: &[u8]) -> bool {
    run.len() == 36
        && run.split(|b| *b == b'-').map(<[u8]>::len).eq([8, 4, 4, 4, 12])
        && run.iter().all(|b| *b == b'-' || b.is_ascii_hexdigit())
}

/// Stripe's publishable keys are made to be seen (Stripe's documentation, "API keys").
pub(super) fn is_publishable(run: &[u8]) -> bool {
    run.starts_with(b"pk_live_") || run.starts_with(b"pk_test_")
}
