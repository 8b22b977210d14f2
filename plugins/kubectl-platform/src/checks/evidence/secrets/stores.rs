//! The stores that ExternalSecrets read from.

use shared::facts::kinds::secret_sync::{ClusterSecretStore, ExternalSecret, SecretStore};
use shared::facts::{Fact, Kind, View};
use shared::object::ObjectRef;

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
