//! Talking to an API server: kubectl's ways to connect, discovery, reading in pages, and writing.

mod answer;
mod api;
mod client;
mod config;
mod connection;
mod context;
mod discovery;
mod failing;
mod kubeconfig;
mod lanes;
mod legacy_discovery;
mod pages;
mod places;
mod proxy;
mod refusal;
mod served;
mod transport;
mod user;
mod watch;
mod write;

pub use api::Api;
pub use client::{Cluster, connect};
pub use config::find_contexts;
pub use connection::Connection;
pub use discovery::Discovery;
pub use kubeconfig::{Names, names};
pub use places::Resource;
pub use refusal::Refusal;
pub use write::MANAGER;

pub(crate) use pages::{Chunk, Encoding, list};
pub(crate) use watch::{Change, Version, watch};
