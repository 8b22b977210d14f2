//! Autoscalers and disruption budgets.

use super::super::meta::{Condition, Meta};
use super::super::wire::wire;

wire! {
    /// A horizontal pod autoscaler.
    pub struct HorizontalPodAutoscaler {
        pub metadata: Meta,
        pub spec: AutoscalerSpec,
        pub status: AutoscalerStatus,
    }

    /// `spec` of an autoscaler.
    pub struct AutoscalerSpec {
        pub scale_target_ref: ScaleTarget,
        pub min_replicas: Option<i64>,
        pub max_replicas: i64,
    }

    /// What an autoscaler scales.
    pub struct ScaleTarget { pub api_version: String, pub kind: String, pub name: String, }

    /// `status` of an autoscaler.
    pub struct AutoscalerStatus {
        pub observed_generation: Option<i64>,
        pub current_replicas: i64,
        pub desired_replicas: i64,
        pub conditions: Vec<Condition>,
    }

    /// A pod disruption budget.
    pub struct PodDisruptionBudget {
        pub metadata: Meta,
        pub status: BudgetStatus,
    }

    /// `status` of a disruption budget.
    pub struct BudgetStatus {
        pub observed_generation: i64,
        pub current_healthy: i64,
        pub desired_healthy: i64,
        pub disruptions_allowed: i64,
        pub expected_pods: i64,
        pub conditions: Vec<Condition>,
    }
}
