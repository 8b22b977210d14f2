//! External Secrets and Sealed Secrets: what writes Secrets.

use jiff::Timestamp;

use super::conditions::{by, first, no_status};
use super::{Assess, Health};
use crate::facts::kinds::secret_sync::{
    ClusterSecretStore, ExternalSecret, SealedSecret, SecretStore,
};
use crate::facts::meta::{Condition, Meta};

/// An object that is well when this condition is `True`.
fn needs(meta: &Meta, observed: i64, conditions: &[Condition], name: &str) -> Health {
    first(meta, observed)
        .or_else(|| by(conditions, name))
        .unwrap_or_else(|| no_status(meta))
}

impl Assess for ExternalSecret {
    fn health(&self, _: Timestamp) -> Health {
        let status = &self.status;
        needs(
            &self.metadata,
            status.observed_generation,
            &status.conditions,
            "Ready",
        )
    }
}

impl Assess for SecretStore {
    fn health(&self, _: Timestamp) -> Health {
        let status = &self.status;
        needs(
            &self.metadata,
            status.observed_generation,
            &status.conditions,
            "Ready",
        )
    }
}

impl Assess for ClusterSecretStore {
    fn health(&self, _: Timestamp) -> Health {
        let status = &self.status;
        needs(
            &self.metadata,
            status.observed_generation,
            &status.conditions,
            "Ready",
        )
    }
}

impl Assess for SealedSecret {
    fn health(&self, _: Timestamp) -> Health {
        let status = &self.status;
        needs(
            &self.metadata,
            status.observed_generation,
            &status.conditions,
            "Synced",
        )
    }
}
