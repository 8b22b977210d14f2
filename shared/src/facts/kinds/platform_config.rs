//! `platform.yaml`: what the people of a platform say about it. Everything in it is optional.

use serde::{Deserialize, Serialize};

use crate::malformed;

/// The name of the ConfigMap that may hold it in a cluster.
pub const NAME: &str = "platform";
/// The namespaces where it is heard, the first one that has it: those of who runs the platform. In its own namespace
/// any tenant could leave checks out.
pub const NAMESPACES: [&str; 4] = ["flux-system", "argocd", "kube-system", "default"];
/// Its key there, and the name of its file.
pub const FILE: &str = "platform.yaml";
/// By this a file of that name is told from others'.
const MARK: &str = "kubectl-platform/v1";

/// The content of `platform.yaml`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct PlatformConfig {
    api_version: ApiVersion,
    kind: Config,
    /// What is expected of Kubernetes.
    #[serde(default)]
    pub kubernetes: Kubernetes,
    /// How many nodes there are at least.
    #[serde(default)]
    pub nodes: usize,
    /// The load balancer.
    #[serde(default)]
    pub load_balancer: LoadBalancer,
    /// Checks to leave out.
    #[serde(default)]
    pub skip: Vec<SkippedCheck>,
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
enum ApiVersion {
    #[default]
    #[serde(rename = "kubectl-platform/v1")]
    V1,
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
enum Config {
    #[default]
    Config,
}

/// What is expected of Kubernetes.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Kubernetes {
    /// The least version: `v1.36`, `1.36.2`; empty where any will do.
    #[serde(default)]
    pub version: String,
}

/// The load balancer.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LoadBalancer {
    /// The Service whose address the platform has, `NAMESPACE/NAME`; empty where it is found.
    #[serde(default)]
    pub service: String,
}

/// Checks to leave out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SkippedCheck {
    /// Their id, or a glob of ids.
    pub check: String,
    /// Why, for those who wonder.
    pub reason: String,
}

impl PlatformConfig {
    /// Whether a text of the right name is ours.
    pub fn is_meant(text: &str) -> bool {
        text.contains(MARK)
    }

    /// Reads the content.
    ///
    /// # Errors
    /// Why it is none, with the line.
    pub fn parse(text: &str) -> Result<Self, String> {
        let options = serde_saphyr::options! { with_snippet: false };
        let config: Self = serde_saphyr::from_str_with_options(text, options)
            .map_err(|error| malformed::yaml(&error))?;
        let version = &config.kubernetes.version;
        if !version.is_empty() && numbers(version).is_none() {
            return Err(format!(
                "kubernetes.version is no version such as v1.36: {version}"
            ));
        }
        let service = &config.load_balancer.service;
        let is_named =
            matches!(service.split_once('/'), Some((a, b)) if !a.is_empty() && !b.is_empty());
        if !service.is_empty() && !is_named {
            return Err(format!(
                "loadBalancer.service is no NAMESPACE/NAME: {service}"
            ));
        }
        if let Some(skip) = config
            .skip
            .iter()
            .find(|skip| skip.reason.trim().is_empty())
        {
            return Err(format!(
                "a check is skipped without a reason: {}",
                skip.check
            ));
        }
        Ok(config)
    }

    /// The least version of Kubernetes, by its numbers.
    pub fn least_version(&self) -> Option<Vec<u32>> {
        numbers(&self.kubernetes.version)
    }
}

/// The numbers of `v1.36.3+k3s1`.
pub fn numbers(version: &str) -> Option<Vec<u32>> {
    let plain = version.trim_start_matches('v');
    let end = plain.find(|letter: char| !letter.is_ascii_digit() && letter != '.');
    let plain = &plain[..end.unwrap_or(plain.len())];
    plain.split('.').map(|number| number.parse().ok()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const HEAD: &str = "apiVersion: kubectl-platform/v1\nkind: Config\n";

    #[test]
    fn everything_is_optional_and_nothing_else_is_taken() {
        assert_eq!(PlatformConfig::parse(HEAD), Ok(PlatformConfig::default()));
        for (line, why) in [
            (
                "lodBalancer: {}",
                "unknown field, expected one of apiVersion, kind, kubernetes, nodes, loadBalancer, skip at line 3",
            ),
            (
                "kubernetes: {verson: v1.36}",
                "unknown field, expected one of version at line 3",
            ),
            (
                "kubernetes: {version: latest}",
                "kubernetes.version is no version such as v1.36: latest",
            ),
            (
                "loadBalancer: {service: web}",
                "loadBalancer.service is no NAMESPACE/NAME: web",
            ),
            (
                "skip: [{check: a/b, reason: ''}]",
                "a check is skipped without a reason: a/b",
            ),
            ("nodes: many", "line 3"),
        ] {
            let error = PlatformConfig::parse(&format!("{HEAD}{line}\n")).unwrap_err();
            assert!(error.contains(why), "{line}: {error}");
        }
        assert!(PlatformConfig::parse("kind: Config\n").is_err());
    }

    #[test]
    fn versions_are_compared_by_their_numbers() {
        assert_eq!(numbers("v1.36.3+k3s1"), Some(vec![1, 36, 3]));
        assert_eq!(numbers("1.36"), Some(vec![1, 36]));
        assert_eq!(numbers("latest"), None);
    }
}
