//! What a backup holds: a Kubernetes `List` of Secrets, so that it can be brought back by `age -d` and
//! `kubectl apply` alone where nothing else is at hand.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use shared::age::{Identity, keyfile};
use shared::decryption::{self, Base64, Place};
use shared::failure::{Failure, Result};
use shared::secret::to_json;
use zeroize::Zeroizing;

/// The label of Sealed Secrets' sealing keys.
pub(super) const SEALING_LABEL: &str = "sealedsecrets.bitnami.com/sealed-secrets-key";

/// The Secrets of a backup.
#[derive(Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Bundle {
    api_version: String,
    kind: String,
    /// By namespace and name.
    pub(crate) items: Vec<Kept>,
}

/// A Secret that is kept.
#[derive(Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Kept {
    api_version: String,
    kind: String,
    metadata: Meta,
    #[serde(default)]
    pub(super) r#type: String,
    #[serde(default)]
    pub(super) data: BTreeMap<String, Base64>,
}

#[derive(Serialize, Deserialize)]
struct Meta {
    name: String,
    namespace: String,
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    labels: BTreeMap<String, String>,
}

impl Bundle {
    pub(super) fn new(mut items: Vec<Kept>) -> Self {
        items.sort_by_key(Kept::place);
        items.dedup_by_key(|kept| kept.place());
        Self {
            api_version: "v1".to_owned(),
            kind: "List".to_owned(),
            items,
        }
    }

    /// The text of the list.
    ///
    /// # Errors
    /// When it cannot be written down.
    pub(crate) fn text(&self) -> Result<Zeroizing<Vec<u8>>> {
        to_json(self).map_err(|_| Failure::new("the keys cannot be written down"))
    }

    /// Reads a list.
    ///
    /// # Errors
    /// When it is none, in words that show nothing of it.
    pub(crate) fn parse(text: &[u8]) -> Result<Self> {
        let bundle: Self = serde_json::from_slice(text).map_err(|error| {
            let line = error.line();
            Failure::new(format!("what it holds is no list of Secrets (line {line})"))
        })?;
        let is_list =
            bundle.kind == "List" && bundle.items.iter().all(|kept| kept.kind == "Secret");
        if is_list && !bundle.items.is_empty() {
            Ok(bundle)
        } else {
            Err(Failure::new("what it holds is no list of Secrets"))
        }
    }
}

impl Kept {
    /// Where the Secret belongs.
    pub(crate) fn place(&self) -> Place {
        Place::new(&*self.metadata.namespace, &*self.metadata.name)
    }

    /// Whether it is a sealing key of Sealed Secrets.
    pub(crate) fn is_sealing_key(&self) -> bool {
        self.metadata.labels.contains_key(SEALING_LABEL)
    }

    /// Leaves out what belongs to the cluster that it came from.
    pub(super) fn without_owner(mut self) -> Self {
        let is_ours = |name: &str| !name.contains(".toolkit.fluxcd.io/");
        self.metadata.labels.retain(|name, _| is_ours(name));
        self.api_version = "v1".to_owned();
        self.kind = "Secret".to_owned();
        self
    }

    /// The age identities that Flux takes of it.
    pub(super) fn identities(&self) -> Vec<Identity> {
        let entries = self
            .data
            .iter()
            .filter(|(name, _)| decryption::is_of_age(name));
        let texts = entries.filter_map(|(_, value)| value.0.text());
        texts
            .filter_map(|text| keyfile::parse_lines(text).ok())
            .flatten()
            .collect()
    }

    /// What it is, for people: never a private key.
    pub(crate) fn describe(&self) -> String {
        let names: Vec<&str> = self.data.keys().map(String::as_str).collect();
        let keys: Vec<String> = self.identities().iter().map(Identity::recipient).collect();
        let what = match (self.is_sealing_key(), keys.as_slice()) {
            (true, _) => "a sealing key".to_owned(),
            (false, []) => names.join(", "),
            (false, keys) => {
                let keys: Vec<String> = keys.iter().map(|key| shared::age::shown(key)).collect();
                format!("{} for {}", names.join(", "), keys.join(", "))
            }
        };
        format!("Secret {}: {what}", self.place())
    }
}

/// A Secret as the server lists it: its kind is not told there.
#[derive(Deserialize)]
pub(super) struct Listed {
    metadata: Meta,
    #[serde(default)]
    r#type: String,
    #[serde(default)]
    data: Option<BTreeMap<String, Base64>>,
}

impl From<Listed> for Kept {
    fn from(listed: Listed) -> Self {
        Self {
            api_version: String::new(),
            kind: String::new(),
            metadata: listed.metadata,
            r#type: listed.r#type,
            data: listed.data.unwrap_or_default(),
        }
        .without_owner()
    }
}
