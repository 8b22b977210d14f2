//! Says what was found: one file per format.

mod clean;
mod structured;
mod text;

pub use clean::clean;
pub use structured::{json, yaml};
pub use text::{Style, text};
