//! Variables for shells: every value between quotes in which nothing has a meaning.

use super::Pair;

/// For sh, bash, dash and zsh: only a single quote ends single quotes.
pub fn sh(pair: &Pair<'_>) -> String {
    format!("export {}='{}'\n", pair.name, pair.text.replace('\'', "'\\''"))
}

/// For fish, whose single quotes know two escapes.
pub fn fish(pair: &Pair<'_>) -> String {
    let text = pair.text.replace('\\', "\\\\").replace('\'', "\\'");
    format!("set -gx {} '{text}'\n", pair.name)
}

/// For PowerShell, where typographic quotes end single quotes too, and each is doubled.
/// Source: `CodeGeneration.EscapeSingleQuotedStringContent`.
pub fn powershell(pair: &Pair<'_>) -> String {
    let is_quote = |c: char| matches!(c, '\'' | '\u{2018}'..='\u{201b}');
    let text: String =
        pair.text.chars().flat_map(|c| std::iter::repeat_n(c, if is_quote(c) { 2 } else { 1 })).collect();
    format!("$env:{} = '{text}'\n", pair.name)
}

/// For nu, whose double quotes know escapes and no variables.
pub fn nu(pair: &Pair<'_>) -> String {
    let mut text = String::with_capacity(pair.text.len());
    for c in pair.text.chars() {
        match c {
            '"' | '\\' => text.extend(['\\', c]),
            '\n' => text += "\\n",
            c if c.is_control() => text += &format!("\\u{{{:x}}}", u32::from(c)),
            c => text.push(c),
        }
    }
    format!("$env.{} = \"{text}\"\n", pair.name)
}
