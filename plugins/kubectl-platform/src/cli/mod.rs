//! The command line: kubectl's own names for what kubectl has too.

pub(crate) mod config;
mod selection;
mod wait;

use std::collections::BTreeSet;
use std::path::PathBuf;

use clap::{Args, Parser};
use clap_complete::engine::ArgValueCandidates;
use connection::ConnectionArgs;
use connection::complete::namespaces;
use jiff::Timestamp;
use shared::facts::{Facts, Kind};
use shared::failure::{Failure, Result};
use shared::source;

use crate::commands::Command;
use crate::output::OutputArgs;
use crate::progress::Progress;
pub(crate) use config::ConfigArgs;
pub(crate) use selection::{SelectionArgs, candidates, find};
pub(crate) use wait::{WaitArgs, limit};

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
    #[command(flatten)]
    pub(crate) output: OutputArgs,

    #[command(subcommand)]
    pub(crate) command: Command,
}

/// Where facts come from: by default the cluster of the current context.
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

    #[command(flatten)]
    pub(crate) connection: ConnectionArgs,
}

/// What is reported.
#[derive(Debug, Args)]
pub(crate) struct ScopeArgs {
    /// Report only this namespace, and the causes of that wherever they are
    #[arg(short, long, value_name = "NAMESPACE", add = ArgValueCandidates::new(namespaces))]
    pub(crate) namespace: Option<String>,

    /// Report all namespaces, as without it
    #[arg(short = 'A', long, conflicts_with = "namespace")]
    pub(crate) all_namespaces: bool,
}

impl SourceArgs {
    /// Whether facts come from a cluster, where they change.
    pub(crate) fn is_cluster(&self) -> bool {
        self.from.is_none() && self.repo.is_none()
    }

    /// Reads what the flags name: files whole, of a cluster just the kinds that are wanted.
    ///
    /// # Errors
    /// When the source cannot be read at all.
    pub(crate) fn read(&self, wanted: &BTreeSet<Kind>) -> Result<Vec<Facts>> {
        let _progress = Progress::start("reading");
        match (&self.from, &self.repo) {
            (Some(path), _) => source::read_path(path, self.at).map(|facts| vec![facts]),
            (_, Some(path)) => {
                let at = self.at.unwrap_or_else(Timestamp::now);
                source::read_repository(path, at).map(|facts| vec![facts])
            }
            (None, None) if self.at.is_some() => Err(Failure::new("a cluster is judged as it is")
                .hint("--at goes with --from PATH or --repo DIR")),
            (None, None) => source::read_clusters(&self.connection.connection(), wanted),
        }
    }
}

#[cfg(test)]
mod tests {
    use clap::{Command, CommandFactory};

    use super::*;

    fn look(command: &Command) {
        let help = command.clone().term_width(80).render_long_help();
        for line in help.to_string().lines() {
            assert!(line.chars().count() <= 80, "{}: {line}", command.get_name());
        }
        command.get_subcommands().for_each(look);
    }

    #[test]
    fn help_fits_a_terminal_of_80_columns() {
        let mut command = Cli::command();
        command.build();
        look(&command);
    }

    #[test]
    fn the_command_line_is_sound() {
        Cli::command().debug_assert();
    }
}
