//! `explain`: the manual of a check.

use std::io::Write;

use clap::Args;
use globset::Glob;
use shared::failure::{Exit, Result};
use shared::render;
use shared::report::Catalog;

use crate::output::print;
use crate::selection::matchers;

/// Arguments of `explain`.
#[derive(Debug, Args)]
pub struct Explain {
    /// The ids of checks, as a report prints them, or globs of ids [default: list all]
    #[arg(value_name = "CHECK")]
    explained: Vec<Glob>,
}

impl Explain {
    /// Prints the manuals that were asked for, or the titles of all.
    ///
    /// # Errors
    /// When there is no such check.
    pub fn run(self, catalog: &Catalog) -> Result<Exit> {
        let found: Vec<_> = matchers(&self.explained, catalog)?
            .iter()
            .flat_map(|glob| {
                (catalog.checks)()
                    .into_iter()
                    .filter(|check| glob.is_match(check.id))
            })
            .collect();
        if found.is_empty() {
            print(|out| list(catalog, out))?;
        }
        print(|out| {
            for (number, check) in found.iter().enumerate() {
                if number > 0 {
                    writeln!(out)?;
                }
                render::manual(catalog, check, out)?;
            }
            Ok(())
        })?;
        Ok(Exit::Passed)
    }
}

fn list(catalog: &Catalog, out: &mut impl Write) -> std::io::Result<()> {
    let all = (catalog.checks)();
    let width = all.iter().map(|check| check.id.len()).max();
    let width = width.unwrap_or_default();
    for check in all {
        writeln!(out, "{:width$}  {}", check.id, check.manual().title)?;
    }
    Ok(())
}
