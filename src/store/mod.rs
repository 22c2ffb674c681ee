//! Layer 2, the store: the only place that reads the files of a project.

mod append;
pub mod atomic;
mod beside;
mod check;
mod discover;
pub mod exclusive;
mod file;
pub mod folder;
mod ignored;
mod inherit;
mod journal;
mod load;
mod manifest;
mod modules;
mod plan;
mod process;
mod replica;
mod root;
mod signals;
mod taken;
pub mod terraform;
mod walk;

pub use append::append;
pub use discover::{ENVIRONMENTS_DIR, NOT_KNOWN, nearest};
pub use file::{MAX_BYTES, StandIn, read_named, read_own, read_private, read_small, stamp};
pub use journal::Journal;
pub use load::load;
pub use plan::{Depth, Plan};
pub use process::PROCESS;
pub use replica::{Replica, is_read};
pub use root::Root;
pub use signals::ignored_signals;
pub use walk::TOO_MANY;
