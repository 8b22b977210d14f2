//! Reads JSON in order, keys that stand twice included.

use std::fmt;

use serde::de::{Deserializer, Error, MapAccess, SeqAccess, Visitor};
use zeroize::Zeroizing;

use crate::failure::{Failure, Result};
use crate::sops::exit;
use crate::sops::tree::{Item, Key, Node, Roots, Value};

/// Reads an object; keys may stand in it twice, as in sops.
///
/// # Errors
/// When the text is no JSON, or its root is no object.
pub fn read(bytes: &[u8]) -> Result<Roots> {
    match read_value(bytes)? {
        Value::Map(items) => Ok(vec![items]),
        other => Err(malformed(&format!(
            "the root must be an object, not {}",
            other.kind()
        ))),
    }
}

/// Reads any one value.
///
/// # Errors
/// When the bytes are no JSON.
pub fn read_value(bytes: &[u8]) -> Result<Value> {
    let mut text = Zeroizing::new(String::from_utf8_lossy(bytes).into_owned());
    drop_signs_of_zero(&mut text);
    let mut reader = serde_json::Deserializer::from_str(&text);
    reader
        .deserialize_any(Read)
        .and_then(|value| reader.end().map(|()| value))
        .map_err(|error| malformed(&error.to_string()))
}

/// Takes the sign from each `-0`: it is an integer to sops, and our reader has no integer that is less than nothing.
fn drop_signs_of_zero(text: &mut String) {
    let mut in_string = false;
    let mut at = 0;
    while let Some(found) = text[at..].find(['"', '\\', '-']) {
        let here = at + found;
        at = here + 1;
        match text.as_bytes()[here] {
            b'"' => in_string = !in_string,
            // What is escaped does not end the string.
            b'\\' => at += text[at..].chars().next().map_or(0, char::len_utf8),
            // That of an exponent is another one: 1e-05.
            _ if !in_string && !text[..here].ends_with(['e', 'E']) => {
                let rest = text[at..].strip_prefix('0');
                if rest.is_some_and(|rest| !rest.starts_with(['.', 'e', 'E'])) {
                    text.replace_range(here..at, " ");
                }
            }
            _ => {}
        }
    }
}

fn malformed(why: &str) -> Failure {
    Failure::new(format!("cannot read the JSON: {why}")).exit(exit::READ)
}

/// Makes values of what serde_json reads.
struct Read;

impl<'de> serde::de::DeserializeSeed<'de> for Read {
    type Value = Value;

    fn deserialize<D: Deserializer<'de>>(self, reader: D) -> std::result::Result<Value, D::Error> {
        reader.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Read {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a JSON value")
    }

    fn visit_unit<E: Error>(self) -> std::result::Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_bool<E: Error>(self, says: bool) -> std::result::Result<Value, E> {
        Ok(Value::Bool(says))
    }

    fn visit_i64<E: Error>(self, number: i64) -> std::result::Result<Value, E> {
        Ok(Value::Int(number))
    }

    fn visit_u64<E: Error>(self, number: u64) -> std::result::Result<Value, E> {
        // What is beyond 64 bits with a sign is a float, as in sops.
        Ok(i64::try_from(number).map_or(Value::Float(number as f64), Value::Int))
    }

    fn visit_f64<E: Error>(self, number: f64) -> std::result::Result<Value, E> {
        Ok(Value::Float(number))
    }

    fn visit_str<E: Error>(self, text: &str) -> std::result::Result<Value, E> {
        Ok(Value::text(text))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> std::result::Result<Value, A::Error> {
        let mut items = Vec::new();
        while let Some(value) = seq.next_element_seed(Read)? {
            items.push(Item::Node(Node::new(Key::None, value)));
        }
        Ok(Value::List(items))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> std::result::Result<Value, A::Error> {
        let mut items = Vec::new();
        while let Some(key) = map.next_key::<String>()? {
            let value = map.next_value_seed(Read)?;
            items.push(Item::Node(Node::new(Key::Text(key), value)));
        }
        Ok(Value::Map(items))
    }
}
