//! `explain`: the manual of a check.

use std::fmt::Write;

use clap::Args;
use shared::failure::{Exit, Failure, Result};

use crate::checks::{self, CATALOG};
use crate::io;

/// Arguments of `explain`.
#[derive(Debug, Args)]
pub(crate) struct Explain {
    /// The ids of checks, as a report prints them [default: list all]
    #[arg(value_name = "CHECK")]
    checks: Vec<String>,
}

impl Explain {
    pub(crate) fn run(self) -> Result<Exit> {
        let mut text = String::new();
        if self.checks.is_empty() {
            for check in checks::all() {
                let _ = writeln!(text, "{:32}  {}", check.id, check.manual().title);
            }
        }
        for (number, id) in self.checks.iter().enumerate() {
            let check = checks::all().find(|check| check.id == id).ok_or_else(|| {
                Failure::new(format!("no such check: {id}"))
                    .hint("list them with: flux sops-age explain")
            })?;
            let manual = check.manual();
            let gap = if number > 0 { "\n" } else { "" };
            let (title, body, docs) = (manual.title, manual.body, CATALOG.docs(id));
            let _ = write!(text, "{gap}{id}: {title}\n\n{body}\n\ndocs: {docs}\n");
        }
        io::print(text.as_bytes())?;
        Ok(Exit::Passed)
    }
}
