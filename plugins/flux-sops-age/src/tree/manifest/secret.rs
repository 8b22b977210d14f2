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
    /// The public keys in a file that stands there in base64.
    pub(crate) coded_for: Vec<String>,
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
            let (form, coded_for) = form(&node.value, field == "data");
            values.push(ValueSeen {
                field,
                name: node.key.text().unwrap_or_default().to_owned(),
                line: line_of(node, document),
                form,
                coded_for,
            });
        }
    }
    values
}

fn form(value: &Value, is_coded: bool) -> (ValueForm, Vec<String>) {
    let text = match value {
        Value::Null => return (ValueForm::Empty, Vec::new()),
        Value::Str(text) => text.text().unwrap_or_default().trim(),
        _ => return (ValueForm::Plain, Vec::new()),
    };
    if text.starts_with("ENC[") {
        return (ValueForm::Sealed, Vec::new());
    }
    if is_filled_in(text) {
        return (ValueForm::Empty, Vec::new());
    }
    let decoded = is_coded.then(|| decoded(text)).flatten();
    let plain = decoded.unwrap_or_else(|| Zeroizing::new(text.as_bytes().to_vec()));
    let holds = |mark: &[u8]| memmem::find(&plain, mark).is_some();
    if holds(b"ENC[AES256_GCM,") && holds(b"sops") {
        (ValueForm::Sealed, public_keys(&plain))
    } else if std::str::from_utf8(&plain).is_ok_and(is_filled_in) {
        (ValueForm::Empty, Vec::new())
    } else {
        (ValueForm::Plain, Vec::new())
    }
}

/// What stands in base64, whose lines may be broken.
fn decoded(text: &str) -> Option<Zeroizing<Vec<u8>>> {
    let mut packed = Zeroizing::new(String::with_capacity(text.len()));
    packed.extend(text.split_ascii_whitespace());
    BASE64_STANDARD.decode(&*packed).ok().map(Zeroizing::new)
}

/// The words of an encrypted file that are public keys.
fn public_keys(bytes: &[u8]) -> Vec<String> {
    let words = bytes.split(|byte| !byte.is_ascii_alphanumeric());
    let keys = words.filter(|word| word.starts_with(b"age1"));
    let mut keys: Vec<String> = keys
        .map(|key| String::from_utf8_lossy(key).into_owned())
        .collect();
    keys.sort();
    keys.dedup();
    keys
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_encrypted_file_in_base64_tells_whom_it_is_for() {
        let file = "TOKEN=ENC[AES256_GCM,data:x]\nsops_age__list_0__map_recipient=age1old\nsops_age__list_1__map_recipient=age1new\n";
        let coded = BASE64_STANDARD.encode(file);
        let (one, two) = coded.split_at(40);
        for text in [coded.clone(), format!("{one}\n{two}\n")] {
            let found = form(&Value::text(text.as_str()), true);
            let keys = ["age1new", "age1old"].map(str::to_owned).to_vec();
            assert_eq!(found, (ValueForm::Sealed, keys), "{text}");
        }
        let plain = BASE64_STANDARD.encode("age1old");
        assert_eq!(
            form(&Value::text(plain.as_str()), true),
            (ValueForm::Plain, Vec::new())
        );
    }
}
