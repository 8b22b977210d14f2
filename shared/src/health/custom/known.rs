//! Kinds that our users run, and kinds of other versions than the table's.

use jiff::Timestamp;

use super::words::split;
use crate::facts::kinds::custom::Custom;
use crate::health::cert_manager;
use crate::health::flux::Reconciled;
use crate::health::{Health, Status, apis, scaling};

/// Judges what we know by its group and kind.
pub(super) fn health(custom: &Custom, now: Timestamp) -> Option<Health> {
    let meta = &custom.metadata;
    let status = &custom.status;
    let conditions = status.conditions();
    let observed = status.number("observedGeneration").unwrap_or_default();
    let (group, _) = custom.api_version.split_once('/').unwrap_or_default();
    Some(match (group, custom.kind.as_str()) {
        ("apiextensions.k8s.io", "CustomResourceDefinition") => apis::definition(meta, conditions),
        ("apiregistration.k8s.io", "APIService") => apis::api_service(meta, conditions),
        ("autoscaling", "HorizontalPodAutoscaler") => {
            scaling::autoscaler(meta, observed, conditions, now)
        }
        ("cert-manager.io" | "certmanager.k8s.io", kind) => match kind {
            "Certificate" => cert_manager::certificate(meta, conditions),
            "CertificateRequest" => cert_manager::request(meta, conditions),
            "Issuer" | "ClusterIssuer" => cert_manager::issuer(meta, conditions),
            _ => return None,
        },
        (group, _) if group.ends_with(".fluxcd.io") || group == "fluxcd.controlplane.io" => {
            flux(custom, observed)
        }
        _ => return None,
    })
}

/// Flux's image and notification kinds, and its operator's.
fn flux(custom: &Custom, observed: i64) -> Health {
    let is_static = matches!(custom.kind.as_str(), "Alert" | "Provider") && !custom.status.exists;
    let health = Reconciled {
        meta: &custom.metadata,
        suspend: custom.spec.is_true("suspend"),
        timeout: custom.spec.text("timeout"),
        observed,
        conditions: custom.status.conditions(),
    }
    .health();
    if is_static && health.status == Status::InProgress {
        Health::current()
    } else {
        health
    }
}

/// Groups whose controllers, or proxies, read objects and never write to them.
const SILENT_GROUPS: &[&str] = &["traefik.io", "traefik.containo.us", "metallb.io"];

/// Last words of kinds that are read by others and have no life of their own.
const SILENT_WORDS: &[&str] = &[
    "advertisement",
    "catalog",
    "class",
    "config",
    "grant",
    "monitor",
    "probe",
    "profile",
    "rule",
    "template",
    "transport",
];

/// Whether objects of the kind are as they should be without any status. Kubernetes' own kinds
/// are: those that are not have rules of their own.
pub(super) fn gets_no_status(custom: &Custom) -> bool {
    let (group, _) = custom.api_version.split_once('/').unwrap_or_default();
    let words = split(&custom.kind);
    !group.contains('.')
        || BUILT_IN.contains(&group)
        || SILENT_GROUPS.contains(&group)
        || words
            .last()
            .is_some_and(|last| SILENT_WORDS.contains(&last.as_str()))
}

/// Kubernetes' own groups, beside those without a dot.
const BUILT_IN: &[&str] = &[
    "admissionregistration.k8s.io",
    "certificates.k8s.io",
    "coordination.k8s.io",
    "discovery.k8s.io",
    "events.k8s.io",
    "flowcontrol.apiserver.k8s.io",
    "metrics.k8s.io",
    "networking.k8s.io",
    "node.k8s.io",
    "rbac.authorization.k8s.io",
    "resource.k8s.io",
    "scheduling.k8s.io",
    "storage.k8s.io",
];
