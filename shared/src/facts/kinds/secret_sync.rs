//! External Secrets and Sealed Secrets: what writes Secrets.

use super::super::meta::{Condition, Meta};
use super::super::time::Time;
use super::super::wire::wire;
use super::alike::alike;
use super::flux_source::NamedRef;
use super::store_provider::StoreProvider;

wire! {
    /// A Secret that is copied from an external store.
    pub struct ExternalSecret {
        pub metadata: Meta,
        pub spec: ExternalSecretSpec,
        pub status: ExternalSecretStatus,
    }

    /// `status` of an ExternalSecret, with the time that it was last fetched.
    pub struct ExternalSecretStatus {
        pub observed_generation: i64,
        pub conditions: Vec<Condition>,
        pub refresh_time: Time,
    }

    /// `spec` of an ExternalSecret.
    pub struct ExternalSecretSpec {
        pub secret_store_ref: NamedRef,
        pub data: Vec<ExternalData>,
        pub data_from: Vec<ExternalData>,
        pub target: ExternalTarget,
        pub refresh_interval: String,
    }

    /// What is fetched, of which only the store matters: none means that of all.
    pub struct ExternalData { pub source_ref: ExternalSource, }

    /// A store of its own for a part of what is fetched.
    pub struct ExternalSource { pub store_ref: NamedRef, }

    /// The Secret that an ExternalSecret writes; no name means its own.
    pub struct ExternalTarget { pub name: String, }

    /// A `status` of which only the conditions matter.
    pub struct ConditionsOnly { pub observed_generation: i64, pub conditions: Vec<Condition>, }

    /// A SecretStore or ClusterSecretStore.
    pub struct StoreFields {
        pub metadata: Meta,
        pub spec: StoreSpec,
        pub status: ConditionsOnly,
    }

    /// `spec` of a store.
    pub struct StoreSpec { pub provider: StoreProvider, }

    /// A sealed Secret: the names of its keys, not their values.
    pub struct SealedSecret {
        pub metadata: Meta,
        pub spec: SealedSecretSpec,
        pub status: ConditionsOnly,
    }

    /// `spec` of a sealed Secret.
    pub struct SealedSecretSpec {
        #[serde(rename = "encryptedData")]
        pub keys: super::keys::Keys,
    }
}

alike! {
    /// A store of one namespace.
    SecretStore: StoreFields,
    /// A store of the whole cluster.
    ClusterSecretStore: StoreFields
}
