//! What every verb takes about its output, and output that goes on: screens, and readers that may have gone.

use std::io::{self, StdoutLock, Write};

use anstream::AutoStream;
use clap::{Args, ColorChoice};
use cli::output::is_taken;
use shared::failure::Result;

/// The size of a terminal that does not tell its own: columns and rows.
const USUAL: (usize, usize) = (80, 24);

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

/// Paints on the terminal, whose size `paint` is told in columns and rows. Cursors are moved even
/// where no colours are wanted.
///
/// # Errors
/// As [`cli::output::print()`].
pub(crate) fn screen(
    paint: impl FnOnce(usize, usize, &mut StdoutLock<'static>) -> io::Result<()>,
) -> Result<bool> {
    let size = terminal_size::terminal_size_of(io::stdout());
    let (columns, rows) = size.map_or(USUAL, |(width, height)| {
        (usize::from(width.0), usize::from(height.0))
    });
    is_taken(paint(columns, rows, &mut io::stdout().lock()))
}

/// Whether colours are wanted on standard output.
pub(crate) fn has_colours() -> bool {
    AutoStream::choice(&io::stdout()) != anstream::ColorChoice::Never
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
