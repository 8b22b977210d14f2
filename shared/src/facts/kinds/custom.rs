//! Any other object: what generic health rules ask of it.

use std::collections::BTreeMap;

use serde::{Deserialize, Deserializer, Serialize};
use serde_json::Value;

use super::super::meta::Meta;
use super::super::wire::wire;
use super::calico_policy;
use super::cilium_policy;
use super::custom_status::{CustomStatus, scalar};
use super::network_policy::NetworkPolicySpec;
use super::object_store;
use super::service_hosts::ServiceHosts;
use crate::object::group_of;

wire! {
    /// An object of a kind without a struct of its own.
    pub struct Custom {
        pub api_version: String,
        pub kind: String,
        pub metadata: Meta,
        pub spec: CustomSpec,
        pub status: CustomStatus,
    }
}

impl Custom {
    /// The API group, empty for the core group.
    pub fn group(&self) -> &str {
        group_of(&self.api_version)
    }
}

/// Fields of a `spec` that change how the status is to be read.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
#[serde(transparent)]
pub struct CustomSpec(pub BTreeMap<String, String>);

/// Whether, for how long and how much of a thing is wanted, and what it names; other fields are
/// dropped at the read.
const KEPT_SPEC: &[&str] = &[
    "backupName",
    "backupTargetName",
    "br.cluster",
    "br.clusterNamespace",
    "certSecretRef.name",
    "cluster.name",
    "disabled",
    "enabled",
    "instances",
    "keycloakCRName",
    "mariaDbRef.name",
    "mariaDbRef.namespace",
    "mode",
    "nodes",
    "paused",
    "providerRef.name",
    "replicaCount",
    "replicas",
    "schedule",
    "secretRef.name",
    "secretStoreRefs.0.kind",
    "secretStoreRefs.0.name",
    "size",
    "state",
    "storageLocation",
    "suspend",
    "suspended",
    "timeout",
    "updateStrategy.partition",
    "updateStrategy.paused",
    "updateStrategy.rollingUpdate.partition",
    "updateStrategy.rollingUpdate.paused",
    "updateStrategy.type",
];

/// Under which name such a policy is kept.
const POLICY: &str = "networkPolicy";

impl CustomSpec {
    /// A field's text, empty where it is absent.
    pub fn text(&self, key: &str) -> &str {
        self.0.get(key).map_or("", String::as_str)
    }

    /// Whom a network policy of Cilium or Calico keeps apart, in the form of Kubernetes' own, where it has such a form.
    pub fn policy(&self) -> Option<NetworkPolicySpec> {
        serde_json::from_str(self.0.get(POLICY)?).ok()
    }

    /// The Secrets of its object store.
    pub fn store_secrets(&self) -> impl Iterator<Item = &str> {
        self.text(object_store::SECRETS)
            .split(' ')
            .filter(|name| !name.is_empty())
    }

    /// The Services of the cluster that its object store is reached by.
    pub fn store_services(&self) -> ServiceHosts {
        ServiceHosts::in_text(self.text(object_store::SERVICES))
    }

    /// The host of its object store.
    pub fn store_host(&self) -> &str {
        self.text(object_store::HOST)
    }

    /// Whether a field is `true`.
    pub fn is_true(&self, key: &str) -> bool {
        self.text(key) == "true"
    }
}

impl<'de> Deserialize<'de> for CustomSpec {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let mut kept = BTreeMap::new();
        if let Value::Object(map) = Value::deserialize(deserializer)? {
            for key in KEPT_SPEC {
                // A snapshot has the path as it is.
                let nested = || {
                    let (first, rest) = key.split_once('.')?;
                    rest.split('.').try_fold(map.get(first)?, |value, part| {
                        match part.parse::<usize>() {
                            Ok(at) => value.get(at),
                            Err(_) => value.get(part),
                        }
                    })
                };
                let value = map.get(*key).or_else(nested);
                kept.extend(value.and_then(scalar).map(|text| ((*key).to_owned(), text)));
            }
            // A snapshot has it under these names.
            for key in [
                object_store::SECRETS,
                object_store::SERVICES,
                object_store::HOST,
            ] {
                let written = map.get(key).and_then(Value::as_str);
                kept.extend(written.map(|text| (key.to_owned(), text.to_owned())));
            }
            let store = object_store::of(&map).into_iter();
            kept.extend(store.map(|(key, text)| (key.to_owned(), text)));
            let policy = cilium_policy::of(&map).or_else(|| calico_policy::of(&map));
            let policy = policy.and_then(|policy| serde_json::to_string(&policy).ok());
            // A snapshot has it as it was kept.
            let written = map.get(POLICY).and_then(Value::as_str);
            let written = written.filter(|text| text.starts_with('{'));
            let policy = policy.or_else(|| written.map(str::to_owned));
            kept.extend(policy.map(|text| (POLICY.to_owned(), text)));
        }
        Ok(Self(kept))
    }
}
