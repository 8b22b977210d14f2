//! The verbs: one file each, with its arguments, its help and its code.

mod checks;
pub(crate) mod completion;
mod given_up;
mod judging;
mod lb_ip;
mod snapshot;
mod status;
mod validate;

use clap::Subcommand;
use cli::deferred::Deferred;
use cli::explain::Explain;
use shared::failure::{Exit, Result};

use crate::checks::CATALOG;
use crate::output::OutputArgs;

/// A verb.
#[derive(Debug, Subcommand)]
#[allow(clippy::large_enum_variant, reason = "there is one, made once")]
pub(crate) enum Command {
    /// Show how everything fares, by component
    Status(Deferred<status::Status>),
    /// Tell whether the platform works, and what to fix first
    Validate(Deferred<validate::Validate>),
    /// Print the address by which the platform is reached
    LbIp(Deferred<lb_ip::LbIp>),
    /// List the checks, and the rights that they need
    Checks(Deferred<checks::Checks>),
    /// Print the manual of a check
    Explain(Deferred<Explain>),
    /// Write what is known of a cluster to files, to be judged elsewhere or later
    Snapshot(Deferred<snapshot::Snapshot>),
    /// Print a shell's completion script, or set up kubectl's completion of this plugin
    Completion(Deferred<completion::Completion>),
}

impl Command {
    /// Does what the verb says.
    pub(crate) fn run(self, output: &OutputArgs) -> Result<Exit> {
        match self {
            Self::Status(Deferred(verb)) => verb.run(),
            Self::Validate(Deferred(verb)) => verb.run(output),
            Self::LbIp(Deferred(verb)) => verb.run(),
            Self::Checks(Deferred(verb)) => verb.run(),
            Self::Explain(Deferred(verb)) => verb.run(&CATALOG),
            Self::Snapshot(Deferred(verb)) => verb.run(),
            Self::Completion(Deferred(verb)) => verb.run(),
        }
    }
}
