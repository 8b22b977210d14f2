//! What several checks draw on: one kind of evidence a file.

pub(super) mod applied;
pub(super) mod behind;
pub(super) mod dependencies;
pub(super) mod dns;
pub(super) mod driver;
pub(super) mod events;
pub(super) mod exit;
pub(super) mod hold;
pub(super) mod pull;
pub(super) mod references;
pub(super) mod span;
pub(super) mod trouble;
pub(super) mod workload;
