//! Where facts come from: a cluster, a snapshot, or a working tree.

use std::collections::BTreeSet;
use std::path::PathBuf;

use clap::Args;
use cli::ConnectionArgs;
use jiff::Timestamp;
use shared::facts::{Facts, Kind};
use shared::failure::{Exit, Failure, Result};
use shared::source;

use crate::progress::Progress;

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

impl SourceArgs {
    /// Whether facts come from a cluster, where they change.
    pub(crate) fn is_cluster(&self) -> bool {
        self.from.is_none() && self.repo.is_none()
    }

    /// Reads what the flags name: files whole, of a cluster just the kinds that are wanted.
    ///
    /// The process ends with what it says of them: to give all back piece by piece would take time for nothing.
    ///
    /// # Errors
    /// When the source cannot be read at all.
    pub(crate) fn read(&self, wanted: &BTreeSet<Kind>) -> Result<&'static [Facts]> {
        let _progress = Progress::start("reading");
        let read = match (&self.from, &self.repo) {
            (Some(path), _) => vec![source::read_path(path, self.at)?],
            (_, Some(path)) => {
                let at = self.at.unwrap_or_else(Timestamp::now);
                vec![source::read_repository(path, at)?]
            }
            (None, None) if self.at.is_some() => {
                return Err(Failure::new("a cluster is judged as it is")
                    .hint("--at goes with --from PATH or --repo DIR"));
            }
            (None, None) => {
                source::read_clusters(&self.connection.connection(), wanted).map_err(or_files)?
            }
        };
        Ok(read.leak())
    }
}

/// Says what else can be read. Who interrupts knows what they want.
fn or_files(failure: Failure) -> Failure {
    if failure.status() == Exit::Interrupted {
        return failure;
    }
    failure.hint("without a cluster: --from PATH or --repo DIR")
}
