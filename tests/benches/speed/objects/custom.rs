//! Custom resources, each with a status.

use serde_json::{Value, json};

use super::namespace;

/// Kinds in turn: two of Flux, one of cert-manager, one that only generic rules judge.
pub(super) fn custom(number: usize) -> Value {
    let (api_version, kind, spec, more) = match number % 4 {
        0 => kustomization(),
        1 => helm_release(),
        2 => certificate(number),
        _ => database(),
    };
    let ready = json!({
        "type": "Ready", "status": "True", "reason": "Succeeded", "observedGeneration": 1,
        "message": "Applied revision: main@sha1:4b825dc642cb6eb9a060e54bf8d69288fbee4904",
        "lastTransitionTime": "2026-11-20T08:00:00Z",
    });
    let mut status = json!({"observedGeneration": 1, "conditions": [ready]});
    if let (Some(status), Value::Object(more)) = (status.as_object_mut(), more) {
        status.extend(more);
    }
    json!({
        "apiVersion": api_version, "kind": kind,
        "metadata": {"name": format!("web-{number}"), "namespace": namespace(number), "generation": 1},
        "spec": spec, "status": status,
    })
}

/// `apiVersion`, `kind`, `spec`, and what its status has beside conditions.
type Parts = (&'static str, &'static str, Value, Value);

fn kustomization() -> Parts {
    let entry = |number| json!({"id": format!("load-{number}_web-config__ConfigMap"), "v": "v1"});
    let entries: Vec<Value> = (0..30).map(entry).collect();
    let spec = json!({
        "interval": "10m0s", "path": "./apps", "prune": true,
        "sourceRef": {"kind": "GitRepository", "name": "infra", "namespace": "flux-system"},
    });
    let more = json!({"inventory": {"entries": entries}});
    (
        "kustomize.toolkit.fluxcd.io/v1",
        "Kustomization",
        spec,
        more,
    )
}

fn helm_release() -> Parts {
    let spec = json!({
        "interval": "10m0s",
        "chartRef": {"kind": "OCIRepository", "name": "web", "namespace": "flux-system"},
        "values": {"replicas": 3, "image": {"tag": "1.27.3"}, "backend": "backend.load-1.svc.cluster.local"},
    });
    ("helm.toolkit.fluxcd.io/v2", "HelmRelease", spec, json!({}))
}

fn certificate(number: usize) -> Parts {
    let spec = json!({
        "secretName": "web-tls", "dnsNames": [format!("web-{number}.almckay.io")],
        "issuerRef": {"kind": "ClusterIssuer", "name": "letsencrypt"},
    });
    let more = json!({"notAfter": "2027-02-01T00:00:00Z", "renewalTime": "2027-01-01T00:00:00Z"});
    ("cert-manager.io/v1", "Certificate", spec, more)
}

fn database() -> Parts {
    let spec = json!({"instances": 3, "storage": {"size": "10Gi"}, "imageName": "postgresql:18.1"});
    let more = json!({"phase": "Cluster in healthy state", "readyInstances": 3, "instances": 3});
    ("postgresql.cnpg.io/v1", "Cluster", spec, more)
}
