//! Values that may be shown: words, numbers and ordinary punctuation.

use super::shape::{changes, is_publishable, is_uuid};

/// The text between blanks, commas, semicolons and quotes, without digests, which are public.
pub(super) fn chunks(text: &str) -> impl Iterator<Item = &str> {
    let is_gap = |c: char| c.is_whitespace() || matches!(c, ',' | ';' | '"' | '\'' | '`');
    text.split(is_gap).map(|chunk| match chunk.split_once("sha256:") {
        Some((head, digest)) if digest.bytes().all(|b| b.is_ascii_hexdigit()) => head,
        _ => chunk,
    })
}

/// Whether one chunk is made of words, numbers and ordinary punctuation only.
pub(super) fn is_plain(chunk: &str) -> bool {
    let core = chunk.trim_matches(|c: char| !c.is_alphanumeric());
    let is_url = core.contains("://");
    let is_at = core.split_once('@').is_none_or(|(_, host)| host.contains(['.', '/', ':']));
    (is_url || (is_at && !core.contains(['!', '#', '$', '^', '&', '~', '|'])))
        && (is_publishable(core) || (!has_uuid(core) && pieces_are_plain(without_host(core))))
}

/// A host is public by nature, however random its first label looks: only what follows it is judged.
fn without_host(core: &str) -> &str {
    let Some((_, rest)) = core.split_once("://") else { return core };
    let (host, path) =
        rest.split_at_checked(rest.find(['/', '?', '#']).unwrap_or(rest.len())).unwrap_or((rest, ""));
    if host.contains('@') { core } else { path }
}

fn has_uuid(core: &str) -> bool {
    core.len() >= 36 && core.split(|c: char| !(c.is_ascii_hexdigit() || c == '-')).any(is_uuid)
}

fn pieces_are_plain(core: &str) -> bool {
    let mut pieces = core.split(|c: char| !c.is_ascii_alphanumeric());
    pieces.all(|piece| is_word(piece) || is_duration(piece) || (piece.len() < core.len() && is_commit(piece)))
}

/// A number, a word, a camelCase name, or a word with a number: `oauth2`, `k8s`, `v1`.
fn is_word(piece: &str) -> bool {
    if piece.bytes().all(|b| b.is_ascii_digit()) {
        return true;
    }
    changes(piece) <= piece.len().div_euclid(6).saturating_add(2)
        && (piece.len() < 16 || is_pronounceable(piece))
}

/// Long words have vowels, and few consonants in a row.
fn is_pronounceable(piece: &str) -> bool {
    let is_vowel = |b: u8| matches!(b.to_ascii_lowercase(), b'a' | b'e' | b'i' | b'o' | b'u' | b'y');
    let vowels = piece.bytes().filter(|b| is_vowel(*b)).count();
    let longest = piece.as_bytes().split(|b| is_vowel(*b)).map(<[u8]>::len).max().unwrap_or(0);
    vowels.saturating_mul(5) >= piece.len() && longest <= 6
}

/// Such as `1h30m` and `P1DT2H`.
fn is_duration(piece: &str) -> bool {
    let is_unit = |b: u8| b"dhmsuwnyPTDHMSWY".contains(&b);
    piece.len() <= 12 && piece.bytes().all(|b| b.is_ascii_digit() || is_unit(b))
}

/// A short commit id inside an image's tag or a version.
fn is_commit(piece: &str) -> bool {
    (7..=12).contains(&piece.len()) && piece.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f'))
}
