//! Tests on a real API server and other real parts.
#![cfg(unix)]

mod addresses;
mod age_secret;
mod backup;
mod bootstrap;
mod certificates;
mod check;
mod cluster;
mod completing;
mod config;
mod connecting;
mod control_plane;
mod fixtures;
mod flux;
mod killed;
mod platform;
mod plugin;
mod protobuf;
mod rights;
mod rotate_key;
mod secrets;
mod snapshot;
mod through_kubectl;
mod verdict;
mod waiting;
mod watching;
