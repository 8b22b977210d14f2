//! What is kept of free text that may hold secrets: the names in it that checks follow.

use std::fmt;

use serde::{Deserialize, Deserializer, Serialize, de};

pub use super::service_hosts::ServiceHosts;

/// What is kept of Helm values: the existing Secrets and the Services that they name.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct HelmValues {
    /// Values of keys such as `existingSecret`.
    #[serde(rename = "existingSecret", skip_serializing_if = "Vec::is_empty")]
    pub secrets: Vec<String>,
    /// Services named anywhere, as [`ServiceHosts`].
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub services: Vec<String>,
}

struct ValuesReader<'a> {
    values: &'a mut HelmValues,
    is_secret: bool,
}

impl<'de> de::DeserializeSeed<'de> for ValuesReader<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> de::Visitor<'de> for ValuesReader<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Helm values")
    }

    fn visit_map<A: de::MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        while let Some(key) = map.next_key::<String>()? {
            let is_secret = key.eq_ignore_ascii_case("existingSecret");
            map.next_value_seed(ValuesReader {
                values: &mut *self.values,
                is_secret,
            })?;
        }
        Ok(())
    }

    fn visit_seq<A: de::SeqAccess<'de>>(self, mut seq: A) -> Result<(), A::Error> {
        let is_secret = self.is_secret;
        while seq
            .next_element_seed(ValuesReader {
                values: &mut *self.values,
                is_secret,
            })?
            .is_some()
        {}
        Ok(())
    }

    fn visit_str<E>(self, text: &str) -> Result<(), E> {
        if self.is_secret && !text.is_empty() {
            self.values.secrets.push(text.to_owned());
        } else {
            self.values.services.extend(ServiceHosts::in_text(text).0);
        }
        Ok(())
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_any(self)
    }

    fn visit_none<E>(self) -> Result<(), E> {
        Ok(())
    }

    fn visit_unit<E>(self) -> Result<(), E> {
        Ok(())
    }

    fn visit_bool<E>(self, _: bool) -> Result<(), E> {
        Ok(())
    }

    fn visit_i64<E>(self, _: i64) -> Result<(), E> {
        Ok(())
    }

    fn visit_u64<E>(self, _: u64) -> Result<(), E> {
        Ok(())
    }

    fn visit_f64<E>(self, _: f64) -> Result<(), E> {
        Ok(())
    }
}

impl<'de> Deserialize<'de> for HelmValues {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let mut values = Self::default();
        deserializer.deserialize_any(ValuesReader {
            values: &mut values,
            is_secret: false,
        })?;
        Ok(values)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_helm_values_only_names_are_kept() {
        let read = |text: &str| serde_json::from_str::<HelmValues>(text).unwrap();
        let values = read(
            r#"{"auth":{"existingSecret":"redis-credentials","password":"hunter2","n":1,"x":null},
                "hosts":["postgresql.database.svc.cluster.local"]}"#,
        );
        assert_eq!(values.secrets, ["redis-credentials"]);
        assert_eq!(values.services, ["postgresql.database.svc"]);
        assert_eq!(read(&serde_json::to_string(&values).unwrap()), values);
    }
}
