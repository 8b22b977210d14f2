//! Names that kubectl takes back: `deployment.apps/traefik`.

use std::io::{self, Write};

use super::super::clean::clean;
use crate::status::StatusReport;

/// Writes each object's kind, group and name on a line.
///
/// # Errors
/// When writing fails.
pub fn names(report: &StatusReport, out: &mut impl Write) -> io::Result<()> {
    for item in &report.items {
        let object = &item.object;
        let kind = object.kind.to_lowercase();
        let dot = if object.group().is_empty() { "" } else { "." };
        let line = format!("{kind}{dot}{}/{}", object.group(), object.name);
        writeln!(out, "{}", clean(&line))?;
    }
    Ok(())
}
