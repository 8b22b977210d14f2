//! Namespaces, ServiceAccounts, ConfigMaps, quotas and Events.

use std::collections::BTreeMap;

use super::super::meta::{Condition, Meta};
use super::super::time::Time;
use super::super::wire::wire;
use super::config_data::ConfigData;
use super::int_or_string::IntOrString;
use super::keys::Keys;
use super::platform_config::{NAME, NAMESPACES, PlatformConfig};
use super::pod::LocalRef;

wire! {
    /// A namespace.
    pub struct Namespace {
        pub metadata: Meta,
        pub status: NamespaceStatus,
    }

    /// `status` of a namespace.
    pub struct NamespaceStatus { pub phase: String, pub conditions: Vec<Condition>, }

    /// A service account.
    pub struct ServiceAccount {
        pub metadata: Meta,
        pub image_pull_secrets: Vec<LocalRef>,
    }

    /// A config map: its keys, and of its values the Services that they name.
    pub struct ConfigMap {
        pub metadata: Meta,
        #[serde(rename = "data")]
        pub keys: ConfigData,
        #[serde(rename = "binaryData")]
        pub binary_keys: Keys,
    }

    /// A resource quota.
    pub struct ResourceQuota {
        pub metadata: Meta,
        pub status: QuotaStatus,
    }

    /// `status` of a resource quota: quantities as text.
    pub struct QuotaStatus {
        pub hard: BTreeMap<String, IntOrString>,
        pub used: BTreeMap<String, IntOrString>,
    }

    /// An event of the core group.
    pub struct Event {
        pub metadata: Meta,
        pub involved_object: Involved,
        pub reason: String,
        pub message: String,
        pub r#type: String,
        pub count: i64,
        pub first_timestamp: Time,
        pub last_timestamp: Time,
        pub event_time: Time,
    }

    /// What an event is about.
    pub struct Involved {
        pub api_version: String,
        pub kind: String,
        pub namespace: String,
        pub name: String,
    }
}

impl ConfigMap {
    /// The content of `platform.yaml`, or why it is none, where this is a ConfigMap for it.
    pub fn platform(&self) -> Option<&Result<PlatformConfig, String>> {
        let platform = self.keys.platform.as_ref();
        platform.filter(|_| self.metadata.name == NAME)
    }

    /// Its namespace; a manifest that names none means the one that kubectl does.
    pub fn namespace(&self) -> &str {
        match self.metadata.namespace.as_str() {
            "" => "default",
            namespace => namespace,
        }
    }

    /// The one of all ConfigMaps whose `platform.yaml` is heard.
    pub fn heard(all: &[Self]) -> Option<&Self> {
        NAMESPACES.iter().find_map(|namespace| {
            all.iter()
                .find(|map| map.namespace() == *namespace && map.platform().is_some())
        })
    }
}

impl Event {
    /// When it was last seen.
    pub fn last_seen(&self) -> Time {
        [self.last_timestamp, self.event_time, self.first_timestamp]
            .into_iter()
            .find(|time| time.0.is_some())
            .unwrap_or(self.metadata.creation_timestamp)
    }
}
