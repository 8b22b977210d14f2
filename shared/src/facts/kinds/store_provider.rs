//! What is kept of a secret store's provider: the Secrets and the Services that it names.

use serde::{Deserialize, Deserializer, Serialize};
use serde_json::Value;

use super::secret_refs::SecretRefs;
use super::service_hosts::ServiceHosts;

/// The credentials that a store shows its provider, and the provider's address where it is a
/// Service of the cluster.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct StoreProvider {
    /// References to keys of Secrets, by the path of their field.
    #[serde(flatten)]
    pub secrets: SecretRefs,
    /// Services named anywhere.
    pub services: ServiceHosts,
}

impl StoreProvider {
    fn add_services(&mut self, value: &Value) {
        match value {
            Value::String(text) => {
                let named = ServiceHosts::in_text(text).0;
                let new = named.into_iter().filter(|host| !host.starts_with("//"));
                self.services.0.extend(new);
            }
            Value::Array(list) => list.iter().for_each(|value| self.add_services(value)),
            Value::Object(map) => map.values().for_each(|value| self.add_services(value)),
            _ => {}
        }
    }
}

impl<'de> Deserialize<'de> for StoreProvider {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let value = Value::deserialize(deserializer)?;
        let mut provider = Self::default();
        provider.add_services(&value);
        provider.secrets = serde_json::from_value(value).unwrap_or_default();
        Ok(provider)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn secrets_and_services_are_kept_and_read_again_as_written() {
        let provider: StoreProvider = serde_json::from_str(
            r#"{"onepassword":{"connectHost":"http://onepassword-connect.external-secrets.svc.cluster.local",
                "auth":{"secretRef":{"connectTokenSecretRef":
                    {"name":"onepassword-connect","key":"token","namespace":"external-secrets"}}}}}"#,
        )
        .unwrap();
        assert_eq!(
            provider.services.0,
            ["onepassword-connect.external-secrets.svc"]
        );
        let secrets: Vec<_> = provider
            .secrets
            .0
            .values()
            .map(|secret| &*secret.name)
            .collect();
        assert_eq!(secrets, ["onepassword-connect"]);
        let written = serde_json::to_string(&provider).unwrap();
        assert_eq!(
            serde_json::from_str::<StoreProvider>(&written).unwrap(),
            provider
        );
    }
}
