//! The type of a plain YAML scalar, by the rules of go-yaml v3: sops has them, and they decide the MAC.
//!
//! See `resolve.go` of <https://github.com/yaml/go-yaml>. It is YAML 1.2 with remains of 1.1 (`0777`, `1_000`,
//! timestamps) but without its booleans (`yes`, `on`).

use crate::sops::scalar::parse_float;
use crate::sops::time::Time;
use crate::sops::tree::Value;

/// A scalar that sops cannot hold: an integer above 64 bits with a sign.
#[derive(Debug, PartialEq, Eq)]
pub struct TooLarge;

/// The value of a plain scalar without a tag.
///
/// # Errors
/// When it is an integer that needs the sign bit.
pub fn resolve(text: &str) -> Result<Value, TooLarge> {
    Ok(match text {
        "" | "~" | "null" | "Null" | "NULL" => Value::Null,
        "true" | "True" | "TRUE" => Value::Bool(true),
        "false" | "False" | "FALSE" => Value::Bool(false),
        ".nan" | ".NaN" | ".NAN" => Value::Float(f64::NAN),
        ".inf" | ".Inf" | ".INF" | "+.inf" | "+.Inf" | "+.INF" => Value::Float(f64::INFINITY),
        "-.inf" | "-.Inf" | "-.INF" => Value::Float(f64::NEG_INFINITY),
        _ => match text.as_bytes()[0] {
            b'0'..=b'9' | b'+' | b'-' => return number(text),
            b'.' if is_float(text) => match parse_float(text) {
                Some(number) => Value::Float(number),
                None => Value::text(text),
            },
            _ => Value::text(text),
        },
    })
}

fn number(text: &str) -> Result<Value, TooLarge> {
    if let Some(time) = Time::from_yaml(text) {
        return Ok(Value::Time(time));
    }
    let plain = text.replace('_', "");
    if let Some(number) = integer(&plain)? {
        return Ok(Value::Int(number));
    }
    if is_float(&plain)
        && let Some(number) = parse_float(&plain)
    {
        return Ok(Value::Float(number));
    }
    Ok(Value::text(text))
}

/// An integer in Go's notation: `0x`, `0b`, `0o` or a leading zero (octal) in either case, with a sign.
fn integer(text: &str) -> Result<Option<i64>, TooLarge> {
    let (negative, digits) = match text.as_bytes().first() {
        Some(b'-') => (true, &text[1..]),
        Some(b'+') => (false, &text[1..]),
        _ => (false, text),
    };
    let lower = digits.to_ascii_lowercase();
    let (radix, digits) = if let Some(digits) = lower.strip_prefix("0x") {
        (16, digits)
    } else if let Some(digits) = lower.strip_prefix("0b") {
        (2, digits)
    } else if let Some(digits) = lower.strip_prefix("0o") {
        (8, digits)
    } else if lower.len() > 1 && lower.starts_with('0') {
        (8, &lower[1..])
    } else {
        (10, lower.as_str())
    };
    // A second sign would be taken as part of the number.
    if !digits.starts_with(|first: char| first.is_ascii_alphanumeric()) {
        return Ok(None);
    }
    let Ok(size) = u64::from_str_radix(digits, radix) else {
        return Ok(None);
    };
    let number = if negative {
        0i64.checked_sub_unsigned(size)
    } else {
        i64::try_from(size).ok()
    };
    match number {
        Some(number) => Ok(Some(number)),
        None if !negative && !text.starts_with('+') => Err(TooLarge),
        None => Ok(None),
    }
}

/// `[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?`
fn is_float(text: &str) -> bool {
    let digits = |text: &str| text.bytes().take_while(u8::is_ascii_digit).count();
    let rest = text.strip_prefix(['+', '-']).unwrap_or(text);
    let whole = digits(rest);
    let mut rest = &rest[whole..];
    if let Some(fraction) = rest.strip_prefix('.') {
        let length = digits(fraction);
        if whole == 0 && length == 0 {
            return false;
        }
        rest = &fraction[length..];
    } else if whole == 0 {
        return false;
    }
    if let Some(exponent) = rest.strip_prefix(['e', 'E']) {
        let exponent = exponent.strip_prefix(['+', '-']).unwrap_or(exponent);
        let length = digits(exponent);
        return length > 0 && length == exponent.len();
    }
    rest.is_empty()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sops::scalar;

    fn typed(text: &str) -> (&'static str, String) {
        match resolve(text) {
            Err(TooLarge) => ("error", String::new()),
            Ok(value) => match scalar::encode(&value) {
                None => ("null", String::new()),
                Some((kind, text)) => (kind.name(), text.text().unwrap().to_owned()),
            },
        }
    }

    #[test]
    fn forms_have_the_types_of_go_yaml() {
        for (form, kind, text) in [
            ("0644", "int", "420"),
            ("0o17", "int", "15"),
            ("-0X1f", "int", "-31"),
            ("0b11", "int", "3"),
            ("1_000", "int", "1000"),
            ("+12", "int", "12"),
            ("08", "float", "8"),
            ("1.0", "float", "1"),
            ("1e21", "float", "1000000000000000000000"),
            (".5", "float", "0.5"),
            ("5.", "float", "5"),
            ("-.INF", "float", "-Inf"),
            (".nan", "float", "NaN"),
            ("-9223372036854775809", "float", "-9223372036854776000"),
            ("9223372036854775808", "error", ""),
            ("18446744073709551616", "float", "18446744073709552000"),
            ("1e400", "str", "1e400"),
            ("yes", "str", "yes"),
            ("1:30", "str", "1:30"),
            ("--1", "str", "--1"),
            ("0x", "str", "0x"),
            ("True", "bool", "True"),
            ("~", "null", ""),
            ("2024-1-2", "time", "2024-01-02T00:00:00Z"),
            ("2024-01-02  03:04:05.50", "time", "2024-01-02T03:04:05.5Z"),
            (
                "2024-01-02t03:04:05+02:00",
                "time",
                "2024-01-02T03:04:05+02:00",
            ),
            ("2024-01-02T03:04:05", "str", "2024-01-02T03:04:05"),
            ("2024-02-30", "str", "2024-02-30"),
        ] {
            assert_eq!(typed(form), (kind, text.to_owned()), "{form}");
        }
    }
}
