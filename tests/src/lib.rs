//! Helpers of the tests.

#[cfg(unix)]
pub mod checkout;
#[cfg(unix)]
pub mod control_plane;
#[cfg(unix)]
pub mod cut;
pub mod dns;
#[cfg(unix)]
pub mod flux;
#[cfg(target_os = "linux")]
pub mod kill;
pub mod mock;
pub mod objects;
pub mod parts;
#[cfg(unix)]
pub mod process;
pub mod program;
pub mod sarif;
#[cfg(unix)]
pub mod terminal;
pub mod wait;
