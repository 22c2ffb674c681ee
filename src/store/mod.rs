//! Layer 2, the store: the only place that reads the files of a project.

mod discover;
mod file;
mod load;
mod manifest;
mod process;
mod root;

pub use load::load;
pub use root::Root;
