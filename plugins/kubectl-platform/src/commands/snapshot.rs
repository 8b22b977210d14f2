//! `snapshot`: writes down what is known of a cluster, to be judged elsewhere or later.

use std::collections::BTreeSet;
use std::io::{self, IsTerminal, Write};
use std::path::{Path, PathBuf};

use clap::Args;
use shared::facts::{Facts, Kind};
use shared::failure::{Exit, Failure, Result};
use shared::source::snapshot;

use crate::arguments::SourceArgs;
use crate::output::Unread;

/// Arguments of `snapshot`.
#[derive(Debug, Args)]
#[command(
    long_about = "Write what is known of a cluster to files, to be judged elsewhere or later

A snapshot holds what the checks read, as JSON, a list for each kind. Of Secrets
it holds names, types and, of few, the length and form of each value; values of
ConfigMaps and variables are left out. Read it with: validate --from PATH"
)]
pub(crate) struct Snapshot {
    /// Write to a new folder, to FILE.tar.gz, or as an archive to standard output (-)
    #[arg(short, long, value_name = "PATH")]
    filename: PathBuf,

    #[command(flatten)]
    source: SourceArgs,
}

impl Snapshot {
    pub(crate) fn run(self) -> Result<Exit> {
        let to_stdout = self.filename == Path::new("-");
        if to_stdout && io::stdout().is_terminal() {
            return Err(
                Failure::new("a snapshot is an archive, which no terminal shows").hint(
                    "pass -f FILE.tar.gz, or send it on: ... | kubectl platform validate --from -",
                ),
            );
        }
        let wanted: BTreeSet<Kind> = Kind::ALL.iter().copied().collect();
        let read = self.source.read(&wanted)?;
        let [facts] = read else {
            return Err(
                Failure::new("a snapshot is of one cluster").hint("take one for each context")
            );
        };
        if to_stdout {
            snapshot::write_archive(facts, &mut Unread(io::stdout().lock()))?;
        } else if is_archive(&self.filename) {
            snapshot::write_file(facts, &self.filename)?;
        } else {
            snapshot::write_folder(facts, &self.filename)?;
        }
        Ok(tell(facts, &mut anstream::stderr()))
    }
}

fn is_archive(path: &Path) -> bool {
    let name = path.to_string_lossy();
    name.ends_with(".tar.gz") || name.ends_with(".tgz")
}

/// Says what is in it, and what is not. Nobody to say it to is no failure.
fn tell(facts: &Facts, out: &mut impl Write) -> Exit {
    let objects: usize = Kind::ALL.iter().map(|kind| facts.count(*kind)).sum();
    let _ = writeln!(out, "wrote {objects} objects");
    let mut exit = Exit::Passed;
    for kind in Kind::ALL {
        let Some(gap) = facts.gap(*kind).filter(|gap| gap.reason.is_incomplete()) else {
            continue;
        };
        let name = match kind {
            Kind::Custom => "other kinds",
            kind => kind.plural(),
        };
        let why = shared::render::clean(&gap.message);
        let _ = writeln!(out, "could not read {name}: {}: {why}", gap.reason.word());
        exit = Exit::Incomplete;
    }
    exit
}
