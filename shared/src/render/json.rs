//! JSON for scripts.

use std::fmt::Write as _;
use std::io::{self, Write};

use serde::Serialize;

use super::clean;

/// Writes indented JSON and a line end. Characters that a terminal would obey are written as
/// escapes, so that nothing is lost for scripts.
///
/// # Errors
/// When writing fails.
pub fn json<T: Serialize>(value: &T, out: &mut impl Write) -> io::Result<()> {
    let text = serde_json::to_string_pretty(value)?;
    writeln!(out, "{}", escaped(&text))
}

/// Writes JSON on one line, with the same escapes.
///
/// # Errors
/// When writing fails.
pub fn json_line<T: Serialize>(value: &T, out: &mut impl Write) -> io::Result<()> {
    writeln!(out, "{}", escaped(&serde_json::to_string(value)?))
}

/// Outside of strings JSON has no such characters but line ends.
fn escaped(json: &str) -> String {
    clean::escaped(json, |c, text| {
        for unit in c.encode_utf16(&mut [0; 2]) {
            let _ = write!(text, "\\u{unit:04x}");
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_terminal_would_obey_is_escaped_and_read_back() {
        let name = "a\u{9b}31m\u{202e}b\u{1b}c ünïcode";
        let mut out = Vec::new();
        json(&name, &mut out).unwrap();
        let text = String::from_utf8(out).unwrap();
        assert_eq!(text, "\"a\\u009b31m\\u202eb\\u001bc ünïcode\"\n");
        assert_eq!(serde_json::from_str::<String>(&text).unwrap(), name);
        let mut line = Vec::new();
        json_line(&[name], &mut line).unwrap();
        assert_eq!(
            String::from_utf8(line).unwrap(),
            format!("[{}]\n", text.trim_end())
        );
    }
}
