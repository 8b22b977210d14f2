//! Waiting for a rollout.

use std::time::Duration;

use clap::Args;
use cli::time_limit;
use shared::failure::{Failure, Result};

use super::SourceArgs;

/// Whether and how long to wait.
#[derive(Debug, Args)]
pub(crate) struct WaitArgs {
    /// Wait until nothing is rolling out any more, or something has failed for good
    #[arg(long)]
    wait: bool,

    /// How long to wait: 30s, 5m, 1h
    #[arg(long, value_name = "TIME", default_value = "5m", value_parser = time_limit::parse, requires = "wait")]
    timeout: Duration,
}

impl WaitArgs {
    /// How long to wait; nothing where waiting was not asked for.
    ///
    /// # Errors
    /// When the source is a file, in which nothing ever changes.
    pub(crate) fn limit(&self, source: &SourceArgs) -> Result<Option<Duration>> {
        if self.wait && !source.is_cluster() {
            return Err(Failure::new("a file does not change while one waits")
                .hint("--wait needs a cluster"));
        }
        Ok(self.wait.then_some(self.timeout))
    }
}
