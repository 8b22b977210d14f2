//! What the command lines of the plugins have alike: kubectl's flags for connecting, completion, and output.

pub mod complete;
mod connection;
pub mod deferred;
pub mod help;
pub mod output;
pub mod report;

pub use connection::ConnectionArgs;
