//! Choices that a comment lists in prose: `Available options: a | b`, `one of "s3" or "local"`.

use super::prose::after;

/// Words before a list, and whether a colon must follow.
const LEADS: &[(&str, bool)] = &[
    ("available options", false),
    ("available values", false),
    ("possible values", false),
    ("allowed values", false),
    ("accepted values", false),
    ("supported values", false),
    ("valid values", false),
    ("valid options", false),
    ("one of", false),
    ("options", true),
    ("choices", true),
    ("values", true),
    ("allowed", true),
];

const LONGEST_CHOICE: usize = 40;
const MOST_CHOICES: usize = 64;

/// The choices that the text lists; none where it is not sure that these are all.
pub(super) fn choices(text: &str) -> Vec<String> {
    let lists = LEADS.iter().filter_map(|(lead, needs_colon)| {
        let rest = after(text, lead)?;
        let rest = rest.strip_prefix(" are").unwrap_or(rest);
        let list = rest.trim_start().strip_prefix(':');
        if *needs_colon { list } else { list.or(Some(rest)) }
    });
    lists.map(read).find(|found| !found.is_empty()).unwrap_or_default()
}

/// A comment of nothing but choices: `debug | info | error`.
pub(super) fn bare(line: &str) -> Vec<String> {
    match line.split('|').all(|word| !word.trim().is_empty() && !word.contains(',')) {
        true => read(line),
        false => Vec::new(),
    }
}

/// Reads a list that must go to the end of its sentence.
fn read(text: &str) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    let mut rest = Some(text);
    while let Some(text) = rest {
        let Some((choice, after)) = choice(text.trim_start()) else { return Vec::new() };
        if !found.iter().any(|known| known == choice) {
            found.push(choice.to_owned());
        }
        let after = without_note(after);
        rest = separated(after);
        let is_cut = rest.is_none() && !is_end(after);
        if is_cut || found.len() > MOST_CHOICES || choice.eq_ignore_ascii_case("etc") {
            return Vec::new();
        }
    }
    if found.len() < 2 { Vec::new() } else { found }
}

/// The word that the text begins with, perhaps in quotes, and the text after it.
fn choice(text: &str) -> Option<(&str, &str)> {
    let quote = text.chars().next().filter(|c| matches!(c, '"' | '\'' | '`'));
    let inside = quote.and_then(|quote| text.strip_prefix(quote));
    let start = inside.unwrap_or(text);
    let tail = start.trim_start_matches(|c: char| c.is_alphanumeric() || matches!(c, '_' | '-' | '.' | '+'));
    let word = start.strip_suffix(tail)?;
    let word = if quote.is_some() { word } else { word.trim_end_matches('.') };
    let after = start.strip_prefix(word)?;
    let after = quote.map_or(Some(after), |quote| after.strip_prefix(quote))?;
    (!word.is_empty() && word.len() <= LONGEST_CHOICE).then_some((word, after))
}

/// The text after a remark such as `(default)`.
fn without_note(text: &str) -> &str {
    let note = text.trim_start_matches(' ').strip_prefix('(').and_then(|rest| rest.split_once(')'));
    note.filter(|(inside, _)| !inside.contains('\n')).map_or(text, |(_, after)| after)
}

/// The text after what separates two choices.
fn separated(text: &str) -> Option<&str> {
    let start = text.trim_start();
    let mark = start.strip_prefix(['|', ',', '/']).map(str::trim_start);
    let word = |text| ["or", "and"].into_iter().find_map(|word| without_word(text, word));
    match mark {
        Some(rest) => Some(word(rest).unwrap_or(rest)),
        None => word(start),
    }
}

fn without_word<'a>(text: &'a str, word: &str) -> Option<&'a str> {
    text.strip_prefix(word).filter(|rest| rest.starts_with(char::is_whitespace))
}

fn is_end(text: &str) -> bool {
    let text = text.trim_start_matches([' ', '\t']);
    text.is_empty() || text.starts_with(['\n', '.', ';', ')', ']', '!'])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_is_read_where_it_is_surely_whole() {
        for (text, words) in [
            ("The transport. Available options: local (default) | gcloud-hsm", "local gcloud-hsm"),
            ("Possible value is one of \"s3\" or \"local\".\nFor \"local\" no bucket is needed", "s3 local"),
            ("Should be one of\nerror, warn, info, or silly", "error warn info silly"),
            ("Options: a, b, c", "a b c"),
            ("(one of: `a`, `b`)", "a b"),
            ("Allowed values are: dev/staging/prod.", "dev staging prod"),
            ("Available options: a | b\nRestart after a change", "a b"),
            ("one of v1.2,\nv1.3 or v2.", "v1.2 v1.3 v2"),
            ("at least ONE OF these is required", ""),
            ("one of three ways to configure it", ""),
            ("one of a, b or c for production", ""),
            ("one of a, b, etc.", ""),
            ("Options: see the manual", ""),
            ("More options are a, b", ""),
            ("one of a", ""),
            ("one of \"a, b", ""),
        ] {
            assert_eq!(choices(text).join(" "), words, "{text}");
        }
    }

    #[test]
    fn a_bare_list_needs_bars() {
        assert_eq!(bare("debug | info|error"), ["debug", "info", "error"]);
        for text in ["debug, info", "the port", "a |", "a | b c", ""] {
            assert_eq!(bare(text), [""; 0], "{text}");
        }
    }
}
