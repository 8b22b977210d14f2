//! What several checks draw on: one kind of evidence a file.

pub(super) mod absent;
pub(super) mod applied;
pub(super) mod applier;
pub(super) mod behind;
pub(super) mod dependencies;
pub(super) mod dependent;
pub(super) mod dns;
pub(super) mod driver;
pub(super) mod events;
pub(super) mod exit;
pub(super) mod flux;
pub(super) mod hold;
pub(super) mod inventory;
mod mention;
pub(super) mod message;
pub(super) mod pull;
pub(super) mod reconciled;
pub(super) mod references;
pub(super) mod release;
pub(super) mod secret_source;
pub(super) mod span;
pub(super) mod trouble;
pub(super) mod workload;
