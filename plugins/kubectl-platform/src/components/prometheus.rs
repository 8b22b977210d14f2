//! Prometheus and its operator: metrics and alerts.

use super::Component;

pub(super) static COMPONENT: Component = Component {
    groups: &["monitoring.coreos.com"],
    names: &[
        "prometheus",
        "kube-prometheus-stack",
        "alertmanager",
        "kube-state-metrics",
        "node-exporter",
        "prometheus-node-exporter",
    ],
    ..Component::NONE
};
