//! The command line.

use clap::Parser;
use shared::failure::{Exit, Result};

use crate::arguments::Global;
use crate::commands::Command;

/// Makes, uses and replaces the age key that Flux decrypts with.
#[derive(Debug, Parser)]
#[command(
    name = "flux sops-age",
    bin_name = "flux sops-age",
    version,
    about,
    propagate_version = true,
    arg_required_else_help = true
)]
pub(crate) struct Cli {
    #[command(flatten)]
    pub(crate) global: Global,

    #[command(subcommand)]
    pub(crate) command: Command,
}

impl Cli {
    pub(crate) fn run(self) -> Result<Exit> {
        self.command.run(&self.global)
    }
}
