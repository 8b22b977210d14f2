//! What several checks ask of what was seen.

pub(super) mod coverage;
pub(super) mod secret;
