//! A ConfigMap's data: key names, and the Services that values name.

use std::fmt;

use serde::de::{MapAccess, Visitor};
use serde::ser::SerializeMap;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::Value;

use super::service_hosts::ServiceHosts;

/// Keys with the Services that their values name, in the order they were read.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ConfigData(pub Vec<(String, ServiceHosts)>);

impl ConfigData {
    /// Whether there is such a key.
    pub fn has(&self, key: &str) -> bool {
        self.0.iter().any(|(known, _)| known == key)
    }
}

struct DataReader;

impl<'de> Visitor<'de> for DataReader {
    type Value = ConfigData;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a map")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<ConfigData, A::Error> {
        let mut data = Vec::new();
        while let Some((key, text)) = map.next_entry::<String, Value>()? {
            let services = ServiceHosts::of_variable(&key, text.as_str().unwrap_or_default());
            data.push((key, services));
        }
        Ok(ConfigData(data))
    }
}

impl<'de> Deserialize<'de> for ConfigData {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(DataReader)
    }
}

impl Serialize for ConfigData {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(self.0.len()))?;
        for (key, services) in &self.0 {
            map.serialize_entry(key, services)?;
        }
        map.end()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_a_config_map_only_keys_and_services_are_kept() {
        let text = r#"{"AUTH_SERVICE_URL":"http://auth-service:3001","motd":"hello world","n":null,"i":1}"#;
        let data: ConfigData = serde_json::from_str(text).unwrap();
        assert!(data.has("motd") && data.has("n"));
        let written = serde_json::to_string(&data).unwrap();
        assert!(!written.contains("hello"), "{written}");
        assert_eq!(serde_json::from_str::<ConfigData>(&written).unwrap(), data);
        let services: Vec<_> = data.0[0].1.seen_from("web").collect();
        assert_eq!(services, [("web", "auth-service")]);
    }
}
