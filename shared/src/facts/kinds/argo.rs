//! Argo CD.

use super::super::meta::{Condition, Meta};
use super::super::time::Time;
use super::super::wire::wire;
use super::url::PublicUrl;

wire! {
    /// An application.
    pub struct Application {
        pub metadata: Meta,
        pub spec: ApplicationSpec,
        pub status: ApplicationStatus,
        pub operation: Option<Operation>,
    }

    /// An operation that is asked for.
    pub struct Operation { pub sync: Option<OperationSync>, }

    /// The revision that is to be synced.
    pub struct OperationSync { pub revision: String, }

    /// `spec` of an application.
    pub struct ApplicationSpec {
        pub project: String,
        pub source: Option<ApplicationSource>,
        pub sources: Vec<ApplicationSource>,
        pub destination: Destination,
        pub sync_policy: SyncPolicy,
    }

    /// Where an application comes from.
    pub struct ApplicationSource {
        #[serde(rename = "repoURL")]
        pub repo_url: PublicUrl,
        pub path: String,
        pub chart: String,
        pub target_revision: String,
    }

    /// Where an application goes to.
    pub struct Destination { pub server: PublicUrl, pub name: String, pub namespace: String, }

    /// Whether an application is synced by itself.
    pub struct SyncPolicy { pub automated: Option<Automated>, }

    /// How.
    pub struct Automated { pub prune: bool, pub self_heal: bool, pub enabled: Option<bool>, }

    /// `status` of an application; its conditions carry no status of their own.
    pub struct ApplicationStatus {
        pub health: ApplicationHealth,
        pub sync: ApplicationSync,
        pub conditions: Vec<Condition>,
        pub operation_state: Option<OperationState>,
        pub reconciled_at: Time,
        pub resources: Vec<ApplicationResource>,
    }

    /// Healthy, Progressing, Degraded, Suspended, Missing or Unknown.
    pub struct ApplicationHealth { pub status: String, pub message: String, pub last_transition_time: Time, }

    /// Synced, OutOfSync or Unknown.
    pub struct ApplicationSync { pub status: String, pub revision: String, }

    /// The last or current operation.
    pub struct OperationState {
        pub phase: String,
        pub message: String,
        pub started_at: Time,
        pub finished_at: Time,
        pub retry_count: i64,
        pub sync_result: SyncResult,
    }

    /// What came of a sync.
    pub struct SyncResult { pub revision: String, pub resources: Vec<SyncedResource>, }

    /// What came of one object of a sync: `Synced`, `SyncFailed`, ...; of a hook its phase tells.
    pub struct SyncedResource {
        pub group: String,
        pub version: String,
        pub kind: String,
        pub namespace: String,
        pub name: String,
        pub status: String,
        pub message: String,
        pub hook_phase: String,
    }

    /// One object of an application.
    pub struct ApplicationResource {
        pub group: String,
        pub version: String,
        pub kind: String,
        pub namespace: String,
        pub name: String,
        pub status: String,
        pub requires_pruning: bool,
        pub health: Option<ApplicationHealth>,
    }
}
