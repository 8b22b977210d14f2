//! What shells are offered for values: flags of one name mean the same in every verb.

use clap::{Arg, Command, CommandFactory};
use clap_complete::engine::ArgValueCandidates;
use cli::{complete, selection};

use crate::checks::CATALOG;
use crate::cli::Cli;

/// The command line, whose flags know their values.
pub(crate) fn command() -> Command {
    let mut command = Cli::command();
    command.build();
    selection::offer(with_values(command), &CATALOG)
}

fn with_values(command: Command) -> Command {
    command.mut_args(of_flag).mut_subcommands(with_values)
}

fn of_flag(arg: Arg) -> Arg {
    let candidates = match arg.get_long() {
        Some("namespace") => ArgValueCandidates::new(complete::namespaces),
        Some("secret") => ArgValueCandidates::new(complete::secrets),
        Some("kustomization") => ArgValueCandidates::new(complete::kustomizations),
        _ => return arg,
    };
    arg.add(candidates)
}
