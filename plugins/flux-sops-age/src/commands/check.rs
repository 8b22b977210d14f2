//! `check`: judges encrypted files and keys, and changes nothing.

use std::path::PathBuf;
use std::sync::Arc;

use clap::Args;
use jiff::Timestamp;
use shared::age::{Ask, sources};
use shared::failure::{Exit, Result};
use shared::render::{Detail, Page};
use shared::report::{Judged, Report, Rules};

use crate::checks::{self, CATALOG};
use crate::cli::Global;
use crate::output::{self, Format};
use crate::seen::{Laptop, Seen};
use crate::tree::Tree;

/// Arguments of `check`.
#[derive(Debug, Args)]
pub(crate) struct Check {
    /// Files and folders [default: all that Git has or would take]
    #[arg(value_name = "FILE")]
    paths: Vec<PathBuf>,

    /// Ask no cluster
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

    /// Let warnings fail, and what was not looked at make the result incomplete
    #[arg(long)]
    strict: bool,

    /// Print a line for each cause, nothing more
    #[arg(short, long, conflicts_with = "verbose")]
    quiet: bool,
}

impl Check {
    pub(crate) fn run(self, global: &Global) -> Result<Exit> {
        let keyring = sources::collect(&nobody());
        let tree = Tree::read(&self.paths, global.config.as_deref(), &keyring)?;
        let seen = Seen {
            now: Timestamp::now(),
            tree,
            laptop: Laptop::of(&keyring),
        };
        let judged = Judged {
            cluster: None,
            outcomes: checks::all().map(|check| check.run(&seen)).collect(),
        };
        let rules = Rules {
            strict: self.strict,
            namespace: None,
        };
        let report = Report::new(CATALOG, vec![judged], rules, |_, _| None);
        let detail = match (self.quiet, global.verbose) {
            (true, _) => Detail::Brief,
            (false, false) => Detail::Normal,
            (false, true) => Detail::Full,
        };
        let width = output::columns();
        output::report(&report, self.output, Page { width, detail })?;
        Ok(report.result.exit())
    }
}

/// A check asks nobody: what opens by a passphrase alone stays closed, and is told so.
fn nobody() -> Ask {
    Arc::new(|_| None)
}
