//! A fault: why envctl could not do what was asked, and what the person can do about it.

use std::fmt;

/// An error for people. `what` says what went wrong and where, `help` what to do.
///
/// Neither may hold a value from a file, nor the text of a foreign library's error.
#[derive(Debug)]
pub struct Fault {
    what: String,
    help: Option<String>,
}

impl Fault {
    /// A fault that says `what`.
    pub fn new(what: impl Into<String>) -> Self {
        Self { what: what.into(), help: None }
    }

    /// The same fault with advice.
    #[must_use]
    pub fn help(self, help: impl Into<String>) -> Self {
        Self { help: Some(help.into()), ..self }
    }

    /// The advice, if there is any.
    pub fn advice(&self) -> Option<&str> {
        self.help.as_deref()
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.what)
    }
}

impl std::error::Error for Fault {}
