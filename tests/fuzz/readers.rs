//! What is fuzzed: each function takes any bytes, panics where a promise is broken, and says whether it took them.
//!
//! The fuzz targets and the tests share this file; see `run` beside it.
#![allow(dead_code, reason = "a fuzz target takes one function of it")]

mod sent;
mod there_and_back;

use std::path::Path;

use shared::age::{Recipient, keyfile, parse_identity};
use shared::sops::cipher::{DataKey, is_sealed};
use shared::sops::file::{self, OnMacMismatch};
use shared::sops::rules::Config;
use shared::sops::tree::Value;
use shared::sops::{Document, Format, Layout, path, pattern, time, yaml as store};

pub(crate) use sent::{archive, manifests, message, packed, route_rule};
use there_and_back::{known, there_and_back};

/// A target.
pub(super) type Read = fn(&[u8]) -> bool;

/// All of them by their names.
pub(super) const ALL: [(&str, Read); 14] = [
    ("yaml", yaml),
    ("json", json),
    ("dotenv", dotenv),
    ("ini", ini),
    ("metadata", metadata),
    ("config", config),
    ("key_file", key_file),
    ("recipient", recipient),
    ("value", value),
    ("manifests", manifests),
    ("archive", archive),
    ("packed", packed),
    ("message", message),
    ("route_rule", route_rule),
];

pub(super) fn yaml(data: &[u8]) -> bool {
    there_and_back(data, Format::Yaml)
}

pub(super) fn json(data: &[u8]) -> bool {
    there_and_back(data, Format::Json)
}

pub(super) fn dotenv(data: &[u8]) -> bool {
    there_and_back(data, Format::Dotenv)
}

pub(super) fn ini(data: &[u8]) -> bool {
    there_and_back(data, Format::Ini)
}

/// A file that says that it is encrypted, in each format.
pub(super) fn metadata(data: &[u8]) -> bool {
    let mut is_taken = false;
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
        is_taken |= document
            .write_encrypted(&metadata, format, &Layout::default())
            .is_ok();
    }
    is_taken
}

/// A `.sops.yaml`.
pub(super) fn config(data: &[u8]) -> bool {
    let Ok(text) = std::str::from_utf8(data) else {
        return false;
    };
    let is_pattern = pattern::compile(text).is_some();
    let Ok(config) = Config::parse(Path::new("/r/.sops.yaml"), text) else {
        return is_pattern;
    };
    let _ = config.rule_for(Path::new("/r/a.enc.yaml"));
    for index in 0..config.len() {
        let _ = config.rule(index);
    }
    let _ = shared::sops::rules::amend::add_to_rule(text, 0, "age1x");
    true
}

/// A key file.
pub(super) fn key_file(data: &[u8]) -> bool {
    keyfile::is_encrypted(data);
    let Ok(text) = std::str::from_utf8(data) else {
        return false;
    };
    let (own, _) = keyfile::without_plugins(text);
    let read = [
        keyfile::parse_lines(text),
        keyfile::parse_words(text),
        keyfile::parse_lines(&own),
    ];
    let is_taken = read.iter().any(Result::is_ok);
    for identity in read.into_iter().flatten().flatten() {
        let again = parse_identity(&identity.text());
        assert!(again.is_ok_and(|again| again.recipient() == identity.recipient()));
        assert!(Recipient::parse(&identity.recipient()).is_ok());
    }
    is_taken
}

/// A public or private key, in bech32.
pub(super) fn recipient(data: &[u8]) -> bool {
    let Ok(text) = std::str::from_utf8(data) else {
        return false;
    };
    let identity = parse_identity(text);
    let recipient = Recipient::parse(text);
    let is_taken = identity.is_ok() || recipient.is_ok();
    if let Ok(recipient) = recipient {
        assert_eq!(recipient.text(), text.trim());
        assert!(recipient.seal(b"0123456789abcdef0123456789abcdef").is_ok());
    }
    is_taken
}

/// A value, a scalar, a path, a time.
pub(super) fn value(data: &[u8]) -> bool {
    let Ok(text) = std::str::from_utf8(data) else {
        return false;
    };
    let key = DataKey::from_bytes(&[7; 32]).unwrap();
    assert!(key.open(text, "a:").is_err());
    let is_path = path::parse(text).is_ok();
    let time = time::Time::from_rfc3339(text);
    let is_typed = store::resolve(text).is_ok_and(|value| !matches!(value, Value::Str(_)));
    let is_scalar = is_typed || is_sealed(text);
    let is_taken = is_path || time.is_some() || is_scalar;
    if let Some(time) = time {
        let again = time::Time::from_rfc3339(time.text());
        assert!(
            again.is_some_and(|again| again.text() == time.text()),
            "{text}"
        );
    }
    let _ = time::Time::from_yaml(text);
    is_taken
}
