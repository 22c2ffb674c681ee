//! The text of a manifest: the layout that was found, and the keys that an example file wants.

mod keys;
mod layout;

pub use keys::keys;
pub use layout::layout;
