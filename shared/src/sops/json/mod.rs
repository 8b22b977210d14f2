//! The JSON store.

mod read;
mod write;

pub use read::{read, read_value};
pub(super) use write::compact;
pub use write::{Indent, write, write_value};
