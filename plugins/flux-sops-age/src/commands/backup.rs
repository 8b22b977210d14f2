//! `backup`: keeps a cluster's age keys and sealing keys in one encrypted file.

use std::path::PathBuf;

use clap::Args;
use cli::ConnectionArgs;
use shared::failure::{self, Exit, Failure, Result};
use shared::{kube, secret, source};

use crate::backup::{self, Locker};

/// Arguments of `backup`.
#[derive(Debug, Args)]
#[command(override_usage = "\
flux sops-age backup --output <FILE> --age <RECIPIENTS> [OPTIONS]
       flux sops-age backup --output <FILE> --passphrase [OPTIONS]")]
pub(crate) struct Backup {
    /// Write to this file, which must not exist
    #[arg(short, long, value_name = "FILE")]
    output: PathBuf,

    #[command(flatten)]
    locker: Locker,

    /// Say what would be kept, and write nothing
    #[arg(long)]
    dry_run: bool,

    #[command(flatten)]
    connection: ConnectionArgs,
}

impl Backup {
    pub(crate) fn run(self) -> Result<Exit> {
        let lock = self.locker.ready()?;
        if self.output.exists() {
            return Err(self.cannot_write("the file exists"));
        }
        let flags = self.connection.connection();
        let context = flags.contexts.first().cloned();
        if flags.contexts.len() > 1 {
            return Err(Failure::new(
                "a backup is of one cluster: name one --context",
            ));
        }
        let bundle = source::run(async {
            let cluster = kube::connect(&flags, context.as_deref()).await?;
            backup::gather(&cluster).await
        })?;
        for kept in &bundle.items {
            cli::note!("{}", kept.describe());
        }
        if self.dry_run {
            cli::note!("would be kept: {}", bundle.items.len());
            return Ok(Exit::Passed);
        }
        let sealed = lock.seal(&bundle.text()?)?;
        secret::write_private(&self.output, &sealed)
            .map_err(|error| self.cannot_write(&failure::io(&error)))?;
        let count = bundle.items.len();
        cli::note!("kept: {count}, in {}", self.output.display());
        Ok(Exit::Passed)
    }

    fn cannot_write(&self, why: &str) -> Failure {
        Failure::new(format!("cannot write {}: {why}", self.output.display()))
            .hint("a backup is never written over: name another file")
    }
}
