//! A ConfigMap's data: key names, and the Services that values name.

use std::fmt;

use serde::de::{MapAccess, Visitor};
use serde::ser::{Error, SerializeMap};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::Value;

use super::platform_config::{FILE, PlatformConfig};
use super::service_hosts::ServiceHosts;

/// Keys with the Services that their values name, in the order they were read.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ConfigData {
    /// The keys, each with the Services that its value names.
    pub keys: Vec<(String, ServiceHosts)>,
    /// The content of `platform.yaml`, or why it is none.
    pub platform: Option<Result<PlatformConfig, String>>,
}

impl ConfigData {
    /// Whether there is such a key.
    pub fn has(&self, key: &str) -> bool {
        self.keys.iter().any(|(known, _)| known == key)
    }
}

struct DataReader;

impl<'de> Visitor<'de> for DataReader {
    type Value = ConfigData;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a map")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<ConfigData, A::Error> {
        let mut data = ConfigData::default();
        while let Some((key, text)) = map.next_entry::<String, Value>()? {
            let text = text.as_str().unwrap_or_default();
            if key == FILE && PlatformConfig::is_meant(text) {
                data.platform = Some(PlatformConfig::parse(text));
            }
            let services = ServiceHosts::of_variable(&key, text);
            data.keys.push((key, services));
        }
        Ok(data)
    }
}

impl<'de> Deserialize<'de> for ConfigData {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(DataReader)
    }
}

impl Serialize for ConfigData {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(self.keys.len()))?;
        for (key, services) in &self.keys {
            match &self.platform {
                // JSON is YAML too.
                Some(Ok(config)) if key == FILE => {
                    let text = serde_json::to_string(config).map_err(S::Error::custom)?;
                    map.serialize_entry(key, &text)?;
                }
                _ => map.serialize_entry(key, services)?,
            }
        }
        map.end()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_people_say_of_their_platform_is_kept_whole() {
        let text =
            r#"{"platform.yaml":"apiVersion: kubectl-platform/v1\nkind: Config\nnodes: 3\n"}"#;
        let data: ConfigData = serde_json::from_str(text).unwrap();
        assert_eq!(data.platform.as_ref().unwrap().as_ref().unwrap().nodes, 3);
        let written = serde_json::to_string(&data).unwrap();
        let read: ConfigData = serde_json::from_str(&written).unwrap();
        assert_eq!(read.platform, data.platform);
    }

    #[test]
    fn of_a_config_map_only_keys_and_services_are_kept() {
        let text = r#"{"AUTH_SERVICE_URL":"http://auth-service:3001","motd":"hello world","n":null,"i":1}"#;
        let data: ConfigData = serde_json::from_str(text).unwrap();
        assert!(data.has("motd") && data.has("n"));
        let written = serde_json::to_string(&data).unwrap();
        assert!(!written.contains("hello"), "{written}");
        assert_eq!(serde_json::from_str::<ConfigData>(&written).unwrap(), data);
        let services: Vec<_> = data.keys[0].1.seen_from("web").collect();
        assert_eq!(services, [("web", "auth-service")]);
    }
}
