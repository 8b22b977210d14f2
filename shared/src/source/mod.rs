//! Where facts come from: a cluster, a snapshot, any file of manifests, a repository.

mod cluster;
mod collect;
mod content;
mod contexts;
mod customs;
mod cut;
mod document;
mod files;
mod follow;
mod gathered;
mod json;
mod json_list;
mod large;
mod names;
mod part;
mod protobuf;
mod runtime;
mod secret_rows;
mod secrets;
pub mod snapshot;
mod yaml;

pub use cluster::{read_clusters, read_kinds_of};
pub use files::{read_path, read_repository, read_text};
pub use follow::{Moment, follow};
pub use names::{Name, names};
pub use runtime::run;
