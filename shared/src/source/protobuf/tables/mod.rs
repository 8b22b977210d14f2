//! Kubernetes' own kinds, field by field.
//!
//! Numbers and names are those of Kubernetes' `generated.proto` files and Go structs, see
//! <https://github.com/kubernetes/api>. A test proves that no field is missing that a struct reads.

mod api;
mod core;
mod meta;
mod network;
mod pod;
mod storage;
mod workloads;

#[cfg(test)]
pub(super) use self::{meta::POD_CONDITION, pod::CONTAINER, pod::VOLUME};

use super::table::Field;
use crate::facts::Kind;

/// The fields of a kind that has a form in protobuf.
pub(super) fn of(kind: Kind) -> Option<&'static [Field]> {
    Some(match kind {
        Kind::Pod => pod::POD,
        Kind::Node => core::NODE,
        Kind::Namespace => core::NAMESPACE,
        Kind::Service => network::SERVICE,
        Kind::EndpointSlice => network::ENDPOINT_SLICE,
        Kind::ConfigMap => core::CONFIG_MAP,
        Kind::ServiceAccount => core::SERVICE_ACCOUNT,
        Kind::ResourceQuota => core::RESOURCE_QUOTA,
        Kind::Event => core::EVENT,
        Kind::PersistentVolumeClaim => storage::PERSISTENT_VOLUME_CLAIM,
        Kind::PersistentVolume => storage::PERSISTENT_VOLUME,
        Kind::StorageClass => storage::STORAGE_CLASS,
        Kind::CsiDriver => storage::CSI_DRIVER,
        Kind::Deployment => workloads::DEPLOYMENT,
        Kind::ReplicaSet => workloads::REPLICA_SET,
        Kind::StatefulSet => workloads::STATEFUL_SET,
        Kind::DaemonSet => workloads::DAEMON_SET,
        Kind::Job => workloads::JOB,
        Kind::CronJob => workloads::CRON_JOB,
        Kind::HorizontalPodAutoscaler => workloads::HORIZONTAL_POD_AUTOSCALER,
        Kind::PodDisruptionBudget => workloads::POD_DISRUPTION_BUDGET,
        Kind::Ingress => network::INGRESS,
        Kind::IngressClass => network::INGRESS_CLASS,
        Kind::CustomResourceDefinition => api::CUSTOM_RESOURCE_DEFINITION,
        Kind::ApiService => api::API_SERVICE,
        _ => return None,
    })
}
