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
    use clap::CommandFactory;
    use cli::help;

    use super::*;

    #[test]
    fn help_fits_a_terminal_of_80_columns() {
        let mut command = Cli::command();
        command.build();
        assert_eq!(help::too_wide(&command, 80), Vec::<String>::new());
    }

    #[test]
    fn what_a_new_key_is_to_be_is_not_said_where_none_is_made() {
        let taken = |line: &str| Cli::try_parse_from(line.split(' ')).is_ok();
        assert!(taken("sops-age keygen --pq"));
        assert!(!taken("sops-age keygen --pq -y"));
        assert!(taken("sops-age rotate-key --pq"));
        assert!(!taken("sops-age rotate-key --pq --new age1"));
    }

    #[test]
    fn the_command_line_is_sound() {
        Cli::command().debug_assert();
    }
}
