//! operators/secret-missing: What an operator manages waits for a Secret that does not exist.
//!
//! A custom resource says so in its status: a password, a certificate or an access key that it names
//! is not there. Or its backups fail, and what it writes them with is not there.
//!
//! Find out what should have made the Secret (an ExternalSecret, a SealedSecret, a Kustomization), or
//! correct the name in the custom resource.

use shared::facts::kinds::custom::Custom;
use shared::facts::kinds::secret::Secret;
use shared::facts::{Fact, Kind, Need, View, declared, live};
use shared::finding::{Findings, Level};
use shared::health::Status;

use crate::checks::evidence::secrets::secret_source;
use crate::checks::evidence::words::{self, message, remedy};
use crate::checks::evidence::{object_store, operator};

pub(super) const NEEDS: &[Need] = &[
    live(Kind::Custom),
    declared(Kind::Secret).lookup(),
    declared(Kind::ExternalSecret).hint(),
    declared(Kind::SealedSecret).hint(),
    declared(Kind::Certificate).hint(),
    live(Kind::HelmRelease).hint(),
    live(Kind::Kustomization).hint(),
    live(Kind::Application).hint(),
    declared(Kind::Deployment).hint(),
    declared(Kind::StatefulSet).hint(),
];

pub(super) fn run(view: &View<'_>, found: &mut Findings) {
    let mut known = Vec::new();
    for custom in view.all::<Custom>() {
        let Some(health) = operator::unwell(view, custom) else {
            continue;
        };
        let text = words::told(&health);
        // One that still runs may need none of it.
        let has_failed = health.status == Status::Failed;
        let stores = object_store::behind(view, custom, &text).into_iter();
        let stores = stores.filter(|_| has_failed);
        let of_stores =
            stores.flat_map(|store| object_store::secrets(store).map(move |one| (store, one)));
        let said = message::absentees(&custom.reference(), &health.message).into_iter();
        for (by, secret) in of_stores.chain(said.map(|one| (custom, one))) {
            let is_there = view
                .get::<Secret>(secret.namespace(), &secret.name)
                .is_some();
            if secret.kind != Kind::Secret.name() || is_there || known.contains(&secret) {
                continue;
            }
            known.push(secret.clone());
            let object = by.reference();
            let told = format!(
                "Secret {} does not exist, and {object} waits for it",
                secret.name
            );
            let makers = secret_source::makers(view, by.meta(), &secret.name);
            let finding = found.missing(Level::Error, secret, told);
            finding.suspect(makers).remedy(remedy::describe(&object));
        }
    }
}
