//! Key blocks (PEM, PGP) that lost their quotes: their lines look like keys, and are pieces of a secret.

/// How a block begins.
pub(super) const BEGIN: &str = "-----BEGIN ";
/// How its last line begins.
pub(super) const END: &str = "-----END ";

/// Base64 alone, or the last line of a block; perhaps with what closes a string around it.
pub(super) fn is_block_line(line: &str) -> bool {
    let line = line.trim_matches(|c: char| c.is_ascii_whitespace() || matches!(c, '"' | '\'' | ',' | '\\'));
    let body = line.strip_suffix("\\n").unwrap_or(line).trim_end_matches('=');
    let is_base64 = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'+' | b'/');
    line.contains(END) || (!body.is_empty() && body.bytes().all(is_base64))
}
