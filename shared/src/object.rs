//! Names one object of a cluster, the way findings and blame edges point at it.

use std::borrow::Cow;
use std::fmt;
use std::hash::{Hash, Hasher};

use serde::Serialize;

/// `apiVersion` of what is no object of a cluster: reports, snapshots, and the files and keys that they speak of.
pub const API_VERSION: &str = "kubectl-platform/v1";

/// A reference to one object, which need not exist.
///
/// Two references are equal when group, kind, namespace and name are: the version is how an
/// object was read, not what it is.
#[derive(Debug, Clone, Serialize, schemars::JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct ObjectRef {
    /// `v1`, `apps/v1`, ...; may be a bare group with a slash when the version is not known.
    pub api_version: Cow<'static, str>,
    /// `Pod`, `Kustomization`, ...
    pub kind: Cow<'static, str>,
    /// Absent for objects of the whole cluster.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub namespace: Option<String>,
    /// The object's name.
    pub name: String,
}

impl ObjectRef {
    /// A reference from its parts; an empty namespace means none.
    pub fn new(
        api_version: impl Into<Cow<'static, str>>,
        kind: impl Into<Cow<'static, str>>,
        namespace: &str,
        name: impl Into<String>,
    ) -> Self {
        Self {
            api_version: api_version.into(),
            kind: kind.into(),
            namespace: (!namespace.is_empty()).then(|| namespace.to_owned()),
            name: name.into(),
        }
    }

    /// A file as an object: what is said of a working tree is about files.
    pub fn file(path: &str) -> Self {
        Self::new(API_VERSION, "File", "", path)
    }

    /// An age key as an object, by its public key.
    pub fn age_key(recipient: &str) -> Self {
        Self::new(API_VERSION, "AgeKey", "", recipient)
    }

    /// The API group, empty for the core group.
    pub fn group(&self) -> &str {
        group_of(&self.api_version)
    }

    /// The namespace, empty for objects of the whole cluster.
    pub fn namespace(&self) -> &str {
        self.namespace.as_deref().unwrap_or_default()
    }

    fn key(&self) -> (&str, &str, &str, &str) {
        (self.group(), &self.kind, self.namespace(), &self.name)
    }
}

/// The group of an `apiVersion`: what stands before the slash, empty for the core group.
pub fn group_of(api_version: &str) -> &str {
    api_version.split_once('/').map_or("", |(group, _)| group)
}

/// Whether the kinds of a group are Kubernetes' own: no definition brings them. Others also end in `.k8s.io`.
pub fn is_built_in(group: &str) -> bool {
    matches!(
        group,
        "" | "admissionregistration.k8s.io"
            | "apiextensions.k8s.io"
            | "apiregistration.k8s.io"
            | "apps"
            | "authentication.k8s.io"
            | "authorization.k8s.io"
            | "autoscaling"
            | "batch"
            | "certificates.k8s.io"
            | "coordination.k8s.io"
            | "discovery.k8s.io"
            | "events.k8s.io"
            | "extensions"
            | "flowcontrol.apiserver.k8s.io"
            | "internal.apiserver.k8s.io"
            | "networking.k8s.io"
            | "node.k8s.io"
            | "policy"
            | "rbac.authorization.k8s.io"
            | "resource.k8s.io"
            | "scheduling.k8s.io"
            | "storage.k8s.io"
            | "storagemigration.k8s.io"
    )
}

impl PartialEq for ObjectRef {
    fn eq(&self, other: &Self) -> bool {
        self.key() == other.key()
    }
}

impl Eq for ObjectRef {}

impl Hash for ObjectRef {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.key().hash(state);
    }
}

impl PartialOrd for ObjectRef {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for ObjectRef {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.key().cmp(&other.key())
    }
}

/// `Kind/namespace/name`, or `Kind/name` for objects of the whole cluster.
impl fmt::Display for ObjectRef {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.namespace {
            Some(namespace) => write!(f, "{}/{namespace}/{}", self.kind, self.name),
            None => write!(f, "{}/{}", self.kind, self.name),
        }
    }
}
