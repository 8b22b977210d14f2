//! secrets/not-unsealed: A SealedSecret was not unsealed.
//!
//! The controller could not decrypt it: it was sealed for another cluster, another namespace or
//! name, or with a key that this controller does not have. Or no controller has looked at it, or
//! the Secret that it made is gone. What needs the Secret does not start.
//!
//! Seal it again with this cluster's certificate (`kubeseal --fetch-cert`), or restore the
//! controller's keys from their backup.

use shared::facts::kinds::secret::Secret;
use shared::facts::kinds::secret_sync::SealedSecret;
use shared::facts::{Fact, Kind, Need, View, live};
use shared::finding::Findings;
use shared::health::{Assess, Status};

use crate::checks::evidence::secrets::sync;
use crate::checks::evidence::siblings::Siblings;
use crate::checks::evidence::words::remedy;

pub(super) const NEEDS: &[Need] = &[
    live(Kind::SealedSecret),
    live(Kind::Secret).lookup(),
    live(Kind::Deployment).hint(),
    live(Kind::StatefulSet).hint(),
    live(Kind::Service).hint(),
];

pub(super) fn run(view: &View<'_>, found: &mut Findings) {
    let mut siblings = Siblings::default();
    for sealed in view.all::<SealedSecret>() {
        let health = sealed.health(view.now());
        // Where no key opens several, it is the key that is missing.
        if health.message.contains("no key could decrypt secret") {
            siblings.add(sealed.reference(), "no key", "");
        }
    }
    for sealed in view.all::<SealedSecret>() {
        let (namespace, name) = (&sealed.metadata.namespace, &sealed.metadata.name);
        let health = sealed.health(view.now());
        let is_made = view.get::<Secret>(namespace, name).is_some();
        // Told not to, the controller writes no status.
        if health.reason == "NoStatus" && is_made {
            continue;
        }
        let finding = if health.status == Status::Current && !is_made {
            let text = format!("Secret {name} does not exist, though this was unsealed");
            Some(found.error(sealed, text))
        } else {
            let said = if health.message.is_empty() {
                &health.reason
            } else {
                &health.message
            };
            found.unwell(
                sealed,
                &health,
                format!("Secret {name} is not unsealed: {said}"),
            )
        };
        if let Some(finding) = finding {
            finding
                .suspect(sync::SEALED_SECRETS.suspects(view))
                .suspect(siblings.of(&sealed.reference()))
                .remedy(remedy::describe(&sealed.reference()));
        }
    }
}
