//! The house's rules, held by tests: what may use what, where things stand, and what the documents say about it.
//!
//! Each check collects everything that breaks its rule and says what to do about it.

mod code;
mod documents;
mod files;
mod knowledge;
mod layers;
mod tables;
mod tree;

/// Fails where something breaks a rule, with all of it and what to do.
#[track_caller]
fn none(broken: &[String], advice: &str) {
    assert!(broken.is_empty(), "\n  {}\n{advice}\n", broken.join("\n  "));
}
