//! Reports for scripts.

use std::io::Write;

use serde::Serialize;

use crate::failure::{Context, Result};

/// Indented JSON and a line end.
///
/// # Errors
/// When writing fails.
pub fn json<T: Serialize>(report: &T, out: &mut impl Write) -> Result<()> {
    let text = serde_json::to_string_pretty(report).context("cannot write the report")?;
    writeln!(out, "{text}").context("cannot write the report")
}

/// YAML.
///
/// # Errors
/// When writing fails.
pub fn yaml<T: Serialize>(report: &T, out: &mut impl Write) -> Result<()> {
    let text = serde_saphyr::to_string(report).context("cannot write the report")?;
    out.write_all(text.as_bytes())
        .context("cannot write the report")
}
