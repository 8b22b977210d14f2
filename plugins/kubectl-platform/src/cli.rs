//! The command line: kubectl's own names for what kubectl has too.

use std::path::PathBuf;

use clap::{Args, Parser};
use jiff::Timestamp;
use shared::facts::Facts;
use shared::failure::{Failure, Result};
use shared::source;

use crate::commands::Command;

/// Tells whether a GitOps platform works, and what to fix first.
#[derive(Debug, Parser)]
#[command(
    name = "kubectl platform",
    bin_name = "kubectl platform",
    version,
    about,
    propagate_version = true
)]
pub(crate) struct Cli {
    #[command(subcommand)]
    pub(crate) command: Command,
}

/// Where facts come from.
#[derive(Debug, Args)]
#[command(next_help_heading = "Source")]
pub(crate) struct SourceArgs {
    /// Read a snapshot, or any output of kubectl get -o yaml|json (- for standard input)
    #[arg(long, value_name = "PATH", conflicts_with = "repo")]
    pub(crate) from: Option<PathBuf>,

    /// Read the manifests of a Git working tree
    #[arg(long, value_name = "DIR")]
    pub(crate) repo: Option<PathBuf>,

    /// Judge a file as of this time (RFC 3339)
    #[arg(long, value_name = "TIME")]
    pub(crate) at: Option<Timestamp>,
}

impl SourceArgs {
    /// Reads what the flags name.
    ///
    /// # Errors
    /// When the source cannot be read at all.
    pub(crate) fn read(&self) -> Result<Vec<Facts>> {
        let at = self.at.unwrap_or_else(Timestamp::now);
        match (&self.from, &self.repo) {
            (Some(path), _) => source::read_path(path, at).map(|facts| vec![facts]),
            (_, Some(path)) => source::read_repository(path, at).map(|facts| vec![facts]),
            (None, None) => Err(Failure::new("no source").hint("pass --from PATH or --repo DIR")),
        }
    }
}
