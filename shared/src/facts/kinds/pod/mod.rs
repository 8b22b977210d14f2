//! Pods: what runs, what it mounts and refers to, and how each container fares.

use super::super::meta::{Condition, Meta, condition};
use super::super::pairs::Pairs;
use super::super::shared::{Shared, shareable};
use super::super::text::Text;
use super::super::time::Time;
use super::super::wire::wire;
use super::args::KnownArgs;
use super::env::{EnvFrom, EnvVar};
use super::int_or_string::IntOrString;

wire! {
    /// A pod.
    pub struct Pod {
        pub metadata: Meta,
        pub spec: PodSpec,
        pub status: PodStatus,
    }

    /// `spec` of a pod and of the pod template of a workload.
    pub struct PodSpec {
        pub node_name: Text,
        pub node_selector: Pairs,
        pub host_network: bool,
        pub service_account_name: Text,
        pub restart_policy: Text,
        pub scheduling_gates: Box<[SchedulingGate]>,
        pub priority: Option<i64>,
        pub readiness_gates: Box<[ReadinessGate]>,
        pub image_pull_secrets: Box<[LocalRef]>,
        pub init_containers: Shared<Container>,
        pub containers: Shared<Container>,
        pub volumes: Shared<Volume>,
    }

    /// One of `spec.schedulingGates`.
    pub struct SchedulingGate { pub name: Text, }

    /// One of `spec.readinessGates`.
    pub struct ReadinessGate { pub condition_type: Text, }

    /// A reference to an object of the same namespace.
    pub struct LocalRef { pub name: Text, }

    /// A container; values of its environment are not read, only the Services they name.
    pub struct Container {
        pub name: Text,
        pub image: Text,
        pub restart_policy: Text,
        pub ports: Box<[ContainerPort]>,
        pub env: Box<[EnvVar]>,
        pub env_from: Box<[EnvFrom]>,
        /// Those that checks read; all others are dropped.
        pub args: KnownArgs,
        pub resources: Resources,
    }

    /// One of a container's ports.
    pub struct ContainerPort {
        pub name: Text,
        pub container_port: i64,
        pub host_port: i64,
        pub protocol: Text,
    }

    /// `resources` of a container: quantities as text.
    pub struct Resources { pub limits: Pairs<IntOrString>, }

    /// A volume, with the sources that name other objects.
    pub struct Volume {
        pub secret: Option<Box<SecretVolume>>,
        pub config_map: Option<Box<ConfigMapVolume>>,
        pub persistent_volume_claim: Option<Box<ClaimVolume>>,
        pub projected: Option<Box<ProjectedVolume>>,
    }

    /// A volume of a Secret.
    pub struct SecretVolume {
        pub secret_name: Text,
        pub optional: bool,
        pub items: Box<[KeyPath]>,
    }

    /// A volume of a ConfigMap, and a projection's Secret or ConfigMap.
    pub struct ConfigMapVolume {
        pub name: Text,
        pub optional: bool,
        pub items: Box<[KeyPath]>,
    }

    /// A key that is mounted.
    pub struct KeyPath { pub key: Text, }

    /// A volume of a PersistentVolumeClaim.
    pub struct ClaimVolume { pub claim_name: Text, }

    /// A volume put together from several objects.
    pub struct ProjectedVolume { pub sources: Box<[Projection]>, }

    /// One source of a projected volume.
    pub struct Projection {
        pub secret: Option<Box<ConfigMapVolume>>,
        pub config_map: Option<Box<ConfigMapVolume>>,
    }

    /// `status` of a pod.
    pub struct PodStatus {
        pub phase: Text,
        pub reason: Text,
        pub message: Text,
        pub conditions: Shared<Condition>,
        pub init_container_statuses: Box<[ContainerStatus]>,
        pub container_statuses: Box<[ContainerStatus]>,
    }

    /// How a container fares.
    pub struct ContainerStatus {
        pub name: Text,
        pub ready: bool,
        pub started: Option<bool>,
        pub restart_count: i64,
        pub image: Text,
        pub state: ContainerState,
        pub last_state: ContainerState,
    }

    /// One of three states.
    pub struct ContainerState {
        pub waiting: Option<Box<Waiting>>,
        pub running: Option<Running>,
        pub terminated: Option<Box<Terminated>>,
    }

    /// Why a container does not run yet.
    pub struct Waiting { pub reason: Text, pub message: Text, }

    /// Since when a container runs.
    pub struct Running { pub started_at: Time, }

    /// How a container ended.
    pub struct Terminated {
        pub exit_code: i64,
        pub signal: i64,
        pub reason: Text,
        pub message: Text,
        pub started_at: Time,
        pub finished_at: Time,
    }
}

shareable!(Condition, Container, Volume);

impl Pod {
    /// Whether it runs and is ready, all its containers with it, and is to stay: there is nothing to
    /// say of such a pod's present, whatever it went through before.
    pub fn is_settled(&self) -> bool {
        let status = &self.status;
        let has_run = |init: &ContainerStatus| {
            let ended = init.state.terminated.as_ref();
            init.state.running.is_some() || ended.is_some_and(|ended| ended.exit_code == 0)
        };
        let runs = |main: &ContainerStatus| main.ready && main.state.running.is_some();
        status.phase == "Running"
            && self.metadata.deletion_timestamp.0.is_none()
            && condition(&status.conditions, "Ready").is_some_and(Condition::is_true)
            && status.init_container_statuses.iter().all(has_run)
            && status.container_statuses.iter().all(runs)
    }
}

impl PodSpec {
    /// The names of the Secrets that it mounts, whole or in parts.
    pub fn mounted_secrets(&self) -> impl Iterator<Item = &str> {
        self.volumes.iter().flat_map(|volume| {
            let whole = volume.secret.iter().map(|secret| &*secret.secret_name);
            let parts = volume.projected.iter().flat_map(|parts| &parts.sources);
            whole.chain(parts.filter_map(|part| Some(&*part.secret.as_ref()?.name)))
        })
    }
}

#[cfg(test)]
mod tests;
