//! The characters of a YAML file: UTF-8, or what PowerShell redirects into a file.

use std::borrow::Cow;

use crate::failure::{Failure, Result};
use crate::sops::exit;

/// The text of a file. As go-yaml, UTF-16 is told by its byte order mark; what is written of it is UTF-8.
///
/// # Errors
/// When it is neither.
pub fn decode(bytes: &[u8]) -> Result<Cow<'_, str>> {
    let decoded = match bytes {
        [0xff, 0xfe, rest @ ..] => utf16(rest, u16::from_le_bytes),
        [0xfe, 0xff, rest @ ..] => utf16(rest, u16::from_be_bytes),
        utf8 => std::str::from_utf8(utf8).ok().map(Cow::Borrowed),
    };
    decoded.ok_or_else(|| Failure::new("the YAML is no UTF-8").exit(exit::READ))
}

fn utf16(bytes: &[u8], unit: fn([u8; 2]) -> u16) -> Option<Cow<'_, str>> {
    let (pairs, rest) = bytes.as_chunks();
    let units: Vec<u16> = pairs.iter().copied().map(unit).collect();
    let text = String::from_utf16(&units).ok()?;
    rest.is_empty().then_some(Cow::Owned(text))
}
