//! Where Secrets come from: who should have made one, and whether that runs.

pub(in crate::checks) mod ailing;
pub(in crate::checks) mod external;
pub(in crate::checks) mod origin;
pub(in crate::checks) mod reflector;
pub(in crate::checks) mod secret_source;
pub(in crate::checks) mod stores;
pub(in crate::checks) mod sync;
pub(in crate::checks) mod uncopied;
