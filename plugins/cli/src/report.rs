//! Reports, in the format that was asked for.

use clap::ValueEnum;
use shared::failure::Result;
use shared::render::{self, Checkout, Detail, Page};
use shared::report::Report;

use crate::output::{columns, print};

/// How a report is written.
#[derive(Debug, Clone, Copy, Default, ValueEnum)]
pub enum Format {
    /// For people.
    #[default]
    Text,
    /// For programs.
    Json,
    /// For programs and people.
    Yaml,
    /// For CI systems that show tests.
    Junit,
    /// For code hosts that show findings of analysers.
    Sarif,
    /// For GitHub's annotations.
    Github,
}

impl Format {
    /// Prints a report, as wide as the reader has it.
    ///
    /// # Errors
    /// When standard output takes no more, such as on a full disk.
    pub fn print(self, report: &Report, detail: Detail) -> Result<()> {
        let width = columns();
        print(|out| match self {
            Self::Text => render::text(report, Page { width, detail }, out),
            Self::Json => render::json(report, out),
            Self::Yaml => render::yaml(report, out),
            Self::Junit => render::junit(report, out),
            Self::Sarif => render::sarif(report, &Checkout::here(), out),
            Self::Github => render::github(report, &Checkout::here(), out),
        })
    }
}
