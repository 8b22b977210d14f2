//! Parses, runs, and ends with the promised exit status.

use std::io::{self, Write};
use std::process::ExitCode;

use clap::Parser;
use shared::failure::{Exit, Failure};

use crate::cli::Cli;
use crate::complete;

/// The whole program.
pub fn main() -> ExitCode {
    if complete::answered(std::env::args_os().skip(1), &mut io::stdout().lock()) {
        return code(Exit::Passed);
    }
    let cli = match Cli::try_parse() {
        Ok(cli) => cli,
        Err(error) => {
            // Help and version go to stdout with 0, wrong usage to stderr with 2, as kubectl's readers expect.
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
    cli.output.choose_colours();
    match cli.command.run(&cli.output) {
        Ok(exit) => code(exit),
        Err(failure) => {
            // Where nobody hears it, the status still tells.
            let _ = report(&failure);
            code(failure.status())
        }
    }
}

fn report(failure: &Failure) -> io::Result<()> {
    let mut err = anstream::stderr().lock();
    let bad = anstyle::AnsiColor::Red.on_default().bold();
    let message = shared::render::clean(&failure.to_string()).into_owned();
    writeln!(err, "{bad}error{bad:#}: {message}")?;
    for hint in failure.hints() {
        writeln!(err, "hint: {}", shared::render::clean(hint))?;
    }
    Ok(())
}

fn code(exit: Exit) -> ExitCode {
    ExitCode::from(exit.code())
}
