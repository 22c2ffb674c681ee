//! Variables for shells: every value between quotes in which nothing has a meaning.

use super::Pair;

/// For sh, bash, dash and zsh.
pub fn sh(pair: &Pair<'_>) -> String {
    format!("export {}={}\n", pair.name, sh_text(pair.text))
}

/// For fish.
pub fn fish(pair: &Pair<'_>) -> String {
    format!("set -gx {} {}\n", pair.name, fish_text(pair.text))
}

/// For PowerShell.
pub fn powershell(pair: &Pair<'_>) -> String {
    format!("$env:{} = {}\n", pair.name, powershell_text(pair.text))
}

/// For nu.
pub fn nu(pair: &Pair<'_>) -> String {
    format!("$env.{} = {}\n", pair.name, nu_text(pair.text))
}

/// A text for sh, bash, dash and zsh: only a single quote ends single quotes.
pub fn sh_text(text: &str) -> String {
    format!("'{}'", text.replace('\'', "'\\''"))
}

/// A text for fish, whose single quotes know two escapes.
pub fn fish_text(text: &str) -> String {
    format!("'{}'", text.replace('\\', "\\\\").replace('\'', "\\'"))
}

/// A text for PowerShell, where typographic quotes end single quotes too, and each is doubled.
/// Source: `CodeGeneration.EscapeSingleQuotedStringContent`.
pub fn powershell_text(text: &str) -> String {
    let is_quote = |c: char| matches!(c, '\'' | '\u{2018}'..='\u{201b}');
    let text: String =
        text.chars().flat_map(|c| std::iter::repeat_n(c, if is_quote(c) { 2 } else { 1 })).collect();
    format!("'{text}'")
}

/// A text for nu, whose double quotes know escapes and no variables.
fn nu_text(text: &str) -> String {
    let mut quoted = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '"' | '\\' => quoted.extend(['\\', c]),
            '\n' => quoted += "\\n",
            c if c.is_control() => quoted += &format!("\\u{{{:x}}}", u32::from(c)),
            c => quoted.push(c),
        }
    }
    format!("\"{quoted}\"")
}
