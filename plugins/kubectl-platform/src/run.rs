//! The whole program.

use std::io;
use std::process::ExitCode;

use cli::program;
use shared::failure::Exit;

use crate::cli::Cli;
use crate::complete;

/// Answers a shell that asks for candidates, else does what the command line says.
pub fn main() -> ExitCode {
    if complete::answered(std::env::args_os().skip(1), &mut io::stdout().lock()) {
        return program::code(Exit::Passed);
    }
    program::run(std::env::args_os(), |cli: Cli| {
        cli.output.choose_colours();
        cli.command.run(&cli.output)
    })
}
