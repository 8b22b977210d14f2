//! Parses, runs, and ends with the promised exit status.

use std::process::ExitCode;

use clap::Parser;
use cli::complete;
use shared::failure::Exit;

use crate::cli::Cli;
use crate::{error, offers, old_forms};

/// The whole program.
pub fn main() -> ExitCode {
    let mut asked = std::env::args_os().skip(1);
    if asked
        .next()
        .is_some_and(|first| complete::is_request(&first))
    {
        complete::answer(&mut offers::command(), asked, &mut std::io::stdout().lock());
        return code(Exit::Passed);
    }
    let arguments = old_forms::translate(std::env::args_os().collect());
    let cli = match Cli::try_parse_from(arguments) {
        Ok(cli) => cli,
        Err(error) => {
            let status = if error.use_stderr() {
                Exit::CouldNotRun
            } else {
                Exit::Passed
            };
            return match error.print() {
                Ok(()) | Err(_) => code(status),
            };
        }
    };
    match cli.run() {
        Ok(exit) => code(exit),
        Err(failure) => {
            error::print(&failure);
            code(failure.status())
        }
    }
}

fn code(exit: Exit) -> ExitCode {
    ExitCode::from(exit.code())
}
