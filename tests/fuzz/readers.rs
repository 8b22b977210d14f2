//! What is fuzzed: each function takes any bytes, and panics where a promise is broken.
//!
//! The fuzz targets and the tests share this file; see `run` beside it.
#![allow(dead_code)]

use std::path::Path;
use std::sync::OnceLock;

use shared::age::{Identity, Keyring, Recipient, keyfile, parse_identity};
use shared::sops::cipher::{DataKey, Nonces};
use shared::sops::file::{self, OnMacMismatch};
use shared::sops::mac::Covers;
use shared::sops::recipients::{self, Group};
use shared::sops::rules::Config;
use shared::sops::scope::Rule;
use shared::sops::tree::{Item, Key, Value};
use shared::sops::{
    Document, Format, Layout, Metadata, data_key, path, pattern, scalar, time, yaml as store,
};

/// A target.
pub(super) type Read = fn(&[u8]);

/// All of them by their names.
pub(super) const ALL: [(&str, Read); 9] = [
    ("yaml", yaml),
    ("json", json),
    ("dotenv", dotenv),
    ("ini", ini),
    ("metadata", metadata),
    ("config", config),
    ("key_file", key_file),
    ("recipient", recipient),
    ("value", value),
];

pub(super) fn yaml(data: &[u8]) {
    there_and_back(data, Format::Yaml);
}

pub(super) fn json(data: &[u8]) {
    there_and_back(data, Format::Json);
}

pub(super) fn dotenv(data: &[u8]) {
    there_and_back(data, Format::Dotenv);
}

pub(super) fn ini(data: &[u8]) {
    there_and_back(data, Format::Ini);
}

/// A file that says that it is encrypted, in each format.
pub(super) fn metadata(data: &[u8]) {
    for format in [
        Format::Yaml,
        Format::Json,
        Format::Dotenv,
        Format::Ini,
        Format::Binary,
    ] {
        let Ok((mut document, mut metadata)) = Document::read_encrypted(data, format) else {
            continue;
        };
        let _ = file::open(&mut document, &metadata, &known().1, OnMacMismatch::Fail);
        metadata.set_mac("ENC[]".to_owned(), "2026-01-01T00:00:00Z".to_owned());
        let _ = document.write_encrypted(&metadata, format, &Layout::default());
    }
}

/// A `.sops.yaml`.
pub(super) fn config(data: &[u8]) {
    let Ok(text) = std::str::from_utf8(data) else {
        return;
    };
    let _ = pattern::compile(text);
    let Ok(config) = Config::parse(Path::new("/r/.sops.yaml"), text) else {
        return;
    };
    let _ = config.rule_for(Path::new("/r/a.enc.yaml"));
    for index in 0..config.len() {
        let _ = config.rule(index);
    }
    let _ = shared::sops::rules::amend::add_to_rule(text, 0, "age1x");
}

/// A key file.
pub(super) fn key_file(data: &[u8]) {
    keyfile::is_encrypted(data);
    let Ok(text) = std::str::from_utf8(data) else {
        return;
    };
    let (own, _) = keyfile::without_plugins(text);
    let read = [
        keyfile::parse_lines(text),
        keyfile::parse_words(text),
        keyfile::parse_lines(&own),
    ];
    for identity in read.into_iter().flatten().flatten() {
        let again = parse_identity(&identity.text());
        assert!(again.is_ok_and(|again| again.recipient() == identity.recipient()));
        assert!(Recipient::parse(&identity.recipient()).is_ok());
    }
}

/// A public or private key, in bech32.
pub(super) fn recipient(data: &[u8]) {
    let Ok(text) = std::str::from_utf8(data) else {
        return;
    };
    let _ = parse_identity(text);
    if let Ok(recipient) = Recipient::parse(text) {
        assert_eq!(recipient.text(), text.trim());
        assert!(recipient.seal(b"0123456789abcdef0123456789abcdef").is_ok());
    }
}

/// A value, a scalar, a path, a time.
pub(super) fn value(data: &[u8]) {
    let Ok(text) = std::str::from_utf8(data) else {
        return;
    };
    if let Ok(key) = DataKey::from_bytes(&[7; 32]).ok_or(()) {
        assert!(key.open(text, "a:").is_err());
    }
    let _ = path::parse(text);
    if let Some(time) = time::Time::from_rfc3339(text) {
        assert!(time::Time::from_rfc3339(time.text()).is_some() || text != time.text());
    }
    let _ = time::Time::from_yaml(text);
    let _ = store::resolve(text);
}

/// A key that all files are encrypted for, and who opens it.
fn known() -> &'static (Identity, Keyring) {
    static KNOWN: OnceLock<(Identity, Keyring)> = OnceLock::new();
    KNOWN.get_or_init(|| {
        let identity = Identity::generate();
        (identity.clone(), Keyring::of([identity]))
    })
}

/// What is read is encrypted, written, read and opened again: it holds what it held.
fn there_and_back(data: &[u8], format: Format) {
    let Ok(mut document) = Document::read_plain(data, format) else {
        return;
    };
    if document.roots.is_empty() || document.has_block() {
        return;
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
        return;
    }
    let Ok(text) = document.write_encrypted(&metadata, format, &Layout::default()) else {
        return;
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
