//! VictoriaMetrics: metrics, logs and alerts.

use super::Component;

pub(super) static COMPONENT: Component = Component {
    groups: &["victoriametrics.com"],
    names: &[
        "victoria-metrics",
        "victoria-logs",
        "victorialogs",
        "vmsingle",
        "vmagent",
        "vmalert",
        "vmalertmanager",
        "vmcluster",
        "vmstorage",
        "vmselect",
        "vminsert",
        "vmauth",
        "vlsingle",
    ],
    ..Component::NONE
};
