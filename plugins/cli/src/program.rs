//! A whole program: parses, runs, and ends with the promised exit status.

use std::ffi::OsString;
use std::io::{self, Write};
use std::process::ExitCode;

use clap::Parser;
use shared::failure::{Exit, Failure, Result};
use shared::render::clean;

/// Runs what the command line asks for.
pub fn run<C: Parser>(
    line: impl IntoIterator<Item = OsString>,
    run: impl FnOnce(C) -> Result<Exit>,
) -> ExitCode {
    let command = match C::try_parse_from(line) {
        Ok(command) => command,
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
    match run(command) {
        Ok(exit) => code(exit),
        Err(failure) => {
            tell(&failure);
            code(failure.status())
        }
    }
}

/// Says on standard error why something failed, and what can be done. Where nobody hears it, the status still tells.
pub fn tell(failure: &Failure) {
    let _ = write(failure, &mut anstream::stderr().lock());
}

/// Says something on standard error; where nobody hears it, that is no error.
#[macro_export]
macro_rules! note {
    ($($words:tt)*) => {
        $crate::program::note(&::std::format!($($words)*))
    };
}

/// What [`crate::note!`] does with its words.
pub fn note(words: &str) {
    let mut err = io::stderr().lock();
    for line in words.lines() {
        let _ = writeln!(err, "{}", clean(line));
    }
}

fn write(failure: &Failure, err: &mut impl Write) -> io::Result<()> {
    let bad = anstyle::AnsiColor::Red.on_default().bold();
    let message = failure.to_string();
    writeln!(err, "{bad}error{bad:#}: {}", clean(&message))?;
    for hint in failure.hints() {
        writeln!(err, "hint: {}", clean(hint))?;
    }
    Ok(())
}

/// The status as the system wants it.
pub fn code(exit: Exit) -> ExitCode {
    ExitCode::from(exit.code())
}
