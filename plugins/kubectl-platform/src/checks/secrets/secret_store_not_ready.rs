//! secrets/secret-store-not-ready: A store of secrets cannot be used.
//!
//! A SecretStore or ClusterSecretStore names credentials that are missing or refused, or its
//! provider does not answer. No ExternalSecret of it can be fetched; Secrets stay at their last
//! value or are not made at all.
//!
//! Mend the credentials or the provider; the operator tries again by itself.

use shared::facts::kinds::secret_sync::{ClusterSecretStore, SecretStore, StoreFields};
use shared::facts::kinds::service::Service;
use shared::facts::{Kind, Need, View, live};
use shared::finding::Findings;
use shared::health::{Assess, Status};

use crate::checks::evidence::remedy;
use crate::checks::evidence::{gone, message, sync};

pub(super) const NEEDS: &[Need] = &[
    live(Kind::SecretStore),
    live(Kind::ClusterSecretStore),
    live(Kind::Event).hint(),
    live(Kind::Service).hint(),
    live(Kind::Custom).hint(),
    live(Kind::Deployment).hint(),
    live(Kind::StatefulSet).hint(),
];

pub(super) fn run(view: &View<'_>, found: &mut Findings) {
    each::<SecretStore>(view, found);
    each::<ClusterSecretStore>(view, found);
}

fn each<F: Assess + std::ops::Deref<Target = StoreFields>>(view: &View<'_>, found: &mut Findings) {
    for store in view.all::<F>() {
        let health = store.health(view.now());
        let object = store.reference();
        let mut text = format!("{}: {}", health.reason, health.message);
        if let Some(event) = view
            .warnings_about(&object)
            .next()
            .filter(|event| !text.contains(&event.message))
        {
            text = format!("{text}: {}", event.message);
        }
        let namespace = object.namespace();
        let provider = &store.spec.provider;
        let secrets = provider.secrets.0.values().map(|secret| {
            let own = if secret.namespace.is_empty() {
                namespace
            } else {
                &secret.namespace
            };
            Kind::Secret.object(own, &secret.name)
        });
        let services = provider.services.services();
        let services = services.map(|(namespace, name)| Kind::Service.object(namespace, name));
        let mut suspects: Vec<_> = secrets.chain(services).collect();
        let named = suspects
            .clone()
            .into_iter()
            .filter(|object| object.kind == Kind::Service.name());
        let named =
            named.filter_map(|object| view.get::<Service>(object.namespace(), &object.name));
        suspects.extend(named.flat_map(gone::candidates));
        suspects.extend(message::suspects(view, &object, &text));
        if health.status == Status::InProgress {
            suspects.extend(sync::EXTERNAL_SECRETS.suspects(view));
        }
        if let Some(finding) = found.unwell(store, &health, text) {
            finding.suspect(suspects).remedy(remedy::describe(&object));
        }
    }
}
