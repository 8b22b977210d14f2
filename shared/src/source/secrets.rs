//! Looks into the few Secrets whose keys decide something: which they are is told by the facts
//! that were read before. Their values become facts at once.

use std::collections::BTreeSet;

use futures::future::join_all;
use zeroize::Zeroizing;

use super::document::Document;
use crate::facts::kinds::cert_manager::IssuerFields;
use crate::facts::kinds::flux_apply::HelmRelease;
use crate::facts::kinds::pod::{Container, Pod, PodSpec, Volume};
use crate::facts::kinds::secret::Secret;
use crate::facts::meta::condition;
use crate::facts::{AnyFact, Kind, Lists};
use crate::kube::{Api, Discovery, Refusal};

/// The name under which Flux' own documents keep the age key.
const AGE_KEY: &str = "sops-age";

/// Completes the listed Secrets of which keys matter and are not known yet.
///
/// # Errors
/// When the server does not know us any more.
pub(super) async fn look_into(
    api: &Api,
    discovery: &Discovery,
    lists: &mut Lists,
) -> Result<(), Refusal> {
    let wanted = Wanted::of(lists);
    let (places, _) = discovery.places(Kind::Secret);
    let Some(place) = places.first() else {
        return Ok(());
    };
    let listing = &mut lists.Secret;
    let chosen = listing
        .items
        .iter_mut()
        .filter(|secret| !secret.keys_known())
        .filter(|secret| wanted.has(&secret.metadata.namespace, &secret.metadata.name));
    let reads = chosen.map(|secret| async {
        let path = place.object_path(&secret.metadata.namespace, &secret.metadata.name);
        read(api, &path, secret).await
    });
    for read in join_all(reads).await {
        match read {
            // One that was deleted meanwhile was there when the list was made.
            Ok(()) | Err(Refusal::NotFound(_)) => {}
            Err(refusal @ Refusal::Unauthorized(_)) => return Err(refusal),
            Err(refusal) => {
                listing.gap.get_or_insert_with(|| refusal.gap());
            }
        }
    }
    Ok(())
}

async fn read(api: &Api, path: &str, secret: &mut Secret) -> Result<(), Refusal> {
    let body = Zeroizing::new(api.get(path, "application/json").await?);
    let text = std::str::from_utf8(&body).unwrap_or_default();
    let mut document = Document::of_object(text);
    match document.objects.pop() {
        Some(AnyFact::Secret(read)) => {
            *secret = *read;
            // A Secret without any has no key, which is not the same as not having looked.
            secret.data.get_or_insert_default();
            Ok(())
        }
        _ => Err(Refusal::Unreadable("the answer is no Secret".to_owned())),
    }
}

/// The Secrets of which keys matter.
#[derive(Debug, Default, PartialEq)]
struct Wanted {
    /// By namespace and name.
    named: BTreeSet<(String, String)>,
    /// By name, wherever they are.
    anywhere: BTreeSet<String>,
}

impl Wanted {
    fn of(lists: &Lists) -> Self {
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
        for issuer in &lists.Issuer.items {
            wanted.add_issuer(issuer);
        }
        for issuer in &lists.ClusterIssuer.items {
            wanted.add_issuer(issuer);
        }
        wanted
    }

    fn has(&self, namespace: &str, name: &str) -> bool {
        self.anywhere.contains(name)
            || self
                .named
                .contains(&(namespace.to_owned(), name.to_owned()))
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

    /// What a pod that does not start asks for key by key.
    fn add_pod(&mut self, pod: &Pod) {
        if pod.status.phase == "Succeeded" || is_started(pod) {
            return;
        }
        let namespace = &pod.metadata.namespace;
        let names = keyed_secrets(&pod.spec);
        self.named
            .extend(names.map(|name| (namespace.clone(), name.to_owned())));
    }

    /// What an issuer shows its provider; of a ClusterIssuer it is in cert-manager's namespace,
    /// wherever that is.
    fn add_issuer(&mut self, issuer: &IssuerFields) {
        let acme = issuer.spec.acme.iter();
        let solvers = acme.clone().flat_map(|acme| &acme.solvers);
        let refs = solvers
            .filter_map(|solver| solver.dns01.as_ref())
            .chain(acme.filter_map(|acme| acme.external_account_binding.as_ref()))
            .chain(
                [&issuer.spec.vault, &issuer.spec.venafi]
                    .into_iter()
                    .flatten(),
            );
        for secret in refs.flat_map(|refs| refs.0.values()) {
            let namespace = &issuer.metadata.namespace;
            if namespace.is_empty() {
                self.anywhere.insert(secret.name.clone());
            } else {
                self.named.insert((namespace.clone(), secret.name.clone()));
            }
        }
    }
}

/// Whether all containers have been started at some time: then all keys were there.
fn is_started(pod: &Pod) -> bool {
    let status = &pod.status;
    let all = status
        .init_container_statuses
        .iter()
        .chain(&status.container_statuses);
    let has_started = |status: &crate::facts::kinds::pod::ContainerStatus| {
        status.state.waiting.is_none() || status.last_state.terminated.is_some()
    };
    !status.container_statuses.is_empty() && all.into_iter().all(has_started)
}

/// The Secrets of which a pod's spec names keys.
fn keyed_secrets(spec: &PodSpec) -> impl Iterator<Item = &str> {
    let containers = spec.init_containers.iter().chain(&spec.containers);
    containers
        .flat_map(of_variables)
        .chain(spec.volumes.iter().flat_map(of_volume))
}

fn of_variables(container: &Container) -> impl Iterator<Item = &str> {
    let sources = container
        .env
        .iter()
        .filter_map(|variable| variable.value_from.as_ref());
    sources.filter_map(|source| Some(source.secret_key_ref.as_ref()?.name.as_str()))
}

fn of_volume(volume: &Volume) -> impl Iterator<Item = &str> {
    let whole = volume
        .secret
        .iter()
        .filter(|secret| !secret.items.is_empty());
    let projected = volume
        .projected
        .iter()
        .flat_map(|projected| &projected.sources);
    let parts = projected.filter_map(|part| part.secret.as_ref());
    whole.map(|secret| secret.secret_name.as_str()).chain(
        parts
            .filter(|part| !part.items.is_empty())
            .map(|part| part.name.as_str()),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

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
        assert_eq!(Wanted::of(&lists(&[&running])), Wanted::default());
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
        assert!(
            wanted.has("anywhere", "age-key")
                && wanted.has("apps", "sops-age")
                && wanted.has("cert-manager", "shared")
        );
        assert!(!wanted.has("other", "token"));
    }
}
