//! secrets/controller-not-running: A controller that writes Secrets does not run.
//!
//! ExternalSecrets are not fetched, SealedSecrets not unsealed, or copies not made meanwhile, while
//! all of them keep the last status they got and may look well.
//!
//! Find out why its pods do not run. Where it was scaled down, scale it up again.

use shared::facts::kinds::secret::Secret;
use shared::facts::kinds::secret_sync::{ExternalSecret, SealedSecret};
use shared::facts::{Kind, Need, View, live};
use shared::finding::Findings;

use crate::checks::evidence::secrets::{reflector, sync};

pub(super) const NEEDS: &[Need] = &[
    live(Kind::ExternalSecret),
    live(Kind::SealedSecret),
    live(Kind::Secret),
    live(Kind::Deployment).lookup(),
    live(Kind::StatefulSet).lookup(),
    live(Kind::Service).hint(),
];

pub(super) fn run(view: &View<'_>, found: &mut Findings) {
    if !view.all::<ExternalSecret>().is_empty() {
        sync::EXTERNAL_SECRETS.look(view, found);
    }
    if !view.all::<SealedSecret>().is_empty() {
        sync::SEALED_SECRETS.look(view, found);
    }
    let mut secrets = view.all::<Secret>().iter();
    if secrets.any(|secret| reflector::mark(&secret.metadata, "reflection-auto-enabled") == "true")
    {
        sync::REFLECTOR.look(view, found);
    }
}
