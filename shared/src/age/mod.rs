//! age keys: recipients that a data key is encrypted for, and the identities that open it.
//!
//! The format is the crate `age`'s, <https://age-encryption.org/v1>; post-quantum keys are added to it here.

pub mod file;
mod identity;
pub mod keyfile;
mod keyring;
mod locked;
mod post_quantum;
mod recipient;
pub mod sources;

pub use identity::{Identity, parse as parse_identity};
pub use keyring::Keyring;
pub use locked::Ask;
pub use recipient::{Recipient, shown};
