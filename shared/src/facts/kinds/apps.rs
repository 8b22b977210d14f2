//! Deployments, ReplicaSets, StatefulSets and DaemonSets.

use super::super::meta::{Condition, Meta};
use super::super::pairs::Pairs;
use super::super::wire::wire;
use super::pod::PodSpec;

wire! {
    /// Which pods a workload manages.
    pub struct LabelSelector {
        pub match_labels: Pairs,
    }

    /// The pods a workload makes.
    pub struct PodTemplate { pub metadata: Meta, pub spec: PodSpec, }

    /// A deployment.
    pub struct Deployment {
        pub metadata: Meta,
        pub spec: DeploymentSpec,
        pub status: DeploymentStatus,
    }

    /// `spec` of a deployment; absent `replicas` means one.
    pub struct DeploymentSpec {
        pub replicas: Option<i64>,
        pub paused: bool,
        pub progress_deadline_seconds: Option<i64>,
        pub selector: LabelSelector,
        pub template: PodTemplate,
    }

    /// `status` of a deployment.
    pub struct DeploymentStatus {
        pub observed_generation: i64,
        pub replicas: i64,
        pub updated_replicas: i64,
        pub ready_replicas: i64,
        pub available_replicas: i64,
        pub unavailable_replicas: i64,
        pub conditions: Vec<Condition>,
    }

    /// A replica set.
    pub struct ReplicaSet {
        pub metadata: Meta,
        pub spec: ReplicaSetSpec,
        pub status: ReplicaSetStatus,
    }

    /// `spec` of a replica set; absent `replicas` means one.
    pub struct ReplicaSetSpec {
        pub replicas: Option<i64>,
        pub selector: LabelSelector,
    }

    /// `status` of a replica set.
    pub struct ReplicaSetStatus {
        pub observed_generation: i64,
        pub replicas: i64,
        pub fully_labeled_replicas: i64,
        pub ready_replicas: i64,
        pub available_replicas: i64,
        pub conditions: Vec<Condition>,
    }

    /// A stateful set.
    pub struct StatefulSet {
        pub metadata: Meta,
        pub spec: StatefulSetSpec,
        pub status: StatefulSetStatus,
    }

    /// `spec` of a stateful set; absent `replicas` means one.
    pub struct StatefulSetSpec {
        pub replicas: Option<i64>,
        pub service_name: String,
        pub update_strategy: UpdateStrategy,
        pub selector: LabelSelector,
        pub template: PodTemplate,
    }

    /// How a stateful or daemon set replaces its pods.
    pub struct UpdateStrategy {
        pub r#type: String,
        pub rolling_update: Option<RollingUpdate>,
    }

    /// Only pods from this ordinal on are replaced.
    pub struct RollingUpdate { pub partition: Option<i64>, }

    /// `status` of a stateful set.
    pub struct StatefulSetStatus {
        pub observed_generation: i64,
        pub replicas: i64,
        pub ready_replicas: i64,
        pub available_replicas: Option<i64>,
        pub current_replicas: i64,
        pub updated_replicas: i64,
        pub current_revision: String,
        pub update_revision: String,
        pub conditions: Vec<Condition>,
    }

    /// A daemon set.
    pub struct DaemonSet {
        pub metadata: Meta,
        pub spec: DaemonSetSpec,
        pub status: DaemonSetStatus,
    }

    /// `spec` of a daemon set.
    pub struct DaemonSetSpec {
        pub update_strategy: UpdateStrategy,
        pub selector: LabelSelector,
        pub template: PodTemplate,
    }

    /// `status` of a daemon set.
    pub struct DaemonSetStatus {
        pub observed_generation: i64,
        pub desired_number_scheduled: Option<i64>,
        pub current_number_scheduled: i64,
        pub updated_number_scheduled: i64,
        pub number_available: i64,
        pub number_ready: i64,
        pub number_unavailable: i64,
        pub number_misscheduled: i64,
        pub conditions: Vec<Condition>,
    }
}
