//! Tests on a real API server and other real parts.
#![cfg(unix)]
#![allow(clippy::unwrap_used, clippy::expect_used)]

mod control_plane;
mod fixtures;
mod plugin;
