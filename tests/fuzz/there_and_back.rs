//! What is read is encrypted, written, read and opened again: it holds what it held.

use std::sync::OnceLock;

use shared::age::{Identity, Keyring};
use shared::sops::cipher::{DataKey, Nonces};
use shared::sops::file::{self, OnMacMismatch};
use shared::sops::mac::Covers;
use shared::sops::recipients::{self, Group};
use shared::sops::scope::Rule;
use shared::sops::tree::{Item, Key, Value};
use shared::sops::{Document, Format, Layout, Metadata, data_key, scalar};

/// A key that all files are encrypted for, and who opens it.
pub(super) fn known() -> &'static (Identity, Keyring) {
    static KNOWN: OnceLock<(Identity, Keyring)> = OnceLock::new();
    KNOWN.get_or_init(|| {
        let identity = Identity::generate();
        (identity.clone(), Keyring::of([identity]))
    })
}

/// What is read is encrypted, written, read and opened again: it holds what it held. Says whether it went all the way,
/// or was refused somewhere.
pub(super) fn there_and_back(data: &[u8], format: Format) -> bool {
    let Ok(mut document) = Document::read_plain(data, format) else {
        return false;
    };
    if document.roots.is_empty() || document.has_block() {
        return false;
    }
    let before = values(&document.roots);
    if format == Format::Yaml && !document.roots.iter().any(|root| holds_change(root)) {
        let same = document.write_plain(format, &Layout::default()).unwrap();
        assert_eq!(
            same.as_slice(),
            data,
            "what did not change stays byte for byte"
        );
    }
    let (identity, keyring) = known();
    let key = DataKey::from_bytes(&[7; 32]).unwrap();
    let recipient = recipients::Recipient::Age {
        recipient: identity.recipient(),
        enc: String::new(),
    };
    let groups = data_key::seal(
        vec![Group {
            recipients: vec![recipient],
        }],
        0,
        &key,
        None,
    )
    .unwrap();
    let mut metadata = Metadata::create(groups, 0, Rule::default(), Covers::Everything);
    if file::seal(&mut document, &mut metadata, &key, &Nonces::default()).is_err() {
        return false;
    }
    let Ok(text) = document.write_encrypted(&metadata, format, &Layout::default()) else {
        return false;
    };
    let shown = String::from_utf8_lossy(&text);
    let (mut again, metadata) = match Document::read_encrypted(&text, format) {
        Ok(read) => read,
        Err(failure) => panic!("what we wrote cannot be read: {failure}\n{shown}"),
    };
    if let Err(failure) = file::open(&mut again, &metadata, keyring, OnMacMismatch::Fail) {
        panic!("what we wrote cannot be opened: {failure}\n{shown}");
    }
    assert_eq!(values(&again.roots), before, "\n{shown}");
    true
}

fn holds_change(items: &[Item]) -> bool {
    items.iter().any(|item| match item {
        Item::Node(node) => node.changed || holds_change(node.value.items().unwrap_or_default()),
        Item::Comment(comment) => comment.changed,
    })
}

/// The values with their places.
fn values(roots: &[Vec<Item>]) -> Vec<String> {
    let mut out = Vec::new();
    for (number, root) in roots.iter().enumerate() {
        list(root, &number.to_string(), &mut out);
    }
    out
}

fn list(items: &[Item], path: &str, out: &mut Vec<String>) {
    for (number, node) in items.iter().filter_map(Item::node).enumerate() {
        let name = match &node.key {
            Key::Text(name) => name.clone(),
            _ => number.to_string(),
        };
        let path = format!("{path}/{name}");
        match &node.value {
            Value::Map(items) | Value::List(items) => {
                out.push(format!("{path} is {}", node.value.kind()));
                list(items, &path, out);
            }
            value => {
                let text = scalar::encode(value).map(|(_, text)| text.bytes().to_vec());
                out.push(format!("{path} = {text:?}"));
            }
        }
    }
}
