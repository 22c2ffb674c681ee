//! Names of environments: which are allowed, which are never meant, and which spellings are one environment.

use std::fmt;

use serde::Serialize;

use super::fault::Fault;

/// The name of an environment as the project spells it.
///
/// ASCII letters, digits, `.`, `_` and `-`, starting with a letter or digit, at most [`EnvName::MAX`] bytes.
/// Nothing else: the name becomes a path, a prompt and a shell word, and look-alike letters must not pass for another name.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(transparent)]
pub struct EnvName(Box<str>);

impl EnvName {
    /// The longest name, in bytes.
    pub const MAX: usize = 64;

    /// Accepts `text` as a name, or says why not.
    ///
    /// # Errors
    /// A [`Fault`] that names the broken rule.
    pub fn new(text: &str) -> Result<Self, Fault> {
        match objection(text) {
            None => Ok(Self(text.into())),
            Some(why) => {
                Err(Fault::new(format!("an environment cannot be named `{}`: {why}", shorten(text)))
                    .help("use letters, digits, `.`, `_` and `-`, for example `staging` or `prod-eu`"))
            }
        }
    }

    /// The name as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Case aside, is this the name that `text` means?
    pub fn matches(&self, text: &str) -> bool {
        self.0.eq_ignore_ascii_case(text)
    }
}

impl fmt::Display for EnvName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

/// Names that stand for a template or a shared layer, never for an environment.
pub const NEVER_NAMES: &[&str] =
    &["example", "sample", "dist", "template", "default", "base", "common", "shared", "schema"];

/// Device names that no file may carry on Windows; a project is often checked out there too.
/// Source: Microsoft, "Naming Files, Paths, and Namespaces".
const DEVICE_NAMES: &[&str] = &["con", "prn", "aux", "nul"];
const NUMBERED_DEVICES: &[&str] = &["com", "lpt"];

fn objection(text: &str) -> Option<&'static str> {
    let allowed = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '_' | '-');
    if text.is_empty() {
        Some("it is empty")
    } else if text.len() > EnvName::MAX {
        Some("it is longer than 64 characters")
    } else if !text.chars().all(allowed) {
        Some("it holds a character that is not allowed")
    } else if !text.starts_with(|c: char| c.is_ascii_alphanumeric()) {
        Some("it does not start with a letter or a digit")
    } else if text.contains("..") || text.ends_with('.') {
        Some("it reads like a path")
    } else if is_device(text) {
        Some("it is a device name on Windows")
    } else if NEVER_NAMES.iter().any(|never| text.eq_ignore_ascii_case(never)) {
        Some("the word stands for a template or a shared layer")
    } else {
        None
    }
}

fn is_device(text: &str) -> bool {
    let stem = text.split('.').next().unwrap_or(text).to_ascii_lowercase();
    DEVICE_NAMES.contains(&stem.as_str())
        || NUMBERED_DEVICES.iter().any(|device| {
            stem.strip_prefix(device).is_some_and(|n| n.len() == 1 && n.chars().all(|c| c.is_ascii_digit()))
        })
}

/// What is repeated of a name that may be of any length.
pub fn shorten(text: &str) -> String {
    match text.char_indices().nth(40) {
        Some((cut, _)) => format!("{}…", text.get(..cut).unwrap_or_default()),
        None => text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ordinary_names_are_accepted() {
        for name in ["dev", "production", "prod-eu", "e2e_test", "v1.2", "42", "Staging"] {
            assert!(EnvName::new(name).is_ok(), "{name}");
        }
    }

    #[test]
    fn hostile_names_are_refused() {
        let long = "x".repeat(300);
        let names = [
            "", "../x", "a/b", "-x", "CON", "nul.txt", "COM1", "a b", "a\u{7}", "prоd", ".hidden", "x.",
            "a..b", "example", "Base", &long,
        ];
        for name in names {
            assert!(EnvName::new(name).is_err(), "{name:?}");
        }
    }

    #[test]
    fn a_refusal_does_not_repeat_a_long_name() {
        let message = EnvName::new(&"x".repeat(300)).unwrap_err().to_string();
        assert!(message.len() < 120, "{message}");
    }
}
