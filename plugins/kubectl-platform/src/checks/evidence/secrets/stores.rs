//! The stores that ExternalSecrets read from, and what is behind them.

use shared::facts::kinds::secret_sync::{
    ClusterSecretStore, ExternalSecret, SecretStore, StoreFields,
};
use shared::facts::kinds::service::Service;
use shared::facts::{Fact, Kind, View};
use shared::object::ObjectRef;

use crate::checks::evidence::services::gone;

/// The store that an ExternalSecret names.
pub(in crate::checks) fn named_by(external: &ExternalSecret) -> Option<ObjectRef> {
    let store = &external.spec.secret_store_ref;
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
