//! What was read of one kind of a cluster.

use crate::facts::{AnyFact, Gap};
use crate::kube::Refusal;

/// What was read of a kind, and what could not be.
pub(super) struct Part {
    pub(super) items: Vec<AnyFact>,
    pub(super) gap: Option<Gap>,
}

/// What a refusal leaves out; who is not known any more cannot go on at all.
pub(super) fn gap_of(refusal: Option<Refusal>) -> Result<Option<Gap>, Refusal> {
    match refusal {
        Some(Refusal::Unauthorized(why)) => Err(Refusal::Unauthorized(why)),
        other => Ok(other.as_ref().map(Refusal::gap)),
    }
}
