//! Pods: what runs, what it mounts and refers to, and how each container fares.

use std::collections::BTreeMap;

use super::super::meta::{Condition, Meta};
use super::super::time::Time;
use super::super::wire::wire;
use super::args::KnownArgs;
use super::env::EnvVar;

wire! {
    /// A pod.
    pub struct Pod {
        pub metadata: Meta,
        pub spec: PodSpec,
        pub status: PodStatus,
    }

    /// `spec` of a pod and of the pod template of a workload.
    pub struct PodSpec {
        pub node_name: String,
        pub host_network: bool,
        pub node_selector: BTreeMap<String, String>,
        pub service_account_name: String,
        pub restart_policy: String,
        pub scheduling_gates: Vec<SchedulingGate>,
        pub priority_class_name: String,
        pub priority: Option<i64>,
        pub readiness_gates: Vec<ReadinessGate>,
        pub image_pull_secrets: Vec<LocalRef>,
        pub init_containers: Vec<Container>,
        pub containers: Vec<Container>,
        pub volumes: Vec<Volume>,
    }

    /// One of `spec.schedulingGates`.
    pub struct SchedulingGate { pub name: String, }

    /// One of `spec.readinessGates`.
    pub struct ReadinessGate { pub condition_type: String, }

    /// A reference to an object of the same namespace.
    pub struct LocalRef { pub name: String, }

    /// A container; values of its environment are not read, only the Services they name.
    pub struct Container {
        pub name: String,
        pub image: String,
        pub restart_policy: String,
        pub ports: Vec<ContainerPort>,
        pub env: Vec<EnvVar>,
        pub env_from: Vec<EnvFrom>,
        /// Those that checks read; all others are dropped.
        pub args: KnownArgs,
        pub resources: Resources,
    }

    /// One of a container's ports.
    pub struct ContainerPort {
        pub name: String,
        pub container_port: i64,
        pub host_port: i64,
        pub protocol: String,
    }

    /// Where a variable's value comes from.
    pub struct EnvSource {
        pub secret_key_ref: Option<KeyRef>,
        pub config_map_key_ref: Option<KeyRef>,
    }

    /// A key of a Secret or ConfigMap.
    pub struct KeyRef {
        pub name: String,
        pub key: String,
        pub optional: bool,
    }

    /// A Secret or ConfigMap whose keys all become variables.
    pub struct EnvFrom {
        pub secret_ref: Option<KeyRef>,
        pub config_map_ref: Option<KeyRef>,
    }

    /// `resources` of a container: quantities as text.
    pub struct Resources {
        pub requests: BTreeMap<String, super::int_or_string::IntOrString>,
        pub limits: BTreeMap<String, super::int_or_string::IntOrString>,
    }

    /// A volume, with the sources that name other objects.
    pub struct Volume {
        pub name: String,
        pub secret: Option<SecretVolume>,
        pub config_map: Option<ConfigMapVolume>,
        pub persistent_volume_claim: Option<ClaimVolume>,
        pub projected: Option<ProjectedVolume>,
    }

    /// A volume of a Secret.
    pub struct SecretVolume {
        pub secret_name: String,
        pub optional: bool,
        pub items: Vec<KeyPath>,
    }

    /// A volume of a ConfigMap, and a projection's Secret or ConfigMap.
    pub struct ConfigMapVolume {
        pub name: String,
        pub optional: bool,
        pub items: Vec<KeyPath>,
    }

    /// A key that is mounted.
    pub struct KeyPath { pub key: String, }

    /// A volume of a PersistentVolumeClaim.
    pub struct ClaimVolume { pub claim_name: String, }

    /// A volume put together from several objects.
    pub struct ProjectedVolume { pub sources: Vec<Projection>, }

    /// One source of a projected volume.
    pub struct Projection {
        pub secret: Option<ConfigMapVolume>,
        pub config_map: Option<ConfigMapVolume>,
    }

    /// `status` of a pod.
    pub struct PodStatus {
        pub phase: String,
        pub reason: String,
        pub message: String,
        pub start_time: Time,
        #[serde(rename = "podIP")]
        pub pod_ip: String,
        pub conditions: Vec<Condition>,
        pub init_container_statuses: Vec<ContainerStatus>,
        pub container_statuses: Vec<ContainerStatus>,
    }

    /// How a container fares.
    pub struct ContainerStatus {
        pub name: String,
        pub ready: bool,
        pub started: Option<bool>,
        pub restart_count: i64,
        pub image: String,
        pub state: ContainerState,
        pub last_state: ContainerState,
    }

    /// One of three states.
    pub struct ContainerState {
        pub waiting: Option<Waiting>,
        pub running: Option<Running>,
        pub terminated: Option<Terminated>,
    }

    /// Why a container does not run yet.
    pub struct Waiting { pub reason: String, pub message: String, }

    /// Since when a container runs.
    pub struct Running { pub started_at: Time, }

    /// How a container ended.
    pub struct Terminated {
        pub exit_code: i64,
        pub signal: i64,
        pub reason: String,
        pub message: String,
        pub started_at: Time,
        pub finished_at: Time,
    }
}
