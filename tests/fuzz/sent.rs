//! What clusters send and what is mailed: lists, archives of snapshots, messages that hold URLs, rules of routes.

use std::io::Write;

use flate2::Compression;
use flate2::write::GzEncoder;
use jiff::Timestamp;
use kubectl_platform::checks;
use serde_json::{Value, json};
use shared::facts::Facts;
use shared::{check, mask, source};

fn read(bytes: Vec<u8>) -> Option<Facts> {
    source::read_text(bytes, "fuzz", Timestamp::UNIX_EPOCH.into()).ok()
}

/// Objects in JSON or YAML.
pub(crate) fn manifests(data: &[u8]) -> bool {
    read(data.to_vec()).is_some()
}

/// The archive of a snapshot: what it unpacks to.
pub(crate) fn archive(data: &[u8]) -> bool {
    let mut packed = GzEncoder::new(Vec::new(), Compression::none());
    packed.write_all(data).unwrap();
    read(packed.finish().unwrap()).is_some()
}

/// The same, packed.
pub(crate) fn packed(data: &[u8]) -> bool {
    read([&[0x1f, 0x8b], data].concat()).is_some()
}

/// A text in which URLs are masked: it stays as long as it was, and JSON stays JSON.
pub(crate) fn message(data: &[u8]) -> bool {
    let mut masked = data.to_vec();
    mask::mask_credentials(&mut masked);
    assert_eq!(masked.len(), data.len());
    if serde_json::from_slice::<Value>(data).is_ok() {
        let read = serde_json::from_slice::<Value>(&masked);
        assert!(read.is_ok(), "{}", String::from_utf8_lossy(&masked));
    }
    masked != data
}

/// The rules of two routes, as all checks of networks read them.
pub(crate) fn route_rule(data: &[u8]) -> bool {
    let Ok(rule) = std::str::from_utf8(data) else {
        return false;
    };
    let route = |name: &str, rule: &str| {
        let service = json!({"name": "redis", "port": 80});
        json!({
            "apiVersion": "traefik.io/v1alpha1",
            "kind": "IngressRoute",
            "metadata": {"name": name, "namespace": "apps"},
            "spec": {"routes": [{"kind": "Rule", "match": rule, "services": [service]}]},
        })
    };
    let items = [route("one", rule), route("two", rule.trim())];
    let list = json!({"apiVersion": "v1", "kind": "List", "items": items});
    let facts = read(list.to_string().into_bytes()).unwrap();
    for check in checks::all().filter(|check| check.id.starts_with("network/")) {
        check::run(check, &facts);
    }
    true
}
