//! The in-cluster Services that a text names: what is kept of values that may hold secrets.

mod in_text;

use std::fmt;

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

use in_text::{hosts_of_url, service_host, short_host};

/// How names of environment variables end whose value is nothing but hosts.
const HOLDS_HOSTS: &[&str] = &[
    "HOST",
    "HOSTS",
    "HOSTNAME",
    "ADDR",
    "ADDRESS",
    "SERVER",
    "SERVERS",
    "ENDPOINT",
    "ENDPOINTS",
    "BROKERS",
    "URL",
    "URI",
];

/// The Services that a text names, without the text, which may be a password or a URL with one.
///
/// A cluster DNS name is kept as `name.namespace.svc`. The host of a URL may be a Service's short
/// name, `//name` or `//name.namespace`, which means something only in a pod's namespace.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ServiceHosts(pub Vec<String>);

impl ServiceHosts {
    /// Finds the Services a text names by their cluster DNS names, and the hosts of URLs.
    pub fn in_text(text: &str) -> Self {
        let mut hosts = Vec::new();
        if text.contains(".svc") {
            let words = text.split(|c: char| !(c.is_ascii_alphanumeric() || c == '-' || c == '.'));
            hosts.extend(words.filter_map(service_host));
        }
        if text.contains("//") {
            let words = text.split(|c: char| c.is_whitespace() || c == '"' || c == '\'');
            hosts.extend(words.flat_map(hosts_of_url));
        }
        Self(hosts)
    }

    /// Finds the Services a variable's value names, its whole value too where the variable's name
    /// says that it is a host.
    pub fn of_variable(name: &str, value: &str) -> Self {
        let mut hosts = Self::in_text(value);
        let name = name.to_ascii_uppercase();
        if HOLDS_HOSTS.iter().any(|end| name.ends_with(end)) {
            hosts.0.extend(value.split(',').filter_map(short_host));
        }
        hosts.0.shrink_to_fit();
        hosts
    }

    /// Each Service that is named in full, as (namespace, name).
    pub fn services(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.iter().filter_map(|host| {
            let (name, rest) = host.split_once('.')?;
            Some((rest.strip_suffix(".svc")?, name))
        })
    }

    /// Each Service as a pod in `namespace` reaches it, short names included.
    pub fn seen_from<'a>(&'a self, namespace: &'a str) -> impl Iterator<Item = (&'a str, &'a str)> {
        let short = self.0.iter().filter_map(|host| host.strip_prefix("//"));
        let short = short.map(move |host| match host.split_once('.') {
            Some((name, other)) => (other, name),
            None => (namespace, host),
        });
        self.services().chain(short)
    }
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

#[cfg(test)]
mod tests {
    use super::*;

    fn kept(text: &str) -> Vec<String> {
        ServiceHosts::in_text(text).0
    }

    #[test]
    fn only_the_service_of_a_url_is_kept() {
        let url = "redis://:hunter2@redis-master.cache.svc.cluster.local:6379/0";
        assert_eq!(kept(url), ["redis-master.cache.svc"]);
        assert_eq!(
            kept("postgres://me:s3cret@postgresql:5432/app"),
            ["//postgresql"]
        );
        assert_eq!(
            kept("mongodb://a:27017,b.data:27017/x"),
            ["//a", "//b.data"]
        );
        for secret in [
            "secret.svc",
            "hunter2",
            "postgres://me:sec/ret@postgresql/app",
            "postgres://me:se@cret@postgresql/app",
            "http://web/?token=hunter@two",
            "https://charts.jetstack.io",
            "http://localhost:8080",
            "http://10.0.0.1",
        ] {
            let kept: Vec<_> = kept(secret)
                .into_iter()
                .filter(|host| host != "//web")
                .collect();
            assert!(kept.is_empty(), "{secret}: {kept:?}");
        }
    }

    #[test]
    fn a_variable_whose_name_says_so_holds_hosts() {
        let hosts = |name, value| ServiceHosts::of_variable(name, value).0;
        assert_eq!(hosts("PGHOST", "postgresql"), ["//postgresql"]);
        assert_eq!(hosts("REDIS_ADDR", "redis.cache:6379"), ["//redis.cache"]);
        assert!(hosts("PASSWORD", "postgresql").is_empty());
        assert!(hosts("PGHOST", "db.almckay.io").len() <= 1);
    }

    #[test]
    fn short_names_are_of_the_pods_namespace_and_survive_a_snapshot() {
        let hosts = ServiceHosts::in_text("http://auth-service:3001 tcp://redis.cache a.b.svc");
        let services: Vec<_> = hosts.seen_from("web").collect();
        assert_eq!(
            services,
            [("b", "a"), ("web", "auth-service"), ("cache", "redis")]
        );
        let written = serde_json::to_string(&hosts).unwrap();
        assert_eq!(
            serde_json::from_str::<ServiceHosts>(&written).unwrap(),
            hosts
        );
    }
}
