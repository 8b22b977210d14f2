//! YAML for scripts.

use std::fmt::Write as _;
use std::io::{self, Write};

use serde::{Serialize, Serializer};
use serde_json::Value;
use serde_saphyr::DoubleQuoted;

use super::clean::{self, clean, is_plain};

/// Writes one YAML document. Texts with characters that a terminal would obey stand in double quotes, the
/// one form that has escapes, so that nothing is lost for scripts.
///
/// # Errors
/// When writing fails.
pub fn yaml<T: Serialize>(value: &T, out: &mut impl Write) -> io::Result<()> {
    let value = serde_json::to_value(value)?;
    let text = serde_saphyr::to_string(&Quoting(&value)).map_err(io::Error::other)?;
    out.write_all(escaped(&text).as_bytes())
}

/// A value whose texts are quoted where they must be.
struct Quoting<'a>(&'a Value);

impl Serialize for Quoting<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.0 {
            Value::String(text) if !text.chars().all(|c| is_plain(c) || c == '\n') => {
                DoubleQuoted(text).serialize(serializer)
            }
            Value::Array(all) => serializer.collect_seq(all.iter().map(Quoting)),
            Value::Object(all) => {
                serializer.collect_map(all.iter().map(|(key, value)| (clean(key), Quoting(value))))
            }
            plain => plain.serialize(serializer),
        }
    }
}

/// What the serializer itself leaves as it is, all of it between quotes.
fn escaped(yaml: &str) -> String {
    clean::escaped(yaml, |c, text| {
        let _ = write!(text, "\\U{:08X}", u32::from(c));
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_terminal_would_obey_is_escaped_and_read_back() {
        for message in [
            "x\ty\nz",
            "two\nlines\n",
            "a\u{200b}b\u{202e}c\u{e0041}",
            "\u{1b}[31m\u{9b}\u{ffff}",
            "a long line of many words, one after the other, which would be folded\tat its blanks",
        ] {
            let value = serde_json::json!({"items": [{"message": message, "count": 1}]});
            let mut out = Vec::new();
            yaml(&value, &mut out).unwrap();
            let text = String::from_utf8(out).unwrap();
            assert!(text.chars().all(|c| is_plain(c) || c == '\n'), "{text:?}");
            assert_eq!(
                serde_saphyr::from_str::<Value>(&text).unwrap(),
                value,
                "{text}"
            );
        }
    }
}
