//! References to keys of Secrets, wherever they stand in an object.

use std::collections::BTreeMap;

use serde::{Deserialize, Deserializer, Serialize};
use serde_json::Value;

use super::super::wire::wire;

wire! {
    /// A key of a Secret; no namespace means that of the object.
    pub struct SecretKey { pub name: String, pub key: String, pub namespace: String, }
}

/// All references of an object by the path of their field (`cloudflare.apiTokenSecretRef`);
/// nothing else of the object is kept.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
#[serde(transparent)]
pub struct SecretRefs(pub BTreeMap<String, SecretKey>);

/// How fields end that refer to a Secret.
const ENDINGS: &[&str] = &["SecretRef", "secretRef", "credentialsRef"];

impl SecretRefs {
    fn add(&mut self, path: &str, value: Value) {
        let Value::Object(map) = value else { return };
        for (key, value) in map {
            let path = if path.is_empty() {
                key
            } else {
                format!("{path}.{key}")
            };
            let is_reference = ENDINGS.iter().any(|ending| path.ends_with(ending))
                && value.get("name").is_some_and(Value::is_string);
            if !is_reference {
                self.add(&path, value);
            } else if let Ok(secret) = serde_json::from_value(value) {
                self.0.insert(path, secret);
            }
        }
    }
}

impl<'de> Deserialize<'de> for SecretRefs {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let mut refs = Self::default();
        refs.add("", Value::deserialize(deserializer)?);
        Ok(refs)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn references_are_found_at_any_depth_and_read_again_as_written() {
        let refs: SecretRefs = serde_json::from_str(
            r#"{"cloudflare":{"apiTokenSecretRef":{"name":"cloudflare-api-token","key":"api-token"},
                              "email":"admin@almckay.io"}}"#,
        )
        .unwrap();
        let secret = &refs.0["cloudflare.apiTokenSecretRef"];
        assert_eq!(
            (&*secret.name, &*secret.key),
            ("cloudflare-api-token", "api-token")
        );
        let written = serde_json::to_string(&refs).unwrap();
        assert!(!written.contains("admin@"), "{written}");
        assert_eq!(serde_json::from_str::<SecretRefs>(&written).unwrap(), refs);
    }
}
