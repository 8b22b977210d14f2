//! Flux Kustomizations and HelmReleases: what applies the sources.

use super::super::meta::{Condition, Meta};
use super::super::time::Time;
use super::super::wire::wire;
use super::flux_source::NamedRef;
use super::pod::LocalRef;
use super::references::HelmValues;

wire! {
    /// A Flux Kustomization.
    pub struct Kustomization {
        pub metadata: Meta,
        pub spec: KustomizationSpec,
        pub status: KustomizationStatus,
    }

    /// `spec` of a Kustomization.
    pub struct KustomizationSpec {
        pub interval: String,
        pub retry_interval: String,
        pub timeout: String,
        pub suspend: bool,
        pub path: String,
        pub wait: bool,
        pub target_namespace: String,
        pub source_ref: NamedRef,
        pub depends_on: Vec<NamedRef>,
        pub decryption: Option<Decryption>,
        pub post_build: PostBuild,
        pub kube_config: Option<KubeConfigRef>,
        pub health_checks: Vec<NamedRef>,
    }

    /// The cluster that is deployed to, where it is another one.
    pub struct KubeConfigRef { pub secret_ref: Option<LocalRef>, }

    /// How encrypted files are opened.
    pub struct Decryption { pub provider: String, pub secret_ref: Option<LocalRef>, }

    /// Where variables come from.
    pub struct PostBuild { pub substitute_from: Vec<ValuesRef>, }

    /// A ConfigMap or Secret that values or variables come from.
    pub struct ValuesRef {
        pub kind: String,
        pub name: String,
        pub values_key: String,
        pub optional: bool,
    }

    /// `status` of a Kustomization.
    pub struct KustomizationStatus {
        pub observed_generation: i64,
        pub conditions: Vec<Condition>,
        pub last_applied_revision: String,
        /// The commit that an OCI artifact was made of, where it says so.
        pub last_applied_origin_revision: String,
        pub last_attempted_revision: String,
        pub last_handled_reconcile_at: String,
        pub inventory: Inventory,
        pub history: Vec<ReconcileSnapshot>,
    }

    /// One outcome in a Kustomization's history: when it last came of a reconciliation.
    pub struct ReconcileSnapshot { pub last_reconciled: Time, pub last_reconciled_status: String, }

    /// What a Kustomization has applied.
    pub struct Inventory { pub entries: Vec<InventoryEntry>, }

    /// One applied object: `NAMESPACE_NAME_GROUP_KIND` and its version.
    pub struct InventoryEntry { pub id: String, pub v: String, }

    /// A HelmRelease.
    pub struct HelmRelease {
        pub metadata: Meta,
        pub spec: HelmReleaseSpec,
        pub status: HelmReleaseStatus,
    }

    /// `spec` of a HelmRelease; of its values only the Services and Secrets that they name.
    pub struct HelmReleaseSpec {
        pub interval: String,
        pub timeout: String,
        pub suspend: bool,
        pub release_name: String,
        pub target_namespace: String,
        pub storage_namespace: String,
        pub depends_on: Vec<NamedRef>,
        pub chart: Option<ChartTemplate>,
        pub chart_ref: Option<NamedRef>,
        pub values_from: Vec<ValuesRef>,
        pub values: HelmValues,
        pub kube_config: Option<KubeConfigRef>,
    }

    /// The chart that a HelmRelease asks for.
    pub struct ChartTemplate { pub spec: ChartTemplateSpec, }

    /// `spec` of that chart.
    pub struct ChartTemplateSpec {
        pub chart: String,
        pub version: String,
        pub source_ref: NamedRef,
    }

    /// `status` of a HelmRelease.
    pub struct HelmReleaseStatus {
        pub observed_generation: i64,
        pub conditions: Vec<Condition>,
        pub helm_chart: String,
        pub install_failures: i64,
        pub upgrade_failures: i64,
        pub failures: i64,
        pub history: Vec<ReleaseSnapshot>,
        pub last_attempted_revision: String,
        pub last_handled_reconcile_at: String,
        pub inventory: Inventory,
    }

    /// One release in a HelmRelease's history, the newest first.
    pub struct ReleaseSnapshot {
        pub name: String,
        pub namespace: String,
        pub status: String,
        pub chart_name: String,
        pub chart_version: String,
        pub app_version: String,
        pub version: i64,
    }
}
