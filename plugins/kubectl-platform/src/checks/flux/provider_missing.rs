//! flux/provider-missing: An Alert names a Provider that does not exist.
//!
//! Flux has nobody to send the Alert's events to, and says so only in its own log: whoever relies on
//! the message is not told when something fails.
//!
//! Create the Provider in the Alert's namespace, or mend `spec.providerRef`.

use shared::facts::kinds::core::Namespace;
use shared::facts::kinds::custom::Custom;
use shared::facts::{Fact, Kind, Need, View, declared, live};
use shared::finding::Findings;
use shared::object::ObjectRef;

use crate::checks::evidence::absent::Absent;
use crate::checks::evidence::flux::applier::appliers;
use crate::checks::evidence::words::remedy::command;

/// The API group of Alerts and Providers.
const GROUP: &str = "notification.toolkit.fluxcd.io";

pub(super) const NEEDS: &[Need] = &[
    live(Kind::Custom),
    // Only where all was read is a Provider that was not seen a missing one.
    live(Kind::Namespace).lookup(),
    live(Kind::Kustomization).hint(),
    live(Kind::HelmRelease).hint(),
    declared(Kind::Application).hint(),
];

pub(super) fn run(view: &View<'_>, found: &mut Findings) {
    let of_kind = |kind: &'static str| {
        let all = view.all::<Custom>().iter();
        all.filter(move |one| one.kind == kind && one.group() == GROUP)
    };
    let mut absent = Absent::default();
    for alert in of_kind("Alert").filter(|alert| !alert.spec.is_true("suspend")) {
        let (meta, name) = (&alert.metadata, alert.spec.text("providerRef.name"));
        let exists = of_kind("Provider")
            .any(|one| one.metadata.name == name && one.metadata.namespace == meta.namespace);
        let lives = view.get::<Namespace>("", &meta.namespace).is_some();
        if lives && !name.is_empty() && !exists {
            let missing =
                ObjectRef::new(alert.api_version.clone(), "Provider", &meta.namespace, name);
            absent.add(missing, &alert.reference(), "spec.providerRef", || {
                appliers(view, meta)
            });
        }
    }
    absent.report(found, |missing, finding| {
        finding.remedy(command!(
            "kubectl -n {} get providers.{}",
            missing.namespace(),
            GROUP
        ));
    });
}
