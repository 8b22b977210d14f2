//! operators/secret-missing: What an operator manages waits for a Secret that does not exist.
//!
//! A custom resource says so in its status: a password, a certificate or an access key that it names
//! is not there.
//!
//! Find out what should have made the Secret (an ExternalSecret, a SealedSecret, a Kustomization), or
//! correct the name in the custom resource.

use shared::facts::kinds::custom::Custom;
use shared::facts::kinds::secret::Secret;
use shared::facts::{Fact, Kind, Need, View, declared, live};
use shared::finding::{Findings, Level};
use shared::health::{Assess, Status};

use crate::checks::evidence::secrets::secret_source;
use crate::checks::evidence::words::{message, remedy};

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
    for custom in view.all::<Custom>() {
        let health = custom.health(view.now());
        if !matches!(health.status, Status::Failed | Status::InProgress) {
            continue;
        }
        let object = custom.reference();
        for secret in message::absentees(&object, &health.message) {
            let is_secret = secret.kind == Kind::Secret.name();
            if is_secret
                && view
                    .get::<Secret>(secret.namespace(), &secret.name)
                    .is_none()
            {
                let told = format!(
                    "Secret {} does not exist, and {object} waits for it",
                    secret.name
                );
                let remedy = remedy::describe(&object);
                let makers = secret_source::makers(view, custom.meta(), &secret.name);
                found
                    .missing(Level::Error, secret, told)
                    .suspect(makers)
                    .remedy(remedy);
            }
        }
    }
}
