//! secrets/store-secret-missing: A store of secrets has no credentials, or is not there itself.
//!
//! The Secret with which a SecretStore or ClusterSecretStore shows itself to its provider does not
//! exist, or an ExternalSecret names a store that does not.
//!
//! Create the Secret, mostly by hand: it is the one that cannot come out of the store.

use shared::facts::kinds::secret::Secret;
use shared::facts::kinds::secret_sync::{
    ClusterSecretStore, ExternalSecret, SecretStore, StoreFields,
};
use shared::facts::{Fact, Kind, Need, View, declared, live};
use shared::finding::Findings;

use crate::checks::evidence::absent::Absent;
use crate::checks::evidence::secrets::stores;
use crate::checks::evidence::words::remedy::command;

pub(super) const NEEDS: &[Need] = &[
    live(Kind::ExternalSecret),
    live(Kind::SecretStore),
    live(Kind::ClusterSecretStore),
    declared(Kind::Secret).lookup(),
];

pub(super) fn run(view: &View<'_>, found: &mut Findings) {
    let mut absent = Absent::default();
    credentials::<SecretStore>(view, &mut absent);
    credentials::<ClusterSecretStore>(view, &mut absent);
    for external in view.all::<ExternalSecret>() {
        let named = stores::named_by(external).into_iter();
        for (store, field) in named.filter(|(store, _)| stores::is_missing(view, store)) {
            absent.add(store, &external.reference(), field, Vec::new);
        }
    }
    absent.report(found, |missing, finding| {
        let kind = missing.kind.to_ascii_lowercase();
        finding.remedy(command!("kubectl get {} -A", kind));
    });
}

fn credentials<F: Fact + std::ops::Deref<Target = StoreFields>>(
    view: &View<'_>,
    absent: &mut Absent,
) {
    for store in view.all::<F>() {
        for (field, secret) in &store.spec.provider.secrets.0 {
            let namespace = store.metadata.namespace_of(&secret.namespace);
            if !namespace.is_empty() && view.get::<Secret>(namespace, &secret.name).is_none() {
                let missing = Kind::Secret.object(namespace, &secret.name);
                let field = format!("spec.provider.{field}");
                absent.add(missing, &store.reference(), &field, Vec::new);
            }
        }
    }
}
