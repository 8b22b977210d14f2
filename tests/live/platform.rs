//! The platform of the seed, healthy and alive: what is declared, and what its operators would have made of it.

use std::process::Command;

use jiff::{Timestamp, ToSpan, tz::TimeZone};
use rcgen::{CertificateParams, KeyPair};
use serde_json::Value;
use tests::control_plane::ControlPlane;
use tests::objects::objects;
use tests::parts::part;
use tests::program::outcome;

/// A control plane on which the healthy platform comes up: its pods are not there yet.
pub(crate) fn coming_up() -> ControlPlane {
    let plane = ControlPlane::moving();
    plane.apply(&declared());
    plane
}

/// The objects of `platform.yaml`, with keys and times of this moment.
fn declared() -> Vec<Value> {
    let now = Timestamp::now();
    let later = now + (90 * 24).hours();
    let renewal = now + (60 * 24).hours();
    let (certificate, key) = certificate(later);
    let values = [
        ("$NOW", seconds(now)),
        ("$LATER", seconds(later)),
        ("$RENEWAL", seconds(renewal)),
        (
            "$AGE_KEY",
            outcome(&mut Command::new(part("age-keygen"))).stdout,
        ),
        ("$TLS_CRT", certificate),
        ("$TLS_KEY", key),
    ];
    let mut objects = objects(include_str!("platform.yaml"));
    for object in &mut objects {
        fill_in(object, &values);
    }
    objects
}

fn seconds(time: Timestamp) -> String {
    time.strftime("%Y-%m-%dT%H:%M:%SZ").to_string()
}

fn certificate(until: Timestamp) -> (String, String) {
    let date = until.to_zoned(TimeZone::UTC).date();
    let mut params = CertificateParams::new(["auth.almckay.io".to_owned()]).unwrap();
    let (month, day) = (date.month().unsigned_abs(), date.day().unsigned_abs());
    params.not_after = rcgen::date_time_ymd(date.year().into(), month, day);
    let key = KeyPair::generate().unwrap();
    (params.self_signed(&key).unwrap().pem(), key.serialize_pem())
}

/// Replaces the strings that are a placeholder as a whole.
fn fill_in(value: &mut Value, values: &[(&str, String)]) {
    match value {
        Value::String(text) => {
            if let Some((_, value)) = values.iter().find(|(name, _)| name == text) {
                text.clone_from(value);
            }
        }
        Value::Array(items) => items.iter_mut().for_each(|item| fill_in(item, values)),
        Value::Object(map) => map.values_mut().for_each(|item| fill_in(item, values)),
        _ => {}
    }
}
