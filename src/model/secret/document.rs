//! Credentials in texts that are documents themselves: JSON in a variable, a file in a ConfigMap, an expression.

use super::name::{NameVerdict, by_name};

/// What separates one member of a document from the next: JSON, YAML, TOML, INI, HCL.
const BETWEEN: [char; 6] = ['\n', ',', '{', '}', ';', '['];

/// How values begin that stand somewhere else: references of shells, ERB and Terraform.
const ELSEWHERE: [&str; 6] = ["$", "<%", "var.", "local.", "data.", "module."];

/// The longest name that is looked at, in bytes.
const LONGEST: usize = 100;

/// Does the text hold a member such as `"password": "x"`, `password = x`, `<password>x</password>`? Only texts that look
/// like documents are searched: a sentence may speak of a password.
pub(super) fn holds_secret(text: &str) -> bool {
    let is_document = text.contains(['\n', '{']) || text.contains("</");
    is_document && (text.split(BETWEEN).any(is_secret_member) || text.split('<').any(is_secret_element))
}

fn is_secret_member(part: &str) -> bool {
    let at = part.find([':', '=']);
    let pair = at.and_then(|at| part.split_at_checked(at));
    pair.is_some_and(|(name, value)| is_secret(name, value.trim_start_matches([':', '=', '>'])))
}

/// `password>x`, what follows the `<` of an element.
fn is_secret_element(part: &str) -> bool {
    part.split_once('>').is_some_and(|(name, value)| is_secret(name, value))
}

fn is_secret(name: &str, value: &str) -> bool {
    let is_edge = |c: char| c.is_whitespace() || matches!(c, '"' | '\'' | '\\');
    let (name, value) = (name.trim_matches(is_edge), value.trim_matches(is_edge));
    let name = name.strip_prefix("- ").unwrap_or(name);
    let is_name = name.len() <= LONGEST
        && name.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'-' | b'.' | b'/'));
    let is_elsewhere =
        ELSEWHERE.iter().any(|start| value.starts_with(start)) || matches!(value, "|" | ">" | "null");
    is_name && !value.is_empty() && !is_elsewhere && by_name(name) == NameVerdict::Secret
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_document_with_a_secret_is_a_secret_whatever_it_is_written_in() {
        for text in [
            r#"{"password":"x"}"#,
            r#"{"db": {"user": "x", "password": "y"}}"#,
            r#"[{"id": 1, "apiKey": "x"}]"#,
            "a: 1\ndb:\n  password: x\n",
            "[db]\nuser = x\npassword = y\n",
            "<db>\n<password>x</password></db>",
            r#"jsonencode({ password = "x" })"#,
            "${DB_PWD:123456}",
            "{\"a\": \"{\\\"token\\\": \\\"x\\\"}\"}",
        ] {
            assert!(holds_secret(text), "{text}");
        }
    }

    #[test]
    fn names_references_and_sentences_are_none() {
        for text in [
            r#"{"secretName": "x", "port": 1}"#,
            r#"{"password": "${DB_PASSWORD}"}"#,
            r#"{"password": ""}"#,
            "${DB_PASSWORD}",
            "{{ .Values.password }}",
            "Token: see below",
            "the password: see below",
            "a: 1\nb: 2\n",
        ] {
            assert!(!holds_secret(text), "{text}");
        }
    }
}
