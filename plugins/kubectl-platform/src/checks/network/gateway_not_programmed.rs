//! network/gateway-not-programmed: A gateway, or one of its listeners, takes no requests.
//!
//! Its controller could not set it up: the certificate of a listener is missing, two listeners
//! conflict, its load balancer has no address, or its class has no controller.
//!
//! The message is the controller's own; `kubectl describe gateway NAME -n NAMESPACE` shows all.

use shared::facts::kinds::gateway::Gateway;
use shared::facts::{Fact, Kind, Need, View, declared, live};
use shared::finding::Findings;
use shared::health::Assess;

use crate::checks::evidence::routes::gateway;
use crate::checks::evidence::words::remedy;

pub(super) const NEEDS: &[Need] = &[live(Kind::Gateway), declared(Kind::Service).hint()];

pub(super) fn run(view: &View<'_>, found: &mut Findings) {
    for one in view.all::<Gateway>() {
        let health = one.health(view.now());
        let told = gateway::told(one, &health);
        if let Some(finding) = found.unwell(one, &health, told) {
            finding
                .suspect(gateway::causes(view, one))
                .remedy(remedy::describe(&one.reference()));
        }
    }
}
