//! The whole program.

use std::process::ExitCode;

use cli::{complete, program};
use shared::failure::Exit;

use crate::cli::Cli;
use crate::{offers, old_forms};

/// Answers a shell that asks for candidates, else does what the command line says.
pub fn main() -> ExitCode {
    let mut asked = std::env::args_os().skip(1);
    if asked
        .next()
        .is_some_and(|first| complete::is_request(&first))
    {
        complete::answer(&mut offers::command(), asked, &mut std::io::stdout().lock());
        return program::code(Exit::Passed);
    }
    let line = old_forms::translate(std::env::args_os().collect());
    program::run(line, Cli::run)
}
