//! The fields of a message, one after the other.
//! See <https://protobuf.dev/programming-guides/encoding/>.

/// What stands before everything that Kubernetes writes in protobuf.
/// See <https://kubernetes.io/docs/reference/using-api/api-concepts/#protobuf-encoding>.
pub(crate) const MAGIC: &[u8] = b"k8s\0";

/// What stands behind a field's number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Wire<'a> {
    /// A number or a flag.
    Varint(u64),
    /// Text, or a message.
    Bytes(&'a [u8]),
    /// A number of a form that no field of ours has.
    Fixed,
}

/// The bytes are no message.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Malformed;

/// The rest of a message.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Reader<'a>(pub(crate) &'a [u8]);

impl<'a> Reader<'a> {
    /// The next field's number and value; nothing at the end.
    pub(crate) fn next(&mut self) -> Result<Option<(u32, Wire<'a>)>, Malformed> {
        if self.0.is_empty() {
            return Ok(None);
        }
        let key = self.varint()?;
        let number = u32::try_from(key >> 3).map_err(|_| Malformed)?;
        let wire = match key & 7 {
            0 => Wire::Varint(self.varint()?),
            1 => self.skip(8)?,
            2 => {
                let length = usize::try_from(self.varint()?).map_err(|_| Malformed)?;
                Wire::Bytes(self.bytes(length)?)
            }
            5 => self.skip(4)?,
            _ => return Err(Malformed),
        };
        Ok(Some((number, wire)))
    }

    /// The value of the next field if it has this number.
    pub(crate) fn next_of(&mut self, number: u32) -> Result<Option<Wire<'a>>, Malformed> {
        let mut ahead = *self;
        match ahead.next()? {
            Some((found, wire)) if found == number => {
                *self = ahead;
                Ok(Some(wire))
            }
            _ => Ok(None),
        }
    }

    /// The bytes of the first field with this number.
    pub(crate) fn find(mut self, number: u32) -> Result<Option<&'a [u8]>, Malformed> {
        while let Some((found, wire)) = self.next()? {
            if let (true, Wire::Bytes(bytes)) = (found == number, wire) {
                return Ok(Some(bytes));
            }
        }
        Ok(None)
    }

    fn varint(&mut self) -> Result<u64, Malformed> {
        let mut value = 0_u64;
        for at in 0..10 {
            let (byte, rest) = self.0.split_first().ok_or(Malformed)?;
            self.0 = rest;
            value |= u64::from(byte & 0x7f) << (7 * at);
            if byte & 0x80 == 0 {
                return Ok(value);
            }
        }
        Err(Malformed)
    }

    fn bytes(&mut self, length: usize) -> Result<&'a [u8], Malformed> {
        let (bytes, rest) = self.0.split_at_checked(length).ok_or(Malformed)?;
        self.0 = rest;
        Ok(bytes)
    }

    fn skip(&mut self, length: usize) -> Result<Wire<'a>, Malformed> {
        self.bytes(length).map(|_| Wire::Fixed)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_are_read_in_their_order() {
        // 1: 300, 2: "hi", 3: eight bytes, 2: ""
        let message = b"\x08\xac\x02\x12\x02hi\x19\0\0\0\0\0\0\0\0\x12\0";
        let mut reader = Reader(message);
        assert_eq!(reader.next(), Ok(Some((1, Wire::Varint(300)))));
        assert_eq!(reader.next_of(3), Ok(None));
        assert_eq!(reader.next_of(2), Ok(Some(Wire::Bytes(b"hi"))));
        assert_eq!(reader.next(), Ok(Some((3, Wire::Fixed))));
        assert_eq!(reader.next(), Ok(Some((2, Wire::Bytes(b"")))));
        assert_eq!(reader.next(), Ok(None));
        assert_eq!(Reader(message).find(2), Ok(Some(&b"hi"[..])));
    }

    #[test]
    fn what_is_cut_short_is_malformed() {
        for message in [
            &b"\x08"[..],
            b"\x08\xff",
            b"\x12\x05hi",
            b"\x0b",
            b"\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\x01",
        ] {
            assert_eq!(Reader(message).next(), Err(Malformed), "{message:?}");
        }
    }
}
