//! Values as the text that formats without types hold.

use super::decimal;
use super::tree::Value;
use crate::secret::Secret;

/// The text of a value; none for maps and lists. As sops's `ValToString`.
pub fn plain(value: &Value) -> Option<Secret> {
    Some(match value {
        Value::Map(_) | Value::List(_) => return None,
        Value::Str(text) => text.clone(),
        Value::Null => "<nil>".into(),
        Value::Int(number) => number.to_string().into(),
        Value::Bool(says) => says.to_string().into(),
        Value::Float(number) => float(*number).into(),
        Value::Time(time) => time.seconds().into(),
    })
}

/// Go's shortest form, with one decimal at least.
fn float(number: f64) -> String {
    if number.is_nan() {
        return "NaN".to_owned();
    }
    if number.is_infinite() {
        return if number > 0.0 { "+Inf" } else { "-Inf" }.to_owned();
    }
    let plain = shortest(number).replace('e', "E");
    if plain.contains(['.', 'E']) {
        plain
    } else {
        plain + ".0"
    }
}

/// Go's shortest form of a finite number: with an exponent below 0.0001 and from a million on.
pub(super) fn shortest(number: f64) -> String {
    let short = decimal::scientific(number);
    let (digits, exponent) = short.split_once('e').unwrap_or((&short, "0"));
    let exponent: i32 = exponent.parse().unwrap_or_default();
    if (-4..6).contains(&exponent) || number == 0.0 {
        return decimal::plain(number);
    }
    let sign = if exponent < 0 { '-' } else { '+' };
    format!("{digits}e{sign}{:02}", exponent.abs())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_written_as_go_writes_them() {
        for (number, text) in [
            (1.0, "1.0"),
            (1.5, "1.5"),
            (1e6, "1E+06"),
            (123456.0, "123456.0"),
            (0.0001, "0.0001"),
            (0.00001, "1E-05"),
            (-2.5e-7, "-2.5E-07"),
            (f64::INFINITY, "+Inf"),
        ] {
            assert_eq!(float(number), text);
        }
    }
}
