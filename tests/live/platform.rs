//! The platform of the seed, healthy and alive: what is declared, and what its operators would have made of it.

use std::process::Command;
use std::sync::OnceLock;

use http::Method;
use jiff::{Timestamp, ToSpan, tz::TimeZone};
use rcgen::{CertificateParams, KeyPair};
use serde_json::{Value, json};
use tests::control_plane::ControlPlane;
use tests::objects::objects;
use tests::parts::part;
use tests::program::outcome;
use tests::wait::eventually;

/// What stands in the Secrets of the platform, in parts or as a whole.
pub(crate) const PLANTED: [&str; 4] = ["planted-", "AGE-SECRET-KEY-", "PRIVATE KEY", "cGxhbnRlZC"];

/// The healthy platform, which tests only look at.
pub(crate) fn healthy() -> &'static ControlPlane {
    static HEALTHY: OnceLock<ControlPlane> = OnceLock::new();
    HEALTHY.get_or_init(up)
}

/// The broken platform of the README, as it was found; tests only look at it.
pub(crate) fn broken() -> &'static ControlPlane {
    static BROKEN: OnceLock<ControlPlane> = OnceLock::new();
    BROKEN.get_or_init(|| {
        let plane = ControlPlane::fresh();
        plane.apply(&objects(include_str!(
            "../examples/almckay-broken/cluster.yaml"
        )));
        plane
    })
}

/// The platform, up and running.
pub(crate) fn up() -> ControlPlane {
    let plane = coming_up();
    eventually("a platform that is up", || {
        for workloads in ["deployments", "statefulsets"] {
            let path = format!("/apis/apps/v1/{workloads}");
            all(&plane, &path, |workload| {
                workload["status"]["availableReplicas"] == workload["spec"]["replicas"]
            })?;
        }
        all(
            &plane,
            "/apis/discovery.k8s.io/v1/namespaces/database/endpointslices",
            is_ready,
        )?;
        all(
            &plane,
            "/apis/discovery.k8s.io/v1/namespaces/auth/endpointslices",
            is_ready,
        )
    });
    plane
}

/// A control plane on which the platform comes up: its pods are not there yet.
pub(crate) fn coming_up() -> ControlPlane {
    let plane = ControlPlane::moving();
    plane.apply(&declared());
    plane
}

/// The same without nodes, which are returned: nothing runs before they are applied.
pub(crate) fn without_nodes() -> (ControlPlane, Vec<Value>) {
    let plane = ControlPlane::moving();
    let is_node = |object: &Value| object["kind"] == "Node";
    let (nodes, rest): (Vec<_>, Vec<_>) = declared().into_iter().partition(is_node);
    plane.apply(&rest);
    (plane, nodes)
}

/// The same, with a PostgreSQL that crashes whenever it starts.
pub(crate) fn coming_up_broken() -> ControlPlane {
    let mut objects = declared();
    for object in &mut objects {
        if object["kind"] == "StatefulSet" && object["metadata"]["name"] == "postgresql" {
            object["spec"]["template"]["metadata"]["annotations"] = json!({"tests/fails": "true"});
        }
    }
    let plane = ControlPlane::moving();
    plane.apply(&objects);
    plane
}

fn is_ready(slice: &Value) -> bool {
    let endpoints = slice["endpoints"].as_array();
    endpoints.is_some_and(|all| {
        !all.is_empty() && all.iter().all(|one| one["conditions"]["ready"] == true)
    })
}

/// Fails with the first object of a list that is not as it should be, and where there is none.
fn all(plane: &ControlPlane, path: &str, is_well: impl Fn(&Value) -> bool) -> Result<(), String> {
    let list = plane.request(&Method::GET, path, None)?;
    let items = list["items"].as_array().filter(|items| !items.is_empty());
    let items = items.ok_or_else(|| format!("nothing at {path}"))?;
    match items.iter().find(|item| !is_well(item)) {
        Some(item) => Err(item.to_string()),
        None => Ok(()),
    }
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

/// A certificate for `auth.almckay.io` that is valid until this day, and its private key, in PEM.
pub(crate) fn certificate(until: Timestamp) -> (String, String) {
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
