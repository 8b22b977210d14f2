//! A Secret in a file: the names of its entries and the forms of their values, never the values.

use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use memchr::memmem;
use shared::object::ObjectRef;
use shared::sops::Document;
use shared::sops::tree::{Item, Value};
use zeroize::Zeroizing;

use super::{items, line_of};

/// A Secret.
pub(crate) struct SecretManifest {
    pub(crate) object: ObjectRef,
    pub(crate) line: Option<u64>,
    pub(crate) values: Vec<ValueSeen>,
}

/// An entry of a Secret: its name and the form of its value.
pub(crate) struct ValueSeen {
    /// `data` or `stringData`.
    pub(crate) field: &'static str,
    pub(crate) name: String,
    pub(crate) line: Option<u64>,
    pub(crate) form: ValueForm,
}

/// How a value stands in a manifest.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum ValueForm {
    /// Encrypted by sops, or an encrypted file in base64, which Flux decrypts too.
    Sealed,
    /// Nothing, or only a variable that Flux or a template fills in.
    Empty,
    /// In plain.
    Plain,
}

/// The entries of a Secret.
pub(super) fn values(object: &[Item], document: &Document) -> Vec<ValueSeen> {
    let mut values = Vec::new();
    for field in ["data", "stringData"] {
        let entries = items(object, field).unwrap_or_default();
        for node in entries.iter().filter_map(Item::node) {
            values.push(ValueSeen {
                field,
                name: node.key.text().unwrap_or_default().to_owned(),
                line: line_of(node, document),
                form: form(&node.value, field == "data"),
            });
        }
    }
    values
}

fn form(value: &Value, is_coded: bool) -> ValueForm {
    let text = match value {
        Value::Null => return ValueForm::Empty,
        Value::Str(text) => text.text().unwrap_or_default().trim(),
        _ => return ValueForm::Plain,
    };
    if text.starts_with("ENC[") {
        return ValueForm::Sealed;
    }
    if is_filled_in(text) {
        return ValueForm::Empty;
    }
    let decoded = if is_coded {
        BASE64_STANDARD.decode(text).ok()
    } else {
        None
    };
    let plain = Zeroizing::new(decoded.unwrap_or_else(|| text.as_bytes().to_vec()));
    let holds = |mark: &[u8]| memmem::find(&plain, mark).is_some();
    if holds(b"ENC[AES256_GCM,") && holds(b"sops") {
        ValueForm::Sealed
    } else if std::str::from_utf8(&plain).is_ok_and(is_filled_in) {
        ValueForm::Empty
    } else {
        ValueForm::Plain
    }
}

/// Whether there is nothing but variables: `${POSTGRES_PASSWORD}`, `{{ .Values.password }}`.
fn is_filled_in(text: &str) -> bool {
    let mut rest = text.trim();
    loop {
        let end = match rest {
            "" => return true,
            _ if rest.starts_with("${") => rest.find('}').map(|at| at + 1),
            _ if rest.starts_with("{{") => rest.find("}}").map(|at| at + 2),
            _ => None,
        };
        match end {
            Some(end) => rest = rest[end..].trim_start(),
            None => return false,
        }
    }
}
