//! envctl: know which environment you are in, prove that it is safe, and never touch production by accident.
//!
//! The binary's code, as a library for its own tests; `ARCHITECTURE.md` has the map. There is no stable Rust API.

mod active;
mod ask;
pub mod cmd;
mod ctx;
pub mod format;
pub mod git;
pub mod model;
pub mod out;
mod rules;
mod store;
