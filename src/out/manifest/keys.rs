//! The tables `[keys.NAME]` of a manifest, from what other files say of the keys that are wanted.

use std::collections::BTreeSet;
use std::fmt::Write;

use crate::model::kind::Kind;
use crate::model::placeholder::is_placeholder;
use crate::model::secret::{NameVerdict, by_name, by_shape, is_plainly_public};
use crate::model::toml::{name, string};
use crate::model::value::Value;
use crate::model::wanted::Wanted;
use crate::out::gate;

/// The longest help, in characters.
const LONGEST_HELP: usize = 160;

/// TOML text that the manifest's parser reads back: a table for each key, in the given order, with the headings of
/// the file as comments. A name that comes again is left out, and so is one that looks like a secret.
///
/// `required` is what the file says. Where it says nothing, a key without a value or with a placeholder counts as
/// required; one with a real default, or one that is commented out, does not, and gets no line. `secret` is left out
/// where the name says it already. No default and no example is ever written; help, choices and headings that hold
/// a secret are left out, and so is help that repeats the value of a secret.
pub fn keys(wanted: &[Wanted]) -> String {
    let mut text = String::new();
    let mut written = BTreeSet::new();
    let mut section = None;
    for key in wanted.iter().filter(|key| !by_shape(&key.name)) {
        if !written.insert(key.name.as_str()) {
            continue;
        }
        let next = key.section.as_deref().filter(|heading| is_plainly_public(heading));
        if next != section {
            text.push_str(&heading(next));
            section = next;
        }
        text.push_str(&table(key));
    }
    text.trim_start().to_owned()
}

fn heading(title: Option<&str>) -> String {
    let title = title.map(one_line).unwrap_or_default();
    let visible = gate::visible(&title);
    if visible.is_empty() { "\n# ---\n".to_owned() } else { format!("\n# --- {visible} ---\n") }
}

fn table(key: &Wanted) -> String {
    let mut text = format!("\n[keys.{}]\n", name(&key.name));
    let mut line = |word: &str, value: &str| {
        let _ = writeln!(text, "{word} = {value}");
    };
    if let Some(required) = requirement(key) {
        line("required", if required { "true" } else { "false" });
    }
    let values = values(key);
    if let Some(kind) = kind(key, &values) {
        line("type", &string(kind.name()));
    }
    if !values.is_empty() {
        let words: Vec<_> = values.into_iter().map(string).collect();
        line("values", &format!("[{}]", words.join(", ")));
    }
    match key.secret {
        Some(true) if by_name(&key.name) != NameVerdict::Secret => line("secret", "true"),
        Some(false) => line("secret", "false"),
        Some(true) | None => {}
    }
    if let Some(help) = help(key) {
        line("help", &string(&help));
    }
    text
}

/// What the file says, or else what its value lets assume.
fn requirement(key: &Wanted) -> Option<bool> {
    key.required.or_else(|| (key.is_open() && !key.is_commented_out).then_some(true))
}

/// The type; an enum only with its words.
fn kind(key: &Wanted, values: &[&str]) -> Option<Kind> {
    match key.kind {
        None | Some(Kind::Enum) => (!values.is_empty()).then_some(Kind::Enum),
        kind => kind,
    }
}

/// The words of an enum. A secret has none that may be shown.
fn values(key: &Wanted) -> Vec<&str> {
    let is_hidden = is_secret(key) || key.values.iter().any(|word| by_shape(word));
    if is_hidden { Vec::new() } else { key.values.iter().map(String::as_str).collect() }
}

fn is_secret(key: &Wanted) -> bool {
    key.secret.unwrap_or_else(|| by_name(&key.name) == NameVerdict::Secret)
}

/// One line of help with the address of the documentation; nothing where it holds a secret.
fn help(key: &Wanted) -> Option<String> {
    let docs = key.docs.as_deref().filter(|url| !by_shape(url) && url.len() < LONGEST_HELP / 2);
    let help = key.help.as_deref().map(one_line).filter(|help| !help.is_empty() && !holds_secret(key, help));
    match (help, docs) {
        (Some(help), Some(url)) => {
            let help = cut(&help, LONGEST_HELP - 2 - url.len());
            let colon = if help.ends_with(char::is_alphanumeric) { ":" } else { "" };
            Some(format!("{help}{colon} {url}"))
        }
        (Some(help), None) => Some(cut(&help, LONGEST_HELP)),
        (None, docs) => docs.map(str::to_owned),
    }
}

fn holds_secret(key: &Wanted, help: &str) -> bool {
    let repeats = |value: &Value| {
        value.judge(|text| {
            let text = one_line(text);
            let is_guarded = key.secret != Some(false) && (is_secret(key) || !is_plainly_public(&text));
            is_guarded && !text.is_empty() && !is_placeholder(&text) && help.contains(&text)
        })
    };
    by_shape(help) || [&key.default, &key.example].into_iter().flatten().any(repeats)
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// At most so many characters: whole sentences if they fill half of it, or else whole words.
fn cut(text: &str, most: usize) -> String {
    let Some((end, _)) = text.char_indices().nth(most) else { return text.to_owned() };
    let head = text.get(..end).unwrap_or_default();
    match head.rsplit_once(". ") {
        Some((sentences, _)) if sentences.len() * 2 >= head.len() => format!("{sentences}."),
        _ => {
            let words = head.char_indices().last().and_then(|(last, _)| head.get(..last)).unwrap_or_default();
            format!("{}…", words.rsplit_once(' ').map_or(words, |(words, _)| words))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wanted(name: &str, default: &str) -> Wanted {
        Wanted { default: Some(Value::new(default)), ..Wanted::new(name, 0) }
    }

    #[test]
    fn a_key_is_written_with_what_is_known_of_it() {
        let key = Wanted {
            section: Some("Web server".to_owned()),
            required: Some(true),
            secret: Some(true),
            kind: Some(Kind::Port),
            help: Some("The \"port\"\nto listen on".to_owned()),
            docs: Some("https://docs.example.com/port".to_owned()),
            ..wanted("PORT", "3000")
        };
        let level = Wanted {
            values: vec!["debug".to_owned(), "info".to_owned()],
            secret: Some(false),
            ..wanted("log.level", "info")
        };
        assert_eq!(
            keys(&[key, level]),
            r#"# --- Web server ---

[keys.PORT]
required = true
type = "port"
secret = true
help = "The \"port\" to listen on: https://docs.example.com/port"

# ---

[keys."log.level"]
type = "enum"
values = ["debug", "info"]
secret = false
"#
        );
    }

    #[test]
    fn without_a_word_an_open_value_is_required_and_a_default_is_not() {
        let commented_out = Wanted { is_commented_out: true, ..wanted("A", "") };
        for (key, line) in [
            (wanted("A", ""), "required = true\n"),
            (wanted("A", "<the address>"), "required = true\n"),
            (Wanted::new("A", 0), "required = true\n"),
            (wanted("A", "3000"), ""),
            (commented_out, ""),
            (Wanted { required: Some(false), ..wanted("A", "") }, "required = false\n"),
            (Wanted { required: Some(true), ..wanted("A", "3000") }, "required = true\n"),
        ] {
            assert_eq!(keys(&[key]), format!("[keys.A]\n{line}"));
        }
    }

    #[test]
    fn a_name_that_says_secret_says_enough() {
        let key = |name, secret| Wanted { secret: Some(secret), required: Some(false), ..wanted(name, "") };
        for (name, secret, line) in [
            ("DB_PASSWORD", true, ""),
            ("DB_PASSWORD", false, "secret = false\n"),
            ("DATABASE_URL", true, "secret = true\n"),
        ] {
            let expected = format!("[keys.{name}]\nrequired = false\n{line}");
            assert_eq!(keys(&[key(name, secret)]), expected);
        }
    }

    #[test]
    fn no_secret_is_written_wherever_it_was_left() {
        let token = "sk_live_0CANARY0123456789abcd";
        let said = |text: &str| Some(text.to_owned());
        for key in [
            wanted("A", token),
            wanted(token, "1"),
            Wanted { example: Some(Value::new(token)), ..wanted("A", "") },
            Wanted { help: said(&format!("Such as {token}.")), ..wanted("A", "") },
            Wanted { help: said(&format!("(_{token}_)")), ..wanted("A", "") },
            Wanted { docs: said(&format!("https://x.org/{token}.")), ..wanted("A", "") },
            Wanted { help: said("The old one was CANARY-x"), ..wanted("DB_PASSWORD", "CANARY-x") },
            Wanted { help: said("The old one was\nCANARY x"), ..wanted("DB_PASSWORD", "CANARY\tx") },
            Wanted { help: said("Not CANARY7a8F3k2M"), ..wanted("A", "CANARY7a8F3k2M") },
            Wanted { docs: said(&format!("https://x.org/?token={token}")), ..wanted("A", "") },
            Wanted { section: said(token), ..wanted("A", "") },
            Wanted { values: vec![token.to_owned(), "b".to_owned()], ..wanted("A", "") },
            Wanted { values: vec!["CANARY".to_owned(), "b".to_owned()], ..wanted("API_TOKEN", "CANARY") },
        ] {
            let text = keys(&[key]);
            assert!(!text.contains("CANARY"), "{text}");
        }
    }

    #[test]
    fn a_placeholder_and_a_public_value_may_be_repeated_in_help() {
        for (name, value) in [("API_KEY", "generate_a_new_key"), ("PORT", "3000")] {
            let key = Wanted { help: Some(format!("Replace {value}")), ..wanted(name, value) };
            assert!(keys(&[key]).contains(value), "{value}");
        }
    }

    #[test]
    fn long_help_ends_with_a_sentence_or_a_word() {
        let (sentence, word) = ("The port that it listens on. ", "unbroken ");
        for (text, end) in [(sentence.repeat(9), "listens on."), (word.repeat(40), "unbroken…")] {
            let short = cut(&one_line(&text), LONGEST_HELP);
            assert!(short.ends_with(end), "{short}");
            assert!((80..=LONGEST_HELP).contains(&short.chars().count()), "{short}");
        }
        let docs = Some("https://docs.example.com/a/page".to_owned());
        let key = Wanted { help: Some(word.repeat(40)), docs, ..wanted("A", "") };
        let help = help(&key).unwrap();
        assert!(help.ends_with("… https://docs.example.com/a/page") && help.chars().count() <= LONGEST_HELP);
    }

    #[test]
    fn what_acts_on_a_terminal_is_escaped() {
        let key = Wanted { help: Some("a\u{1b}[31mb\\\u{202e}".to_owned()), ..wanted("ä\u{7}", "1") };
        let expected = "[keys.\"ä\\U00000007\"]\nhelp = \"a\\U0000001b[31mb\\\\\\U0000202e\"\n";
        assert_eq!(keys(&[key]), expected);
    }

    #[test]
    fn a_key_is_written_once() {
        assert_eq!(keys(&[wanted("A", "1"), wanted("A", "")]), "[keys.A]\n");
        assert_eq!(keys(&[]), "");
    }
}
