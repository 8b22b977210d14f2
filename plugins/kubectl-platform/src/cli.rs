//! The command line.

use clap::Parser;

use crate::commands::Command;
use crate::output::OutputArgs;

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
    fn the_command_line_is_sound() {
        Cli::command().debug_assert();
    }
}
