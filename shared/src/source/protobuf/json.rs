//! Writes down a message as JSON, as far as its table knows it.

use super::scalar::{self, IntOrString};
use super::table::{Field, Form};
use crate::protobuf::{Malformed, Reader, Wire};

/// Writes a message as an object.
pub(super) fn object(
    message: &[u8],
    fields: &[Field],
    json: &mut Vec<u8>,
) -> Result<(), Malformed> {
    json.push(b'{');
    members(message, fields, json)?;
    close(json, b'}');
    Ok(())
}

/// Ends what each member or element has put a comma behind.
pub(super) fn close(json: &mut Vec<u8>, bracket: u8) {
    if json.last() == Some(&b',') {
        json.pop();
    }
    json.push(bracket);
}

fn members(message: &[u8], fields: &[Field], json: &mut Vec<u8>) -> Result<(), Malformed> {
    let mut reader = Reader(message);
    while let Some((number, wire)) = reader.next()? {
        let Some(field) = fields.iter().find(|field| field.number == number) else {
            continue;
        };
        if let (Form::Inline(inner), Wire::Bytes(bytes)) = (&field.form, wire) {
            members(bytes, inner, json)?;
            continue;
        }
        if is_absent(field, wire) {
            continue;
        }
        text(field.name.as_bytes(), json)?;
        json.push(b':');
        match &field.form {
            Form::List(form) => {
                json.push(b'[');
                each(number, wire, &mut reader, |wire| value(form, wire, json))?;
                close(json, b']');
            }
            Form::Map(form) => {
                json.push(b'{');
                each(number, wire, &mut reader, |wire| entry(form, wire, json))?;
                close(json, b'}');
            }
            form => {
                value(form, wire, json)?;
                continue;
            }
        }
        json.push(b',');
    }
    Ok(())
}

/// A field that stands there several times, one after the other.
fn each<'a>(
    number: u32,
    first: Wire<'a>,
    reader: &mut Reader<'a>,
    mut write: impl FnMut(Wire<'a>) -> Result<(), Malformed>,
) -> Result<(), Malformed> {
    write(first)?;
    while let Some(wire) = reader.next_of(number)? {
        write(wire)?;
    }
    Ok(())
}

/// Go writes all fields that are no pointers; JSON leaves them out where they say nothing.
fn is_absent(field: &Field, wire: Wire<'_>) -> bool {
    let is_empty = matches!(wire, Wire::Varint(0) | Wire::Bytes([]));
    match field.form {
        Form::Time => is_empty,
        Form::Text | Form::Number | Form::Flag => is_empty && !field.is_optional,
        _ => false,
    }
}

/// An entry of a map is a message: 1 is the key, 2 the value, and what is empty is left out.
fn entry(form: &Form, wire: Wire<'_>, json: &mut Vec<u8>) -> Result<(), Malformed> {
    let Wire::Bytes(entry) = wire else {
        return Err(Malformed);
    };
    text(Reader(entry).find(1)?.unwrap_or_default(), json)?;
    json.push(b':');
    let of = Reader(entry).find(2)?.unwrap_or_default();
    value(form, Wire::Bytes(of), json)
}

/// Writes a value and the comma behind it.
fn value(form: &Form, wire: Wire<'_>, json: &mut Vec<u8>) -> Result<(), Malformed> {
    match (form, wire) {
        (Form::Text, Wire::Bytes(bytes)) => text(bytes, json)?,
        (Form::Number, Wire::Varint(number)) => write(json, number.cast_signed()),
        (Form::Flag, Wire::Varint(flag)) => write(json, flag != 0),
        (Form::Time, Wire::Bytes(bytes)) => {
            json.push(b'"');
            write(json, scalar::time(bytes)?);
            json.push(b'"');
        }
        (Form::Quantity, Wire::Bytes(bytes)) => text(scalar::quantity(bytes)?, json)?,
        (Form::IntOrString, Wire::Bytes(bytes)) => match scalar::int_or_string(bytes)? {
            IntOrString::Int(number) => write(json, i64::from(number)),
            IntOrString::Text(words) => text(words, json)?,
        },
        (Form::Message(fields), Wire::Bytes(bytes)) => object(bytes, fields, json)?,
        (Form::Opaque, Wire::Bytes(_)) => json.extend_from_slice(b"\"\""),
        _ => return Err(Malformed),
    }
    json.push(b',');
    Ok(())
}

fn write(json: &mut Vec<u8>, value: impl std::fmt::Display) {
    json.extend_from_slice(value.to_string().as_bytes());
}

/// Writes a text with its quotes.
pub(super) fn text(bytes: &[u8], json: &mut Vec<u8>) -> Result<(), Malformed> {
    let text = std::str::from_utf8(bytes).map_err(|_| Malformed)?;
    serde_json::to_writer(json, text).map_err(|_| Malformed)
}

#[cfg(test)]
mod tests {
    use super::super::table::{field, inline, optional};
    use super::*;

    const FIELDS: &[Field] = &[
        field(1, "name", Form::Text),
        inline(2, &[field(1, "secret", Form::Text)]),
        field(3, "at", Form::Time),
        optional(4, "ready", Form::Flag),
        field(5, "list", Form::List(&Form::Number)),
        field(6, "labels", Form::Map(&Form::Text)),
        field(7, "port", Form::IntOrString),
        field(8, "zero", Form::Number),
    ];

    fn written(message: &[u8]) -> Result<String, Malformed> {
        let mut json = Vec::new();
        object(message, FIELDS, &mut json)?;
        Ok(String::from_utf8(json).unwrap())
    }

    #[test]
    fn each_form_is_written_as_json_has_it() {
        let message = b"\x0a\x02a\"\x12\x03\x0a\x01s\x1a\x02\x08\x01\x20\0\x28\x01\x28\x02\x32\x06\x0a\x01k\x12\x01v\x32\x03\x0a\x01e\x3a\x02\x10\x50\x40\0\x7a\x01x";
        let json = r#"{"name":"a\"","secret":"s","at":"1970-01-01T00:00:01Z","ready":false,"list":[1,2],"labels":{"k":"v","e":""},"port":80}"#;
        assert_eq!(written(message).unwrap(), json);
        assert_eq!(
            written(b"\x3a\x06\x08\x01\x1a\x02ab").unwrap(),
            r#"{"port":"ab"}"#
        );
    }

    #[test]
    fn what_is_no_such_message_is_malformed() {
        for message in [
            &b"\x08\x01"[..],
            b"\x0a\x01\xff",
            b"\x0a\x05a",
            b"\x32\x01\x0a",
        ] {
            assert!(written(message).is_err(), "{message:?}");
        }
    }
}
