//! The ini store: sections of `name = value`, one comment for each, by the rules of the library that sops uses.
//!
//! See <https://github.com/go-ini/ini>. What stands before the first section is the section `DEFAULT`.

mod read;
mod write;

pub use read::read;
pub use write::write;

/// The section without a header.
const DEFAULT: &str = "DEFAULT";
