//! Reports on standard output, with the width that the reader has.

use std::io::{self, BufWriter, Write};

use clap::ValueEnum;
use shared::failure::{self, Failure, Result};
use shared::render::{self, Checkout, Page};
use shared::report::Report;

/// The width of what is not a terminal, unless COLUMNS tells another.
const COLUMNS: usize = 80;
/// Longer lines are hard to read, shorter ones hold no name.
const SENSIBLE: std::ops::RangeInclusive<usize> = 40..=120;

/// How a report is written.
#[derive(Debug, Clone, Copy, Default, ValueEnum)]
pub(crate) enum Format {
    #[default]
    Text,
    Json,
    Yaml,
    Junit,
    Sarif,
    Github,
}

/// Prints a report. That nobody reads on (`| head`) is no failure.
///
/// # Errors
/// When standard output takes no more for another reason, such as a full disk.
pub(crate) fn report(report: &Report, format: Format, page: Page) -> Result<()> {
    let mut out = BufWriter::new(anstream::stdout().lock());
    let written = match format {
        Format::Text => render::text(report, page, &mut out),
        Format::Json => render::json(report, &mut out),
        Format::Yaml => render::yaml(report, &mut out),
        Format::Junit => render::junit(report, &mut out),
        Format::Sarif => render::sarif(report, &Checkout::here(), &mut out),
        Format::Github => render::github(report, &Checkout::here(), &mut out),
    };
    match written.and_then(|()| out.flush()) {
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
        done => done.map_err(|error| {
            let why = failure::io(&error);
            Failure::new(format!("cannot write to standard output: {why}"))
        }),
    }
}

/// How many columns the reader has.
pub(crate) fn columns() -> usize {
    let terminal = terminal_size::terminal_size_of(io::stdout());
    let told = || std::env::var("COLUMNS").ok()?.parse().ok();
    let columns = terminal
        .map(|(width, _)| usize::from(width.0))
        .or_else(told);
    columns
        .unwrap_or(COLUMNS)
        .clamp(*SENSIBLE.start(), *SENSIBLE.end())
}
