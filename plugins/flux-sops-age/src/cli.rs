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
