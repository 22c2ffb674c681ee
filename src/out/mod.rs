//! Layer 1, output: from findings and differences to text. Nothing here touches a stream.

pub mod baseline;
pub mod delta;
pub mod docs;
pub mod export;
pub mod findings;
pub mod format;
pub mod frame;
pub mod gate;
pub mod json;
pub mod manifest;
pub mod mask;
pub mod moment;
pub mod paint;
pub mod report;
pub mod table;
pub mod wrap;
