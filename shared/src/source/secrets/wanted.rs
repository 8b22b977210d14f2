//! Which Secrets have keys that decide something.

use std::collections::BTreeSet;

use super::{issuers, pods, tls};
use crate::facts::Lists;
use crate::facts::kinds::cert_manager::IssuerFields;
use crate::facts::kinds::flux_apply::HelmRelease;
use crate::facts::kinds::pod::Pod;
use crate::facts::kinds::secret::Secret;
use crate::facts::meta::condition;

/// The name under which Flux' own documents keep the age key.
const AGE_KEY: &str = "sops-age";

/// The type of a Secret with a certificate and its private key.
const TLS: &str = "kubernetes.io/tls";

/// The Secrets of which keys matter.
#[derive(Debug, Default, PartialEq)]
pub(super) struct Wanted {
    /// By namespace and name.
    named: BTreeSet<(String, String)>,
    /// By name, wherever they are.
    anywhere: BTreeSet<String>,
    /// By namespace and name, if they are of the type for certificates.
    mounted: BTreeSet<(String, String)>,
}

impl Wanted {
    pub(super) fn of(lists: &Lists) -> Self {
        let mut wanted = Self::default();
        for kustomization in &lists.Kustomization.items {
            if let Some(decryption) = &kustomization.spec.decryption {
                // The key may be there, but in the wrong namespace.
                wanted.anywhere.insert(AGE_KEY.to_owned());
                let key = decryption.secret_ref.iter();
                wanted.anywhere.extend(key.map(|key| key.name.to_string()));
            }
        }
        lists
            .HelmRelease
            .items
            .iter()
            .for_each(|release| wanted.add_values(release));
        lists.Pod.items.iter().for_each(|pod| wanted.add_pod(pod));
        let served = tls::served(lists);
        let owned = served.map(|(namespace, name)| (namespace.to_owned(), name.to_owned()));
        wanted.named.extend(owned);
        for issuer in &lists.Issuer.items {
            wanted.add_issuer(issuer);
        }
        for issuer in &lists.ClusterIssuer.items {
            wanted.add_issuer(issuer);
        }
        wanted
    }

    pub(super) fn has(&self, secret: &Secret) -> bool {
        let name = &secret.metadata.name;
        let place = (secret.metadata.namespace.clone(), name.clone());
        self.anywhere.contains(name)
            || self.named.contains(&place)
            || (secret.r#type == TLS && self.mounted.contains(&place))
    }

    /// The values of a release that is not ready.
    fn add_values(&mut self, release: &HelmRelease) {
        let ready = condition(&release.status.conditions, "Ready");
        if ready.is_some_and(|ready| ready.is_true()) {
            return;
        }
        let namespace = &release.metadata.namespace;
        let secrets = release
            .spec
            .values_from
            .iter()
            .filter(|from| from.kind == "Secret");
        self.named
            .extend(secrets.map(|from| (namespace.clone(), from.name.clone())));
    }

    /// The certificates that a pod mounts, and what it asks for key by key as long as it does not
    /// start.
    fn add_pod(&mut self, pod: &Pod) {
        if matches!(&*pod.status.phase, "Succeeded" | "Failed") {
            return;
        }
        let place = |name: &str| (pod.metadata.namespace.clone(), name.to_owned());
        self.mounted.extend(pod.spec.mounted_secrets().map(place));
        if !pods::is_started(pod) {
            self.named.extend(pods::keyed(&pod.spec).map(place));
        }
    }

    /// What an issuer shows its provider; of a ClusterIssuer it is in cert-manager's namespace,
    /// wherever that is.
    fn add_issuer(&mut self, issuer: &IssuerFields) {
        let namespace = &issuer.metadata.namespace;
        for name in issuers::shown(issuer) {
            if namespace.is_empty() {
                self.anywhere.insert(name.to_owned());
            } else {
                self.named.insert((namespace.clone(), name.to_owned()));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::document::Document;

    fn lists(objects: &[&str]) -> Lists {
        let mut lists = Lists::default();
        for object in objects {
            let read = Document::of_object(object).objects;
            read.into_iter().for_each(|fact| lists.push(fact));
        }
        lists
    }

    fn named(pairs: &[(&str, &str)]) -> BTreeSet<(String, String)> {
        pairs
            .iter()
            .map(|(a, b)| ((*a).to_owned(), (*b).to_owned()))
            .collect()
    }

    const POD: &str = r#"{"apiVersion":"v1","kind":"Pod","metadata":{"namespace":"auth","name":"a"},
        "spec":{"containers":[{"name":"c","env":[{"name":"P","valueFrom":{"secretKeyRef":{"name":"by-key","key":"p"}}}],
            "envFrom":[{"secretRef":{"name":"whole"}}]}],
          "volumes":[{"name":"v","secret":{"secretName":"mounted","items":[{"key":"k"}]}},
            {"name":"w","secret":{"secretName":"mounted-whole"}}]},
        "status":{"phase":"Pending","containerStatuses":[{"name":"c","state":STATE}]}}"#;

    #[test]
    fn only_a_pod_that_does_not_start_has_its_keys_looked_at() {
        let waiting = POD.replace(
            "STATE",
            r#"{"waiting":{"reason":"CreateContainerConfigError"}}"#,
        );
        let wanted = Wanted::of(&lists(&[&waiting]));
        assert_eq!(
            wanted.named,
            named(&[("auth", "by-key"), ("auth", "mounted")])
        );
        let running = POD.replace("STATE", r#"{"running":{}}"#);
        assert_eq!(Wanted::of(&lists(&[&running])).named, BTreeSet::new());
    }

    #[test]
    fn age_keys_are_looked_for_everywhere_and_issuers_tokens_where_they_belong() {
        let wanted = Wanted::of(&lists(&[
            r#"{"apiVersion":"kustomize.toolkit.fluxcd.io/v1","kind":"Kustomization","metadata":{"namespace":"flux-system","name":"apps"},
                "spec":{"decryption":{"provider":"sops","secretRef":{"name":"age-key"}}}}"#,
            r#"{"apiVersion":"cert-manager.io/v1","kind":"Issuer","metadata":{"namespace":"web","name":"le"},
                "spec":{"acme":{"solvers":[{"dns01":{"cloudflare":{"apiTokenSecretRef":{"name":"token","key":"t"}}}}]}}}"#,
            r#"{"apiVersion":"cert-manager.io/v1","kind":"ClusterIssuer","metadata":{"name":"le"},
                "spec":{"acme":{"solvers":[{"dns01":{"cloudflare":{"apiTokenSecretRef":{"name":"shared","key":"t"}}}}]}}}"#,
        ]));
        assert_eq!(wanted.named, named(&[("web", "token")]));
        for (namespace, name) in [("any", "age-key"), ("apps", "sops-age"), ("any", "shared")] {
            assert!(wanted.has(&secret(namespace, name, "Opaque")), "{name}");
        }
        assert!(!wanted.has(&secret("other", "token", "Opaque")));
    }

    fn secret(namespace: &str, name: &str, r#type: &str) -> Secret {
        let mut secret = Secret::default();
        secret.metadata.namespace = namespace.to_owned();
        secret.metadata.name = name.to_owned();
        secret.r#type = r#type.to_owned();
        secret
    }

    #[test]
    fn certificates_are_looked_at_where_they_are_shown() {
        let running = POD.replace("STATE", r#"{"running":{}}"#);
        let wanted = Wanted::of(&lists(&[
            &running,
            r#"{"apiVersion":"networking.k8s.io/v1","kind":"Ingress","metadata":{"namespace":"web","name":"a"},
                "spec":{"tls":[{"secretName":"www-tls"}]}}"#,
        ]));
        assert!(wanted.has(&secret("web", "www-tls", "Opaque")));
        assert!(wanted.has(&secret("auth", "mounted-whole", TLS)));
        assert!(!wanted.has(&secret("auth", "mounted-whole", "Opaque")));
        assert!(!wanted.has(&secret("web", "other-tls", TLS)));
    }
}
