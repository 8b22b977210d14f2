//! Messages that JSON has as one scalar: `Time`, `Quantity` and `IntOrString`.

use jiff::Timestamp;

use crate::protobuf::{Malformed, Reader, Wire};

/// What `IntOrString` holds, see
/// <https://github.com/kubernetes/apimachinery/blob/master/pkg/util/intstr/generated.proto>.
pub(super) enum IntOrString<'a> {
    Int(i32),
    Text(&'a [u8]),
}

/// `Quantity`: 1 is its text.
pub(super) fn quantity(bytes: &[u8]) -> Result<&[u8], Malformed> {
    Ok(Reader(bytes).find(1)?.unwrap_or_default())
}

/// `IntOrString`: 1 tells which it is, 2 is the number, 3 the text.
pub(super) fn int_or_string(bytes: &[u8]) -> Result<IntOrString<'_>, Malformed> {
    match numbers(bytes)? {
        [0, number] => Ok(IntOrString::Int(number)),
        _ => Ok(IntOrString::Text(
            Reader(bytes).find(3)?.unwrap_or_default(),
        )),
    }
}

/// `Time`: 1 are the seconds, 2 the nanoseconds.
pub(super) fn time(bytes: &[u8]) -> Result<Timestamp, Malformed> {
    let (mut seconds, mut nanoseconds) = (0, 0);
    let mut reader = Reader(bytes);
    while let Some((number, wire)) = reader.next()? {
        match (number, wire) {
            (1, Wire::Varint(value)) => seconds = value.cast_signed(),
            (2, Wire::Varint(value)) => nanoseconds = int(value)?,
            _ => {}
        }
    }
    Timestamp::new(seconds, nanoseconds).map_err(|_| Malformed)
}

/// The first two fields of a message, which are numbers.
fn numbers(bytes: &[u8]) -> Result<[i32; 2], Malformed> {
    let mut both = [0; 2];
    let mut reader = Reader(bytes);
    while let Some((number, wire)) = reader.next()? {
        match (number, wire) {
            (1, Wire::Varint(value)) => both[0] = int(value)?,
            (2, Wire::Varint(value)) => both[1] = int(value)?,
            _ => {}
        }
    }
    Ok(both)
}

fn int(value: u64) -> Result<i32, Malformed> {
    i32::try_from(value.cast_signed()).map_err(|_| Malformed)
}
