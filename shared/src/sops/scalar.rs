//! The text of a value as it is encrypted and hashed, and the way back: the types of `ENC[..., type:T]`.
//!
//! See `ToBytes` and the cipher in sops's source, <https://github.com/getsops/sops>.

use super::decimal;
use super::time::Time;
use super::tree::Value;
use crate::secret::Secret;

/// The type that ciphertext carries.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Type {
    /// Text, or any bytes.
    Str,
    /// An integer.
    Int,
    /// A number with a fraction.
    Float,
    /// True or false.
    Bool,
    /// A point in time.
    Time,
    /// Bytes; read, never written.
    Bytes,
    /// A line of comment.
    Comment,
}

impl Type {
    /// The name in the ciphertext.
    pub fn name(self) -> &'static str {
        match self {
            Self::Str => "str",
            Self::Int => "int",
            Self::Float => "float",
            Self::Bool => "bool",
            Self::Time => "time",
            Self::Bytes => "bytes",
            Self::Comment => "comment",
        }
    }

    /// The type of that name.
    pub fn of(name: &str) -> Option<Self> {
        [
            Self::Str,
            Self::Int,
            Self::Float,
            Self::Bool,
            Self::Time,
            Self::Bytes,
            Self::Comment,
        ]
        .into_iter()
        .find(|candidate| candidate.name() == name)
    }
}

/// The type and text of a value that can be encrypted; none for null, maps and lists.
pub fn encode(value: &Value) -> Option<(Type, Secret)> {
    Some(match value {
        Value::Null | Value::Map(_) | Value::List(_) => return None,
        Value::Str(text) => (Type::Str, text.clone()),
        Value::Int(number) => (Type::Int, number.to_string().into()),
        Value::Float(number) => (Type::Float, float(*number).into()),
        Value::Bool(true) => (Type::Bool, "True".into()),
        Value::Bool(false) => (Type::Bool, "False".into()),
        Value::Time(time) => (Type::Time, time.text().into()),
    })
}

/// The shortest decimal that reads back as the same number, never with an exponent.
fn float(number: f64) -> String {
    if number.is_nan() {
        "NaN".to_owned()
    } else if number.is_infinite() {
        if number > 0.0 { "+Inf" } else { "-Inf" }.to_owned()
    } else {
        decimal::plain(number)
    }
}

/// The value that decrypted text of that type holds; none where it does not hold one. Comments are text.
pub fn decode(kind: Type, text: Secret) -> Option<Value> {
    let parse = || text.text();
    Some(match kind {
        Type::Str | Type::Bytes | Type::Comment => Value::Str(text),
        Type::Int => Value::Int(parse()?.parse().ok()?),
        Type::Float => Value::Float(parse_float(parse()?)?),
        Type::Bool => match parse()? {
            "1" | "t" | "T" | "TRUE" | "true" | "True" => Value::Bool(true),
            "0" | "f" | "F" | "FALSE" | "false" | "False" => Value::Bool(false),
            _ => return None,
        },
        Type::Time => Value::Time(Time::from_rfc3339(parse()?)?),
    })
}

/// A decimal number; one that is out of range is none.
pub fn parse_float(text: &str) -> Option<f64> {
    match text {
        "+Inf" | "Inf" => Some(f64::INFINITY),
        "-Inf" => Some(f64::NEG_INFINITY),
        "NaN" => Some(f64::NAN),
        _ => text.parse().ok().filter(|number: &f64| number.is_finite()),
    }
}
