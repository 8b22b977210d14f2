//! `explain`: the manual of a check.

use std::io::{self, Write};

use clap::Args;
use clap_complete::engine::ArgValueCandidates;
use shared::check::Check;
use shared::failure::{Exit, Result};

use crate::arguments::{candidates, find};
use crate::checks;
use cli::output::print;

/// Arguments of `explain`.
#[derive(Debug, Args)]
pub(crate) struct Explain {
    /// The ids of checks, as a report prints them
    #[arg(required = true, value_name = "CHECK", add = ArgValueCandidates::new(candidates))]
    checks: Vec<String>,
}

impl Explain {
    pub(crate) fn run(self) -> Result<Exit> {
        let found: Vec<_> = self
            .checks
            .iter()
            .map(|id| find(id))
            .collect::<Result<_>>()?;
        print(|out| {
            for (number, check) in found.iter().enumerate() {
                if number > 0 {
                    writeln!(out)?;
                }
                explain(check, out)?;
            }
            Ok(())
        })?;
        Ok(Exit::Passed)
    }
}

fn explain(check: &Check, out: &mut impl Write) -> io::Result<()> {
    let manual = check.manual();
    writeln!(out, "{}: {}\n", check.id, manual.title)?;
    writeln!(out, "{}\n", manual.body)?;
    writeln!(out, "reads: {}", checks::reads(check))?;
    writeln!(out, "docs: {}", checks::CATALOG.docs(check.id))
}
