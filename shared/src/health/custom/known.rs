//! Kinds that our users run, and kinds of other versions than the table's.

use jiff::Timestamp;

use super::{
    application_set, ceph, cloudnative_pg, generic, gloo, longhorn, strimzi, vertical_autoscaler,
    volsync,
};
use crate::facts::kinds::custom::Custom;
use crate::health::conditions::{abnormal, first};
use crate::health::flux::Reconciled;
use crate::health::{Health, Status, apis, cert_manager, gateway, scaling};

/// Judges what we know by its group and kind.
pub(super) fn health(custom: &Custom, now: Timestamp) -> Option<Health> {
    other_version(custom, now).or_else(|| match custom.group() {
        "fluxcd.controlplane.io" => Some(flux(custom)),
        flux_group if flux_group.ends_with(".toolkit.fluxcd.io") => Some(flux(custom)),
        "gateway.networking.k8s.io" => Some(gateway(custom)),
        _ => own(custom),
    })
}

/// Kinds of the table in versions that the table does not know.
fn other_version(custom: &Custom, now: Timestamp) -> Option<Health> {
    let meta = &custom.metadata;
    let conditions = custom.status.conditions();
    Some(match (custom.group(), custom.kind.as_str()) {
        ("apiextensions.k8s.io", "CustomResourceDefinition") => apis::definition(meta, conditions),
        ("apiregistration.k8s.io", "APIService") => apis::api_service(meta, conditions),
        ("autoscaling", "HorizontalPodAutoscaler") => {
            scaling::autoscaler(meta, observed(custom), conditions, now)
        }
        ("cert-manager.io" | "certmanager.k8s.io", kind) => match kind {
            "Certificate" => cert_manager::certificate(meta, conditions),
            "CertificateRequest" => cert_manager::request(meta, conditions),
            "Issuer" | "ClusterIssuer" => cert_manager::issuer(meta, conditions),
            _ => return None,
        },
        _ => return None,
    })
}

fn observed(custom: &Custom) -> i64 {
    custom
        .status
        .number("observedGeneration")
        .unwrap_or_default()
}

/// Rules of one operator. They come after what holds for all objects; where they have nothing to
/// say, the general ones do.
fn own(custom: &Custom) -> Option<Health> {
    let rule = match (custom.group(), custom.kind.as_str()) {
        ("argoproj.io", "ApplicationSet") => application_set::health,
        ("autoscaling.k8s.io", "VerticalPodAutoscaler") => vertical_autoscaler::health,
        ("ceph.rook.io", "CephCluster") => ceph::health,
        ("gateway.solo.io" | "gloo.solo.io", _) => gloo::health,
        ("kafka.strimzi.io", _) => strimzi::health,
        ("longhorn.io", _) => longhorn::health,
        ("postgresql.cnpg.io", "Cluster") => cloudnative_pg::health,
        ("volsync.backube", _) => volsync::health,
        _ => return None,
    };
    generic::told_to_rest(custom)
        .or_else(|| first(&custom.metadata, observed(custom)))
        .or_else(|| abnormal(custom.status.conditions()))
        .or_else(|| rule(custom))
}

/// Flux's image and notification kinds, and its operator's.
fn flux(custom: &Custom) -> Health {
    let is_paused = custom
        .metadata
        .annotation("fluxcd.controlplane.io/reconcile")
        == "disabled";
    let health = Reconciled {
        meta: &custom.metadata,
        suspend: custom.spec.is_true("suspend") || is_paused,
        timeout: custom.spec.text("timeout"),
        observed: observed(custom),
        conditions: custom.status.conditions(),
    }
    .health();
    // Since version v1beta3 these are only read by the controller.
    let is_static = matches!(custom.kind.as_str(), "Alert" | "Provider") && !custom.status.exists;
    if is_static && health.status == Status::InProgress {
        Health::current()
    } else {
        health
    }
}

/// Kinds of the Gateway API beside those of the table.
fn gateway(custom: &Custom) -> Health {
    if custom.kind == "ReferenceGrant" {
        return first(&custom.metadata, 0).unwrap_or_else(Health::current);
    }
    let parts = custom.status.parts.iter();
    gateway::reported(
        &custom.metadata,
        custom.status.conditions(),
        parts.map(|part| (part.name.as_str(), part.conditions.as_slice())),
    )
}
