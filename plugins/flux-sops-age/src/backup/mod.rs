//! Backups of a cluster's keys: gathered, kept in one encrypted file, proven and brought back.

mod bundle;
mod gather;
mod locker;
mod plan;
mod prove;
mod sealed_secret;

pub(crate) use bundle::{Bundle, Kept};
pub(crate) use gather::gather;
pub(crate) use locker::{Locker, Unlock};
pub(crate) use plan::{Plan, Step};
pub(crate) use prove::Proof;
