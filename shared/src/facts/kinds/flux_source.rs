//! Flux sources: what source-controller fetches.

use super::super::meta::{Condition, Meta};
use super::super::time::Time;
use super::super::wire::wire;
use super::alike::alike;
use super::pod::LocalRef;

wire! {
    /// A GitRepository, OCIRepository, Bucket or HelmRepository.
    pub struct Source {
        pub metadata: Meta,
        pub spec: SourceSpec,
        pub status: SourceStatus,
    }

    /// `spec` of a source; `url` is kept without user and password.
    pub struct SourceSpec {
        pub url: super::url::PublicUrl,
        pub interval: String,
        pub timeout: String,
        pub suspend: bool,
        pub r#type: String,
        pub secret_ref: Option<LocalRef>,
        pub cert_secret_ref: Option<LocalRef>,
        pub verify: Option<Verify>,
        pub include: Vec<Included>,
        pub recurse_submodules: bool,
    }

    /// A Git repository that another one takes in.
    pub struct Included { pub repository: Option<LocalRef>, }

    /// The keys that signatures are to be of.
    pub struct Verify { pub secret_ref: Option<LocalRef>, }

    /// `status` of a source.
    pub struct SourceStatus {
        pub observed_generation: i64,
        pub conditions: Vec<Condition>,
        pub artifact: Option<Artifact>,
        pub last_handled_reconcile_at: String,
    }

    /// What a source has fetched.
    pub struct Artifact { pub revision: String, pub last_update_time: Time, }

    /// A chart that a HelmRelease asks source-controller for.
    pub struct HelmChart {
        pub metadata: Meta,
        pub spec: HelmChartSpec,
        pub status: SourceStatus,
    }

    /// `spec` of a chart.
    pub struct HelmChartSpec {
        pub chart: String,
        pub version: String,
        pub interval: String,
        pub suspend: bool,
        pub source_ref: NamedRef,
    }

    /// A reference by kind and name; no namespace means the referrer's own.
    pub struct NamedRef {
        pub api_version: String,
        pub kind: String,
        pub name: String,
        pub namespace: String,
    }
}

alike! {
    /// A Git repository.
    GitRepository: Source,
    /// An artifact of a container registry.
    OciRepository: Source,
    /// An object store.
    Bucket: Source,
    /// A repository of charts.
    HelmRepository: Source
}
