//! secrets/external-secret-not-ready: An ExternalSecret could not be fetched.
//!
//! The External Secrets Operator did not get what the ExternalSecret asks its store for. The Secret
//! that it makes is missing, or stays at its last value.
//!
//! Read the message: an item or property that the store does not have, a store that is down or
//! refuses the credentials. The operator tries again by itself.

use shared::facts::kinds::secret_sync::ExternalSecret;
use shared::facts::{Fact, Kind, Need, View, live};
use shared::finding::Findings;
use shared::health::{Assess, Status};

use crate::checks::evidence::secrets::external::complaint;
use crate::checks::evidence::secrets::secret_source::target;
use crate::checks::evidence::secrets::{stores, sync};
use crate::checks::evidence::siblings::Siblings;
use crate::checks::evidence::words::message;
use crate::checks::evidence::words::remedy;

pub(super) const NEEDS: &[Need] = &[
    live(Kind::ExternalSecret),
    live(Kind::Event).hint(),
    live(Kind::Service).hint(),
    live(Kind::Custom).hint(),
    live(Kind::Deployment).hint(),
    live(Kind::StatefulSet).hint(),
];

pub(super) fn run(view: &View<'_>, found: &mut Findings) {
    let mut siblings = Siblings::default();
    for external in view.all::<ExternalSecret>() {
        if external.health(view.now()).status == Status::Failed {
            let named = stores::named_by(external).into_iter();
            let named: Vec<_> = named
                .map(|(one, _)| format!("{} {}", one.kind, one.name))
                .collect();
            let place = named.join(", ");
            siblings.add(external.reference(), &place, &complaint(view, external));
        }
    }
    for external in view.all::<ExternalSecret>() {
        let health = external.health(view.now());
        let object = external.reference();
        let complaint = complaint(view, external);
        let text = format!("{complaint} (for Secret {})", target(external));
        let named = stores::named_by(external).into_iter();
        let mut suspects: Vec<_> = named.map(|(store, _)| store).collect();
        suspects.extend(message::suspects(view, &object, &text));
        suspects.extend(siblings.of(&object));
        if health.status == Status::InProgress {
            suspects.extend(sync::EXTERNAL_SECRETS.suspects(view));
        }
        if let Some(finding) = found.unwell(external, &health, text) {
            finding.suspect(suspects).remedy(remedy::describe(&object));
        }
    }
}
