//! Where facts come from: a cluster, a snapshot, any file of manifests, a repository.

mod collect;
mod document;
mod files;
mod json;
mod large;
mod split;
mod yaml;

pub use files::{read_path, read_repository};
