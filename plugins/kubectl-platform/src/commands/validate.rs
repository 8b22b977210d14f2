//! `validate`: runs the checks and reports roots first.

use std::io::{self, Write};

use clap::{Args, ValueEnum};
use globset::Glob;
use shared::check::{self, Check};
use shared::facts::Facts;
use shared::failure::{Exit, Failure, Result};
use shared::render;
use shared::report::{Judged, Report, Rules};

use crate::checks;
use crate::cli::SourceArgs;

/// Arguments of `validate`.
#[derive(Debug, Args)]
pub(crate) struct Validate {
    #[command(flatten)]
    source: SourceArgs,

    /// Output format
    #[arg(short, long, value_enum, default_value_t)]
    output: Format,

    /// Run only checks whose id matches (repeatable)
    #[arg(long, value_name = "GLOB")]
    check: Vec<Glob>,

    /// Leave out checks whose id matches (repeatable)
    #[arg(long, value_name = "GLOB")]
    skip: Vec<Glob>,

    /// Let warnings fail, and what files cannot tell make the result incomplete
    #[arg(long)]
    strict: bool,
}

#[derive(Debug, Clone, Copy, Default, ValueEnum)]
enum Format {
    #[default]
    Text,
    Json,
    Yaml,
}

impl Validate {
    pub(crate) fn run(self) -> Result<Exit> {
        let chosen = self.chosen()?;
        let judged = self
            .source
            .read()?
            .iter()
            .map(|facts| judge(&chosen, facts))
            .collect();
        let report = Report::new(
            judged,
            Rules {
                strict: self.strict,
            },
            |_, _| None,
        );
        self.write(&report, &mut io::stdout().lock())?;
        Ok(report.result.exit())
    }

    fn chosen(&self) -> Result<Vec<&'static Check>> {
        let matches =
            |globs: &[Glob], id| globs.iter().any(|glob| glob.compile_matcher().is_match(id));
        let chosen: Vec<_> = checks::all()
            .filter(|check| self.check.is_empty() || matches(&self.check, check.id))
            .filter(|check| !matches(&self.skip, check.id))
            .collect();
        if chosen.is_empty() {
            return Err(
                Failure::new("no check matches").hint("list them with: kubectl platform checks")
            );
        }
        Ok(chosen)
    }

    fn write(&self, report: &Report, out: &mut impl Write) -> Result<()> {
        match self.output {
            Format::Text => render::text(report, render::Style::default(), out)
                .map_err(|error| Failure::new(format!("cannot write the report: {error}"))),
            Format::Json => render::json(report, out),
            Format::Yaml => render::yaml(report, out),
        }
    }
}

fn judge(chosen: &[&'static Check], facts: &Facts) -> Judged {
    let outcomes = chosen
        .iter()
        .map(|check| check::run(check, facts))
        .collect();
    Judged {
        cluster: facts.cluster.clone(),
        outcomes,
    }
}
