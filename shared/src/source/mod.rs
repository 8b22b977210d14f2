//! Where facts come from: a cluster, a snapshot, any file of manifests, a repository.

mod collect;
mod document;
mod files;

pub use files::{read_path, read_repository};
