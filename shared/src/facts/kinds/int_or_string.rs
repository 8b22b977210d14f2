//! A port or a quantity: a number or text.

use std::fmt;

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

/// What the API calls `IntOrString`; quantities (`500m`, `2`) are read the same way.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum IntOrString {
    /// A number.
    Int(i64),
    /// A name, or a quantity.
    Text(String),
}

impl Default for IntOrString {
    fn default() -> Self {
        Self::Int(0)
    }
}

impl fmt::Display for IntOrString {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Int(number) => number.fmt(f),
            Self::Text(text) => text.fmt(f),
        }
    }
}

impl Serialize for IntOrString {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Int(number) => number.serialize(serializer),
            Self::Text(text) => text.serialize(serializer),
        }
    }
}

struct Reader;

impl de::Visitor<'_> for Reader {
    type Value = IntOrString;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a number or a string")
    }

    fn visit_i64<E>(self, number: i64) -> Result<IntOrString, E> {
        Ok(IntOrString::Int(number))
    }

    fn visit_u64<E>(self, number: u64) -> Result<IntOrString, E> {
        Ok(i64::try_from(number)
            .map_or_else(|_| IntOrString::Text(number.to_string()), IntOrString::Int))
    }

    fn visit_f64<E>(self, number: f64) -> Result<IntOrString, E> {
        Ok(IntOrString::Text(number.to_string()))
    }

    fn visit_str<E>(self, text: &str) -> Result<IntOrString, E> {
        Ok(IntOrString::Text(text.to_owned()))
    }
}

impl<'de> Deserialize<'de> for IntOrString {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(Reader)
    }
}
