//! What is fuzzed: each function takes any bytes, and panics where a promise is broken.
//!
//! The fuzz targets and the tests share this file; see `run` beside it.
#![allow(dead_code, reason = "a fuzz target takes one function of it")]

mod there_and_back;

use std::path::Path;

use shared::age::{Recipient, keyfile, parse_identity};
use shared::sops::cipher::DataKey;
use shared::sops::file::{self, OnMacMismatch};
use shared::sops::rules::Config;
use shared::sops::{Document, Format, Layout, path, pattern, time, yaml as store};

use there_and_back::{known, there_and_back};

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
    let key = DataKey::from_bytes(&[7; 32]).unwrap();
    assert!(key.open(text, "a:").is_err());
    let _ = path::parse(text);
    if let Some(time) = time::Time::from_rfc3339(text) {
        let again = time::Time::from_rfc3339(time.text());
        assert!(
            again.is_some_and(|again| again.text() == time.text()),
            "{text}"
        );
    }
    let _ = time::Time::from_yaml(text);
    let _ = store::resolve(text);
}
