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

use crate::checks::evidence::events;
use crate::checks::evidence::secrets::sync;
use crate::checks::evidence::services::gone;
use crate::checks::evidence::words::message;
use crate::checks::evidence::words::remedy;

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
        if let Some(said) = events::beyond(view, &object, &text) {
            text = format!("{text}: {said}");
        }
        let provider = &store.spec.provider;
        let secrets = provider.secrets.0.values().map(|secret| {
            let namespace = store.metadata.namespace_of(&secret.namespace);
            Kind::Secret.object(namespace, &secret.name)
        });
        let names: Vec<_> = provider.services.services().collect();
        let services = names
            .iter()
            .map(|(namespace, name)| Kind::Service.object(namespace, name));
        let known = names
            .iter()
            .filter_map(|(namespace, name)| view.get::<Service>(namespace, name));
        let mut suspects: Vec<_> = secrets.chain(services).collect();
        suspects.extend(known.flat_map(gone::candidates));
        suspects.extend(message::suspects(view, &object, &text));
        if health.status == Status::InProgress {
            suspects.extend(sync::EXTERNAL_SECRETS.suspects(view));
        }
        if let Some(finding) = found.unwell(store, &health, text) {
            finding.suspect(suspects).remedy(remedy::describe(&object));
        }
    }
}
