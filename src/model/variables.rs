//! The variables of the process.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::ffi::{OsStr, OsString};
use std::path::PathBuf;

/// What the process environment holds. A variable whose name is not UTF-8 is left out: nobody can ask for it.
#[derive(Default)]
pub struct Variables(BTreeMap<String, OsString>);

impl Variables {
    /// Takes over what the system gave.
    pub fn new(variables: impl IntoIterator<Item = (OsString, OsString)>) -> Self {
        Self(
            variables
                .into_iter()
                .filter_map(|(name, value)| Some((name.into_string().ok()?, value)))
                .collect(),
        )
    }

    /// The text of a variable; an empty one counts as unset. What is not UTF-8 shows replacement characters, so that
    /// it is neither taken for unset nor for another text.
    pub fn get(&self, name: &str) -> Option<Cow<'_, str>> {
        self.0.get(name).filter(|value| !value.is_empty()).map(|value| value.to_string_lossy())
    }

    /// The path that a variable holds, byte for byte.
    pub fn path(&self, name: &str) -> Option<PathBuf> {
        self.0.get(name).filter(|value| !value.is_empty()).map(PathBuf::from)
    }

    /// The same without those of these names.
    #[must_use]
    pub fn without(mut self, names: &[&str]) -> Self {
        self.0.retain(|name, _| !names.contains(&name.as_str()));
        self
    }

    /// All variables that are texts, empty ones included, sorted by name. No file could define the others either.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.iter().filter_map(|(name, value)| Some((name.as_str(), value.to_str()?)))
    }

    /// What a variable holds, byte for byte; an empty one too.
    pub fn raw_value(&self, name: &str) -> Option<&OsStr> {
        self.0.get(name).map(OsString::as_os_str)
    }

    /// All variables, byte for byte, sorted by name.
    pub fn raw(&self) -> impl Iterator<Item = (&str, &OsStr)> {
        self.0.iter().map(|(name, value)| (name.as_str(), value.as_os_str()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::os::unix::ffi::OsStringExt;

    #[test]
    fn an_empty_variable_is_unset() {
        let variables = Variables::new([("A".into(), "".into()), ("B".into(), "x".into())]);
        assert_eq!((variables.get("A"), variables.get("C")), (None, None));
        assert_eq!(variables.get("B").as_deref(), Some("x"));
    }

    #[test]
    fn a_variable_that_is_not_utf_8_is_set_and_no_text() {
        let bytes = OsString::from_vec(b"/\xff".to_vec());
        let variables = Variables::new([("A".into(), bytes.clone())]);
        assert_eq!(variables.get("A").as_deref(), Some("/\u{fffd}"));
        assert_eq!(variables.path("A"), Some(PathBuf::from(bytes)));
        assert_eq!(variables.iter().count(), 0);
    }
}
