//! What is known of kustomize-controller in a cluster: its version, and the Secret that it takes by default.

use crate::facts::Facts;
use crate::facts::kinds::apps::Deployment;
use crate::facts::kinds::pod::Container;

/// The controller's name, by which Flux installs it.
const NAME: &str = "kustomize-controller";

/// The first version that reads post-quantum keys: Flux 2.9's.
const POST_QUANTUM: (u64, u64) = (1, 9);

/// kustomize-controller, as its Deployment shows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Controller {
    /// Where it runs.
    pub namespace: String,
    /// The tag of its image; empty where it has none.
    pub tag: String,
    /// `--sops-age-secret`: what decrypts where a Kustomization names no Secret.
    pub default_secret: Option<String>,
}

impl Controller {
    /// The controller of a cluster, where its Deployment was read.
    pub fn of(facts: &Facts) -> Option<Self> {
        let all: &[Deployment] = facts.all();
        let controller = all
            .iter()
            .find(|deployment| deployment.metadata.name == NAME)?;
        let containers = &controller.spec.template.spec.containers;
        let is_own = |container: &&Container| container.image_name().0.ends_with(NAME);
        let container = containers.iter().find(is_own).or(containers.first())?;
        Some(Self {
            namespace: controller.metadata.namespace.clone(),
            tag: container.image_name().1.unwrap_or_default().to_owned(),
            // Whatever is injected may stand before it.
            default_secret: containers
                .iter()
                .filter_map(|container| container.args.value("--sops-age-secret"))
                .find(|name| !name.is_empty())
                .map(str::to_owned),
        })
    }

    /// Whether it reads post-quantum keys; nothing where its version is not known.
    pub fn reads_post_quantum(&self) -> Option<bool> {
        let mut numbers = self.tag.strip_prefix('v').unwrap_or(&self.tag).split('.');
        let major: u64 = numbers.next()?.parse().ok()?;
        let minor: u64 = numbers.next()?.parse().ok()?;
        Some((major, minor) >= POST_QUANTUM)
    }
}

#[cfg(test)]
mod tests {
    use jiff::Timestamp;

    use super::*;
    use crate::facts::{Fact, Lists};

    fn tagged(tag: &str) -> Controller {
        Controller {
            namespace: "flux-system".to_owned(),
            tag: tag.to_owned(),
            default_secret: None,
        }
    }

    #[test]
    fn the_flag_is_found_behind_a_container_that_was_injected() {
        let deployment = serde_json::json!({
            "metadata": {"name": NAME, "namespace": "flux-system"},
            "spec": {"template": {"spec": {"containers": [
                {"name": "istio-proxy", "image": "docker.io/istio/proxyv2:1.29.0"},
                {"name": "manager", "image": "ghcr.io/fluxcd/kustomize-controller:v1.9.0", "args": ["--sops-age-secret=sops-age"]},
            ]}}},
        });
        let mut lists = Lists::default();
        let deployment: Deployment = serde_json::from_str(&deployment.to_string()).unwrap();
        Deployment::listing_mut(&mut lists).items.push(deployment);
        let found = Controller::of(&Facts::new(None, Timestamp::UNIX_EPOCH, true, lists)).unwrap();
        assert_eq!(found.default_secret.as_deref(), Some("sops-age"));
        assert_eq!(found.tag, "v1.9.0");
    }

    #[test]
    fn the_version_decides_about_post_quantum_keys() {
        for (tag, reads) in [
            ("v1.9.0", Some(true)),
            ("v1.10.2-fips", Some(true)),
            ("2.0.0", Some(true)),
            ("v1.8.4", Some(false)),
            ("latest", None),
            ("", None),
        ] {
            assert_eq!(tagged(tag).reads_post_quantum(), reads, "{tag}");
        }
    }
}
