//! YAML, 1.2 with what is still written of 1.1: `yes` and `on`, dates, merge keys. Text in, entries with their places out.
//!
//! The library gives events with positions; what they mean is decided here. Numbers keep their text, `1e3` among them.

mod build;
mod document;
mod error;
mod place;
mod scalar;

#[cfg(test)]
mod tests;

pub use build::{Parsed, documents, scalars_with};
pub use document::prefixes;
pub use error::TEMPLATE;
pub use scalar::Words;

use super::tree::Flat;
use super::{Format, Reading};
use crate::model::source::SourceKind;

/// The registration.
pub const FORMAT: Format = Format { id: "yaml", kind: SourceKind::Settings, matches, read };

/// `values.yaml`, `application-dev.yml`.
pub fn matches(name: &str) -> bool {
    name.ends_with(".yaml") || name.ends_with(".yml")
}

fn read(text: &str) -> Reading {
    match documents(text, Words::Flags) {
        Ok(Parsed { documents, problems }) => {
            let mut flat = Flat::default();
            let prefixes = prefixes(&documents);
            documents.iter().zip(prefixes).for_each(|(root, prefix)| flat.members(root, &prefix));
            Reading::laid(flat, problems)
        }
        Err(problem) => Reading { problems: vec![problem], ..Reading::default() },
    }
}
