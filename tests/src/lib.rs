//! Helpers of the tests.

// What a helper cannot do, the test cannot go on without.
#![allow(clippy::unwrap_used, clippy::expect_used)]

#[cfg(unix)]
pub mod control_plane;
pub mod objects;
pub mod parts;
#[cfg(unix)]
pub mod process;
pub mod program;
pub mod wait;
