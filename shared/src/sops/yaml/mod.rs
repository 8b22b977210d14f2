//! The YAML store: read with the site of each value, and written by replacing at these sites and nowhere else.

mod emit;
mod encoding;
mod read;
mod resolve;
mod scalar;
mod site;
mod splice;

pub use emit::{emit, emit_value};
pub use encoding::decode;
pub use read::read;
pub use resolve::resolve;
pub use site::Source;
pub use splice::{entry_text, splice, splice_alone, splice_and_append};
