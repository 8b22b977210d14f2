//! A Secret of age identities, read from the cluster.

use std::fmt;

use zeroize::Zeroizing;

use super::wire::WireSecret;
use super::{Content, SUFFIX, is_of_age};
use crate::age::{Identity, Keyring};
use crate::kube::{Api, MANAGER, Refusal};
use crate::secret::Secret;

/// Where a Secret is.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Place {
    /// Its namespace.
    pub namespace: String,
    /// Its name.
    pub name: String,
}

impl Place {
    /// A place from its parts.
    pub fn new(namespace: impl Into<String>, name: impl Into<String>) -> Self {
        Self {
            namespace: namespace.into(),
            name: name.into(),
        }
    }

    /// The path of the namespace's Secrets in the API.
    pub fn list_path(&self) -> String {
        format!("/api/v1/namespaces/{}/secrets", self.namespace)
    }

    /// Its path in the API.
    pub fn path(&self) -> String {
        format!("{}/{}", self.list_path(), self.name)
    }
}

/// `NAMESPACE/NAME`
impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.namespace, self.name)
    }
}

/// A Secret of the cluster with all its data keys.
#[derive(Debug, Clone)]
pub struct AgeSecret {
    /// Where it is.
    pub place: Place,
    /// The version that was read: a write names it, so that nobody's change is written over.
    pub resource_version: String,
    /// Its data keys, by name.
    pub entries: Vec<Entry>,
    /// The Flux Kustomization that applies it, as `NAMESPACE/NAME`, where one does.
    pub applied_by: Option<String>,
}

/// A data key.
#[derive(Debug, Clone)]
pub struct Entry {
    /// Its name.
    pub data_key: String,
    /// Its value.
    pub value: Secret,
    /// What the value is.
    pub content: Content,
    /// Whether we applied it, so that an apply without it would remove it.
    pub(super) is_ours: bool,
}

impl Entry {
    /// Whether the controller reads it: only the name decides.
    pub fn is_read(&self) -> bool {
        is_of_age(&self.data_key)
    }
}

impl AgeSecret {
    /// The identities that the controller reads.
    pub fn identities(&self) -> impl Iterator<Item = &Identity> {
        let read = self.entries.iter().filter(|entry| entry.is_read());
        read.flat_map(|entry| entry.content.identities())
    }

    /// The public keys of these.
    pub fn recipients(&self) -> Vec<String> {
        self.identities().map(Identity::recipient).collect()
    }

    /// What the controller can open.
    pub fn keyring(&self) -> Keyring {
        Keyring::of(self.identities().cloned())
    }

    /// The data key of that name.
    pub fn entry(&self, data_key: &str) -> Option<&Entry> {
        self.entries.iter().find(|entry| entry.data_key == data_key)
    }

    /// Reads the server's answer.
    ///
    /// # Errors
    /// When it is no Secret.
    pub(super) fn parse(place: &Place, body: &[u8]) -> Result<Self, Refusal> {
        let read: WireSecret = serde_json::from_slice(body).map_err(|error| {
            // Its own words may quote the body.
            let line = error.line();
            Refusal::Unreadable(format!("the answer is no Secret (line {line})"))
        })?;
        let label = |name: &str| {
            let labels = read.metadata.labels.as_ref()?;
            labels
                .get(&format!("kustomize.toolkit.fluxcd.io/{name}"))
                .cloned()
        };
        let ours = read
            .metadata
            .managed_fields
            .iter()
            .filter(|managed| managed.manager == MANAGER && managed.operation == "Apply");
        let is_ours = |data_key: &str| {
            let field = format!("f:{data_key}");
            ours.clone()
                .any(|managed| managed.fields_v1["f:data"].get(&field).is_some())
        };
        let entries = read.data.unwrap_or_default().into_iter();
        Ok(Self {
            place: place.clone(),
            applied_by: label("namespace")
                .zip(label("name"))
                .map(|(namespace, name)| format!("{namespace}/{name}")),
            entries: entries
                .map(|(data_key, value)| Entry {
                    content: Content::of(&data_key, &value.0),
                    value: value.0,
                    is_ours: is_ours(&data_key),
                    data_key,
                })
                .collect(),
            resource_version: read.metadata.resource_version,
        })
    }
}

/// The name for a new data key of a recipient: the usual one, or where that is taken one that tells the key.
pub fn data_key(secret: Option<&AgeSecret>, recipient: &str) -> String {
    let usual = format!("age{SUFFIX}");
    match secret.and_then(|secret| secret.entry(&usual)) {
        None => usual,
        Some(_) => {
            let end = recipient.len().saturating_sub(8);
            format!("age-{}{SUFFIX}", &recipient[end..])
        }
    }
}

/// Reads a Secret; none where there is none.
///
/// # Errors
/// What the server said instead.
pub async fn read(api: &Api, place: &Place) -> Result<Option<AgeSecret>, Refusal> {
    let body = match api.get(&place.path(), "application/json").await {
        Ok(body) => Zeroizing::new(body),
        Err(Refusal::NotFound(_)) => return Ok(None),
        Err(refusal) => return Err(refusal),
    };
    AgeSecret::parse(place, &body).map(Some)
}
