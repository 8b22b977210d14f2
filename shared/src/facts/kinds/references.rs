//! What is kept of free text that may hold secrets: the names in it that checks follow.

use std::fmt;

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

/// The in-cluster Services that a text names (`redis-master.cache.svc`), as `name.namespace.svc`.
///
/// The text itself, which may be a password or a URL with one, is dropped.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ServiceHosts(pub Vec<String>);

impl ServiceHosts {
    /// Finds the Services a text names by their cluster DNS names.
    pub fn in_text(text: &str) -> Self {
        let hosts = text
            .split(|c: char| !(c.is_ascii_alphanumeric() || c == '-' || c == '.'))
            .filter_map(service_host)
            .collect();
        Self(hosts)
    }

    /// Each Service as (namespace, name).
    pub fn services(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.iter().filter_map(|host| {
            let (name, rest) = host.split_once('.')?;
            Some((rest.strip_suffix(".svc")?, name))
        })
    }
}

/// `NAME.NAMESPACE.svc...`; more labels before (a pod of a StatefulSet) are left out.
fn service_host(word: &str) -> Option<String> {
    let labels: Vec<&str> = word.split('.').collect();
    let svc = labels.iter().position(|label| *label == "svc")?;
    let [name, namespace] = labels.get(svc.checked_sub(2)?..svc)? else {
        return None;
    };
    (!name.is_empty() && !namespace.is_empty()).then(|| format!("{name}.{namespace}.svc"))
}

impl Serialize for ServiceHosts {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.0.join(" ").serialize(serializer)
    }
}

struct TextReader;

impl de::Visitor<'_> for TextReader {
    type Value = ServiceHosts;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a scalar")
    }

    fn visit_str<E>(self, text: &str) -> Result<ServiceHosts, E> {
        Ok(ServiceHosts::in_text(text))
    }

    fn visit_bool<E>(self, _: bool) -> Result<ServiceHosts, E> {
        Ok(ServiceHosts::default())
    }

    fn visit_i64<E>(self, _: i64) -> Result<ServiceHosts, E> {
        Ok(ServiceHosts::default())
    }

    fn visit_u64<E>(self, _: u64) -> Result<ServiceHosts, E> {
        Ok(ServiceHosts::default())
    }

    fn visit_f64<E>(self, _: f64) -> Result<ServiceHosts, E> {
        Ok(ServiceHosts::default())
    }
}

impl<'de> Deserialize<'de> for ServiceHosts {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(TextReader)
    }
}

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
    fn only_the_service_of_a_url_is_kept() {
        let hosts =
            ServiceHosts::in_text("redis://:hunter2@redis-master.cache.svc.cluster.local:6379/0");
        assert_eq!(hosts.0, ["redis-master.cache.svc"]);
        assert_eq!(
            hosts.services().collect::<Vec<_>>(),
            [("cache", "redis-master")]
        );
        assert!(ServiceHosts::in_text("secret.svc").0.is_empty());
    }

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
