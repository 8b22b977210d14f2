//! JSON for scripts.

use std::io::{self, Write};

use serde::Serialize;

/// Writes indented JSON and a line end.
///
/// # Errors
/// When writing fails.
pub fn json<T: Serialize>(value: &T, out: &mut impl Write) -> io::Result<()> {
    serde_json::to_writer_pretty(&mut *out, value)?;
    writeln!(out)
}
