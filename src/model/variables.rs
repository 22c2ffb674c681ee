//! The variables of the process, as texts.

use std::collections::BTreeMap;
use std::ffi::OsString;

/// What the process environment holds. Variables that are not UTF-8 are left out: no file could define them either.
#[derive(Default)]
pub struct Variables(BTreeMap<String, String>);

impl Variables {
    /// Takes over what the system gave.
    pub fn new(variables: impl IntoIterator<Item = (OsString, OsString)>) -> Self {
        let texts = variables
            .into_iter()
            .filter_map(|(name, value)| Some((name.into_string().ok()?, value.into_string().ok()?)));
        Self(texts.collect())
    }

    /// The text of a variable; an empty one counts as unset.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.0.get(name).map(String::as_str).filter(|value| !value.is_empty())
    }

    /// All variables, empty ones included, sorted by name.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.iter().map(|(name, value)| (name.as_str(), value.as_str()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_empty_variable_is_unset() {
        let variables = Variables::new([("A".into(), "".into()), ("B".into(), "x".into())]);
        assert_eq!((variables.get("A"), variables.get("B"), variables.get("C")), (None, Some("x"), None));
    }
}
