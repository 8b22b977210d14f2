//! A large cluster: pods and custom resources as big as real ones.

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};

use crate::Size;

/// Over how many namespaces the objects are spread.
const NAMESPACES: usize = 50;

/// All objects, with what they refer to.
pub(crate) fn all(size: Size) -> Vec<Value> {
    let node = json!({
        "apiVersion": "v1", "kind": "Node", "metadata": {"name": "k3s-1"},
        "status": {"conditions": [{"type": "Ready", "status": "True", "reason": "KubeletReady", "message": ""}]},
    });
    let namespaces = (0..NAMESPACES).flat_map(shared_by_pods);
    let pods = (0..size.pods).map(pod);
    let customs = (0..size.customs).map(custom);
    let all = std::iter::once(node).chain(namespaces).chain(pods);
    all.chain(customs).collect()
}

/// The objects of each kind, by its name in lower case.
pub(crate) fn by_kind(objects: &[Value]) -> BTreeMap<String, Vec<&Value>> {
    let mut kinds: BTreeMap<_, Vec<_>> = BTreeMap::new();
    for object in objects {
        let name = object["kind"].as_str().unwrap().to_ascii_lowercase();
        kinds.entry(name).or_default().push(object);
    }
    kinds
}

/// A namespace, and in it what all pods mount and take variables from.
fn shared_by_pods(number: usize) -> Vec<Value> {
    let namespace = namespace(number);
    let meta = |name: &str| json!({"name": name, "namespace": namespace});
    let keys: Map<String, Value> = (0..24)
        .map(|number| (format!("key-{number}"), "bm90aGluZw==".into()))
        .collect();
    vec![
        json!({"apiVersion": "v1", "kind": "Namespace", "metadata": {"name": namespace}, "status": {"phase": "Active"}}),
        json!({"apiVersion": "v1", "kind": "ServiceAccount", "metadata": meta("default")}),
        json!({"apiVersion": "v1", "kind": "ConfigMap", "metadata": meta("web-config"), "data": {"config.yaml": "{}"}}),
        json!({"apiVersion": "v1", "kind": "Secret", "metadata": meta("web-tls"), "type": "Opaque", "data": keys}),
        json!({"apiVersion": "v1", "kind": "Secret", "metadata": meta("web-credentials"), "type": "Opaque", "data": keys}),
    ]
}

fn namespace(number: usize) -> String {
    format!("load-{}", number % NAMESPACES)
}

const CONDITIONS: [&str; 5] = [
    "PodReadyToStartContainers",
    "Initialized",
    "Ready",
    "ContainersReady",
    "PodScheduled",
];

const CONTAINERS: [&str; 2] = ["web", "metrics"];

fn pod(number: usize) -> Value {
    let name = format!("web-{:x}-{number:05}", number / 3);
    let labels = json!({
        "app.kubernetes.io/name": "web", "app.kubernetes.io/instance": format!("web-{}", number / 3),
        "app.kubernetes.io/version": "1.27.3", "app.kubernetes.io/managed-by": "Helm", "pod-template-hash": "7d9c5b6f4d",
    });
    let annotations = json!({
        "checksum/config": "5f1d7a84db00d2fce00b31a7fc73224f5f1d7a84db00d2fce00b31a7fc73224f",
        "prometheus.io/scrape": "true", "prometheus.io/port": "9113",
        "cni.projectcalico.org/podIP": "10.42.0.17/32",
    });
    json!({
        "apiVersion": "v1", "kind": "Pod",
        "metadata": {"name": name, "namespace": namespace(number), "labels": labels, "annotations": annotations},
        "spec": {
            "nodeName": "k3s-1", "serviceAccountName": "default", "restartPolicy": "Always",
            "containers": [container("web", 24), container("metrics", 12)],
            "volumes": [
                {"name": "config", "configMap": {"name": "web-config"}},
                {"name": "tls", "secret": {"secretName": "web-tls"}},
                {"name": "cache", "emptyDir": {"sizeLimit": "64Mi"}},
            ],
            "tolerations": [
                {"key": "node.kubernetes.io/not-ready", "operator": "Exists", "effect": "NoExecute", "tolerationSeconds": 300},
                {"key": "node.kubernetes.io/unreachable", "operator": "Exists", "effect": "NoExecute", "tolerationSeconds": 300},
            ],
        },
        "status": {
            "phase": "Running", "hostIP": "192.0.2.10", "podIP": "10.42.0.17", "podIPs": [{"ip": "10.42.0.17"}],
            "qosClass": "Burstable", "startTime": "2026-11-20T08:00:00Z",
            "conditions": CONDITIONS.map(condition),
            "containerStatuses": CONTAINERS.map(container_status),
        },
    })
}

fn condition(kind: &str) -> Value {
    json!({"type": kind, "status": "True", "lastTransitionTime": "2026-11-20T08:00:07Z"})
}

fn container(name: &str, variables: usize) -> Value {
    let variable = |number| match number % 3 {
        0 => json!({
            "name": format!("SECRET_{number}"),
            "valueFrom": {"secretKeyRef": {"name": "web-credentials", "key": format!("key-{number}")}},
        }),
        _ => json!({
            "name": format!("SETTING_{number}"),
            "value": format!("http://backend-{number}.load-1.svc.cluster.local:8080/some/longer/path"),
        }),
    };
    let probe = json!({
        "httpGet": {"path": "/healthz", "port": "http", "scheme": "HTTP"},
        "initialDelaySeconds": 5, "periodSeconds": 10, "timeoutSeconds": 2, "failureThreshold": 3,
    });
    json!({
        "name": name, "image": format!("registry.almckay.io/{name}:1.27.3"), "imagePullPolicy": "IfNotPresent",
        "args": ["--config=/etc/web/config.yaml", "--log-level=info", "--listen=:8080"],
        "ports": [{"name": "http", "containerPort": 8080, "protocol": "TCP"}],
        "env": (0..variables).map(variable).collect::<Vec<_>>(),
        "resources": {"requests": {"cpu": "100m", "memory": "128Mi"}, "limits": {"memory": "256Mi"}},
        "livenessProbe": probe, "readinessProbe": probe, "startupProbe": probe,
        "securityContext": {"allowPrivilegeEscalation": false, "readOnlyRootFilesystem": true, "runAsNonRoot": true, "capabilities": {"drop": ["ALL"]}},
        "volumeMounts": [
            {"name": "config", "mountPath": "/etc/web", "readOnly": true},
            {"name": "tls", "mountPath": "/etc/tls", "readOnly": true},
            {"name": "cache", "mountPath": "/var/cache/web"},
        ],
    })
}

fn container_status(name: &str) -> Value {
    json!({
        "name": name, "image": format!("registry.almckay.io/{name}:1.27.3"), "ready": true, "started": true, "restartCount": 0,
        "imageID": "registry.almckay.io/web@sha256:9e7df3c01c92d5de1d9f3d4b5c7b1d6e0f3b4c2a1d9f3d4b5c7b1d6e0f3b4c2a",
        "containerID": "containerd://5f1d7a84db00d2fce00b31a7fc73224f5f1d7a84db00d2fce00b31a7fc73224f",
        "state": {"running": {"startedAt": "2026-11-20T08:00:05Z"}}, "lastState": {},
    })
}

/// Kinds in turn: two of Flux, one of cert-manager, one that only generic rules judge.
fn custom(number: usize) -> Value {
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
