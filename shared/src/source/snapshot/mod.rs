//! Snapshots: what is known of a cluster, in files that can be mailed.
//!
//! A snapshot is a folder, or an archive of one: a list of objects for each kind and version, as
//! `kubectl get -o json` would print it but for what no check reads, and an index of what was
//! read and what could not be. Of Secrets it holds no values, for no facts do.

mod archive;
mod index;
mod lists;
mod read;
mod write;

pub use write::{write_archive, write_file, write_folder};

pub(super) use archive::{is_archive, read_archive};
pub(super) use read::{is_snapshot, read_folder};
