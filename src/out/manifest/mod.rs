//! The text of a manifest: the layout that was found, and the keys that an example file wants.

mod keys;
mod layout;

use std::fmt::Write;

use super::gate;
pub use keys::keys;
pub use layout::layout;

/// A key as it stands in TOML, quoted where it must be.
fn name(text: &str) -> String {
    let is_bare =
        !text.is_empty() && text.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'-'));
    if is_bare { text.to_owned() } else { string(text) }
}

/// A basic string of TOML; what would act on a terminal or hide in it is escaped.
fn string(text: &str) -> String {
    let mut quoted = String::with_capacity(text.len() + 2);
    quoted.push('"');
    for c in text.chars() {
        match c {
            '"' | '\\' => quoted.extend(['\\', c]),
            c if gate::is_hidden(c) => {
                let _ = write!(quoted, "\\U{:08x}", u32::from(c));
            }
            c => quoted.push(c),
        }
    }
    quoted.push('"');
    quoted
}
