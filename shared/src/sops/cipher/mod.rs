//! The data key, and `ENC[AES256_GCM,data:...,iv:...,tag:...,type:...]`: one value encrypted under it.

mod key;
mod nonces;
mod opened;
mod sealed;
#[cfg(test)]
mod tests;

pub use key::{DataKey, KEY};
pub use nonces::Nonces;
pub use opened::Opened;
pub use sealed::{Unreadable, is_sealed};
