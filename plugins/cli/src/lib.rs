//! What the command lines of the plugins have alike: kubectl's flags for connecting, the choice of checks, completion,
//! output, and how a program ends.

pub mod complete;
pub mod connection;
pub mod deferred;
pub mod explain;
pub mod help;
pub mod nearest;
pub mod output;
pub mod program;
pub mod report;
pub mod selection;
pub mod time_limit;

pub use connection::ConnectionArgs;
pub use selection::SelectionArgs;
