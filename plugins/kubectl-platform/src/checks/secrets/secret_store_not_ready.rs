//! secrets/secret-store-not-ready: A store of secrets cannot be used.
//!
//! A SecretStore or ClusterSecretStore names credentials that are missing or refused, or its
//! provider does not answer. No ExternalSecret of it can be fetched; Secrets stay at their last
//! value or are not made at all. A store may say that it is valid all the same: then its ExternalSecrets tell.
//!
//! Mend the credentials or the provider; the operator tries again by itself.

use shared::facts::kinds::secret_sync::{ClusterSecretStore, SecretStore, StoreFields};
use shared::facts::{Kind, Need, View, live};
use shared::finding::Findings;
use shared::health::{Assess, Status};

use crate::checks::evidence::secrets::{ailing, stores, sync};
use crate::checks::evidence::services::users;
use crate::checks::evidence::siblings::Siblings;
use crate::checks::evidence::words::message;
use crate::checks::evidence::words::remedy;

pub(super) const NEEDS: &[Need] = &[
    live(Kind::SecretStore),
    live(Kind::ClusterSecretStore),
    live(Kind::ExternalSecret).hint(),
    live(Kind::Event).hint(),
    live(Kind::Service).hint(),
    live(Kind::Custom).hint(),
    live(Kind::Deployment).hint(),
    live(Kind::StatefulSet).hint(),
];

pub(super) fn run(view: &View<'_>, found: &mut Findings) {
    let siblings = ailing::siblings(view);
    each::<SecretStore>(view, found, &siblings);
    each::<ClusterSecretStore>(view, found, &siblings);
}

fn each<F: Assess + std::ops::Deref<Target = StoreFields>>(
    view: &View<'_>,
    found: &mut Findings,
    siblings: &Siblings,
) {
    for store in view.all::<F>() {
        let health = store.health(view.now());
        let object = store.reference();
        let said = ailing::said(view, store);
        let mut suspects = stores::behind(view, store);
        suspects.extend(message::suspects(view, &object, &said.words));
        suspects.extend(siblings.of(&object));
        if health.status == Status::InProgress {
            suspects.extend(sync::EXTERNAL_SECRETS.suspects(view));
        }
        let finding = match said.refused.as_slice() {
            [] => found.unwell(store, &health, said.words),
            refused => {
                let (to, words) = (users::listed(refused), said.words);
                Some(found.error(
                    store,
                    format!("is valid, but gives nothing to {to}: {words}"),
                ))
            }
        };
        if let Some(finding) = finding {
            finding.suspect(suspects).remedy(remedy::describe(&object));
        }
    }
}
