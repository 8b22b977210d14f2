//! The stores that ExternalSecrets read from, and what is behind them.

use shared::facts::kinds::flux_source::NamedRef;
use shared::facts::kinds::secret_sync::{
    ClusterSecretStore, ExternalSecret, SecretStore, StoreFields,
};
use shared::facts::kinds::service::Service;
use shared::facts::{Fact, Kind, View};
use shared::object::ObjectRef;

use crate::checks::evidence::services::gone;

/// The stores that an ExternalSecret names, and the fields that do.
pub(in crate::checks) fn named_by(external: &ExternalSecret) -> Vec<(ObjectRef, &'static str)> {
    let spec = &external.spec;
    let of_all = [(&spec.secret_store_ref, "spec.secretStoreRef")];
    let mut named: Vec<(ObjectRef, &'static str)> = Vec::new();
    let of_parts = [
        (&spec.data, "spec.data[].sourceRef"),
        (&spec.data_from, "spec.dataFrom[].sourceRef"),
    ]
    .into_iter()
    .flat_map(|(parts, field)| {
        parts
            .iter()
            .map(move |one| (&one.source_ref.store_ref, field))
    });
    for (store, field) in of_all.into_iter().chain(of_parts) {
        let store = store_of(external, store);
        if let Some(store) = store.filter(|store| named.iter().all(|(known, _)| known != store)) {
            named.push((store, field));
        }
    }
    named
}

fn store_of(external: &ExternalSecret, store: &NamedRef) -> Option<ObjectRef> {
    let kind = match store.kind.as_str() {
        "" | "SecretStore" => Kind::SecretStore,
        "ClusterSecretStore" => Kind::ClusterSecretStore,
        _ => return None,
    };
    let namespace = &external.metadata.namespace;
    (!store.name.is_empty()).then(|| kind.object(namespace, &store.name))
}

/// Whether a store is not there.
pub(in crate::checks) fn is_missing(view: &View<'_>, store: &ObjectRef) -> bool {
    let (namespace, name) = (store.namespace(), &store.name);
    if store.kind == ClusterSecretStore::KIND.name() {
        view.lacks::<ClusterSecretStore>(namespace, name)
    } else {
        view.lacks::<SecretStore>(namespace, name)
    }
}

/// What a store cannot do without: its credentials, and its provider where the cluster runs that.
///
/// A check that uses this hints at `Kind::Service`.
pub(in crate::checks) fn behind(view: &View<'_>, store: &StoreFields) -> Vec<ObjectRef> {
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
    secrets
        .chain(services)
        .chain(known.flat_map(gone::candidates))
        .collect()
}
