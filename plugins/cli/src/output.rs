//! Standard output, with the colours and the width that the reader has.

use std::io::{self, BufWriter, Write};

use anstream::AutoStream;
use shared::failure::{self, Failure, Result};

/// The width of prose that goes to no terminal, unless COLUMNS tells another.
const COLUMNS: usize = 80;
/// More than any line has.
const WHOLE: usize = 1 << 16;
/// Longer lines are hard to read, shorter ones hold no name.
const SENSIBLE: std::ops::RangeInclusive<usize> = 40..=120;

/// Standard output, which takes out colours where none are wanted. What is left of the text is gathered
/// behind that: it comes in small pieces.
pub type Output = AutoStream<Box<dyn Write>>;

/// Prints what `write` writes. That nobody reads on (`| head`) is no failure.
///
/// # Errors
/// When standard output takes no more for another reason, such as a full disk.
pub fn print(write: impl FnOnce(&mut Output) -> io::Result<()>) -> Result<()> {
    print_on(write).map(drop)
}

/// The same for who goes on to print: tells whether anybody reads.
///
/// # Errors
/// As [`print()`].
pub fn print_on(write: impl FnOnce(&mut Output) -> io::Result<()>) -> Result<bool> {
    let stdout = io::stdout();
    let colours = AutoStream::choice(&stdout);
    let mut out = Output::new(Box::new(BufWriter::new(stdout.lock())), colours);
    is_taken(write(&mut out).and_then(|()| out.flush()))
}

/// Whether anybody read what was written.
///
/// # Errors
/// As [`print()`].
pub fn is_taken(written: io::Result<()>) -> Result<bool> {
    match written {
        Ok(()) => Ok(true),
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(false),
        Err(error) => Err(Failure::new(format!(
            "cannot write to standard output: {}",
            failure::io(&error)
        ))),
    }
}

/// How many columns prose may take: those that the reader has, but not more than reads well.
pub fn columns() -> usize {
    let columns = reader_columns().unwrap_or(COLUMNS);
    columns.clamp(*SENSIBLE.start(), *SENSIBLE.end())
}

/// How many columns a table may take. In a file or a pipe its lines stay whole, as kubectl's do.
pub fn table_columns() -> usize {
    reader_columns().map_or(WHOLE, |columns| columns.max(*SENSIBLE.start()))
}

/// The columns of the terminal, or those that COLUMNS tells.
fn reader_columns() -> Option<usize> {
    let terminal = terminal_size::terminal_size_of(io::stdout());
    let told = || std::env::var("COLUMNS").ok()?.parse().ok();
    terminal
        .map(|(width, _)| usize::from(width.0))
        .or_else(told)
}
