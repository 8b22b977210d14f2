//! YAML for scripts.

use std::io::{self, Write};

use serde::Serialize;

use super::clean::clean;

/// Writes one YAML document. Characters that a terminal would obey and that YAML does not escape
/// by itself are replaced.
///
/// # Errors
/// When writing fails.
pub fn yaml<T: Serialize>(value: &T, out: &mut impl Write) -> io::Result<()> {
    let text = serde_saphyr::to_string(value).map_err(io::Error::other)?;
    for line in text.lines() {
        writeln!(out, "{}", clean(line))?;
    }
    Ok(())
}
