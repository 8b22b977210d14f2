//! The annotations of an object that a check may ask for.

use std::fmt;

use serde::de::{IgnoredAny, MapAccess, Visitor};
use serde::{Deserialize, Deserializer};

use super::pairs::Pairs;
use super::text::Text;

/// Annotations that a check may ask for, by prefix of their key. All others are dropped at the
/// read: they may hold anything, a copy of a Secret (`last-applied-configuration`) included.
const KEPT_ANNOTATIONS: &[&str] = &[
    "acme.cert-manager.io/",
    "argocd.argoproj.io/",
    "autoscaling.alpha.kubernetes.io/conditions",
    "cert-manager.io/",
    "cnpg.io/reconciliation",
    "deployment.kubernetes.io/revision",
    "external-dns.alpha.kubernetes.io/",
    "fluxcd.controlplane.io/",
    "helm.sh/hook",
    "helm.sh/resource-policy",
    "ingress.kubernetes.io/",
    "io.cilium/",
    "kubernetes.io/ingress.class",
    "kustomize.toolkit.fluxcd.io/",
    "lbipam.cilium.io/",
    "meta.helm.sh/",
    "metallb.io/",
    "metallb.universe.tf/",
    "nginx.ingress.kubernetes.io/backend-protocol",
    "reconcile.fluxcd.io/",
    "reflector.v1.k8s.emberstack.com/",
    "storageclass.beta.kubernetes.io/",
    "storageclass.kubernetes.io/",
    "traefik.ingress.kubernetes.io/",
    "volume.beta.kubernetes.io/",
    "volume.kubernetes.io/",
];

fn is_kept(key: &str) -> bool {
    KEPT_ANNOTATIONS.iter().any(|known| key.starts_with(known))
}

/// The annotations that checks may ask for.
#[derive(Debug, Clone, Default, PartialEq, serde::Serialize)]
#[serde(transparent)]
pub struct Annotations(pub Pairs);

impl Annotations {
    /// A value, empty where it is absent. Its key must be one that is kept.
    pub(super) fn get(&self, key: &str) -> &str {
        debug_assert!(is_kept(key), "the annotation {key} is not kept");
        self.0.get(key).map_or("", Text::as_str)
    }
}

impl<'de> Deserialize<'de> for Annotations {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(AnnotationsReader)
    }
}

struct AnnotationsReader;

impl<'de> Visitor<'de> for AnnotationsReader {
    type Value = Annotations;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a map")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Annotations, A::Error> {
        let mut kept = Vec::new();
        while let Some(key) = map.next_key::<Text>()? {
            if is_kept(&key) {
                kept.push((key, map.next_value::<Option<Text>>()?.unwrap_or_default()));
            } else {
                map.next_value::<IgnoredAny>()?;
            }
        }
        Ok(Annotations(kept.into_iter().collect()))
    }
}

#[cfg(test)]
mod tests {
    use crate::facts::meta::Meta;

    #[test]
    fn annotations_that_checks_ask_for_are_kept_and_no_others() {
        let text =
            r#"{"annotations": {"a": "b", "volume.beta.kubernetes.io/storage-provisioner": "c"}}"#;
        let meta: Meta = serde_json::from_str(text).unwrap();
        assert_eq!(
            meta.annotation("volume.beta.kubernetes.io/storage-provisioner"),
            "c"
        );
        assert_eq!(meta.annotations.0.get("a"), None);
    }

    #[test]
    #[should_panic(expected = "not kept")]
    fn no_check_asks_for_an_annotation_that_is_not_kept() {
        Meta::default().annotation("almckay.io/note");
    }
}
