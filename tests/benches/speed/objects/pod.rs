//! Pods with two containers, as charts make them.

use serde_json::{Value, json};

use super::namespace;

const CONDITIONS: [&str; 5] = [
    "PodReadyToStartContainers",
    "Initialized",
    "Ready",
    "ContainersReady",
    "PodScheduled",
];

const CONTAINERS: [&str; 2] = ["web", "metrics"];

pub(super) fn pod(number: usize) -> Value {
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
