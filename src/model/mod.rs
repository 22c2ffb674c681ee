//! Layer 0, plain data: names, entries, environments, findings, deltas.

pub mod delta;
pub mod fault;
pub mod finding;
pub mod git;
pub mod kind;
pub mod layout;
pub mod loader;
pub mod name;
pub mod nearest;
pub mod note;
pub mod placeholder;
pub mod position;
pub mod project;
pub mod reader;
pub mod schema;
pub mod secret;
pub mod section;
pub mod slot;
pub mod source;
pub mod target;
pub mod template;
pub mod tier;
pub mod url;
pub mod value;
pub mod variables;
pub mod wanted;
