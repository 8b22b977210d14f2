//! The value of a YAML scalar by its style and tag, and the scalar that stands for a value.

use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use granit_parser::{ScalarStyle, Tag};

use super::resolve::resolve;
use crate::sops::text;
use crate::sops::time::Time;
use crate::sops::tree::Value;

/// The value of a scalar; sops drops tags that it does not know.
///
/// # Errors
/// In words, when the tag says what the text is not.
pub(super) fn typed(text: &str, style: ScalarStyle, tag: Option<&Tag>) -> Result<Value, String> {
    let core = tag.and_then(|tag| (tag.handle() == "tag:yaml.org,2002:").then(|| tag.suffix()));
    let resolved = || resolve(text).map_err(|_| "an integer is too large".to_owned());
    match (core, tag) {
        (None, None) if style == ScalarStyle::Plain => resolved(),
        (None, None) => Ok(Value::text(text)),
        // A lone exclamation mark leaves the type open.
        (None, Some(tag)) if tag.handle().is_empty() || tag.suffix().is_empty() => {
            if style == ScalarStyle::Plain {
                resolved()
            } else {
                Ok(Value::text(text))
            }
        }
        (Some("str"), _) => Ok(Value::text(text)),
        (Some("binary"), _) => {
            let packed: String = text.split_whitespace().collect();
            let decoded = BASE64_STANDARD.decode(packed);
            decoded
                .map(Value::text)
                .map_err(|_| "a !!binary value is no base64".to_owned())
        }
        (Some(kind @ ("int" | "float" | "bool" | "null" | "timestamp")), _) => {
            let fits = match (kind, resolved()?) {
                ("float", Value::Int(number)) => Some(Value::Float(number as f64)),
                ("int", value @ Value::Int(_))
                | ("float", value @ Value::Float(_))
                | ("bool", value @ Value::Bool(_))
                | ("null", value @ Value::Null)
                | ("timestamp", value @ Value::Time(_)) => Some(value),
                ("timestamp", Value::Str(_)) => Time::from_yaml(text).map(Value::Time),
                _ => None,
            };
            fits.ok_or_else(|| format!("a !!{kind} value is none"))
        }
        _ => Ok(Value::text(text)),
    }
}

/// Text for a value that is neither map nor list, in one line, and further lines below it.
pub(super) struct Written {
    /// What stands behind the key.
    pub(super) line: String,
    /// The lines of a block scalar, without indentation.
    pub(super) below: Option<Vec<String>>,
}

impl From<String> for Written {
    fn from(line: String) -> Self {
        Self { line, below: None }
    }
}

/// Writes a value so that it reads back as the same one.
pub(super) fn write(value: &Value, flow: bool) -> Written {
    match value {
        Value::Null => "null".to_owned().into(),
        Value::Int(number) => number.to_string().into(),
        Value::Bool(says) => says.to_string().into(),
        Value::Float(number) => float(*number).into(),
        Value::Time(time) => time.text().to_owned().into(),
        Value::Str(secret) => match secret.text() {
            Some(text) if !flow && fits_block(text) => block(text),
            Some(text) => string(text, flow).into(),
            None => format!("!!binary {}", BASE64_STANDARD.encode(secret.bytes())).into(),
        },
        Value::Map(_) => "{}".to_owned().into(),
        Value::List(_) => "[]".to_owned().into(),
    }
}

/// As go-yaml: the shortest digits, a whole number without a point.
fn float(number: f64) -> String {
    if number.is_nan() {
        return ".nan".to_owned();
    }
    if number.is_infinite() {
        return if number > 0.0 { ".inf" } else { "-.inf" }.to_owned();
    }
    text::shortest(number)
}

/// Text in one line: plain where it reads back so, else in the quotes that go-yaml would choose.
pub(super) fn string(text: &str, flow: bool) -> String {
    if text.chars().any(needs_escape) || reads_as_other(text) {
        double_quoted(text)
    } else if is_plain(text, flow) {
        text.to_owned()
    } else {
        format!("'{}'", text.replace('\'', "''"))
    }
}

/// Whether without quotes it would be no text, for this reader or for those of YAML 1.1.
fn reads_as_other(text: &str) -> bool {
    // Words of YAML 1.1 that other readers take for booleans; sops quotes them too.
    const WORDS: [&str; 8] = ["y", "n", "yes", "no", "on", "off", "=", "<<"];
    let is_word = WORDS.contains(&text.to_ascii_lowercase().as_str()) || sexagesimal(text);
    is_word || !matches!(resolve(text), Ok(Value::Str(_)))
}

/// Whether no indicator of YAML stands in the way.
fn is_plain(text: &str, flow: bool) -> bool {
    let Some(first) = text.chars().next() else {
        return false;
    };
    let holds_indicator = text.contains(": ")
        || text.contains(" #")
        || text.ends_with([':', ' '])
        || (flow && (first == '?' || text.contains(['[', ']', '{', '}', ',', ':'])));
    let starts_with_indicator = ",[]{}#&*!|>'\"%@` ".contains(first)
        || ("-?:".contains(first) && text[1..].starts_with(' '))
        || text.starts_with("--- ")
        || text.starts_with("... ");
    let is_indicator = matches!(text, "-" | "?" | ":" | "---" | "...");
    !(holds_indicator || starts_with_indicator || is_indicator)
}

/// `1:30`: a number to base 60 in YAML 1.1.
fn sexagesimal(text: &str) -> bool {
    text.contains(':')
        && text
            .chars()
            .all(|char| char.is_ascii_digit() || ":_.+-".contains(char))
}

fn needs_escape(char: char) -> bool {
    !matches!(char,
        ' '..='~' | '\u{a1}'..='\u{d7ff}' | '\u{e000}'..='\u{fefe}' | '\u{ff00}'..='\u{fffd}' | '\u{10000}'..)
        || matches!(
            char,
            '\u{2028}' | '\u{2029}' | '\u{ad}' | '\u{200b}'..='\u{200f}'
        )
}

fn double_quoted(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 8);
    out.push('"');
    for char in text.chars() {
        match char {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            '\0' => out.push_str("\\0"),
            char if !needs_escape(char) => out.push(char),
            char => match u32::from(char) {
                code @ ..=0xff => out.push_str(&format!("\\x{code:02X}")),
                code @ ..=0xffff => out.push_str(&format!("\\u{code:04X}")),
                code => out.push_str(&format!("\\U{code:08X}")),
            },
        }
    }
    out.push('"');
    out
}

/// Whether a text of several lines reads back from a literal block as it is.
fn fits_block(text: &str) -> bool {
    text.contains('\n')
        && !text.starts_with([' ', '\t', '\n'])
        && !text.ends_with("\n\n")
        && text.lines().all(|line| {
            !line.ends_with([' ', '\t'])
                && line.chars().all(|char| char == '\t' || !needs_escape(char))
        })
        && !text.contains('\r')
}

fn block(text: &str) -> Written {
    Written {
        line: if text.ends_with('\n') { "|" } else { "|-" }.to_owned(),
        below: Some(text.lines().map(str::to_owned).collect()),
    }
}
