//! What every object has: its name, labels, owners and generations.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::Arc;

use serde::{Deserialize, Deserializer};

use super::time::Time;
use super::wire::wire;

/// Annotations that a check may ask for, by prefix of their key. All others are dropped at the
/// read: they may hold anything, a copy of a Secret (`last-applied-configuration`) included.
const KEPT_ANNOTATIONS: &[&str] = &[
    "acme.cert-manager.io/",
    "argocd.argoproj.io/",
    "autoscaling.alpha.kubernetes.io/conditions",
    "cert-manager.io/",
    "cnpg.io/reconciliation",
    "deployment.kubernetes.io/revision",
    "external-dns.alpha.kubernetes.io/",
    "fluxcd.controlplane.io/",
    "helm.sh/hook",
    "helm.sh/resource-policy",
    "ingress.kubernetes.io/",
    "io.cilium/",
    "kubernetes.io/ingress.class",
    "kustomize.toolkit.fluxcd.io/",
    "lbipam.cilium.io/",
    "meta.helm.sh/",
    "metallb.io/",
    "metallb.universe.tf/",
    "nginx.ingress.kubernetes.io/backend-protocol",
    "reconcile.fluxcd.io/",
    "reflector.v1.k8s.emberstack.com/",
    "storageclass.beta.kubernetes.io/",
    "storageclass.kubernetes.io/",
    "traefik.ingress.kubernetes.io/",
    "volume.kubernetes.io/",
];

wire! {
    /// `metadata`, without what no check reads.
    pub struct Meta {
        pub name: String,
        pub generate_name: String,
        pub namespace: String,
        pub generation: i64,
        pub resource_version: String,
        pub creation_timestamp: Time,
        pub deletion_timestamp: Time,
        pub labels: BTreeMap<String, String>,
        pub annotations: Annotations,
        pub owner_references: Vec<Owner>,
        pub finalizers: Vec<String>,
        /// Set by the reader; the version that the object was read in.
        #[serde(skip)]
        pub api_version: Cow<'static, str>,
        /// Set by the reader.
        #[serde(skip)]
        pub kind: Cow<'static, str>,
        /// Set by the reader: which object of the source it was.
        #[serde(skip)]
        pub position: usize,
        /// Set by the reader for files.
        #[serde(skip)]
        pub place: Option<Place>,
    }

    /// One of `metadata.ownerReferences`.
    pub struct Owner {
        pub api_version: String,
        pub kind: String,
        pub name: String,
        pub controller: bool,
    }
}

impl Meta {
    /// The owner that manages the object, where it has one.
    pub fn controller(&self) -> Option<&Owner> {
        self.owner_references.iter().find(|owner| owner.controller)
    }

    /// A label's value, empty where it is absent.
    pub fn label(&self, key: &str) -> &str {
        self.labels.get(key).map_or("", String::as_str)
    }

    /// An annotation's value, empty where it is absent or not kept.
    pub fn annotation(&self, key: &str) -> &str {
        self.annotations.0.get(key).map_or("", String::as_str)
    }
}

/// Where an object was read in a file.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Place {
    /// The path as the user would write it.
    pub path: Arc<str>,
    /// The line its document starts on, from 1; absent where the format tells none.
    pub line: Option<u64>,
}

/// The annotations that checks may ask for.
#[derive(Debug, Clone, Default, PartialEq, serde::Serialize)]
#[serde(transparent)]
pub struct Annotations(pub BTreeMap<String, String>);

impl<'de> Deserialize<'de> for Annotations {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let mut all = BTreeMap::<String, Option<String>>::deserialize(deserializer)?;
        all.retain(|key, _| KEPT_ANNOTATIONS.iter().any(|kept| key.starts_with(kept)));
        Ok(Self(
            all.into_iter()
                .map(|(key, value)| (key, value.unwrap_or_default()))
                .collect(),
        ))
    }
}

wire! {
    /// One of `status.conditions`, as most kinds write them.
    pub struct Condition {
        pub r#type: String,
        pub status: String,
        pub reason: String,
        pub message: String,
        pub observed_generation: i64,
        /// `Error`, `Warning` or `Info`: how bad a `False` is. Cluster API and others have it.
        pub severity: String,
        pub last_transition_time: Time,
        /// Only Deployments and a few others have it.
        pub last_update_time: Time,
    }
}

impl Condition {
    /// Whether the condition is `True`.
    pub fn is_true(&self) -> bool {
        self.status == "True"
    }

    /// Whether the condition is `False`.
    pub fn is_false(&self) -> bool {
        self.status == "False"
    }
}

/// Finds a condition by its type.
pub fn condition<'a>(conditions: &'a [Condition], kind: &str) -> Option<&'a Condition> {
    conditions.iter().find(|condition| condition.r#type == kind)
}
