//! `check`: judges encrypted files and keys, and changes nothing.

use std::path::PathBuf;
use std::sync::Arc;

use clap::Args;
use cli::report::Format;
use cli::{ConnectionArgs, SelectionArgs};
use jiff::Timestamp;
use shared::age::{Ask, sources};
use shared::failure::{Exit, Result};
use shared::render::Detail;
use shared::report::{Judged, Report, Rules};

use crate::arguments::Global;
use crate::checks::{self, CATALOG, Check as Rule};
use crate::cluster;
use crate::repository::{Repository, git};
use crate::seen::{Laptop, Seen};
use crate::tree::{Coverage, Tree};

/// What help says at its end.
const MORE: &str = "\
The working tree is judged, not what is staged; as a hook of the pre-commit framework,
which puts unstaged changes away, what is staged. What a check means: explain CHECK.

Exit status: 0 no error, 1 an error (with --strict a warning too), 2 it could not run,
3 no error, but something could not be looked at.";

/// Arguments of `check`.
#[derive(Debug, Args)]
#[command(after_help = MORE)]
pub(crate) struct Check {
    /// Files and folders [default: all that Git has or would take]
    #[arg(value_name = "FILE")]
    paths: Vec<PathBuf>,

    /// Ask no cluster: judge files by .sops.yaml and by the keys of this machine
    #[arg(long)]
    offline: bool,

    /// Output format: text, json, yaml, junit, sarif or github
    #[arg(
        short,
        long,
        value_enum,
        default_value_t,
        value_name = "FORMAT",
        hide_possible_values = true
    )]
    output: Format,

    /// Fail on warnings; end with 3 where something could not be looked at
    #[arg(long)]
    strict: bool,

    #[command(flatten)]
    selection: SelectionArgs,

    /// Print a line for each cause, nothing more
    #[arg(short, long, conflicts_with = "verbose")]
    quiet: bool,

    #[command(flatten)]
    connection: ConnectionArgs,
}

impl Check {
    pub(crate) fn run(self, global: &Global) -> Result<Exit> {
        let chosen = self
            .selection
            .chosen(&CATALOG, checks::all(), |check| check.id)?;
        let keyring = sources::collect(&nobody());
        let config = global.config.as_deref();
        let repository = Repository::find(config)?;
        let tree = Tree::read(&repository, &self.paths, config, &keyring)?;
        let laptop = Laptop::of(&keyring);
        drop(keyring);
        let clusters = if self.offline {
            Vec::new()
        } else {
            let coverage = Coverage::of(&tree);
            let remotes = git::remotes(&repository.root);
            cluster::look(&self.connection.connection(), &coverage, &remotes)?
        };
        let seen = Seen {
            now: Timestamp::now(),
            tree: &tree,
            laptop: &laptop,
            cluster: None,
        };
        let judged = judge(seen, &clusters, &chosen);
        let rules = Rules {
            strict: self.strict,
            namespace: None,
        };
        let report = Report::new(CATALOG, judged, rules, |_, _| None);
        let detail = match (self.quiet, global.verbose) {
            (true, _) => Detail::Brief,
            (false, false) => Detail::Normal,
            (false, true) => Detail::Full,
        };
        self.output.print(&report, detail)?;
        Ok(report.result.exit())
    }
}

/// Runs the checks of the tree once, and those of clusters on each.
fn judge(seen: Seen<'_>, clusters: &[cluster::Seen], chosen: &[&'static Rule]) -> Vec<Judged> {
    let (of_clusters, of_tree): (Vec<&Rule>, Vec<&Rule>) =
        chosen.iter().partition(|check| check.is_of_cluster());
    let mut outcomes: Vec<_> = of_tree.iter().map(|check| check.run(&seen)).collect();
    if clusters.is_empty() {
        outcomes.extend(of_clusters.iter().map(|check| check.run(&seen)));
    }
    // Of one cluster no name is said, and a file may blame its Secret.
    let mut judged = vec![Judged {
        cluster: None,
        outcomes,
    }];
    for cluster in clusters {
        let seen = Seen {
            cluster: Some(cluster),
            ..seen
        };
        judged.push(Judged {
            cluster: cluster.name.clone(),
            outcomes: of_clusters.iter().map(|check| check.run(&seen)).collect(),
        });
    }
    judged
}

/// A check asks nobody: what opens by a passphrase alone stays closed, and is told so.
fn nobody() -> Ask {
    Arc::new(|_| None)
}
