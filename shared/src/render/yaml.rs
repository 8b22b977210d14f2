//! YAML for scripts.

use std::io::{self, Write};

use serde::Serialize;

/// Writes one YAML document.
///
/// # Errors
/// When writing fails.
pub fn yaml<T: Serialize>(value: &T, out: &mut impl Write) -> io::Result<()> {
    let text = serde_saphyr::to_string(value).map_err(io::Error::other)?;
    out.write_all(text.as_bytes())
}
