//! What the words of a comment say: required or optional, where the documentation is, a default, an example.

/// What a line says of being required.
pub(super) struct Marked {
    /// Required, or optional.
    pub(super) required: Option<bool>,
    /// The line without the word.
    pub(super) rest: String,
}

/// Words in brackets, and what they mean.
const BRACKETED: &[(&str, bool)] = &[
    ("(required)", true),
    ("[required]", true),
    ("(optional)", false),
    ("[optional]", false),
    ("(not required)", false),
];

/// What follows `required` where it is so under a condition only.
const CONDITIONS: &[&str] = &["if", "only", "when", "for", "unless", "but", "with", "in", "by"];

/// Reads `REQUIRED: …`, `optional`, `… (required)` in any case. `Required for X` is a condition, and says nothing.
pub(super) fn marked(line: &str) -> Marked {
    let lower = line.to_ascii_lowercase();
    for (word, required) in BRACKETED {
        if let Some(at) = lower.find(word) {
            let (before, after) = line.split_at_checked(at).unwrap_or((line, ""));
            let after = after.get(word.len()..).unwrap_or_default();
            let after = if before.is_empty() { after.trim_start_matches([':', '-', ' ']) } else { after };
            return Marked { required: Some(*required), rest: format!("{}{after}", before.trim_end()) };
        }
    }
    let leading = leading(line, "required").filter(|rest| !is_condition(rest)).map(|rest| (true, rest));
    let leading = leading.or_else(|| self::leading(line, "optional").map(|rest| (false, rest)));
    match leading {
        Some((required, rest)) => match rest.trim_end_matches('.').to_ascii_lowercase().as_str() {
            "no" | "false" => Marked { required: Some(!required), rest: String::new() },
            "yes" | "true" => Marked { required: Some(required), rest: String::new() },
            _ => Marked { required: Some(required), rest: rest.to_owned() },
        },
        None => Marked { required: None, rest: line.to_owned() },
    }
}

/// The text after a word that stands alone, or before a mark.
fn leading<'a>(line: &'a str, word: &str) -> Option<&'a str> {
    let line = line.trim_start_matches(['*', '(', '[']);
    let (start, rest) = line.split_at_checked(word.len())?;
    let after = rest.trim_start_matches(['*', ')', ']']).trim_start();
    let is_apart = after.is_empty()
        || (!rest.starts_with('-') && after.starts_with([':', '.', ',', ';', '-', '–', '—', '!']));
    let is_mark = |c: char| c.is_whitespace() || matches!(c, ':' | '.' | ',' | ';' | '-' | '–' | '—' | '!');
    (start.eq_ignore_ascii_case(word) && is_apart).then(|| after.trim_start_matches(is_mark))
}

fn is_condition(rest: &str) -> bool {
    let first = rest.split_whitespace().next().unwrap_or_default();
    CONDITIONS.iter().any(|word| word.eq_ignore_ascii_case(first))
}

/// What a section's heading says of the keys under it, if it says nothing else: `Required`, `Optional settings`.
pub(super) fn section_requires(heading: &str) -> Option<bool> {
    let mut words = heading.split_whitespace();
    let required = match words.next()?.to_ascii_lowercase().as_str() {
        "required" | "mandatory" => true,
        "optional" => false,
        _ => return None,
    };
    let things = ["settings", "variables", "configuration", "config", "values", "keys", "vars"];
    words.all(|word| things.iter().any(|thing| thing.eq_ignore_ascii_case(word))).then_some(required)
}

/// Words before a URL that documents the key.
const POINTERS: &[&str] = &[
    "",
    "docs",
    "doc",
    "documentation",
    "see",
    "see also",
    "more",
    "more info",
    "more information",
    "reference",
    "read more",
    "link",
    "details",
    "guide",
];

/// The URL of a line that holds nothing but a pointer to documentation.
pub(super) fn docs(line: &str) -> Option<&str> {
    let at = line.find("https://").or_else(|| line.find("http://"))?;
    let (lead, rest) = line.split_at_checked(at)?;
    let end = rest.find(|c: char| c.is_whitespace() || matches!(c, ')' | '>' | '"' | '\''));
    let (url, after) = rest.split_at_checked(end.unwrap_or(rest.len()))?;
    let is_mark = |c: char| !c.is_alphanumeric();
    let lead = lead.trim_matches(is_mark).to_ascii_lowercase();
    let is_alone = after.chars().all(is_mark) && POINTERS.contains(&lead.as_str());
    is_alone.then(|| url.trim_end_matches(['.', ',', ';']))
}

const DEFAULTS: &[&str] =
    &["defaults to", "default value is", "default is", "default value:", "default:", "default ="];
const EXAMPLES: &[&str] = &["example:", "example value:", "e.g.:", "e.g."];

/// What the text says that the value is where nobody sets it: `Defaults to 3000.`
pub(super) fn default_value(text: &str) -> Option<&str> {
    let rest = DEFAULTS.iter().find_map(|lead| after(text, lead))?;
    let line = rest.trim_start_matches([':', '=', ' ']).lines().next()?;
    let sentence = line.split(". ").next().unwrap_or(line);
    let value = sentence.split([')', ';', ',']).next().unwrap_or(sentence);
    let value = value.trim().trim_end_matches('.').trim_matches(['"', '\'', '`']);
    (!value.is_empty()).then_some(value)
}

/// The example that the text gives: `Example: https://app.example.com`.
pub(super) fn example(text: &str) -> Option<&str> {
    let rest = EXAMPLES.iter().find_map(|lead| after(text, lead))?;
    let value = rest.trim_start().lines().next()?.trim().trim_end_matches(')').trim_matches(['"', '\'', '`']);
    (!value.is_empty()).then_some(value)
}

/// The text after the first place where `lead` stands as words of its own, in any case.
pub(super) fn after<'a>(text: &'a str, lead: &str) -> Option<&'a str> {
    let lower = text.to_ascii_lowercase();
    let is_apart = |at: usize| !lower.get(..at).is_some_and(|before| before.ends_with(char::is_alphanumeric));
    let (at, _) = lower.match_indices(lead).find(|(at, _)| is_apart(*at))?;
    let rest = text.get(at + lead.len()..)?;
    let is_word = lead.ends_with(char::is_alphanumeric) && rest.starts_with(char::is_alphanumeric);
    (!is_word).then_some(rest)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn required_and_optional_are_marks_and_not_any_word() {
        for (line, required, rest) in [
            ("REQUIRED: a random string", Some(true), "a random string"),
            ("OPTIONAL: if set, it is used", Some(false), "if set, it is used"),
            ("required", Some(true), ""),
            ("Optional.", Some(false), ""),
            ("Optional, the port", Some(false), "the port"),
            ("Optional - the port", Some(false), "the port"),
            ("**Required** - the port", Some(true), "the port"),
            ("[REQUIRED] The port", Some(true), "The port"),
            ("The port (optional)", Some(false), "The port"),
            ("The port (Required), always", Some(true), "The port, always"),
            ("Required: no", Some(false), ""),
            ("Optional: true", Some(false), ""),
            ("Required for S3", None, "Required for S3"),
            ("Required, if S3 is used", None, "Required, if S3 is used"),
            ("required-by: web", None, "required-by: web"),
            ("Optional CDN for downloads", None, "Optional CDN for downloads"),
            ("at least ONE OF these is required", None, "at least ONE OF these is required"),
            ("The port (required for S3)", None, "The port (required for S3)"),
        ] {
            let marked = marked(line);
            assert_eq!((marked.required, marked.rest.as_str()), (required, rest), "{line}");
        }
    }

    #[test]
    fn a_section_says_required_only_where_it_says_nothing_else() {
        for (heading, required) in [
            ("REQUIRED", Some(true)),
            ("Optional settings", Some(false)),
            ("AUTH OPTIONAL", None),
            ("Required for S3", None),
        ] {
            assert_eq!(section_requires(heading), required, "{heading}");
        }
    }

    #[test]
    fn a_pointer_to_documentation_stands_alone_in_its_line() {
        for (line, url) in [
            ("DOCS: https://docs.example.com/s3", Some("https://docs.example.com/s3")),
            ("https://docs.example.com.", Some("https://docs.example.com")),
            ("@see <https://docs.example.com>", Some("https://docs.example.com")),
            ("(See also: https://docs.example.com)", Some("https://docs.example.com")),
            ("DOCS:", None),
            ("Defaults to https://api.example.com", None),
            ("See https://docs.example.com for more", None),
        ] {
            assert_eq!(docs(line), url, "{line}");
        }
    }

    #[test]
    fn defaults_and_examples_are_read_from_sentences() {
        for (text, value) in [
            ("The port. Defaults to 3000. Leave it.", Some("3000")),
            ("The region (default: \"eu-west-1\")", Some("eu-west-1")),
            ("The default is true but you may change it", Some("true but you may change it")),
            ("The default interface language", None),
            ("Defaults to", None),
        ] {
            assert_eq!(default_value(text), value, "{text}");
        }
        assert_eq!(example("A URL.\nExample: https://a.example.com\nNo more"), Some("https://a.example.com"));
        assert_eq!(example("For example, this"), None);
    }
}
