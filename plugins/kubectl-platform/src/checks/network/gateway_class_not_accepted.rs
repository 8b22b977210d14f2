//! network/gateway-class-not-accepted: A class of gateways does not exist or has no controller.
//!
//! No controller makes the gateways of this class: they get no address and take no requests.
//!
//! The controller that `spec.controllerName` names accepts its classes within seconds; look
//! whether it runs, and whether its Gateway API support is switched on.

use shared::facts::kinds::gateway::{Gateway, GatewayClass};
use shared::facts::{Fact, Kind, Need, View, declared, live};
use shared::finding::Findings;
use shared::health::Assess;

use crate::checks::evidence::absent::Absent;
use crate::checks::evidence::flux::applier;
use crate::checks::evidence::routes::gateway;
use crate::checks::evidence::words;

pub(super) const NEEDS: &[Need] = &[
    declared(Kind::Gateway),
    declared(Kind::GatewayClass).lookup(),
    declared(Kind::Deployment).hint(),
    live(Kind::HelmRelease).hint(),
    live(Kind::Kustomization).hint(),
    live(Kind::Application).hint(),
];

pub(super) fn run(view: &View<'_>, found: &mut Findings) {
    let mut absent = Absent::default();
    for gateway in view.all::<Gateway>() {
        let class = gateway.spec.gateway_class_name.as_str();
        let Some(known) = view.get::<GatewayClass>("", class) else {
            let object = Kind::GatewayClass.object("", class);
            let makers = applier::appliers(view, &gateway.metadata);
            absent.add(
                object,
                &gateway.reference(),
                "spec.gatewayClassName",
                || makers,
            );
            continue;
        };
        // A manifest has no status, and nobody has accepted it.
        if known.status.conditions.is_empty() && gateway.status.conditions.is_empty() {
            continue;
        }
        let health = known.health(view.now());
        if let Some(finding) = found.unwell(known, &health, words::told(&health)) {
            finding.suspect(gateway::controllers(view, &known.spec.controller_name));
        }
    }
    absent.report(found, |_, finding| {
        finding.remedy("kubectl get gatewayclasses");
    });
}
