//! What holds secrets, written as JSON.

use std::io::{self, Write};

use serde::Serialize;
use zeroize::Zeroizing;

/// Writes JSON into memory that is wiped when dropped. It never grows: that would leave secrets behind where it was.
///
/// # Errors
/// When the value is nothing that JSON has.
pub fn to_json(value: &impl Serialize) -> serde_json::Result<Zeroizing<Vec<u8>>> {
    let mut length = Length(0);
    serde_json::to_writer(&mut length, value)?;
    let mut text = Zeroizing::new(Vec::with_capacity(length.0));
    serde_json::to_writer(&mut *text, value)?;
    Ok(text)
}

/// Counts what is written.
struct Length(usize);

impl Write for Length {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0 += bytes.len();
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn memory_does_not_grow_however_large_a_secret_is() {
        let text = to_json(&["\"".repeat(100_000)]).unwrap();
        assert_eq!((text.len(), text.capacity()), (200_004, 200_004));
    }
}
