//! Pods: what ails them, what they need, and the workloads that answer for them.

pub(in crate::checks) mod config;
pub(in crate::checks) mod credentials;
pub(in crate::checks) mod dependencies;
pub(in crate::checks) mod exit;
pub(in crate::checks) mod family;
pub(in crate::checks) mod hold;
pub(in crate::checks) mod job;
pub(in crate::checks) mod leaving;
mod lost_label;
mod memory;
mod neighbours;
pub(in crate::checks) mod pull;
pub(in crate::checks) mod readiness;
pub(in crate::checks) mod references;
pub(in crate::checks) mod refusal;
pub(in crate::checks) mod refused;
pub(in crate::checks) mod rollout;
pub(in crate::checks) mod scheduling;
pub(in crate::checks) mod trouble;
pub(in crate::checks) mod uncreated;
pub(in crate::checks) mod unpulled;
pub(in crate::checks) mod unstarted;
pub(in crate::checks) mod workload;
