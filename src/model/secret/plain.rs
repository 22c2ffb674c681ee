//! Values that may be shown: words, numbers and ordinary punctuation.

use std::iter;

use super::shape::{changes, is_alphanumeric, is_publishable, is_uuid};

/// The text between blanks, commas, semicolons and quotes, without digests, which are public.
pub(super) fn chunks(text: &str) -> impl Iterator<Item = &str> {
    let is_gap = |c: char| c.is_whitespace() || matches!(c, ',' | ';' | '"' | '\'' | '`');
    split(text, is_gap).map(|chunk| if chunk.contains("sha256:") { without_digest(chunk) } else { chunk })
}

/// `str::split`, faster for ASCII.
pub(super) fn split(text: &str, is_gap: impl Fn(char) -> bool) -> impl Iterator<Item = &str> {
    let mut rest = Some(text);
    iter::from_fn(move || {
        let (piece, after) = split_gap(rest?, &is_gap);
        rest = after;
        Some(piece)
    })
}

/// The text before and after the first gap. Characters are decoded only from the first one outside ASCII on.
fn split_gap(text: &str, is_gap: impl Fn(char) -> bool) -> (&str, Option<&str>) {
    let quick = text.bytes().position(|b| !b.is_ascii() || is_gap(char::from(b)));
    let (head, tail) = quick.and_then(|at| text.split_at_checked(at)).unwrap_or((text, ""));
    let Some(gap) = tail.find(&is_gap) else { return (text, None) };
    let chunk = text.split_at_checked(head.len().saturating_add(gap));
    chunk.map_or((text, None), |(chunk, after)| {
        let mut after = after.chars();
        after.next();
        (chunk, Some(after.as_str()))
    })
}

fn without_digest(chunk: &str) -> &str {
    match chunk.split_once("sha256:") {
        Some((head, digest)) if digest.bytes().all(|b| b.is_ascii_hexdigit()) => head,
        _ => chunk,
    }
}

/// Whether all chunks of the text are plain.
pub(super) fn is_plain_text(text: &str) -> bool {
    is_even(text.as_bytes()) || chunks(text).all(is_plain)
}

/// Whether one chunk is made of words, numbers and ordinary punctuation only.
pub(super) fn is_plain(chunk: &str) -> bool {
    is_even(chunk.as_bytes()) || is_plain_core(chunk)
}

/// Most values: so even that no piece of them can be odd, wherever the text is cut. Fewer than four dashes make
/// no UUID, and words shorter than sixteen letters need not be pronounceable.
fn is_even(text: &[u8]) -> bool {
    !text.iter().any(|b| (*b == b'@') | is_odd_mark(*b))
        && changes(text) <= 2
        && text.iter().filter(|b| **b == b'-').count() < 4
        && (text.len() < 16 || longest_word(text) < 16)
}

fn longest_word(text: &[u8]) -> usize {
    text.split(|b| !is_alphanumeric(*b)).map(<[u8]>::len).max().unwrap_or(0)
}

fn is_plain_core(chunk: &str) -> bool {
    let core = chunk.trim_matches(|c: char| !c.is_alphanumeric());
    let is_url = core.contains("://");
    (is_url || has_plain_marks(core))
        && (is_publishable(core.as_bytes())
            || (!has_uuid(core.as_bytes())
                && pieces_are_plain(if is_url { without_host(core) } else { core }.as_bytes())))
}

/// An address may hold an `@`; no plain value outside a URL holds one of the other marks.
fn has_plain_marks(core: &str) -> bool {
    let is_at = core.split_once('@').is_none_or(|(_, host)| host.contains(['.', '/', ':']));
    is_at && !core.bytes().any(is_odd_mark)
}

fn is_odd_mark(b: u8) -> bool {
    matches!(b, b'!' | b'#' | b'$' | b'^' | b'&' | b'~' | b'|')
}

/// A host is public by nature, however random its first label looks: only what follows it is judged.
fn without_host(core: &str) -> &str {
    let Some((_, rest)) = core.split_once("://") else { return core };
    let (host, path) =
        rest.split_at_checked(rest.find(['/', '?', '#']).unwrap_or(rest.len())).unwrap_or((rest, ""));
    if host.contains('@') { core } else { path }
}

fn has_uuid(core: &[u8]) -> bool {
    core.len() >= 36 && core.split(|b| !(b.is_ascii_hexdigit() || *b == b'-')).any(is_uuid)
}

fn pieces_are_plain(core: &[u8]) -> bool {
    let mut pieces = core.split(|b| !is_alphanumeric(*b));
    pieces.all(|piece| is_word(piece) || is_duration(piece) || (piece.len() < core.len() && is_commit(piece)))
}

/// A number, a word, a camelCase name, or a word with a number: `oauth2`, `k8s`, `v1`.
fn is_word(piece: &[u8]) -> bool {
    if piece.iter().all(u8::is_ascii_digit) {
        return true;
    }
    changes(piece) <= piece.len().div_euclid(6).saturating_add(2)
        && (piece.len() < 16 || is_pronounceable(piece))
}

/// Long words have vowels, and few consonants in a row.
fn is_pronounceable(piece: &[u8]) -> bool {
    let is_vowel = |b: u8| matches!(b.to_ascii_lowercase(), b'a' | b'e' | b'i' | b'o' | b'u' | b'y');
    let vowels = piece.iter().filter(|b| is_vowel(**b)).count();
    let longest = piece.split(|b| is_vowel(*b)).map(<[u8]>::len).max().unwrap_or(0);
    vowels.saturating_mul(5) >= piece.len() && longest <= 6
}

/// Such as `1h30m` and `P1DT2H`.
fn is_duration(piece: &[u8]) -> bool {
    let is_unit = |b: &u8| b"dhmsuwnyPTDHMSWY".contains(b);
    piece.len() <= 12 && piece.iter().all(|b| b.is_ascii_digit() || is_unit(b))
}

/// A short commit id inside an image's tag or a version.
fn is_commit(piece: &[u8]) -> bool {
    (7..=12).contains(&piece.len()) && piece.iter().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f'))
}
