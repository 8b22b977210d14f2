//! One value or part of a decrypted file, as text.

use zeroize::Zeroizing;

use super::document::{Document, Layout};
use super::exit;
use super::format::Format;
use super::path::{self, Found, Step};
use super::tree::{Item, Value};
use super::{dotenv, ini, json, yaml};
use crate::failure::{Failure, Result};

/// Writes what a path leads to: a string as it is, all else in the format.
///
/// # Errors
/// When there is nothing, or the format cannot hold it.
pub fn extract(
    document: &Document,
    path: &[Step],
    format: Format,
    layout: &Layout,
) -> Result<Zeroizing<Vec<u8>>> {
    let root: &[Item] = document
        .roots
        .first()
        .map(Vec::as_slice)
        .unwrap_or_default();
    let value = match path::get(root, path)? {
        Found::Root(_) => return document.write_plain(format, layout),
        Found::Value(value) => value,
    };
    let text = match (value, format) {
        (Value::Str(text), _) => text.bytes().to_vec(),
        (Value::Map(items), Format::Dotenv) => dotenv::write(items)?,
        (Value::Map(items), Format::Ini) => ini::write(items)?,
        (Value::Map(items), Format::Json) => json::write(items, layout.json)?,
        (value, Format::Yaml) => yaml::emit_value(value, layout.yaml).into_bytes(),
        (value, Format::Json | Format::Ini) => json::write_value(value, layout.json).into_bytes(),
        (value, Format::Dotenv | Format::Binary) => {
            return Err(
                Failure::new(format!("{} cannot be written in this format", value.kind()))
                    .exit(exit::DUMP),
            );
        }
    };
    Ok(Zeroizing::new(text))
}
