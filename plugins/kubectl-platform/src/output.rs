//! Printing: to standard output, with the colours and the width that the reader has.

use std::io::{self, BufWriter, StdoutLock, Write};

use anstream::AutoStream;
use clap::{Args, ColorChoice};
use shared::failure::{self, Failure, Result};

/// The width of prose that goes to no terminal, unless COLUMNS tells another.
const COLUMNS: usize = 80;
/// More than any line has.
const WHOLE: usize = 1 << 16;
/// The height of a terminal that does not tell its own.
const ROWS: usize = 24;
/// Longer lines are hard to read, shorter ones hold no name.
const SENSIBLE: std::ops::RangeInclusive<usize> = 40..=120;

/// What every verb takes about its output.
#[derive(Debug, Args)]
#[command(next_help_heading = "Global Options")]
pub(crate) struct OutputArgs {
    /// When to use colours: auto, always or never; NO_COLOR is honoured too
    #[arg(
        long,
        value_name = "WHEN",
        default_value_t,
        hide_possible_values = true,
        global = true
    )]
    color: ColorChoice,

    /// Say more (-v), or as much as a number tells (-v=N)
    #[arg(
        short = 'v',
        long = "v",
        value_name = "N",
        num_args = 0..=1,
        require_equals = true,
        default_value_t = 0,
        default_missing_value = "1",
        hide_default_value = true,
        global = true
    )]
    pub(crate) verbosity: u8,
}

impl OutputArgs {
    /// Makes the choice of colours hold for all that is printed from here on.
    pub(crate) fn choose_colours(&self) {
        match self.color {
            ColorChoice::Auto => anstream::ColorChoice::Auto,
            ColorChoice::Always => anstream::ColorChoice::Always,
            ColorChoice::Never => anstream::ColorChoice::Never,
        }
        .write_global();
    }
}

/// Standard output, which takes out colours where none are wanted. What is left of the text is gathered
/// behind that: it comes in small pieces.
pub(crate) type Output = AutoStream<Box<dyn Write>>;

/// Prints what `write` writes. That nobody reads on (`| head`) is no failure.
///
/// # Errors
/// When standard output takes no more for another reason, such as a full disk.
pub(crate) fn print(write: impl FnOnce(&mut Output) -> io::Result<()>) -> Result<()> {
    print_on(write).map(drop)
}

/// The same for who goes on to print: tells whether anybody reads.
///
/// # Errors
/// As [`print`].
pub(crate) fn print_on(write: impl FnOnce(&mut Output) -> io::Result<()>) -> Result<bool> {
    let stdout = io::stdout();
    let colours = AutoStream::choice(&stdout);
    let mut out = Output::new(Box::new(BufWriter::new(stdout.lock())), colours);
    is_taken(write(&mut out).and_then(|()| out.flush()))
}

/// Paints on the terminal, whose size `paint` is told in columns and rows. Cursors are moved even
/// where no colours are wanted.
///
/// # Errors
/// As [`print`].
pub(crate) fn screen(
    paint: impl FnOnce(usize, usize, &mut StdoutLock<'static>) -> io::Result<()>,
) -> Result<bool> {
    let size = terminal_size::terminal_size_of(io::stdout());
    let (columns, rows) = size.map_or((COLUMNS, ROWS), |(width, height)| {
        (usize::from(width.0), usize::from(height.0))
    });
    is_taken(paint(columns, rows, &mut io::stdout().lock()))
}

/// Whether colours are wanted on standard output.
pub(crate) fn has_colours() -> bool {
    AutoStream::choice(&io::stdout()) != anstream::ColorChoice::Never
}

fn is_taken(written: io::Result<()>) -> Result<bool> {
    match written {
        Ok(()) => Ok(true),
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(false),
        Err(error) => Err(Failure::new(format!(
            "cannot write to standard output: {}",
            failure::io(&error)
        ))),
    }
}

/// Whether anybody still reads what we print.
#[cfg(unix)]
pub(crate) fn is_read() -> bool {
    use rustix::event::{PollFd, PollFlags, Timespec, poll};
    let out = io::stdout();
    let mut asked = [PollFd::new(&out, PollFlags::empty())];
    let at_once = Timespec {
        tv_sec: 0,
        tv_nsec: 0,
    };
    poll(&mut asked, Some(&at_once)).is_err() || !asked[0].revents().contains(PollFlags::ERR)
}

/// Whether anybody still reads what we print: it shows when we print again.
#[cfg(not(unix))]
pub(crate) fn is_read() -> bool {
    true
}

/// A writer whose reader may have gone: what is written then is for nobody, which is no failure.
pub(crate) struct Unread<W>(pub(crate) W);

impl<W: Write> Write for Unread<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match self.0.write(bytes) {
            Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(bytes.len()),
            written => written,
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        match self.0.flush() {
            Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
            flushed => flushed,
        }
    }
}

/// How many columns prose may take: those that the reader has, but not more than reads well.
pub(crate) fn columns() -> usize {
    let columns = reader_columns().unwrap_or(COLUMNS);
    columns.clamp(*SENSIBLE.start(), *SENSIBLE.end())
}

/// How many columns a table may take. In a file or a pipe its lines stay whole, as kubectl's do.
pub(crate) fn table_columns() -> usize {
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
