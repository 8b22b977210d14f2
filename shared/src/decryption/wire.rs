//! A Secret as the server sends it, its values decoded at once into types that do not print.

use std::collections::BTreeMap;
use std::fmt;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde::de::{Deserializer, Error, Visitor};
use serde::{Deserialize, Serialize, Serializer};
use serde_json::Value;
use zeroize::Zeroizing;

use crate::secret::Secret;

/// A Secret.
#[derive(Deserialize)]
pub(super) struct WireSecret {
    pub(super) metadata: WireMeta,
    #[serde(default)]
    pub(super) data: Option<BTreeMap<String, Base64>>,
}

/// Its metadata.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct WireMeta {
    #[serde(default)]
    pub(super) resource_version: String,
    #[serde(default)]
    pub(super) labels: Option<BTreeMap<String, String>>,
    #[serde(default)]
    pub(super) managed_fields: Vec<Managed>,
}

/// Who owns which fields.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Managed {
    #[serde(default)]
    pub(super) manager: String,
    #[serde(default)]
    pub(super) operation: String,
    #[serde(default)]
    pub(super) fields_v1: Value,
}

/// A value of `data`, in base64 on the wire.
pub struct Base64(pub Secret);

impl Serialize for Base64 {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let text = Zeroizing::new(STANDARD.encode(self.0.bytes()));
        serializer.serialize_str(&text)
    }
}

impl<'de> Deserialize<'de> for Base64 {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Decode;
        impl Visitor<'_> for Decode {
            type Value = Secret;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("base64")
            }

            fn visit_str<E: Error>(self, text: &str) -> Result<Secret, E> {
                // The error must not show the text.
                let bytes = STANDARD.decode(text);
                bytes
                    .map(Secret::from)
                    .map_err(|_| E::custom("a value is no base64"))
            }

            fn visit_unit<E>(self) -> Result<Secret, E> {
                Ok(Secret::default())
            }
        }
        deserializer.deserialize_any(Decode).map(Self)
    }
}
